"""The page of the premium: from the pure premium of each part to the gross premium, live."""

import math

from app.finance.case.cover.premium_inputs import PureBasis, RiskLoad
from app.finance.case.insurance import Insurance
from app.finance.explain import Step
from app.finance.insurance.results import InsuranceResult
from app.i18n import N_
from app.messages.insurance_words import LOADS, choice_word
from app.reports.document import Text
from app.reports.workbook.book import Book
from app.reports.workbook.index_page import INSURED, SPREAD, spread_of
from app.reports.workbook.looks import Kind, Look
from app.reports.workbook.premium_history import STILL, of_history
from app.reports.workbook.value_rows import NOTE, ValueRows

GROSS, PURE, TECHNICAL = "premium_gross", "premium_pure", "premium_technical"
SAFETY, RISK = "premium_safety", "premium_risk_load"
_SHARES = (
    ("variable", "variable_expense_share"),
    ("commission", "commission_share"),
    ("profit", "profit_share"),
    ("tax", "tax_share"),
)


def step_of(result: InsuranceResult, key: str) -> Step | None:
    """Return a working of the quote."""
    return next((step for step in result.working if step.key == key), None)


def terms_of(result: InsuranceResult, key: str) -> dict[str, float]:
    """Return the figures that were put into a working, by their symbols."""
    step = step_of(result, key)
    return {
        term.symbol: float(term.value)
        for term in (() if step is None else step.terms)
        if isinstance(term.value, int | float)
    }


def live_perils(insurance: Insurance, result: InsuranceResult) -> bool:
    """Whether the perils of the first policy year sum to its pure premium."""
    if insurance.pure_basis is not PureBasis.MODEL or not result.perils:
        return False
    first = terms_of(result, "insurance.pure_premium").get("P1")
    if first is None or insurance.policy_year_limit_yuan is not None:
        return False
    summed = sum(peril.pure_premium_yuan for peril in result.perils)
    return abs(summed - first) <= 1e-9 * max(abs(first), 1.0)


