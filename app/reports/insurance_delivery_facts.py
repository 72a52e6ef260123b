"""What window, paper and command line say of sales that fail and credits that are reversed."""

from app.finance.case.case import Case
from app.finance.fields import choice_label
from app.finance.insurance.part_results import DeliveryResult
from app.finance.insurance.results import InsuranceResult
from app.formats import money, number, percent
from app.i18n import N_
from app.reports.facility_facts import label_of
from app.reports.fact_tables import (
    EMPTY_CELL,
    FactCell,
    FactHead,
    FactTable,
    figure,
    free_row,
    share,
    words,
    yuan,
)
from app.reports.insurance_facts import known_step
from app.reports.value_facts import FactRow

_PATH = "insurance.delivery"


def delivery_rows(case: Case, insurance: InsuranceResult) -> tuple[FactRow, ...]:
    """Return counterparty, what is covered, the parts of the expected loss and the rate."""
    found = insurance.delivery
    entered = case.insurance.delivery if case.insurance is not None else None
    if found is None or entered is None:
        return ()
    pays = choice_label(Case, f"{_PATH}.loss_to", entered.loss_to)
    rows = [free_row(label_of(f"{_PATH}.counterparty"), entered.counterparty)]
    if entered.grade:
        rows.append(free_row(label_of(f"{_PATH}.grade"), entered.grade))
    rows += [
        FactRow(label_of(f"{_PATH}.loss_to"), words=pays),
        FactRow(label_of(f"{_PATH}.failure_per_year"), percent(entered.failure_per_year), "1/yr"),
        FactRow(label_of(f"{_PATH}.recovery_share"), percent(entered.recovery_share)),
    ]
    if entered.dependence:
        rows.append(
            FactRow(
                label_of(f"{_PATH}.dependence"),
                number(entered.dependence),
                note=(
                    N_("wrong-way: failures come when replacement is dear")
                    if entered.dependence > 0
                    else N_("right-way: failures come when replacement is cheap")
                ),
            )
        )
    return (*rows, *_loss_rows(insurance, found))


def _loss_rows(insurance: InsuranceResult, found: DeliveryResult) -> tuple[FactRow, ...]:
    parts = (
        (N_("Expected loss by failure of the counterparty"), "failure", found.failure_yuan),
        (N_("Expected loss by the common shock"), "shock", found.shock_yuan),
        (N_("Expected loss by shortfall of delivery"), "shortfall", found.shortfall_yuan),
        (N_("Expected loss by reversal beyond the buffer"), "reversal", found.reversal_yuan),
    )
    return (
        FactRow(N_("Present value of what is covered"), money(found.cover_yuan), "yuan"),
        *(
            FactRow(label, money(amount), "yuan", known_step(insurance, f"{_PATH}.{key}"))
            for label, key, amount in parts
            if amount
        ),
        FactRow(
            N_("Pure premium of the deliveries"),
            money(found.pure_premium_yuan),
            "yuan",
            known_step(insurance, "insurance.delivery.pure_premium"),
            note=N_("{share} of what is covered"),
            facts={"share": percent(found.rate, 4)},
            strong=True,
        ),
        FactRow(N_("Standard deviation"), money(found.sd_yuan), "yuan"),
    )


def delivery_table(found: DeliveryResult | None) -> FactTable | None:
    """Return what is at risk in each policy year and what it costs today; None without."""
    if found is None or not found.years:
        return None
    heads = (
        FactHead(N_("Policy year"), numeric=False),
        FactHead(N_("Tonnes"), "tCO2e"),
        FactHead(N_("Contract price"), "yuan/t"),
        FactHead(N_("Still standing")),
        FactHead(N_("Fails in the year")),
        FactHead(N_("Exposed"), "yuan"),
        FactHead(N_("Loss of a tonne"), "yuan/t"),
        FactHead(N_("Discount factor")),
        FactHead(N_("Expected loss, discounted"), "yuan"),
    )
    rows = tuple(
        (
            FactCell(str(year.policy_year)),
            figure(year.tonnes),
            figure(year.price_yuan_t),
            share(year.alive),
            share(year.failure),
            yuan(year.exposed_yuan),
            figure(year.loss_per_tonne_yuan),
            figure(year.discount_factor, 4),
            yuan(year.expected_loss_yuan),
        )
        for year in found.years
    )
    totals = (
        words(N_("Total")),
        figure(sum(year.tonnes for year in found.years)),
        *[EMPTY_CELL] * 6,
        yuan(sum(year.expected_loss_yuan for year in found.years)),
    )
    return FactTable(heads, rows, totals)
