"""The carbon part of the live results: tonnes, exits, issuance, ledger, range and years."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from app.finance.case.carbon.uncertain import DistributionLine
from app.finance.fields import choice_label
from app.formats import percent, plain, quantity, sentence
from app.i18n import N_, Translator
from app.reports.carbon_facts import (
    LEDGER_COLUMNS,
    POOLS_BESIDE,
    SPREAD_COLUMNS,
    TonnesRow,
    counted,
    has_entries,
    input_label,
    ledger_totals,
    method_label,
    pool_name,
    range_said,
    spread_texts,
    step_names,
    tonnes,
    tonnes_rows,
    year_heads,
)
from app.reports.market_facts import (
    ANSWER_SIGNS,
    COMPLIANCE_LABELS,
    NO_COMPLIANCE_EXIT,
    as_of,
    exit_groups,
    exits,
    market_name,
    market_reason,
    market_rule,
    named_markets,
    signs_explained,
)

if TYPE_CHECKING:
    from app.finance.engine import Results
    from app.finance.sink.eligibility import MarketAnswer
    from app.services.workbench import Computed

LABEL_PERCENT, SHARE_PERCENT = 34, 13
MOST_COLUMNS = 6
"""Tables with more columns are set smaller, so that they stay in the window."""


class CarbonHtml:
    """Writes the carbon results of one computed case in one language.

    `drawing` says that a range which is not there yet is on its way.
    """

    def __init__(self, computed: "Computed", tr: Translator, *, drawing: bool = True) -> None:
        self._drawing = drawing
        self._project = computed.file.case.project
        self._results: Results = computed.results
        self._carbon = computed.results.carbon
        self._tr = tr

    def html(self) -> str:
        """Return the part of the page, the most important first."""
        parts = (
            self._summary,
            self._exits,
            self._issues,
            self._ledger,
            self._range,
            self._years,
            self._markets,
            self._workings,
        )
        return "".join(part() for part in parts)

    def _heading(self, message: str) -> str:
        return f"<h3>{escape(self._tr(message))}</h3>"

    def _small(self, text: str) -> str:
        return f'<p class="small">{escape(text)}</p>'

    def _table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        texts: int = 1,
        strong: tuple[int, ...] = (),
        widths: Sequence[int] = (),
    ) -> str:
        """A table of written places; the first `texts` columns are flush left.

        `widths` of the columns are in percent; without them the texts decide.
        """
        sides = ["left"] * texts + ["right"] * (len(heads) - texts)
        pairs = list(zip(heads, sides, strict=True))
        head = "".join(f'<th align="{side}">{text}</th>' for text, side in pairs)
        for width in widths:
            head = head.replace("<th align", f'<th width="{width}%" align', 1)
        lines = list(rows)
        marked = {at % len(lines) for at in strong} if lines else set()
        body = ""
        for at, line in enumerate(lines):
            style = ' class="binding"' if at in marked else ""
            places = zip(line, sides, strict=True)
            cells = "".join(f'<td align="{side}">{text}</td>' for text, side in places)
            body += f"<tr{style}>{cells}</tr>"
        style = ' class="tight"' if len(pairs) > MOST_COLUMNS else ""
        return f'<table{style} width="99%" cellspacing="0"><tr>{head}</tr>{body}</table>'

    def _say(self, message: str) -> str:
        return escape(self._tr(message))

    def _tonnes_row(self, row: TonnesRow) -> list[str]:
        figures = [tonnes(amount) if amount is not None else "" for amount in row.tonnes]
        if row.step:
            figures[-1] = f'<a href="step:{row.step}">{figures[-1]}</a>'
        share = percent(row.share) if row.share is not None else ""
        label = escape(sentence(self._tr(row.label)))
        return [f"<b>{label}</b>" if row.strong else label, share, *figures]

    def _summary(self) -> str:
        carbon = self._carbon
        method = f"<b>{escape(sentence(self._tr(method_label(carbon))))}</b>"
        pools = escape(counted(carbon, self._tr))
        facts = []
        for label, amount, unit in (
            (N_("Area"), carbon.area_ha, "ha"),
            (N_("Highest removal rate"), carbon.peak_rate_tco2_ha_yr, "tCO2e/ha/yr"),
        ):
            if amount is not None:
                shown = quantity(amount, unit, self._tr, digits=2)
                facts.append(f"{self._say(label)}: {escape(shown)}")
        if carbon.unverified_tco2 > 0:
            text = self._tr(
                N_("{tonnes} tCO₂e lie after the last verification and are not issued.")
            )
            facts.append(escape(text.format(tonnes=tonnes(carbon.unverified_tco2))))
        heads = [
            "",
            self._say(N_("Share")),
            *map(escape, year_heads(carbon, self._tr)),
            self._say(N_("Whole plan")),
        ]
        rows = [self._tonnes_row(row) for row in tonnes_rows(carbon)]
        figures = len(heads) - 2
        rest = 100 - LABEL_PERCENT - SHARE_PERCENT
        widths = (LABEL_PERCENT, SHARE_PERCENT, *[rest // figures] * figures)
        return (
            self._heading(N_("Carbon (tCO₂e)"))
            + f'<p>{method} <span class="small">{pools}</span></p>'
            + self._table(heads, rows, strong=(-1,), widths=widths)
            + (f'<p class="small">{" · ".join(facts)}</p>' if facts else "")
        )

    def _exits(self) -> str:
        if not self._results.eligibility:
            return ""
        lines = ""
        for at, (label, answers) in enumerate(exit_groups(self._results)):
            text = escape(named_markets(answers, self._tr))
            if at == 0 and not answers:
                none = self._say(NO_COMPLIANCE_EXIT)
                text = f'<span class="flag">{none}</span>'
            lines += f'<tr><td class="label">{self._say(label)}</td><td>{text}</td></tr>'
        return (
            self._heading(N_("Exits for the credits"))
            + f"<table>{lines}</table>"
            + self._small(signs_explained(self._tr))
        )

    def _markets(self) -> str:
        """The answer of each market, after the tonnes: the groups above say the most of it."""
        if not self._results.eligibility:
            return ""
        heads = ("", *map(self._say, (N_("Market"), N_("Reason"), N_("As of"))))
        head = "".join(
            f'<th align="left" width="{width}%">{text}</th>'
            for text, width in zip(heads, (4, 30, 50, 16), strict=True)
        )
        rows = "".join(self._market(found) for found in exits(self._results))
        return (
            self._heading(N_("Exits market by market"))
            + f'<table width="100%" cellspacing="0"><tr>{head}</tr>{rows}</table>'
        )

    def _market(self, found: "MarketAnswer") -> str:
        """Name and use, reason and rule of one market."""
        name = escape(market_name(found, self._tr))
        use = self._say(COMPLIANCE_LABELS[found.compliance])
        reason = escape(market_reason(found, self._tr))
        rule = escape(market_rule(found, self._tr))
        places = (
            ANSWER_SIGNS[found.answer],
            f'{f"<b>{name}</b>" if found.open else name}<br/><span class="small">{use}</span>',
            f'{reason}<br/><span class="small">{rule}</span>',
            f'<span class="small">{as_of(found, self._tr)}</span>',
        )
        return f"<tr>{''.join(f'<td>{text}</td>' for text in places)}</tr>"

    def _issues(self) -> str:
        issues = self._carbon.issues
        if not issues:
            return ""
        rows = [
            [
                str(issue.vintage),
                issue.verified_on.isoformat(),
                issue.issued_on.isoformat(),
                tonnes(issue.credits_tco2),
            ]
            for issue in issues
        ]
        total = tonnes(sum(issue.credits_tco2 for issue in issues))
        rows.append([self._say(N_("Total")), "", "", total])
        heads = (
            N_("Vintage"),
            N_("Date of verification"),
            N_("Date of issuance"),
            N_("Credits (tCO₂e)"),
        )
        return self._heading(N_("Credits by vintage")) + self._table(
            list(map(self._say, heads)), rows, texts=3, strong=(-1,)
        )

    def _ledger(self) -> str:
        balances = self._carbon.ledger
        if not balances:
            return ""
        rows = [
            [str(row.vintage), *(tonnes(getattr(row, name)) for name, _ in LEDGER_COLUMNS)]
            for row in balances
            if has_entries(row)
        ]
        others = tuple(row for row in balances if not has_entries(row))
        if others:
            rows.append([self._say(N_("Others")), *map(tonnes, ledger_totals(others))])
        rows.append([self._say(N_("Total")), *map(tonnes, ledger_totals(balances))])
        heads = [self._say(N_("Vintage")), *(self._say(head) for _, head in LEDGER_COLUMNS)]
        return self._heading(N_("Credit ledger (tCO₂e)")) + self._table(heads, rows, strong=(-1,))

    def _range(self) -> str:
        found = self._results.range
        if found is None:
            if not self._results.is_uncertain:
                return ""
            text = self._tr(
                N_("The range over {draws} draws is being drawn.")
                if self._drawing
                else N_("The range over {draws} draws was stopped before it was drawn.")
            )
            shown = text.format(draws=f"{self._project.draws:,}")
            return self._heading(N_("Range of the credits (tCO₂e)")) + self._small(shown)
        heads = ["", *(self._say(head) for _, head in SPREAD_COLUMNS)]
        rows = [
            [self._say(N_("Removals, whole plan")), *spread_texts(found.total_removals_tco2)],
            [self._say(N_("Credits, whole plan")), *spread_texts(found.total_credits_tco2)],
            *([str(row.year), *spread_texts(row.credits_tco2)] for row in found.years),
        ]
        said = range_said(self._carbon, found, self._tr)
        return (
            self._heading(N_("Range of the credits (tCO₂e)"))
            + self._small(said)
            + self._table(heads, rows, strong=(1,))
            + "<p></p>"
            + self._drawn()
        )

    def _drawn(self) -> str:
        """The inputs that were drawn, and how many draws were kept in their range."""
        found = self._results.range
        if found is None:
            return ""
        rows = [
            [
                f'<a href="field:{line.path}">{escape(input_label(line.path, self._tr))}</a>',
                self._say(choice_label(DistributionLine, "kind", line.kind)),
                plain(line.mean),
                plain(line.sd),
                percent(line.clipped_share),
            ]
            for line in found.inputs
        ]
        heads = (
            N_("Inputs that were drawn"),
            N_("Distribution"),
            N_("Mean"),
            N_("Standard deviation"),
            N_("Clipped"),
        )
        return self._table(list(map(self._say, heads)), rows, texts=2)

    def _years(self) -> str:
        carbon = self._carbon
        if not carbon.years:
            return ""
        codes = list(carbon.total_by_pool)
        beside = codes if 1 < len(codes) <= POOLS_BESIDE else []
        heads = [
            *map(self._say, (N_("Year"), N_("Removals"), N_("Credits of the right"))),
            *(escape(pool_name(code, self._tr)) for code in beside),
        ]
        rows = [
            [
                str(row.year),
                tonnes(row.removals_tco2),
                tonnes(row.credits_tco2),
                *(tonnes(row.pools.get(code, 0.0)) for code in beside),
            ]
            for row in carbon.years
        ]
        rows.append(
            [
                self._say(N_("Total")),
                tonnes(carbon.total_removals_tco2),
                tonnes(carbon.total_credits_tco2),
                *(tonnes(carbon.total_by_pool[code]) for code in beside),
            ]
        )
        return self._heading(N_("Removals and credits by year (tCO₂e)")) + self._table(
            heads, rows, strong=(-1,)
        )

    def _workings(self) -> str:
        """Each figure on the way to the credits, with a link to its working."""
        rows = [
            [
                escape(label),
                f'<a href="step:{step.key}">'
                f"{escape(quantity(step.value, step.unit, self._tr))}</a>",
            ]
            for label, step in zip(
                step_names(self._carbon.working, self._tr), self._carbon.working, strict=True
            )
        ]
        if not rows:
            return ""
        heads = [self._say(N_("Working")), ""]
        return self._heading(N_("How the tonnes are computed")) + self._table(heads, rows)
