"""The annexes of carbon: tonnes by year and pool, range, vintages, ledger, exits by market."""

from collections.abc import Iterator

from app.finance.case.carbon.uncertain import DistributionLine
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.finance.sink.eligibility import MarketAnswer
from app.formats import percent, plain
from app.i18n import N_
from app.reports.carbon_facts import (
    LEDGER_COLUMNS,
    POOLS_BESIDE,
    SPREAD_COLUMNS,
    has_entries,
    input_label,
    ledger_totals,
    pool_name,
    spread_texts,
    tonnes,
)
from app.reports.document import (
    NOTHING,
    Block,
    Cell,
    Column,
    Grid,
    Heading,
    Prose,
    Text,
    Words,
    free,
)
from app.reports.entries import cell, number_cell
from app.reports.market_facts import (
    ANSWER_SIGNS,
    COMPLIANCE_LABELS,
    as_of,
    exits,
    market_name,
    market_reason,
    market_rule,
    signs_explained,
)


def years(words: Words, results: Results) -> Iterator[Block]:
    """Removals, credits and each pool by calendar year, with their sums."""
    carbon = results.carbon
    if not carbon.years:
        return
    yield Heading(words(N_("Annex: removals and credits by year")))
    yield Prose(words(N_("All in tCO₂e; uptake is positive, emissions are negative.")), small=True)
    codes = list(carbon.total_by_pool)
    beside = codes if 1 < len(codes) <= POOLS_BESIDE else []
    yield _year_table(words, results, beside, totals=True)
    if len(codes) > POOLS_BESIDE:
        half = -(-len(codes) // 2) if len(codes) > POOLS_BESIDE + 2 else len(codes)
        for start in range(0, len(codes), half):
            yield Heading(words(N_("Pools by year")), 2)
            yield _year_table(words, results, codes[start : start + half], totals=False)


def _year_table(words: Words, results: Results, codes: list[str], *, totals: bool) -> Grid:
    """Years down; net removals and credits, when wanted, and pools across."""
    carbon = results.carbon
    heads: list[Text] = [words(N_("Removals")), words(N_("Credits of the right"))] if totals else []
    heads += [words.each(lambda tr, c=code: pool_name(c, tr)) for code in codes]  # type: ignore[misc]
    share = 0.92 / len(heads)
    rows: list[tuple[Cell, ...]] = []
    for row in carbon.years:
        figures = [row.removals_tco2, row.credits_tco2] if totals else []
        figures += [row.pools.get(code, 0.0) for code in codes]
        rows.append((cell(free(str(row.year))), *(number_cell(tonnes(f)) for f in figures)))
    sums = [carbon.total_removals_tco2, carbon.total_credits_tco2] if totals else []
    sums += [carbon.total_by_pool[code] for code in codes]
    total = (
        cell(words(N_("Total")), strong=True),
        *(number_cell(tonnes(amount), strong=True) for amount in sums),
    )
    return Grid(
        (
            Column(words(N_("Year")), 0.08),
            *(Column(head, share, numeric=True) for head in heads),
        ),
        (*rows, total),
        total=True,
    )


def ranges(words: Words, results: Results) -> Iterator[Block]:
    """The range of the credits by year, and the inputs that were drawn."""
    found = results.range
    if found is None:
        return
    yield Heading(words(N_("Annex: range of the credits")))
    yield Prose(
        words(
            N_("Credits of the right in tCO₂e over {draws} draws from seed {seed}."),
            draws=f"{found.draws:,}",
            seed=found.seed,
        ),
        small=True,
    )
    yield Grid(
        (
            Column(words(N_("Year")), 0.1),
            *(Column(words(head), 0.15, numeric=True) for _, head in SPREAD_COLUMNS),
        ),
        tuple(
            (cell(free(str(row.year))), *map(number_cell, spread_texts(row.credits_tco2)))
            for row in found.years
        ),
    )
    yield Heading(words(N_("Inputs that were drawn")), 2)
    yield Grid(
        (
            Column(words(N_("Input")), 0.46),
            Column(words(N_("Distribution")), 0.16),
            Column(words(N_("Mean")), 0.12, numeric=True),
            Column(words(N_("Standard deviation")), 0.13, numeric=True),
            Column(words(N_("Clipped")), 0.13, numeric=True),
        ),
        tuple(
            (
                Cell(words.each(lambda tr, p=line.path: input_label(p, tr))),  # type: ignore[misc]
                cell(words(choice_label(DistributionLine, "kind", line.kind))),
                number_cell(plain(line.mean)),
                number_cell(plain(line.sd)),
                number_cell(percent(line.clipped_share)),
            )
            for line in found.inputs
        ),
    )
    yield Prose(
        words(
            N_(
                "Mean and standard deviation are those of the draws, in the unit of the input; "
                "shares as fractions. Draws outside the range of an input are set to its end; "
                "the last column says how many were."
            )
        ),
        small=True,
    )


def vintages(words: Words, results: Results) -> Iterator[Block]:
    """Credits by vintage with the days of verification and issuance."""
    issues = results.carbon.issues
    if not issues:
        return
    yield Heading(words(N_("Annex: credits by vintage")))
    rows: list[tuple[Cell, ...]] = [
        (
            cell(free(str(issue.vintage))),
            cell(free(issue.verified_on.isoformat())),
            cell(free(issue.issued_on.isoformat())),
            number_cell(tonnes(issue.credits_tco2)),
        )
        for issue in issues
    ]
    total = sum(issue.credits_tco2 for issue in issues)
    rows.append(
        (
            cell(words(N_("Total")), strong=True),
            cell(NOTHING),
            cell(NOTHING),
            number_cell(tonnes(total), strong=True),
        )
    )
    yield Grid(
        (
            Column(words(N_("Vintage")), 0.25),
            Column(words(N_("Date of verification")), 0.25),
            Column(words(N_("Date of issuance")), 0.25),
            Column(words(N_("Credits (tCO₂e)")), 0.25, numeric=True),
        ),
        tuple(rows),
        total=True,
    )


def ledger(words: Words, results: Results) -> Iterator[Block]:
    """Where the credits of each vintage with an entry stand; the others are one line."""
    balances = results.carbon.ledger
    if not balances:
        return
    recorded = tuple(row for row in balances if has_entries(row))
    yield Heading(words(N_("Annex: ledger of the credits")))
    rows: list[tuple[Cell, ...]] = [
        (
            cell(free(str(row.vintage))),
            *(number_cell(tonnes(getattr(row, name))) for name, _ in LEDGER_COLUMNS),
        )
        for row in recorded
    ]
    others = tuple(row for row in balances if row not in recorded)
    if others:
        sums = map(number_cell, map(tonnes, ledger_totals(others)))
        rows.append((cell(words(N_("Others"))), *sums))
    rows.append(
        (
            cell(words(N_("Total")), strong=True),
            *(number_cell(tonnes(total), strong=True) for total in ledger_totals(balances)),
        )
    )
    yield Grid(
        (
            Column(words(N_("Vintage")), 0.09),
            *(Column(words(head), 0.13, numeric=True) for _, head in LEDGER_COLUMNS),
        ),
        tuple(rows),
        total=True,
    )
    yield Prose(
        words(
            N_(
                "In tCO₂e. Free is what was issued, or else verified, or else is forecast, less "
                "what is sold, retired and pledged."
            )
        ),
        small=True,
    )


def markets(words: Words, results: Results) -> Iterator[Block]:
    """The answer of each market with reason, rule and date; open exits first."""
    if not results.eligibility:
        return
    yield Heading(words(N_("Annex: exits by market")))
    yield Prose(
        words.each(signs_explained),
        small=True,
    )
    yield Grid(
        (
            Column(NOTHING, 0.03),
            Column(words(N_("Market")), 0.21),
            Column(words(N_("Use")), 0.12),
            Column(words(N_("Reason")), 0.25),
            Column(words(N_("Rule")), 0.28),
            Column(words(N_("As of")), 0.11),
        ),
        tuple(_market_row(words, found) for found in exits(results)),
    )


def _market_row(words: Words, found: MarketAnswer) -> tuple[Cell, ...]:
    return (
        cell(free(ANSWER_SIGNS[found.answer]), strong=True),
        cell(words.each(lambda tr: market_name(found, tr)), strong=found.open),
        cell(words(COMPLIANCE_LABELS[found.compliance])),
        cell(words.each(lambda tr: market_reason(found, tr))),
        cell(words.each(lambda tr: market_rule(found, tr))),
        cell(words.each(lambda tr: as_of(found, tr))),
    )
