"""What window, paper and command line say of the model of an index, and of its basis risk."""

from app.finance.insurance.part_results import BasisRisk, FittedIndex
from app.formats import number, percent, plain
from app.i18n import N_
from app.messages.insurance_words import choice_word
from app.reports.value_facts import FactRow


def fitted_rows(fitted: FittedIndex | None) -> tuple[FactRow, ...]:
    """Return the fitted model with its parameters and what it costs; () without one."""
    if fitted is None:
        return ()
    origin = (
        N_("fitted to {count} values above the threshold")
        if fitted.exceedances
        else N_("parameters as entered")
    )
    rows = [
        FactRow(
            N_("Fitted model"),
            words=choice_word("excess", fitted.law),
            note=origin,
            facts={"count": str(fitted.exceedances)},
        ),
        FactRow(
            N_("Events a season above the threshold"),
            number(fitted.events_per_year, 4),
            "events/yr",
        ),
        FactRow(N_("Threshold of the fit"), plain(fitted.threshold)),
        FactRow(
            N_("Scale"),
            number(fitted.scale, 4),
            "",
            "insurance.index.fit" if fitted.exceedances else "",
        ),
        FactRow(N_("Shape"), number(fitted.shape, 4)),
        FactRow(
            N_("Pure premium of the fitted model"),
            percent(fitted.pure_share, 4),
            "",
            "insurance.index.fitted_pure",
        ),
    ]
    if fitted.simulated_share is not None:
        rows.append(
            FactRow(
                N_("The same, simulated"),
                percent(fitted.simulated_share, 4),
                "",
                "insurance.index.simulated",
                note=N_("standard error {error}"),
                facts={"error": percent(fitted.standard_error, 4)},
            )
        )
    return tuple(rows)


def basis_rows(basis: BasisRisk | None) -> tuple[FactRow, ...]:
    """Return how far payout and loss part; () where there are no losses to hold it against."""
    if basis is None:
        return ()
    against = N_("modelled losses") if basis.modelled else N_("losses that happened")
    return (
        FactRow(
            N_("Years compared"), str(basis.years), note=N_("against {losses}"),
            facts={"losses": against},
        ),
        FactRow(N_("Correlation of payout and loss"), number(basis.correlation)),
        FactRow(N_("Root mean square of payout less loss"), percent(basis.rmse)),
        FactRow(
            N_("Chance of no payout in a year with a loss"),
            percent(basis.p_unpaid_given_loss),
            note=N_("missed: {count} years"),
            facts={"count": str(basis.missed_years)},
            strong=basis.missed_years > 0,
        ),
        FactRow(
            N_("Chance of a payout in a year without a loss"),
            percent(basis.p_paid_without_loss),
            note=N_("not needed: {count} years"),
            facts={"count": str(basis.needless_years)},
        ),
        FactRow(
            N_("Hedge effectiveness"),
            percent(basis.hedge_effectiveness),
            "",
            "insurance.index.basis",
            note=N_("1 less variance of loss less payout over variance of loss"),
        ),
    )  # fmt: skip
