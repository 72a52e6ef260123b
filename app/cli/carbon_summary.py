"""The carbon results of a case as lines of text for a terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.cli.columns import columns
from app.formats import percent, quantity
from app.i18n import N_, Translator

if TYPE_CHECKING:
    from app.finance.engine import Results

# what the lines are made of is loaded when a case was computed: `--help` needs none of it


def carbon_lines(results: "Results", tr: Translator) -> Iterator[str]:
    """Yield method, way from pools to credits, issues, exits and range."""
    yield from _method(results, tr)
    yield from _tonnes(results, tr)
    yield from _issues(results, tr)
    yield from _exits(results, tr)
    yield from _range(results, tr)


def _method(results: "Results", tr: Translator) -> Iterator[str]:
    from app.reports.carbon_facts import counted, method_label  # noqa: PLC0415

    carbon = results.carbon
    rows = [
        (tr(N_("Method of accounting")), tr(method_label(carbon))),
        (tr(N_("What is counted")), counted(carbon, tr) or "–"),
    ]
    for label, amount, unit in (
        (N_("Area"), carbon.area_ha, "ha"),
        (N_("Highest removal rate"), carbon.peak_rate_tco2_ha_yr, "tCO2e/ha/yr"),
    ):
        if amount is not None:
            rows.append((tr(label), quantity(amount, unit, tr, digits=2)))
    yield from columns(rows, texts=2)


def _tonnes(results: "Results", tr: Translator) -> Iterator[str]:
    from app.reports.carbon_facts import tonnes, tonnes_rows, year_heads  # noqa: PLC0415

    carbon = results.carbon
    heads = (tr(N_("tCO₂e")), tr(N_("Share")), *year_heads(carbon, tr), tr(N_("Whole plan")))
    rows = [heads]
    for row in tonnes_rows(carbon):
        share = percent(row.share) if row.share is not None else ""
        figures = (tonnes(amount) if amount is not None else "" for amount in row.tonnes)
        rows.append((tr(row.label), share, *figures))
    yield ""
    yield from columns(rows)


def _issues(results: "Results", tr: Translator) -> Iterator[str]:
    from app.reports.carbon_facts import issuances, tonnes  # noqa: PLC0415

    groups = issuances(results.carbon)
    if not groups:
        return
    rows = [
        (
            tr(N_("Date of verification")),
            tr(N_("Date of issuance")),
            tr(N_("Vintages")),
            tr(N_("Credits (tCO₂e)")),
        )
    ]
    rows += [
        (
            group.issues[0].verified_on.isoformat(),
            group.issues[0].issued_on.isoformat(),
            group.vintages,
            tonnes(group.credits_tco2),
        )
        for group in groups
    ]
    yield ""
    yield from columns(rows, texts=3)


def _exits(results: "Results", tr: Translator) -> Iterator[str]:
    from app.reports.market_facts import (  # noqa: PLC0415
        NO_COMPLIANCE_EXIT,
        exit_groups,
        named_markets,
        signs_explained,
    )

    if not results.eligibility:
        return
    rows: list[tuple[str, str]] = []
    for label, answers in exit_groups(results):
        names = [named_markets((answer,), tr, gap=" ") for answer in answers]
        heads = [tr(label), *[""] * len(names)]
        rows += zip(heads, names or [tr(NO_COMPLIANCE_EXIT)], strict=False)
    yield ""
    yield from columns(rows, texts=2)
    yield signs_explained(tr)


def _range(results: "Results", tr: Translator) -> Iterator[str]:
    from app.reports.carbon_facts import (  # noqa: PLC0415
        SPREAD_COLUMNS,
        range_said,
        spread_texts,
    )

    found = results.range
    if found is None:
        return
    rows = [
        (tr(N_("tCO₂e")), *(tr(head) for _, head in SPREAD_COLUMNS)),
        (tr(N_("Removals, whole plan")), *spread_texts(found.total_removals_tco2)),
        (tr(N_("Credits, whole plan")), *spread_texts(found.total_credits_tco2)),
    ]
    yield ""
    yield from columns(rows)
    yield range_said(results.carbon, found, tr)
