"""Settled claims of a policy as lines of its own history, for the burn of a renewal."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem
from app.finance.insurance.exposure import exposures_of
from app.finance.insurance.settlement import loss_lines
from app.i18n import N_, Translator
from app.services.case_file import CaseRefused, Document
from app.services.documents import value_at, with_value
from app.services.draft import provenance_at, with_provenance

if TYPE_CHECKING:
    from app.services.workbench import Computed

EXPERIENCE = "insurance.experience"
LOSSES = f"{EXPERIENCE}.losses"
SOURCE = N_("settled claims of policy {policy}, {head}, policy years over by {day}")
_LONGEST = 500


def heads_with_claims(insurance: Insurance) -> tuple[str, ...]:
    """Return the heads that have claims, in the order of the policy."""
    claims = insurance.settlement.claims if insurance.settlement is not None else ()
    named = {claim.head for claim in claims if claim.head}
    return tuple(head.name for head in insurance.heads if head.name in named)


def history_head(insurance: Insurance) -> str:
    """Return the head whose claims go into the history; "" where a person has to choose.

    That of the history, else the only one that has claims.
    """
    experience = insurance.experience
    if experience is not None and experience.head:
        return experience.head
    heads = heads_with_claims(insurance)
    return heads[0] if len(heads) == 1 else ""


def with_claims_as_history(
    document: Document, computed: "Computed", head: str, *, as_of: date, tr: Translator
) -> Document:
    """Return a draft whose history has the claims of a head: one line an event of a year.

    Lines of the same year and event give way, and so does a line without a loss of a year that
    has one now. Policy years that are not over by `as_of` are no history yet.

    Raises:
        CaseRefused: `history_no_claims` without a claim of a head, `history_running` without a
            policy year that is over.
    """
    insurance = computed.file.case.insurance
    settled = computed.results.insurance.settlement if computed.results.insurance else None
    if insurance is None or settled is None or head not in heads_with_claims(insurance):
        raise CaseRefused([Problem(LOSSES, "history_no_claims", head or None)])
    exposures = exposures_of(computed.file.case, insurance, computed.results.carbon)
    found = loss_lines(insurance, exposures, settled, head=head, as_of=as_of)
    if not found:
        facts = {"day": as_of.isoformat()}
        raise CaseRefused([Problem(LOSSES, "history_running", head, facts)])
    added = [
        {
            "year": line.year,
            "loss_yuan": line.loss_yuan,
            "exposure_yuan": line.exposure_yuan,
            **({"event": line.event} if line.event else {}),
        }
        for line in found
    ]
    changed = with_value(document, LOSSES, [*_kept(value_at(document, LOSSES), added), *added])
    if head != insurance.heads[0].name:
        changed = with_value(changed, f"{EXPERIENCE}.head", head)
    source = tr(SOURCE).format(policy=insurance.policy_no or "–", head=head, day=as_of.isoformat())
    held = provenance_at(document, LOSSES)[1]
    joined = source if not held or source in held else f"{held}; {source}"
    return with_provenance(changed, LOSSES, "measured", joined[:_LONGEST])


def _kept(held: Any, added: Sequence[dict[str, Any]]) -> list[Any]:
    """Return the lines of the history that stay beside the new ones."""
    years = {line["year"] for line in added}
    named = {(line["year"], line.get("event", "")) for line in added}

    def gives_way(line: Any) -> bool:
        if not isinstance(line, dict):
            return True
        if (line.get("year"), line.get("event", "")) in named:
            return True
        return line.get("year") in years and line.get("loss_yuan") == 0

    return [line for line in held if not gives_way(line)] if isinstance(held, list) else []
