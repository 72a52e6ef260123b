"""The kinds of documents: their names, their numbers, and which of them a case can print."""

from dataclasses import dataclass
from enum import StrEnum

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.engine import Results
from app.finance.lending.life_results import LifeResult
from app.i18n import N_, Translator
from app.reports.stamp import case_code


class DocumentKind(StrEnum):
    """What is printed of a case; the values are those of the command line and the book."""

    TERM_SHEET = "term-sheet"
    COMMITTEE_MEMO = "committee-memo"
    APPRAISAL_REPORT = "appraisal-report"
    REPAYMENT_SCHEDULE = "repayment-schedule"
    PLEDGE_LIST = "pledge-list"
    DRAWDOWN_CHECKLIST = "drawdown-checklist"
    MONITORING_REPORT = "monitoring-report"
    MARGIN_CALL = "margin-call"
    RELEASE_LETTER = "release-letter"
    QUOTATION = "quotation"
    SLIP = "slip"
    POLICY_SCHEDULE = "policy-schedule"
    PAYMENT_LETTER = "payment-letter"
    CASE_RECORD = "case-record"


PORTFOLIO_REPORT = "portfolio-report"
"""The one document of the whole book."""

KIND_NAMES: dict[str, str] = {
    DocumentKind.TERM_SHEET: N_("term sheet"),
    DocumentKind.COMMITTEE_MEMO: N_("memo to the credit committee"),
    DocumentKind.APPRAISAL_REPORT: N_("appraisal report"),
    DocumentKind.REPAYMENT_SCHEDULE: N_("repayment schedule"),
    DocumentKind.PLEDGE_LIST: N_("pledge list"),
    DocumentKind.DRAWDOWN_CHECKLIST: N_("drawdown checklist"),
    DocumentKind.MONITORING_REPORT: N_("monitoring report"),
    DocumentKind.MARGIN_CALL: N_("margin-call letter"),
    DocumentKind.RELEASE_LETTER: N_("release letter"),
    DocumentKind.QUOTATION: N_("quotation"),
    DocumentKind.SLIP: N_("slip"),
    DocumentKind.POLICY_SCHEDULE: N_("policy schedule"),
    DocumentKind.PAYMENT_LETTER: N_("payment letter"),
    DocumentKind.CASE_RECORD: N_("case record"),
    PORTFOLIO_REPORT: N_("portfolio report"),
}
LETTERS: dict[str, str] = {
    DocumentKind.TERM_SHEET: "TS",
    DocumentKind.COMMITTEE_MEMO: "CM",
    DocumentKind.APPRAISAL_REPORT: "AR",
    DocumentKind.REPAYMENT_SCHEDULE: "RS",
    DocumentKind.PLEDGE_LIST: "PG",
    DocumentKind.DRAWDOWN_CHECKLIST: "DC",
    DocumentKind.MONITORING_REPORT: "MR",
    DocumentKind.MARGIN_CALL: "MC",
    DocumentKind.RELEASE_LETTER: "RL",
    DocumentKind.QUOTATION: "QT",
    DocumentKind.SLIP: "SL",
    DocumentKind.POLICY_SCHEDULE: "PS",
    DocumentKind.PAYMENT_LETTER: "PL",
    DocumentKind.CASE_RECORD: "CR",
    PORTFOLIO_REPORT: "PF",
}
"""The letters a number begins with."""

