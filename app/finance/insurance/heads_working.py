"""The working of the heads: sums insured, what each peril costs, the law of the year."""

from collections.abc import Iterator

from app.finance.case.case import Case
from app.finance.case.cover.heads import CarbonPays, InsuredUnit
from app.finance.case.insurance import Insurance
from app.finance.explain import Step, Term
from app.finance.insurance.exposure import Exposure, first_tonnes_year
from app.finance.insurance.heads_part import HeadsYear
from app.finance.insurance.premium_parts import unit_value
from app.finance.insurance.pricing import Priced
from app.finance.insurance.results import QUANTILES, LossDistribution, PerilResult
from app.finance.money import round_to_fen
from app.finance.text import N_

LOSS_MODELS = "Klugman, Panjer, Willmot: Loss Models"
SHOWN_LEVEL = 0.99


def exposure_steps(case: Case, insurance: Insurance, priced: Priced) -> Iterator[Step]:
    """Yield the sum insured of each head."""
    for exposure in priced.exposures:
        head = exposure.head
        key = f"insurance.heads.{exposure.place}"
        yield Step(
            f"{key}.sum_insured",
            N_("Sum insured"),
            "S = q × v",
            (
                Term("q", N_("Insured quantity"), exposure.quantities[0], head.quantity_unit.value),
                Term("v", N_("Agreed value of a unit"), unit_value(insurance, exposure), "yuan"),
            ),
            round_to_fen(exposure.sum_insured_yuan),
            "yuan",
            N_("inputs of the case"),
            N_("To the fen, half up; of the first policy year."),
        )
        yield from _tonnes_step(case, insurance, exposure, key)


def _tonnes_step(case: Case, insurance: Insurance, exposure: Exposure, key: str) -> Iterator[Step]:
    """Yield where the quantity of a head comes from when it is not the one entered."""
    head = exposure.head
    entered = head.quantity is not None or any(one.head == head.name for one in insurance.stock)
    if entered and head.carbon_pays is None:
        return
    year = Term(
        "y",
        N_("Calendar year of the first policy year"),
        first_tonnes_year(case, insurance),
        "year",
    )
    growth = "Σ E(y + k) × max(1 − k / r, 0)"
    stock = "s × ΣE(before y)"
    formulas = {
        None: "q = E(y)",
        CarbonPays.GROWTH: f"q = {growth}",
        CarbonPays.STOCK: f"q = {stock}",
        CarbonPays.BOTH: f"q = {growth} + {stock}",
    }
    terms = [] if entered else [year]
    if head.carbon_pays is not None and head.carbon_pays is not CarbonPays.STOCK:
        terms.append(Term("r", N_("Years until the growth is back"), head.recovery_years, "yr"))
    if head.carbon_pays is not None and head.carbon_pays is not CarbonPays.GROWTH:
        terms.append(
            Term("s", N_("Share of the stock released"), head.stock_release_share, "share")
        )
    source = N_("tonnes of this case by calendar year; house convention")
    if head.carbon_pays is None and head.quantity_unit is InsuredUnit.TONNE:
        source = N_("harvest plan of this case")
    elif entered:
        source = N_("quantity entered, as yearly growth or as stock; house convention")
    yield Step(
        f"{key}.quantity",
        N_("Quantity on risk in the first policy year"),
        formulas[head.carbon_pays],
        tuple(terms),
        exposure.quantities[0],
        head.quantity_unit.value,
        source,
        N_("The growth comes back in a straight line; the stock is that before the year.")
        if head.carbon_pays is not None
        else "",
    )


def peril_steps(insurance: Insurance, year: HeadsYear) -> Iterator[Step]:
    """Yield what each peril costs in the first policy year."""
    for place, found in enumerate(year.perils):
        entered = insurance.perils[place].events_per_year
        yield Step(
            f"insurance.perils.{place}.pure_premium",
            N_("Pure premium of a peril"),
            "P = λ × E[Y]",
            _peril_terms(entered, found),
            found.pure_premium_yuan,
            "yuan",
            f"{LOSS_MODELS}, limited expected values",
            found.source or _no_source(),
        )


