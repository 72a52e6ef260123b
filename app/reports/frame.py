"""What every kind of document has around its text: identity, signatures, header and footer."""

from collections.abc import Iterable, Sequence

from app.finance.explain import Step
from app.i18n import N_
from app.reports.document import (
    DASH,
    NOTHING,
    Block,
    Document,
    Fact,
    Signature,
    Signatures,
    Strip,
    Text,
    free,
)
from app.reports.sheet import Sheet

NOT_BINDING = N_(
    "Indicative and not binding. It becomes an offer only by a contract signed after "
    "approval; the values rest on the inputs listed in the annex."
)
"""What a document with a price says above its signatures."""

_NO_HOUSE = "Blue Carbon Desk 蓝碳金融工作台"


def identity(sheet: Sheet) -> Strip:
    """Number, day of issue, version and status of the document."""
    words, stamp = sheet.words, sheet.stamp
    version = free(str(stamp.case_version)) if stamp.case_version is not None else DASH
    status = words(N_("approved")) if stamp.approved else words(N_("draft"))
    return Strip(
        (
            Fact(words(N_("Document number")), free(stamp.document_no)),
            Fact(words(N_("Issued on")), free(stamp.issued_on.isoformat())),
            Fact(words(N_("Version of the case")), version),
            Fact(words(N_("Status")), status),
        )
    )


ROLES = (N_("Prepared by"), N_("Reviewed by"), N_("Approved by"))
"""Who signs a document of the program where the template names nobody else."""


def signed(
    sheet: Sheet, statement: Text, *, roles: Sequence[str] = ROLES, seal: bool = False
) -> Signatures:
    """Who signs the document, under what it is not; `roles` are message ids.

    The roles of the template take their place, in each language of the document. The names of
    an approval are put to the first and the last of `ROLES`.
    """
    words, stamp = sheet.words, sheet.stamp
    approved_on = stamp.approved_on.isoformat() if stamp.approved_on else ""
    known = {ROLES[0]: (stamp.prepared_by, ""), ROLES[2]: (stamp.approved_by, approved_on)}
    own = _own_roles(sheet)
    lines = own or tuple((words(role), *known.get(role, ("", ""))) for role in roles)
    return Signatures(
        tuple(Signature(role, name, day) for role, name, day in lines),
        words(N_("Signature")),
        words(N_("Date")),
        statement,
        seal=words(N_("Seal")) if seal else NOTHING,
    )


def _own_roles(sheet: Sheet) -> tuple[tuple[Text, str, str], ...]:
    """The roles of the template; where one language has fewer, the other one's stand for it."""
    lists = [sheet.house.texts(tr.language).signers for tr in sheet.words.translators]
    count = max(map(len, lists))
    found = []
    for place in range(count):
        lines = tuple(names[place] for names in lists if place < len(names))
        found.append((Text(tuple(dict.fromkeys(lines))), "", ""))
    return tuple(found)


def framed(
    sheet: Sheet,
    title: Text,
    blocks: Iterable[Block],
    *,
    house: str,
    steps: Sequence[Step] = (),
) -> Document:
    """Return the document: `house` issues it, `steps` are the workings its marks lead to."""
    words, stamp = sheet.words, sheet.stamp
    footer = words(
        N_("Program {program} · data {data} · inputs {digest} · document {number}"),
        program=stamp.program_version,
        data=stamp.data_version,
        digest=stamp.input_hash[:16],
        number=stamp.document_no,
    )
    return Document(
        title=title,
        subject=sheet.case.project.name,
        watermark=() if stamp.approved else words(N_("DRAFT")).lines,
        header=(house or _NO_HOUSE, stamp.document_no),
        footer=footer.lines,
        page_label=words(N_("Page {page} of {pages}")).lines,
        language=words.language,
        blocks=tuple(blocks),
        step_numbers={step.key: index for index, step in enumerate(steps, start=1)},
    )
