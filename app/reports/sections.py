"""The sections of the term sheet: what each one says about a computed case."""

from collections.abc import Iterator

from app.finance.case.case import Case, CaseFile
from app.finance.case.insurance import CarbonCover, HarvestCover
from app.finance.case.loan import Loan
from app.finance.case.project import Project
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.finance.insurance.premium import CoverResult
from app.finance.notices import Severity
from app.formats import money, number, percent, unit
from app.i18n import N_
from app.messages import notice_source, notice_text
from app.reports.chinese_numerals import capital_amount
from app.reports.document import (
    Block,
    Chart,
    Fact,
    Facts,
    Grid,
    Heading,
    Hero,
    Notices,
    Prose,
    Text,
    Words,
    free,
)

NONE = free("–")


def _yuan(words: Words, label: str, amount: object, step: str = "", **more: object) -> Fact:
    value = free(money(amount))  # type: ignore[arg-type]
    return Fact(words(label), value, words(N_("yuan")), step, **more)  # type: ignore[arg-type]


def _entered(text: str) -> Text:
    return free(text) if text else NONE


def notices(words: Words, results: Results) -> Iterator[Block]:
    """Red flags and warnings, on the first page."""
    if not results.notices:
        return
    items = tuple(
        (
            notice.severity is Severity.RED_FLAG,
            words.each(lambda tr, n=notice: notice_text(n, tr)),
            words.each(lambda tr, n=notice: notice_source(n, tr)),
        )
        for notice in results.notices
    )
    yield Notices(words(N_("Red flags and warnings")), items)


