"""Published figures that a method holds as a table: discounts, risk points, coefficients."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.finance.case.carbon.kinds import QuantityMethod
from app.formats import percent, plain
from app.i18n import N_, Translator
from app.reference.tables import Reference

_PERIODS = (
    N_("Below 10 years"),
    N_("From 10 years"),
    N_("From 25 years"),
    N_("From 50 years"),
    N_("From 100 years"),
)


@dataclass(frozen=True, slots=True)
class FiguresTable:
    """Published figures that belong together: heads, lines of cells, and their source."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    source: str


def _discount_table(reference: Reference, tr: Translator) -> FiguresTable:
    lines = tuple(
        (
            tr(N_("higher"))
            if math.isinf(upper)
            else tr(N_("up to {share}")).format(share=percent(upper, 0)),
            percent(share, 0),
        )
        for upper, share in reference.tables.discount_steps
    )
    return FiguresTable(
        title=tr(N_("Discount for uncertainty")),
        heads=(tr(N_("Uncertainty U")), tr(N_("Taken off, share of U"))),
        lines=lines,
        source=tr(N_("AR-TOOL14 v4.1, appendix 2, in the Indian copy BM-T-AR-0004")),
    )


def _risk_table(reference: Reference, tr: Translator) -> FiguresTable:
    rows = reference.tables.natural_risk
    fails = tr(N_("fails"))
    quoted = tr(N_("{source}, as a second work quotes it"))
    return FiguresTable(
        title=tr(N_("Natural risk, points by loss and return period")),
        heads=(tr(N_("Loss from")), *(tr(period) for period in _PERIODS)),
        lines=tuple(
            (
                percent(row.loss_from, 0),
                *(fails if points is None else plain(points) for points in row.points),
            )
            for row in rows
        ),
        source=quoted.format(source=rows[0].source) if rows else "",
    )


def _species_table(reference: Reference, tr: Translator) -> FiguresTable:
    rows = reference.species_list()
    return FiguresTable(
        title=tr(N_("Published coefficients of harvest")),
        heads=(
            tr(N_("Species")),
            tr(N_("Dry over wet mass")),
            tr(N_("Soft tissue, share of dry mass")),
            tr(N_("Carbon in soft tissue")),
            tr(N_("Carbon in shell")),
        ),
        lines=tuple(
            (
                row.name_zh if tr.language == "zh" else row.key,
                percent(row.dry_to_wet),
                percent(row.soft_mass_share),
                percent(row.carbon_soft),
                percent(row.carbon_shell),
            )
            for row in rows
        ),
        source=rows[0].source if rows else "",
    )


_TABLES: Mapping[QuantityMethod, Callable[[Reference, Translator], FiguresTable]] = {
    QuantityMethod.AR_AM0014: _discount_table,
    QuantityMethod.VM0033: _risk_table,
    QuantityMethod.HARVEST: _species_table,
}


def tables_of_method(
    engine: QuantityMethod, reference: Reference, tr: Translator
) -> tuple[FiguresTable, ...]:
    """Return the tables a method computes with."""
    table = _TABLES.get(engine)
    return () if table is None else (table(reference, tr),)