_OF_LOAN = (
    DocumentKind.TERM_SHEET,
    DocumentKind.COMMITTEE_MEMO,
    DocumentKind.REPAYMENT_SCHEDULE,
    DocumentKind.PLEDGE_LIST,
    DocumentKind.DRAWDOWN_CHECKLIST,
    DocumentKind.MONITORING_REPORT,
    DocumentKind.MARGIN_CALL,
    DocumentKind.RELEASE_LETTER,
)
_OF_INSURANCE = (
    DocumentKind.QUOTATION,
    DocumentKind.SLIP,
    DocumentKind.POLICY_SCHEDULE,
    DocumentKind.PAYMENT_LETTER,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One document of a case; `event` narrows a payment letter to the claims of one event."""

    kind: DocumentKind = DocumentKind.CASE_RECORD
    event: str = ""

    def said(self, tr: Translator) -> str:
        """Name the document in a language, the event with it."""
        name = tr(KIND_NAMES[self.kind])
        if not self.event:
            return name
        return tr(N_("{document}: {event}")).format(document=name, event=self.event)


def claim_events(case: Case) -> tuple[str, ...]:
    """Return the events of the claims in the order in which they were entered."""
    if case.insurance is None or case.insurance.settlement is None:
        return ()
    return tuple(dict.fromkeys(claim.event for claim in case.insurance.settlement.claims))


def choices(case: Case, results: Results) -> tuple[Choice, ...]:
    """Return every document the case can print, the one it is made for first.

    A payment letter over all events comes before those of the single events.
    """
    kinds = dict.fromkeys((main_choice(case), *map(Choice, DocumentKind)))
    found = [choice for choice in kinds if refusal(choice, case, results) is None]
    events = claim_events(case)
    if len(events) > 1:
        place = found.index(Choice(DocumentKind.PAYMENT_LETTER)) + 1
        found[place:place] = [Choice(DocumentKind.PAYMENT_LETTER, event) for event in events]
    return tuple(found)


def main_choice(case: Case) -> Choice:
    """Return the document a case is made for: of its loan, its insurance, its value."""
    if case.loan is not None:
        return Choice(DocumentKind.TERM_SHEET)
    if case.insurance is not None:
        return Choice(DocumentKind.QUOTATION)
    if case.appraisal is not None:
        return Choice(DocumentKind.APPRAISAL_REPORT)
    return Choice(DocumentKind.CASE_RECORD)


def refusal(choice: Choice, case: Case, results: Results) -> Problem | None:
    """Return why the case cannot print a document; None where it can."""
    kind = choice.kind
    if choice.event and kind is not DocumentKind.PAYMENT_LETTER:
        return Problem("", "event_without_letter", choice.event)
    if kind in _OF_LOAN:
        return _loan_refusal(kind, case, results)
    if kind in _OF_INSURANCE:
        return _insurance_refusal(choice, case)
    if kind is DocumentKind.APPRAISAL_REPORT and case.appraisal is None:
        return Problem("appraisal", "kind_without_appraisal", kind.value)
    return None


def call_is_open(life: LifeResult) -> bool:
    """Whether security or money has to be called for on the day watched."""
    if life.released:
        return False
    below = bool(life.watch) and life.watch[-1].state in ("margin_call", "enforcement")
    return below or any(event.state in ("open", "overdue") for event in life.events)


def _loan_refusal(kind: DocumentKind, case: Case, results: Results) -> Problem | None:
    if case.loan is None or results.loan is None:
        return Problem("loan", "kind_without_loan", kind.value)
    life = results.loan.life
    if kind is DocumentKind.MONITORING_REPORT and life is None:
        return Problem("loan.monitoring", "kind_without_monitoring", kind.value)
    if kind is DocumentKind.MARGIN_CALL and not (life is not None and call_is_open(life)):
        return Problem("loan.monitoring", "kind_without_call", kind.value)
    if kind is DocumentKind.RELEASE_LETTER and not (life is not None and life.released):
        return Problem("loan.monitoring.discharged_on", "kind_without_release", kind.value)
    return None


def _insurance_refusal(choice: Choice, case: Case) -> Problem | None:
    kind, events = choice.kind, claim_events(case)
    if case.insurance is None:
        return Problem("insurance", "kind_without_insurance", kind.value)
    if kind is DocumentKind.POLICY_SCHEDULE and case.insurance.index is None:
        return Problem("insurance.index", "kind_without_index", kind.value)
    if kind is DocumentKind.PAYMENT_LETTER and not events:
        return Problem("insurance.settlement", "kind_without_claims", kind.value)
    if choice.event and choice.event not in events:
        known = {"known": ", ".join(events)}
        return Problem("insurance.settlement", "unknown_claim_event", choice.event, known)
    return None


def coded_number(letters: str, input_hash: str, version: int | None) -> str:
    """Return a number of letters, the code of the inputs, and the version where it is stored."""
    number = f"{letters}-{case_code(input_hash)}"
    return number if version is None else f"{number}-v{version}"


def draft_number(choice: Choice, case: Case, input_hash: str, version: int | None) -> str:
    """Return the number of what is not final: kind, code of the inputs, version, event."""
    number = coded_number(LETTERS[choice.kind], input_hash, version)
    if choice.event:
        number += f"-e{claim_events(case).index(choice.event) + 1}"
    return number
