"""The page of who bears the premium: heads and parts, subsidies, insurers, each to the fen."""

from dataclasses import dataclass
from decimal import Decimal

from app.finance.case.insurance import Insurance
from app.finance.insurance.results import InsuranceResult
from app.i18n import N_
from app.messages.insurance_words import PARTS, choice_word
from app.reports.document import Text, free
from app.reports.workbook.book import Book, headed, unit_text
from app.reports.workbook.looks import Kind, Look
from app.reports.workbook.premium_page import GROSS, PURE, RISK, SAFETY

_LABEL, _PURE, _RISK, _WEIGHT, _ROUNDED, _PREMIUM = range(6)


@dataclass(frozen=True, slots=True)
class _Line:
    label: Text
    pure: float
    risk: float
    premium: Decimal


class SplitPage:
    """Writes the page block by block."""

    def __init__(self, book: Book, insurance: Insurance, result: InsuranceResult) -> None:
        self._book, self._insurance, self._result = book, insurance, result
        self._page = book.page("premium_split")
        self._row = 3

    def write(self) -> None:
        """Write the page."""
        self._page.line(
            1,
            self._book.words(
                N_(
                    "Each share is rounded to the fen; the fen left over go to the largest, to the "
                    "insured or to the leader."
                )
            ),
            Look.NOTE,
            last=_PREMIUM,
        )
        self._parts()
        self._subsidies()
        self._coinsurers()

    def _band(self, label: str, heads: tuple[tuple[str, str], ...]) -> None:
        page, words = self._page, self._book.words
        for column in range(_PREMIUM + 1):
            page.text(self._row, column, words(label) if column == 0 else "", Look.BAND, wide=True)
        self._row += 1
        for column, (head, code) in enumerate(heads):
            said = " ".join(dict.fromkeys(unit_text(words, code).lines)) if code else ""
            page.text(self._row, column, headed(words(head), said), Look.HEAD)
        self._row += 1

    def _lines(self) -> list[_Line]:
        words, result = self._book.words, self._result
        heads = [
            _Line(free(head.name), head.pure_premium_yuan, head.risk_load_yuan,
                  head.gross_premium_yuan)
            for head in result.heads
        ]  # fmt: skip
        return heads + [
            _Line(words(PARTS[part.part]), part.pure_premium_yuan, part.risk_load_yuan,
                  part.gross_premium_yuan)
            for part in result.parts
            if part.part != "heads"
        ]  # fmt: skip

    def _parts(self) -> None:
        """Heads and parts by pure premium, risk and expense; what is left over to the largest."""
        lines, result = self._lines(), self._result
        if not lines:
            return
        self._band(
            N_("Heads and parts"),
            (
                (N_("Head or part"), ""),
                (N_("Share of the pure premium"), ""),
                (N_("Share of the risk loading"), ""),
                (N_("Weight"), "yuan"),
                (N_("Rounded"), "yuan"),
                (N_("Gross premium"), "yuan"),
            ),
        )
        loads = {line.code: line.amount_yuan for line in result.loadings}
        whole_pure, whole_risk = result.pure_premium_yuan, result.risk_load_yuan
        base = loads["fixed"] + loads["safety"]
        still = "reinstatement" in loads or not whole_pure
        first, last = self._row, self._row + len(lines) - 1
        weights = [
            line.pure + line.risk + base * (line.pure / whole_pure if whole_pure else 0.0)
            for line in lines
        ]
        in_all = sum(weights)
        gross = float(result.gross_premium_yuan)
        rounded = [round(gross * weight / in_all, 2) if in_all else 0.0 for weight in weights]
        page = self._page
        for place, line in enumerate(lines):
            row = self._row
            page.text(row, _LABEL, line.label)
            if still:
                page.value(row, _PREMIUM, line.premium, Kind.MONEY)
                self._row += 1
                continue
            page.value(row, _PURE, line.pure / whole_pure, Kind.PLAIN)
            page.value(row, _RISK, line.risk / whole_risk if whole_risk else 0.0, Kind.PLAIN)
            part, risk = page.at(row, _PURE), page.at(row, _RISK)
            weight = f"={part}*({PURE}+{SAFETY}+insurance_fixed_expense_yuan)+{risk}*{RISK}"
            page.formula(row, _WEIGHT, weight, weights[place], Kind.MONEY)
            span = page.span((first, _WEIGHT), (last, _WEIGHT))
            page.formula(
                row,
                _ROUNDED,
                f"=ROUND({GROSS}*{page.at(row, _WEIGHT)}/SUM({span}),2)",
                rounded[place],
                Kind.MONEY,
            )
            each = page.span((first, _ROUNDED), (last, _ROUNDED))
            largest = f"MATCH(MAX({each}),{each},0)={place + 1}"
            page.formula(
                row,
                _PREMIUM,
                f"=ROUND({page.at(row, _ROUNDED)}+IF({largest},{GROSS}-SUM({each}),0),2)",
                line.premium,
                Kind.MONEY,
                look=Look.TOTAL,
            )
            self._row += 1
        self._row += 1

    def _subsidies(self) -> None:
        found = self._result.subsidies
        if not found:
            return
        self._band(
            N_("Who pays the premium"),
            ((N_("Paid by"), ""), (N_("Share"), ""), (N_("Amount"), "yuan")),
        )
        page, words, first = self._page, self._book.words, self._row
        for place, line in enumerate(found):
            row = self._row
            page.text(row, _LABEL, words(choice_word("payer", line.payer)))
            paid = f"SUM({page.span((first, 2), (row - 1, 2))})" if place else "0"
            left = f"{GROSS}-{paid}" if place else GROSS
            if place < len(found) - 1:
                share = f"insurance_subsidies_{place}_share"
                page.formula(row, 1, f"={share}", line.share, Kind.PERCENT)
                formula = f"MIN(ROUND({GROSS}*{share},2),ROUND({left},2))"
            else:
                named = page.span((first, 1), (row - 1, 1))
                page.formula(row, 1, f"=MAX(1-SUM({named}),0)", line.share, Kind.PERCENT)
                formula = f"ROUND({left},2)"
            page.formula(row, 2, f"={formula}", line.amount_yuan, Kind.MONEY, look=Look.TOTAL)
            self._row += 1
        self._book.check(
            N_("Premium the insured pays"), page.at(self._row - 1, 2), found[-1].amount_yuan
        )
        self._row += 1

    def _coinsurers(self) -> None:
        found, lines = self._result.coinsurers, self._insurance.coinsurers
        if not found:
            return
        self._band(
            N_("Insurers of the policy"),
            (
                (N_("Insurer"), ""),
                (N_("Share"), ""),
                (N_("Rounded"), "yuan"),
                (N_("Premium"), "yuan"),
            ),
        )
        page, first = self._page, self._row
        last = first + len(found) - 1
        leader = max(range(len(lines)), key=lambda n: (lines[n].leads, lines[n].share))
        gross = self._result.gross_premium_yuan
        for place, line in enumerate(found):
            row, share = self._row, f"insurance_coinsurers_{place}_share"
            page.text(row, _LABEL, line.name)
            page.formula(row, 1, f"={share}", line.share, Kind.PERCENT)
            rounded = round(float(gross * Decimal(str(line.share))) + 1e-9, 2)
            page.formula(row, 2, f"=ROUND({GROSS}*{share},2)", rounded, Kind.MONEY)
            each = page.span((first, 2), (last, 2))
            formula = page.at(row, 2)
            if place == leader:
                formula = f"ROUND({formula}+{GROSS}-SUM({each}),2)"
            page.formula(row, 3, f"={formula}", line.premium_yuan, Kind.MONEY, look=Look.TOTAL)
            self._row += 1