class PremiumPage:
    """Writes the page down to the rate."""

    def __init__(
        self, book: Book, insurance: Insurance, result: InsuranceResult, index_pure: str
    ) -> None:
        self._book, self._insurance, self._result = book, insurance, result
        self._index_pure = index_pure
        self._rows = ValueRows(book.page("premium"), 3)
        self._loads = {line.code: line.amount_yuan for line in result.loadings}

    def write(self) -> ValueRows:
        """Write the page; return its rows, for the shares below."""
        self._rows.page.line(
            1,
            self._book.words(
                N_("Each step from the pure premium on is a formula of the terms of the insurance.")
            ),
            Look.NOTE,
            last=NOTE,
        )
        self._rows.heads()
        self._rows.page.freeze(4, 1)
        self._pure()
        self._build()
        return self._rows

    def _pure(self) -> None:
        rows, result = self._rows, self._result
        rows.band(N_("Pure premium"))
        terms = terms_of(result, "insurance.pure_premium")
        insurance = self._insurance
        limited = insurance.policy_year_limit_yuan is not None
        if limited and insurance.pure_basis is PureBasis.MODEL:
            pure = rows.still(
                N_("Pure premium within the limit of the policy year"),
                result.pure_premium_yuan,
                kind=Kind.MONEY,
                unit="yuan",
                note=STILL,
            )
            formula = pure
        else:
            formula = "+".join(self._parts(terms)) or "0"
        rows.live(
            N_("Pure premium"),
            formula,
            result.pure_premium_yuan,
            name=PURE,
            strong=True,
            checked=True,
        )

    def _parts(self, terms: dict[str, float]) -> list[str]:
        found = []
        if "P1" in terms:
            found.append(self._first_year(terms["P1"]))
            found += self._later_years(terms, found[0])
        if "H" in terms:
            found.append(of_history(self._rows, self._insurance, self._result, terms["H"]))
        if "I" in terms:
            label = N_("Pure premium of the index cover")
            if self._index_pure:
                found.append(self._rows.live(label, self._index_pure, terms["I"]))
            else:
                found.append(self._still(label, terms["I"]))
        if "D" in terms:
            found.append(self._still(N_("Pure premium of deliveries"), terms["D"]))
        return found

    def _still(self, label: str | Text, value: float, kind: Kind = Kind.MONEY) -> str:
        words = self._book.words
        rows = self._rows
        said = words(label) if isinstance(label, str) else label
        return rows.still(said, value, kind=kind, unit="yuan", note=STILL)

    def _first_year(self, value: float) -> str:
        rows, result = self._rows, self._result
        label = N_("Pure premium of the first policy year")
        if not live_perils(self._insurance, result):
            return self._still(label, value)
        terms = []
        for place, peril in enumerate(result.perils):
            rate = peril.events_ground_up
            mean = peril.pure_premium_yuan / rate if rate else 0.0
            named = self._book.words.each(
                lambda tr, p=peril: tr(N_("Mean payment of an event: {peril}")).format(  # type: ignore[misc]
                    peril=" · ".join(
                        part for part in (tr(choice_word("peril", p.peril)), p.head, p.site) if part
                    )
                )
            )
            paid = self._still(named, mean)
            terms.append(f"premium_frequency_{place}*{paid}")
        return rows.live(label, "+".join(terms), value)

    def _later_years(self, terms: dict[str, float], first: str) -> list[str]:
        rows, words, found = self._rows, self._book.words, []
        place = 2
        while f"P{place}" in terms:
            ratio = terms[f"P{place}"] / terms["P1"] if terms["P1"] else 0.0
            label = words(N_("Pure premium of policy year {number} over that of the first"),
                          number=place)  # fmt: skip
            part = rows.still(label, ratio, kind=Kind.PLAIN, unit="", note=STILL)
            discount = f"(1+insurance_discount_rate)^(0.5-{place})"
            factor = terms.get(f"v{place}", 1.0)
            found.append(
                rows.live(
                    words(N_("Pure premium of policy year {number}, discounted"), number=place),
                    f"{first}*{part}*{discount}",
                    terms[f"P{place}"] * factor,
                )
            )
            place += 1
        return found

    def _risk(self) -> None:
        rows, insurance, value = self._rows, self._insurance, self._result.risk_load_yuan
        terms = terms_of(self._result, "insurance.risk_load")
        formula = ""
        if insurance.risk_load in (RiskLoad.STANDARD_DEVIATION, RiskLoad.VARIANCE):
            spread = self._spread(terms["σ"])
            formula = f"insurance_risk_load_factor*{spread}"
            if insurance.risk_load is RiskLoad.VARIANCE:
                formula = f"insurance_variance_factor*{spread}^2"
        elif insurance.risk_load is RiskLoad.TVAR and insurance.cost_of_capital:
            excess = value / insurance.cost_of_capital
            held = self._still(N_("Tail value at risk less the mean, all policy years"), excess)
            formula = f"insurance_cost_of_capital*{held}"
        if formula:
            rows.live(N_("Risk loading"), formula, value, name=RISK)
            return
        self._still(N_("Risk loading"), value)
        rows.page.named(RISK, rows.row - 1, 1)

    def _insured(self) -> str:
        """The sum insured of all parts; that of an index moves with its quantity and value."""
        rows, result = self._rows, self._result
        whole, label = float(result.sum_insured_yuan), N_("Sum insured")
        if result.index is None:
            return self._still(label, whole)
        rest = float(result.sum_insured_yuan - result.index.sum_insured_yuan)
        if not rest:
            return rows.live(label, INSURED, whole)
        other = self._still(N_("Sum insured without the index cover"), rest)
        return rows.live(label, f"{other}+{INSURED}", whole)

    def _spread(self, value: float) -> str:
        """The standard deviation; the payouts of an index move their part of its square."""
        rows, index = self._rows, self._result.index
        label = N_("Standard deviation of the period's loss")
        limited = self._insurance.policy_year_limit_yuan is not None
        if not self._index_pure or index is None or limited:
            return self._still(label, value)
        rest = max(value**2 - spread_of(index) ** 2, 0.0)
        if rest < 1e-9 * value**2:
            return rows.live(label, SPREAD, value)
        other = self._still(N_("Standard deviation without the index cover"), math.sqrt(rest))
        return rows.live(label, f"SQRT({other}^2+{SPREAD}^2)", value)

    def _build(self) -> None:
        rows, loads, result = self._rows, self._loads, self._result
        rows.band(N_("From the pure to the gross premium"))
        reinstated = ""
        if "reinstatement" in loads:
            reinstated = self._still(LOADS["reinstatement"], loads["reinstatement"])
        rows.live(LOADS["safety"], f"insurance_safety_share*{PURE}", loads["safety"], name=SAFETY)
        self._risk()
        rows.live(LOADS["fixed"], "insurance_fixed_expense_yuan", loads["fixed"])
        shares = "-".join(f"insurance_{name}" for _code, name in _SHARES)
        loaded = f"{PURE}{f'+{reinstated}' if reinstated else ''}+{SAFETY}+{RISK}"
        rows.live(
            N_("Technical premium"),
            f"({loaded}+insurance_fixed_expense_yuan)/(1-{shares})",
            result.technical_premium_yuan,
            note=N_("with fixed expense, over one less the shares of the gross premium"),
            name=TECHNICAL,
            strong=True,
        )
        for code, name in _SHARES:
            rows.live(LOADS[code], f"insurance_{name}*{TECHNICAL}", loads[code])
        self._gross()

    def _gross(self) -> None:
        rows, loads, result, insurance = self._rows, self._loads, self._result, self._insurance
        technical = result.technical_premium_yuan
        adjusted = rows.live(
            N_("Technical premium × rate coefficient"),
            f"{TECHNICAL}*insurance_rate_coefficient",
            technical + loads["coefficient"],
        )
        raised = rows.live(
            N_("Not below the minimum premium"),
            f"MAX(ROUND({adjusted},2),insurance_minimum_premium_yuan)",
            round(technical + loads["coefficient"], 2) + loads["minimum"],
        )
        formula = raised
        if insurance.round_premium_to_yuan is not None:
            unit = "insurance_round_premium_to_yuan"
            formula = f"ROUND(ROUNDUP(ROUND({raised}/{unit},9),0)*{unit},2)"
        gross = result.gross_premium_yuan
        rows.live(N_("Gross premium"), formula, gross, name=GROSS, strong=True, checked=True)
        self._rates()

    def _rates(self) -> None:
        rows, result = self._rows, self._result
        insured = self._insured()
        rows.live(
            N_("Premium rate"),
            f"IF({insured}=0,0,{GROSS}/{insured})",
            result.rate,
            kind=Kind.PERCENT,
            unit="",
            name="premium_rate",
        )
        asked = result.asked
        if asked is not None:
            rows.live(
                N_("Premium asked less technical premium"),
                f"insurance_asked_premium_yuan-ROUND({TECHNICAL},2)",
                asked.difference_yuan,
            )
