"""The results of a case as lines of text for a terminal."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from app.cli.carbon_summary import carbon_lines
from app.formats import money, number, percent
from app.i18n import N_, Translator

if TYPE_CHECKING:
    from app.services.workbench import Computed


def _line(tr: Translator, label: str, text: str) -> str:
    return tr(N_("{label}: {text}")).format(label=tr(label), text=text)


def _carbon(computed: "Computed", tr: Translator) -> Iterator[str]:
    yield from carbon_lines(computed.results, tr)
    yield ""


def _values(computed: "Computed", tr: Translator) -> Iterator[str]:
    values = computed.results.values
    if values is None:
        yield tr(N_("This case has no appraisal."))
        return
    yield _line(tr, N_("Gross value (yuan)"), money(values.gross_yuan))
    yield _line(tr, N_("Net value (yuan)"), money(values.net_yuan))
    if values.net_yuan < 0:
        from app.reports.value_facts import NEGATIVE_NET  # noqa: PLC0415

        yield tr(NEGATIVE_NET)
    yield _line(tr, N_("Prudent value (yuan)"), money(values.prudent_yuan))
    yield _line(tr, N_("Liquidation value (yuan)"), money(values.liquidation_yuan))
    yield _line(tr, N_("One year's carbon (yuan)"), money(values.one_year_yuan))
    yield _line(tr, N_("Break-even price (yuan/t)"), number(values.break_even_price_yuan_t))


def _every_value(computed: "Computed", tr: Translator) -> Iterator[str]:
    from app.cli.value_summary import value_lines  # noqa: PLC0415

    yield from value_lines(computed, tr)
    yield ""


def _loan(computed: "Computed", tr: Translator) -> Iterator[str]:
    loan = computed.results.loan
    if loan is None:
        yield tr(N_("This case asks for no loan."))
        return
    rate = loan.effective
    yield _line(tr, N_("Annualised rate, fees included (compound)"), percent(rate.annual_compound))
    yield _line(tr, N_("Annualised rate, fees included (simple)"), percent(rate.annual_simple))
    yield _line(tr, N_("Loan asked (yuan)"), money(loan.amount_yuan))
    yield _line(tr, N_("Bounds allow (yuan)"), money(loan.supported_yuan))
    yield _line(tr, N_("Loan over one year's carbon"), percent(loan.loan_to_one_year))
    yield _line(tr, N_("Loan over gross value"), percent(loan.loan_to_gross))
    yield _line(tr, N_("Loan over net value"), percent(loan.loan_to_net))
    yield _line(tr, N_("First payment (yuan)"), money(loan.first_payment_yuan))
    yield _line(tr, N_("Last payment (yuan)"), money(loan.last_payment_yuan))
    yield _line(tr, N_("Interest in all (yuan)"), money(loan.total_interest_yuan))


def _whole_loan(computed: "Computed", tr: Translator) -> Iterator[str]:
    from app.cli.loan_summary import loan_lines  # noqa: PLC0415

    yield from loan_lines(computed, tr)
    yield ""


def _insurance(computed: "Computed", tr: Translator) -> Iterator[str]:
    insurance = computed.results.insurance
    if insurance is None:
        yield tr(N_("This case asks for no insurance."))
        return
    yield _line(tr, N_("Gross premium (yuan)"), money(insurance.gross_premium_yuan))
    yield _line(tr, N_("Rate on the sum insured"), percent(insurance.rate, 4))
    yield _line(tr, N_("Sum insured (yuan)"), money(insurance.sum_insured_yuan))
    yield _line(tr, N_("Pure premium (yuan)"), money(insurance.pure_premium_yuan))


def _whole_insurance(computed: "Computed", tr: Translator) -> Iterator[str]:
    from app.cli.insurance_summary import insurance_lines  # noqa: PLC0415

    yield from insurance_lines(computed, tr)
    yield ""


_PARTS = {"carbon": _carbon, "values": _values, "loan": _loan, "insurance": _insurance}
_WHOLE: dict[tuple[str, ...], Callable[["Computed", Translator], Iterator[str]]] = {
    ("values",): _every_value,
    ("loan",): _whole_loan,
    ("insurance",): _whole_insurance,
}
"""What is told whole when it alone is asked for."""


def summary_lines(computed: "Computed", tr: Translator, parts: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the parts asked for, then the red flags and warnings.

    The values, the loan or the insurance alone are told whole, among other parts in short.
    """
    from app.messages import notice_text  # noqa: PLC0415 - loaded when a case was computed

    yield computed.file.case.project.name
    whole = _WHOLE.get(tuple(parts))
    if whole is not None:
        yield from whole(computed, tr)
    else:
        for part in parts:
            yield from _PARTS[part](computed, tr)
    for notice in computed.results.notices:
        mark = N_("Red flag: {text}") if notice.severity == "red_flag" else N_("Warning: {text}")
        yield tr(mark).format(text=notice_text(notice, tr))