def rate_first(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The annualised rate, before and above every other figure of the loan."""
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None:
        return
    yield Hero(
        words(N_("Annualised rate, fees included (compound)")),
        percent(loan.effective.annual_compound),
        "loan.annual_rate",
        words(N_("Annualised rate, fees included (simple)")),
        percent(loan.effective.annual_simple),
        words(
            N_("Interest rate of the contract {rate} a year; fees at drawdown {fee} yuan."),
            rate=percent(terms.annual_rate),
            fee=money(terms.upfront_fee_yuan),
        ),
    )


def facility(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Parties, amount in figures and capitals, purpose, term and repayment."""
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None:
        return
    repayment = choice_label(Loan, "repayment", terms.repayment)
    yield Heading(words(N_("Facility")))
    facts = [
        Fact(words(N_("Lender")), _entered(terms.lender)),
        Fact(words(N_("Borrower")), _entered(terms.borrower)),
        Fact(words(N_("Pledgor")), _entered(file.case.project.holder)),
        _yuan(words, N_("Amount asked"), loan.amount_yuan, strong=True),
        Fact(words(N_("Amount in capitals")), free(f"人民币{capital_amount(loan.amount_yuan)}")),
        Fact(words(N_("Purpose")), _entered(terms.purpose)),
        Fact(words(N_("Term")), free(str(terms.term_months)), words(N_("months"))),
        Fact(words(N_("Drawdown date")), free(terms.drawdown_date.isoformat())),
        Fact(words(N_("Maturity")), free(loan.maturity.isoformat())),
        Fact(words(N_("Repayment")), words(repayment)),
        _yuan(words, N_("First payment"), loan.first_payment_yuan, "loan.first_payment"),
        _yuan(words, N_("Last payment"), loan.last_payment_yuan),
        _yuan(words, N_("Interest in all"), loan.total_interest_yuan, "loan.total_interest"),
    ]
    if terms.pricing_note:
        facts.append(Fact(words(N_("Pricing reference")), free(terms.pricing_note)))
    yield Facts(tuple(facts))


def project(words: Words, file: CaseFile) -> Iterator[Block]:
    """The pledged or insured right: project, method, market, ends of the rights."""
    found = file.case.project
    yield Heading(words(N_("The right and its project")))
    facts = [
        Fact(words(N_("Project name")), free(found.name), strong=True),
        Fact(words(N_("Sink carrier")), words(choice_label(Project, "ecosystem", found.ecosystem))),
        Fact(words(N_("Place")), _entered(found.place)),
        Fact(words(N_("Right holder")), _entered(found.holder)),
    ]
    for label, text in (
        (N_("Methodology"), found.methodology),
        (N_("Standard"), found.standard),
        (N_("Market"), found.market),
        (N_("Registry number"), found.registry_id),
    ):
        if text:
            facts.append(Fact(words(label), free(text)))
    for label, day in (
        (N_("Sea-area use right ends"), found.sea_area_right_end),
        (N_("Crediting period starts"), found.crediting_start),
        (N_("Crediting period ends"), found.crediting_end),
        (N_("Sale contract ends"), found.contract_end),
    ):
        if day is not None:
            facts.append(Fact(words(label), free(day.isoformat())))
    yield Facts(tuple(facts))


def values(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The three values side by side; the one the loan was sized on is marked."""
    found, loan, terms = results.values, results.loan, file.case.loan
    basis = terms.valuation_basis.value if terms is not None else ""
    ratios = {
        "gross": loan.loan_to_gross if loan else None,
        "net": loan.loan_to_net if loan else None,
        "liquidation": loan.loan_to_liquidation if loan else None,
    }
    yield Heading(words(N_("Value of the income right")))
    head = [words(N_("Value on {day}"), day=file.case.appraisal.valuation_date), _head_yuan(words)]
    rows = []
    for key, label, amount in (
        ("gross", N_("Gross value"), found.gross_yuan),
        ("net", N_("Net value"), found.net_yuan),
        ("liquidation", N_("Liquidation value"), found.liquidation_yuan),
    ):
        mark = words(N_("sized on this value")) if key == basis else free("")
        row = [words(label), marked(money(amount), f"value.{key}")]
        if loan is not None:
            row.append(marked(percent(ratios[key]), f"loan.to_{key}"))
        rows.append((*row, mark))
    row = [
        words(N_("Value of one year's carbon")),
        marked(money(found.one_year_yuan), "value.one_year"),
    ]
    if loan is not None:
        row.append(marked(percent(loan.loan_to_one_year), "loan.to_one_year"))
        head.append(words(N_("Loan over value")))
    rows.append((*row, free("")))
    widths = (0.34, 0.24, 0.2, 0.22) if loan is not None else (0.4, 0.34, 0.26)
    numeric = (False, True, True, False) if loan is not None else (False, True, False)
    order = ("gross", "net", "liquidation")
    yield Grid(
        (*head, free("")),
        tuple(rows),
        widths,
        numeric,
        marked=order.index(basis) if basis in order else None,
    )
    price = found.break_even_price_yuan_t
    yield Facts(
        (
            Fact(
                words(N_("Carbon price")),
                free(number(file.case.appraisal.price_yuan_t)),
                words(N_("yuan/t")),
            ),
            Fact(
                words(N_("Break-even price")),
                free(number(price)),
                words(N_("yuan/t")),
                "value.break_even",
            ),
            Fact(
                words(N_("Discount rate")),
                free(percent(file.case.appraisal.discount_rate)),
                words(N_("a year")),
            ),
            Fact(
                words(N_("Years valued")),
                free(str(found.horizon_years)),
                words(N_("yr")),
                "value.horizon",
            ),
        )
    )


def marked(text: str, step: str) -> Text:
    """A figure with the mark of its working; the drawing replaces the key by its number."""
    return Text((f"{text}\u0001{step}",))


def _head_yuan(words: Words) -> Text:
    return words(N_("yuan"))


def sizing(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Each bound of the loan, the binding one marked, and what carbon leaves uncovered."""
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None:
        return
    yield Heading(words(N_("Sizing")))
    rows = [
        (
            words(bound.label),
            free(money(bound.amount_yuan)),
            words(N_("binding")) if bound.binding else free(""),
        )
        for bound in loan.bounds
    ]
    yield Grid(
        (words(N_("Bound")), _head_yuan(words), free("")),
        tuple(rows),
        (0.5, 0.28, 0.22),
        (False, True, False),
        marked=next(index for index, bound in enumerate(loan.bounds) if bound.binding),
    )
    yield Facts(
        (
            Fact(
                words(N_("Pledge ratio, at most")),
                free(percent(terms.pledge_ratio)),
            ),
            _yuan(words, N_("Amount the right carries"), loan.supported_yuan, "loan.supported"),
            _yuan(
                words,
                N_("Amount carbon does not cover"),
                loan.uncovered_yuan,
                strong=loan.uncovered_yuan > 0,
            ),
            Fact(words(N_("Other security")), _entered(terms.other_security)),
            Fact(words(N_("Specified account number")), _entered(terms.specified_account)),
            Fact(words(N_("Account bank")), _entered(terms.account_bank)),
            Fact(words(N_("Registration number")), _entered(terms.registration_no)),
        )
    )


def carbon(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Removals, deductions and credits, and the chart of credits and cash flow."""
    found, inputs = results.carbon, file.case.project
    tonnes = words(N_("tCO₂e"))
    yield Heading(words(N_("Carbon")))
    first = found.years[0].removals_tco2e if found.years else 0.0
    rate = found.peak_rate_tco2e_ha_yr
    facts = [
        Fact(words(N_("Removals of the first year")), free(number(first)), tonnes),
        Fact(words(N_("Removals, whole plan")), free(number(found.total_removals_tco2e)), tonnes),
        Fact(words(N_("Uncertainty discount")), free(percent(inputs.uncertainty_discount))),
        Fact(words(N_("Leakage")), free(percent(inputs.leakage_share))),
        Fact(words(N_("Buffer or risk deduction")), free(percent(inputs.buffer_share))),
        Fact(words(N_("Share of the right pledged")), free(percent(inputs.own_share))),
        Fact(
            words(N_("Credits of the right, whole plan")),
            free(number(found.total_credits_tco2e)),
            tonnes,
            "carbon.credits",
            strong=True,
        ),
        Fact(
            words(N_("Credits within the horizon")),
            free(number(results.values.credits_in_horizon_tco2e)),
            tonnes,
        ),
    ]
    if inputs.accounting_mode is not None:
        label = choice_label(Project, "accounting_mode", inputs.accounting_mode)
        facts.insert(0, Fact(words(N_("Shell and soft tissue")), words(label)))
    if rate is not None:
        name = words(N_("tCO₂e/ha/yr"))
        facts.append(Fact(words(N_("Highest removal rate")), free(number(rate)), name))
    yield Facts(tuple(facts))
    if results.values.cash_flow:
        yield Chart(results, words(N_("Credits sold and net cash flow by year")))


def _cover(words: Words, case: Case, found: CoverResult) -> Iterator[Block]:
    cls = CarbonCover if found.name == "carbon_cover" else HarvestCover
    title = N_("Carbon-loss cover") if cls is CarbonCover else N_("Harvest-loss cover")
    inputs = getattr(case.insurance, found.name)
    key = f"insurance.{found.name}"
    yield Heading(words(title), 2)
    yield Facts(
        (
            Fact(words(N_("Head of cover")), words(choice_label(cls, "head", found.head))),
            Fact(words(N_("Perils")), _entered(inputs.perils)),
            Fact(
                words(N_("Insured quantity")),
                free(number(found.quantity)),
                words.each(lambda tr: unit(found.quantity_unit, tr)),
            ),
            _yuan(words, N_("Agreed value of a unit"), inputs.unit_value_yuan),
            _yuan(words, N_("Sum insured"), found.sum_insured_yuan, f"{key}.sum_insured",
                  strong=True),
            Fact(
                words(N_("Sum insured in capitals")),
                free(f"人民币{capital_amount(found.sum_insured_yuan)}"),
            ),
            _yuan(words, N_("Deductible of an event"), found.deductible_yuan),
            _yuan(words, N_("Limit of an event"), found.event_limit_yuan),
            Fact(
                words(N_("Loss events a year, before the deductible")),
                free(number(inputs.events_per_year, 3)),
            ),
            _yuan(words, N_("Pure premium"), found.expected_loss_yuan, f"{key}.expected_loss"),
            _yuan(words, N_("Risk loading"), found.risk_load_yuan, f"{key}.risk_load"),
            _yuan(words, N_("Gross premium"), found.gross_premium_yuan, f"{key}.gross_premium",
                  strong=True),
            Fact(words(N_("Premium rate")), free(percent(found.rate)), step=f"{key}.rate"),
        )
    )  # fmt: skip


def insurance(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The covers with sums insured, terms and premiums."""
    found, inputs = results.insurance, file.case.insurance
    if found is None or inputs is None:
        return
    yield Heading(words(N_("Insurance")))
    yield Facts(
        (
            Fact(words(N_("Insurer")), _entered(inputs.insurer)),
            Fact(words(N_("Insured")), _entered(inputs.insured)),
            Fact(words(N_("First beneficiary")), _entered(inputs.first_beneficiary)),
            Fact(words(N_("Cover starts")), free(inputs.period_start.isoformat())),
            Fact(words(N_("Period")), free(str(inputs.period_months)), words(N_("months"))),
            _yuan(words, N_("Sum insured"), found.sum_insured_yuan),
            _yuan(words, N_("Gross premium"), found.gross_premium_yuan, strong=True),
            Fact(words(N_("Premium rate")), free(percent(found.rate))),
        )
    )
    for cover in found.covers:
        yield from _cover(words, file.case, cover)


def closing(words: Words) -> Iterator[Block]:
    """What the sheet is not."""
    yield Prose(
        words(
            N_(
                "Indicative and not binding. It becomes an offer only by a contract signed after "
                "approval; the values rest on the inputs listed in the annex."
            )
        ),
        small=True,
    )
