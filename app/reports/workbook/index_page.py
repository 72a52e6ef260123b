"""The page of an index cover: what each event of the history pays, year by year, live."""

from itertools import groupby
from statistics import pstdev

from app.finance.case.cover.index_inputs import Combined, EventsPaid, IndexCover, IndexPricing
from app.finance.case.cover.index_tables import PayoutForm, TriggerLine
from app.finance.case.index_terms import bands_of, pays_above
from app.finance.insurance.index_burn import history_years, season_payments
from app.finance.insurance.index_events import IndexEvent, index_events
from app.finance.insurance.index_payout import event_share, events_paid, payout_share
from app.finance.insurance.index_values import counted_spells, reading_seasons
from app.finance.insurance.part_results import IndexResult
from app.i18n import N_
from app.reports.document import Text, free
from app.reports.workbook.book import Book, headed, unit_text
from app.reports.workbook.looks import Kind, Look
from app.reports.workbook.value_rows import NOTE, ValueRows

_INDEX = "insurance_index"
_SEASON, _FIRST_DAY, _EVENT = range(3)
_OBSERVED, _PAYOUT, _YUAN = 1, 2, 3
BURN, INSURED, SPREAD = "index_burn", "index_sum_insured", "index_spread"


class IndexPage:
    """Writes results on top, then the years, then the events."""

    def __init__(self, book: Book, index: IndexCover, result: IndexResult) -> None:
        self._book, self._index, self._result = book, index, result
        self._page = book.page("index_cover")
        years = set(history_years(index))
        seasons = reading_seasons(index)
        counted = [counted_spells(index, trigger, seasons) for trigger in index.triggers]
        self._events = [one for one in index_events(index, counted) if one.season in years]

    def write(self) -> str:
        """Write the page; return the formula of the pure premium, "" where it is a model's."""
        page, index, result = self._page, self._index, self._result
        page.line(
            1,
            self._book.words(
                N_(
                    "Index values are those the program made of the readings; values that reached "
                    "no trigger of the case are no events. Payouts follow the terms."
                )
            ),
            Look.NOTE,
            last=NOTE,
        )
        rows = ValueRows(page, 3)
        rows.heads()
        page.widths.fixed |= {0: 30.0, 1: 18.0, 2: 20.0, 3: 22.0}
        insured = f"ROUND({_INDEX}_quantity*{_INDEX}_unit_value_yuan,2)"
        rows.live(N_("Sum insured"), insured, result.sum_insured_yuan, name=INSURED)
        burning = result.burn_share is not None
        years_at = rows.row + (4 if burning else 1)
        events_at = years_at + len(result.history) + 3 if result.history else years_at
        pure = ""
        if burning:
            first, last = years_at + 2, years_at + 1 + len(result.history)
            seen = page.span((first, _OBSERVED), (last, _OBSERVED))
            paid = page.span((first, _PAYOUT), (last, _PAYOUT))
            rows.live(
                N_("Burning cost"),
                f"SUMPRODUCT({seen},{paid})/SUM({seen})",
                result.burn_share or 0.0,
                kind=Kind.PERCENT,
                unit="",
                name=BURN,
            )
            rows.live(
                N_("Standard deviation of the payout of a year"),
                f"{INSURED}*SQRT(SUMPRODUCT({seen},({paid}-{BURN})^2)/SUM({seen}))",
                spread_of(result),
                name=SPREAD,
            )
            if index.pricing is IndexPricing.BURN:
                pure = f"{BURN}*{INSURED}"
        if self._events:
            self._write_events(events_at)
        self._write_years(years_at, events_at)
        return pure

    def _heads(self, row: int, heads: list[tuple[Text, str]]) -> None:
        for column, (head, unit) in enumerate(heads):
            self._page.text(row, column, headed(head, unit), Look.HEAD)

    def _band(self, row: int, label: str) -> None:
        self._page.text(row, 0, self._book.words(label), Look.BAND, wide=True)

    def _write_years(self, row: int, events_at: int) -> None:
        page, words, result = self._page, self._book.words, self._result
        if not result.history:
            return
        yuan = " ".join(dict.fromkeys(unit_text(words, "yuan").lines))
        self._band(row, N_("Payout by year"))
        self._heads(
            row + 1,
            [
                (words(N_("Year")), ""),
                (words(N_("Observed")), ""),
                (words(N_("Payout, share of the sum insured")), ""),
                (words(N_("Payout")), yuan),
            ],
        )
        last_event = events_at + 1 + len(self._events)
        seasons = page.span((events_at + 2, _SEASON), (last_event, _SEASON))
        column = self._paid_column
        paid = page.span((events_at + 2, column), (last_event, column))
        for line, year in enumerate(result.history, start=row + 2):
            page.value(line, 0, year.year, Kind.YEAR)
            page.value(line, _OBSERVED, int(year.observed), Kind.COUNT)
            formula = f"=SUMIF({seasons},{page.at(line, 0)},{paid})" if self._events else "=0"
            share = page.formula(line, _PAYOUT, formula, year.payout_share, Kind.PERCENT)
            page.formula(line, _YUAN, f"={share}*{INSURED}", year.payout_yuan, Kind.FLOW)

    @property
    def _paid_column(self) -> int:
        return 3 + 2 * len(self._index.triggers) + 3

    def _write_events(self, row: int) -> None:
        words, index = self._book.words, self._index
        self._band(row, N_("Events of the history"))
        heads = [(words(N_("Season")), ""), (words(N_("First day")), ""), (words(N_("Event")), "")]
        for trigger in index.triggers:
            heads.append((_named(words(N_("Index value")), trigger.name), ""))
            heads.append((_named(words(N_("Payout share")), trigger.name), ""))
        heads += [
            (words(N_("Payout of the event")), ""),
            (words(N_("Of the events that pay")), ""),
            (words(N_("Of the whole season")), ""),
            (words(N_("Paid within the cap of the season")), ""),
        ]
        self._heads(row + 1, heads)
        line = row + 2
        for _season, group in groupby(self._events, key=lambda one: one.season):
            events = list(group)
            self._season(line, events)
            line += len(events)

    def _season(self, first: int, events: list[IndexEvent]) -> None:
        """The events of one season: each by its triggers, then what of them is paid."""
        page, index = self._page, self._index
        shares = [event_share(index, event.values) for event in events]
        paid = season_payments(index, events)
        count = sum(not event.of_season for event in events)
        column = 3 + 2 * len(index.triggers)
        last = first + len(events) - 1
        of_events = page.span((first, column), (first + max(count, 1) - 1, column))
        chosen = events_paid(index, shares[:count])
        for place, event in enumerate(events):
            row = first + place
            page.value(row, _SEASON, event.season, Kind.YEAR)
            page.value(row, _FIRST_DAY, event.first, Kind.DATE)
            page.text(row, _EVENT, event.event, Look.TEXT)
            self._triggers(row, event)
            page.formula(row, column, f"={self._event(row, event)}", shares[place], Kind.PERCENT)
            own = page.at(row, column)
            value = 0.0 if event.of_season else chosen[place]
            beside = self._beside(event, shares[place], sum(chosen))
            formula = "0" if event.of_season else self._paying(of_events, own, place)
            page.formula(row, column + 1, f"={formula}", value, Kind.PERCENT)
            self._whole(row, column, (first, last), event, beside)
            both = f"{page.at(row, column + 1)}+{page.at(row, column + 2)}"
            if index.season_cap_share is not None:
                before = "0"
                if place:
                    before = f"SUM({page.span((first, column + 3), (row - 1, column + 3))})"
                both = f"MIN({both},MAX({_INDEX}_season_cap_share-{before},0))"
            page.formula(row, column + 3, f"={both}", paid[place], Kind.PERCENT, look=Look.TOTAL)

    def _beside(self, event: IndexEvent, share: float, taken: float) -> float:
        if not event.of_season:
            return 0.0
        return share if self._index.combined is Combined.SUM else max(share - taken, 0.0)

    def _whole(
        self, row: int, column: int, rows: tuple[int, int], event: IndexEvent, value: float
    ) -> None:
        """What a trigger that counts the whole season is paid beside the events."""
        page = self._page
        own, formula = page.at(row, column), "0"
        if event.of_season:
            events = page.span((rows[0], column + 1), (rows[1], column + 1))
            formula = f"MAX({own}-SUM({events}),0)"
            if self._index.combined is Combined.SUM:
                formula = own
        page.formula(row, column + 2, f"={formula}", value, Kind.PERCENT)

    def _paying(self, events: str, own: str, place: int) -> str:
        """Whether an event is the one of its season that is paid: largest, first, or every."""
        if self._index.events_paid is EventsPaid.EVERY:
            return own
        if self._index.events_paid is EventsPaid.FIRST:
            earlier = f"{events.partition(':')[0]}:{own.rpartition('!')[2]}"
            return f'IF(AND({own}>0,COUNTIF({earlier},">0")=1),{own},0)'
        return f"IF(MATCH(MAX({events}),{events},0)={place + 1},{own},0)"

    def _triggers(self, row: int, event: IndexEvent) -> None:
        page, index = self._page, self._index
        for number, trigger in enumerate(index.triggers):
            column = 3 + 2 * number
            value = event.values.get(trigger.name)
            if value is None:
                continue
            page.value(row, column, value, Kind.PLAIN)
            formula = self._share(trigger, number, page.at(row, column))
            share = payout_share(index, trigger, value)
            page.formula(row, column + 1, f"={formula}", share, Kind.PERCENT)

    def _cells(self, trigger: TriggerLine) -> list[tuple[str, str, bool]]:
        """The value and share of each step of a trigger, and whether it pays in the case."""
        names = []
        for place, band in enumerate(self._index.bands):
            if band in bands_of(self._index, trigger):
                start = f"{_INDEX}_bands_{place}"
                names.append((f"{start}_value", f"{start}_payout_share", band.payout_share > 0))
        return names

    def _reached(self, trigger: TriggerLine, number: int, value: str) -> str:
        sign = ">=" if pays_above(trigger) else "<="
        if trigger.form is PayoutForm.STEP:
            first = next((name for name, _share, pays in self._cells(trigger) if pays), "")
            return f"{value}{sign}{first}" if first else "FALSE"
        return f"{value}{sign}{_INDEX}_triggers_{number}_trigger"

    def _share(self, trigger: TriggerLine, number: int, value: str) -> str:
        """What one trigger pays for its index value; see `payout_share`."""
        own = f"{_INDEX}_triggers_{number}"
        reached = self._reached(trigger, number, value)
        limit, beyond = f"{own}_limit_share", f"ABS({value}-{own}_trigger)"
        if trigger.form is PayoutForm.TICK:
            paid = f"MIN({beyond}*{own}_tick_yuan/{INSURED},{limit})"
        elif trigger.form is PayoutForm.LINEAR:
            whole = f"ABS({own}_exit-{own}_trigger)"
            paid = f"IF({beyond}>={whole},{limit},{beyond}/{whole}*{limit})"
        else:
            sign = ">=" if pays_above(trigger) else "<="
            steps = ",".join(
                f"({value}{sign}{name})*{share}" for name, share, _pays in self._cells(trigger)
            )
            paid = f"MIN(MAX(0,{steps}),{limit})" if steps else "0"
        return f"IF({reached},{paid},0)"

    def _event(self, row: int, event: IndexEvent) -> str:
        """What one event pays: its triggers together, least and most of an event."""
        page, index = self._page, self._index
        known = [
            (number, trigger)
            for number, trigger in enumerate(index.triggers)
            if trigger.name in event.values
        ]
        reached = ",".join(
            self._reached(trigger, number, page.at(row, 3 + 2 * number))
            for number, trigger in known
        )
        shares = ",".join(page.at(row, 4 + 2 * number) for number, _trigger in known)
        together = f"{'SUM' if index.combined is Combined.SUM else 'MAX'}({shares})"
        share = f"MAX({together},{_INDEX}_event_minimum_share)"
        if index.event_cap_share is not None:
            share = f"MIN({share},{_INDEX}_event_cap_share)"
        return f"IF(OR({reached}),{share},0)"


def spread_of(result: IndexResult) -> float:
    """Return the standard deviation of the payouts of the observed years, yuan."""
    shares = [year.payout_share for year in result.history if year.observed]
    return pstdev(shares) * float(result.sum_insured_yuan)


def _named(head: Text, name: str) -> Text:
    return Text((*head.lines, *free(name).lines))
