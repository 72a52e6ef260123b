"""Published loans on carbon and the rules behind them: what was lent on what, and who says so."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from app.finance.text import N_
from app.paths import resources
from app.reference.market_data import Verified
from app.reference.rows import Row, number_or_none, read_rows


class PublishedKind(StrEnum):
    """What a line tells of."""

    LOAN = "loan"
    FACILITY = "facility"
    PRODUCT = "product"
    LINKED = "linked"
    RULE = "rule"


PUBLISHED_KIND_LABELS = {
    PublishedKind.LOAN: N_("loan"),
    PublishedKind.FACILITY: N_("credit limit"),
    PublishedKind.PRODUCT: N_("product without the terms of a deal"),
    PublishedKind.LINKED: N_("rate linked to emissions, no pledge"),
    PublishedKind.RULE: N_("rule or guide"),
}


@dataclass(frozen=True, slots=True)
class PublishedLoan:
    """One line; texts with `_zh` are Chinese, empty or None is not disclosed.

    Attributes:
        loan_id: number of the line.
        kind: what it tells of.
        day: last day of a month or year that alone is known; None without any.
        ecosystem: code of the sink, `other` for sinks on land and where none is named.
        amount_yuan: lent, or the limit.
        tonnes: carbon in the report, as it states them; the note says of which years.
        price_yuan_t: price the value was found with.
        annual_rate: fraction a year.
        months: tenor.
        verified: whether the report was read, in full or in part.
    """

    loan_id: str
    kind: PublishedKind
    day: date | None
    day_text: str
    day_text_zh: str
    lender: str
    lender_zh: str
    borrower: str
    borrower_zh: str
    place: str
    place_zh: str
    collateral: str
    collateral_zh: str
    ecosystem: str
    amount_yuan: float | None
    tonnes: float | None
    price_yuan_t: float | None
    annual_rate: float | None
    months: int | None
    valuation: str
    valuation_zh: str
    other_security: str
    other_security_zh: str
    verified: Verified
    note: str
    note_zh: str
    source: str
    source_zh: str

    def text(self, name: str, language: str) -> str:
        """Return a text by its name in a language."""
        return str(getattr(self, f"{name}_zh" if language == "zh" else name))


_TEXTS = (
    "day_text",
    "lender",
    "borrower",
    "place",
    "collateral",
    "valuation",
    "other_security",
    "note",
    "source",
)


def _loan(row: Row) -> PublishedLoan:
    texts = {name: row[name] for base in _TEXTS for name in (base, f"{base}_zh")}
    months = number_or_none(row["months"])
    return PublishedLoan(
        loan_id=row["loan_id"],
        kind=PublishedKind(row["kind"]),
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        ecosystem=row["ecosystem"] or "other",
        amount_yuan=number_or_none(row["amount_yuan"]),
        tonnes=number_or_none(row["tonnes"]),
        price_yuan_t=number_or_none(row["price_yuan_t"]),
        annual_rate=number_or_none(row["annual_rate"]),
        months=None if months is None else int(months),
        verified=Verified(row["verified"]),
        **texts,
    )


@cache
def load_published_loans() -> tuple[PublishedLoan, ...]:
    """Return the published loans in the order of the table."""
    return tuple(map(_loan, read_rows(resources() / "reference", "loans.csv")))