def _no_source() -> str:
    return N_("No source is named for frequency and damage.")


def _peril_terms(entered: float, found: PerilResult) -> tuple[Term, ...]:
    """The frequency entered, the events on risk, mean loss and mean payment of an event."""
    events = found.events_ground_up
    paid = found.pure_premium_yuan / events if events else 0.0
    return (
        Term("Λ", N_("Loss events a year, as entered"), entered, "events/yr"),
        Term("λ", N_("Events on risk in the policy year, paid or not"), events, ""),
        Term("λ_Y", N_("Of these the events that are paid"), found.events_paid, ""),
        Term("E[X]", N_("Mean loss of an event before terms"), found.mean_loss_yuan, "yuan"),
        Term("E[Y]", N_("Mean payment of an event, also of those not paid"), paid, "yuan"),
    )


def head_steps(priced: Priced) -> Iterator[Step]:
    """Yield the mean of each head that has terms of the year of its own."""
    if not priced.heads:
        return
    for exposure in priced.exposures:
        head = priced.heads[0].heads[exposure.place]
        yield Step(
            f"insurance.heads.{exposure.place}.pure_premium",
            N_("Pure premium of a head in the first policy year"),
            "P = E[terms(X)]",
            (
                Term("E[X]", N_("Expected loss before terms"), head.ground_up, "yuan"),
                Term("p", N_("Probability that the head is paid"), head.p_payment, "share"),
                Term("σ", N_("Standard deviation after terms"), head.variance**0.5, "yuan"),
            ),
            head.mean,
            "yuan",
            f"{LOSS_MODELS}, chapters 8 and 9",
        )


def distribution_steps(found: LossDistribution | None) -> Iterator[Step]:
    """Yield mean, standard deviation, tail and largest events of the first policy year."""
    if found is None:
        return
    source = (
        N_("compound distribution by Fourier transform; Grübel, Hermesmeier, ASTIN Bulletin 29")
        if found.method == "exact"
        else N_("simulated policy years")
    )
    note = "" if found.method == "exact" else N_("Years and seed stand beside the distribution.")
    place = QUANTILES.index(SHOWN_LEVEL)
    level = Term("q", N_("Level"), SHOWN_LEVEL, "share")
    figures = (
        ("mean", N_("Mean loss of the policy year"), "E[S]", found.mean_yuan, "yuan"),
        ("sd", N_("Standard deviation of the policy year"), "√Var[S]", found.sd_yuan, "yuan"),
        ("p_no_loss", N_("Probability of a year without a loss"), "P(S = 0)", found.p_no_loss,
         "share"),
    )  # fmt: skip
    for name, label, formula, value, unit in figures:
        yield Step(f"insurance.distribution.{name}", label, formula, (), value, unit, source, note)
    yield Step(
        "insurance.distribution.var_99",
        N_("Loss that 99 of 100 years stay below"),
        "VaR = min{x: P(S ≤ x) ≥ q}",
        (level,),
        found.quantiles[place],
        "yuan",
        source,
        note,
    )
    yield Step(
        "insurance.distribution.tvar_99",
        N_("Mean of the worst year of 100"),
        "TVaR = (1 / (1 − q)) ∫ VaR dq",
        (level, Term("VaR", N_("Value at risk"), found.quantiles[place], "yuan")),
        found.tvar[place],
        "yuan",
        "Acerbi, Tasche, On the coherence of expected shortfall, 2002",
    )
    yield from _pml_steps(found)


def _pml_steps(found: LossDistribution) -> Iterator[Step]:
    """Yield the probable maximum loss of each return period."""
    for years, loss in found.pml.items():
        if loss is not None:
            yield Step(
                f"insurance.distribution.pml_{years}",
                N_("Probable maximum loss (PML)"),
                "PML = min{x: 1 − Π P(M_i ≤ x) ≤ 1 / T}",
                (Term("T", N_("Return period"), years, "yr"),),
                loss,
                "yuan",
                N_("occurrence exceedance (OEP); Grossi, Kunreuther, Catastrophe Modeling, 2005"),
                N_("M_i is the largest event of part i of the policy in a year; parts are "
                   "independent."),
            )  # fmt: skip
