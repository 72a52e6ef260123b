"""The pages of an insurance: its terms, the premium, who bears it, the index cover."""

from collections.abc import Sequence

from app.finance.case.insurance import Insurance
from app.finance.insurance.results import InsuranceResult
from app.i18n import N_
from app.reports.sheet import Sheet
from app.reports.workbook.book import Book
from app.reports.workbook.index_page import IndexPage
from app.reports.workbook.premium_page import PremiumPage, live_perils
from app.reports.workbook.premium_split_page import SplitPage
from app.reports.workbook.premium_terms import write_terms
from app.reports.workbook.streams import Streams

_STILL = (
    N_("Mean payments, standard deviation and tail of the losses: what the laws of damage give."),
    N_("Loss distribution, options of the policy, claims."),
)

_LIMITED = N_(
    "The pure premium of a policy with a limit of the policy year: terms of its parts do not "
    "move it."
)


class PremiumPages:
    """The pages of one insurance."""

    def __init__(self, sheet: Sheet, insurance: Insurance, result: InsuranceResult) -> None:
        self._sheet, self._insurance, self._result = sheet, insurance, result

    @property
    def codes(self) -> Sequence[str]:
        """The codes of the pages."""
        codes = ["premium_terms", "premium", "premium_split"]
        return [*codes, "index_cover"] if self._result.index is not None else codes

    def write(self, book: Book, _streams: Streams | None) -> None:
        """Write the pages."""
        insurance, result = self._insurance, self._result
        perils = result.perils if live_perils(insurance, result) else ()
        write_terms(book, self._sheet, insurance, perils)
        pure = ""
        if insurance.index is not None and result.index is not None:
            pure = IndexPage(book, insurance.index, result.index).write()
        PremiumPage(book, insurance, result, pure).write()
        SplitPage(book, insurance, result).write()
        limited = insurance.policy_year_limit_yuan is not None
        texts = (*_STILL, _LIMITED) if limited else _STILL
        book.still += [book.words(text) for text in texts]


def premium_pages(sheet: Sheet) -> PremiumPages | None:
    """Return the pages of the insurance of a case, None without one."""
    insurance, result = sheet.case.insurance, sheet.results.insurance
    if insurance is None or result is None:
        return None
    return PremiumPages(sheet, insurance, result)
