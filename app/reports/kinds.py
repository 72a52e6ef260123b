"""The kinds of documents: their names, their numbers, and which of them a case can print."""

from dataclasses import dataclass
from enum import StrEnum

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.i18n import N_, Translator


class DocumentKind(StrEnum):
    """What is printed of a case; the values are those of the command line and the book."""

    TERM_SHEET = "term-sheet"
    QUOTATION = "quotation"
    SLIP = "slip"
    PAYMENT_LETTER = "payment-letter"


KIND_NAMES: dict[str, str] = {
    DocumentKind.TERM_SHEET: N_("term sheet"),
    DocumentKind.QUOTATION: N_("quotation"),
    DocumentKind.SLIP: N_("slip"),
    DocumentKind.PAYMENT_LETTER: N_("payment letter"),
}
_NUMBERS = {
    DocumentKind.TERM_SHEET: "TS",
    DocumentKind.QUOTATION: "QT",
    DocumentKind.SLIP: "SL",
    DocumentKind.PAYMENT_LETTER: "PL",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One document of a case; `event` narrows a payment letter to the claims of one event."""

    kind: DocumentKind = DocumentKind.TERM_SHEET
    event: str = ""

    def said(self, tr: Translator) -> str:
        """Name the document in a language, the event with it."""
        name = tr(KIND_NAMES[self.kind])
        if not self.event:
            return name
        return tr(N_("{document}: {event}")).format(document=name, event=self.event)


TERM_SHEET = Choice()


def claim_events(case: Case) -> tuple[str, ...]:
    """Return the events of the claims in the order in which they were entered."""
    if case.insurance is None or case.insurance.settlement is None:
        return ()
    return tuple(dict.fromkeys(claim.event for claim in case.insurance.settlement.claims))


def choices(case: Case) -> tuple[Choice, ...]:
    """Return every document the case can print, the term sheet first.

    A payment letter over all events comes before those of the single events.
    """
    found = [TERM_SHEET]
    if case.insurance is not None:
        found += [Choice(DocumentKind.QUOTATION), Choice(DocumentKind.SLIP)]
    events = claim_events(case)
    if events:
        found.append(Choice(DocumentKind.PAYMENT_LETTER))
    if len(events) > 1:
        found += [Choice(DocumentKind.PAYMENT_LETTER, event) for event in events]
    return tuple(found)


def refusal(choice: Choice, case: Case) -> Problem | None:
    """Return why the case cannot print a document; None where it can."""
    kind, events = choice.kind.value, claim_events(case)
    if choice.event and choice.kind is not DocumentKind.PAYMENT_LETTER:
        return Problem("", "event_without_letter", choice.event)
    if choice.kind is not DocumentKind.TERM_SHEET and case.insurance is None:
        return Problem("insurance", "kind_without_insurance", kind)
    if choice.kind is DocumentKind.PAYMENT_LETTER and not events:
        return Problem("insurance.settlement", "kind_without_claims", kind)
    if choice.event and choice.event not in events:
        known = {"known": ", ".join(events)}
        return Problem("insurance.settlement", "unknown_claim_event", choice.event, known)
    return None


def document_number(choice: Choice, case: Case, input_hash: str, version: int | None) -> str:
    """Return the number of a document: kind, inputs, version, place of the event."""
    number = f"{_NUMBERS[choice.kind]}-{input_hash[:8].upper()}"
    if version is not None:
        number += f"-v{version}"
    if choice.event:
        number += f"-e{claim_events(case).index(choice.event) + 1}"
    return number
