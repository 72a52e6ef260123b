"""The page of the changes: what differs from another version, what it does to the value, why."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from app.finance.case.provenance import PROVENANCE_LABELS, ProvenanceKind
from app.formats import money, plain, unit
from app.i18n import N_, Translator
from app.messages import problem_text, spec_at
from app.messages.loan_change_words import MOVED_BY_DATA, loan_rows
from app.services.change_steps import Amounts, ChangeStep
from app.services.changes import ChangedInput, Changes
from app.views.widgets.value_parts import PageParts

_MOST_SIGNS = 60


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of a case and what changed; `now` is None for a draft that is not saved."""

    before: int
    now: int | None
    changes: Changes


def signed(amount: Any) -> str:
    """Return an amount with its sign, whatever it is."""
    text = money(amount)
    return text if text.startswith("−") or not amount else f"+{text}"


class ChangesPage:
    """Writes what changed in one language; `linked` says that inputs lead to their field."""

    def __init__(self, compared: Compared, tr: Translator, *, linked: bool = True) -> None:
        self._compared, self._tr, self._linked = compared, tr, linked
        self._changes = compared.changes
        self._parts = PageParts(tr)

    def html(self) -> str:
        """Return the page: values and loan, why, the effect of each change, the other changes."""
        changes, parts = self._changes, self._parts
        if not changes.inputs and not changes.sources:
            if changes.loan_before == changes.loan_after:
                return self._title() + f"<p>{parts.say(N_('Nothing has changed.'))}</p>"
            return self._title() + f"<p>{parts.say(MOVED_BY_DATA)}</p>" + self._loan()
        parts_of_page = (
            self._title,
            self._why,
            self._values,
            self._loan,
            self._effects,
            self._inputs,
            self._sources,
        )
        return "".join(part() for part in parts_of_page)

    def _title(self) -> str:
        before, now = self._compared.before, self._compared.now
        if now is None:
            text = self._tr(N_("This draft against version {before}"))
        else:
            text = self._tr(N_("Version {now} against version {before}"))
        return f"<h3>{escape(text.format(before=before, now=now))}</h3>"

    def _why(self) -> str:
        reason = self._changes.reason.strip()
        if reason:
            said = self._tr(N_("Why the appraisal changed: {reason}")).format(reason=reason)
            return f"<p>{escape(said)}</p>"
        if not self._linked or self._changes.after is None:
            return self._parts.small(self._tr(N_("No reason is entered.")))
        link = self._parts.field(N_("Enter why the appraisal changed"), "appraisal.change_reason")
        return f"<p>{link}</p>"

    def _values(self) -> str:
        changes, parts = self._changes, self._parts
        if changes.problem is not None:
            return f"<p>{escape(problem_text(changes.problem, self._tr))}</p>"
        before, after, total = changes.before, changes.after, changes.total
        if before is None or after is None or total is None:
            return ""
        rows = [
            [
                parts.say(label),
                money(getattr(before, name)),
                signed(getattr(total, name)),
                money(getattr(after, name)),
            ]
            for name, label in _LEVELS
        ]
        heads = (N_("Value (yuan)"), N_("Before"), N_("Change"), N_("After"))
        return parts.table(list(map(parts.say, heads)), rows, strong=(1,))

    def _loan(self) -> str:
        changes, parts = self._changes, self._parts
        problem = changes.loan_problem
        said = f"<p>{escape(problem_text(problem, self._tr))}</p>" if problem is not None else ""
        if changes.loan_before is None and changes.loan_after is None:
            return said
        rows = [
            [escape(self._named(label, code)), before, after]
            for label, code, before, after in loan_rows(changes.loan_before, changes.loan_after)
        ]
        heads = (N_("Loan"), N_("Before"), N_("After"))
        return said + parts.table(list(map(parts.say, heads)), rows, strong=(1,))

    def _named(self, label: str, code: str) -> str:
        name, tr = unit(code, self._tr), self._tr
        if not name:
            return tr(label)
        return tr(N_("{label} ({unit})")).format(label=tr(label), unit=name)

    def _effects(self) -> str:
        steps, parts = self._changes.steps, self._parts
        if not steps:
            return ""
        rows = [self._effect(step) for step in steps]
        total = self._changes.total
        if total is not None:
            rows.append([parts.say(N_("Total")), *map(signed, _shown(total))])
        heads = (
            N_("Input"),
            N_("Gross value (yuan)"),
            N_("Net value (yuan)"),
            N_("Prudent value (yuan)"),
            N_("Liquidation value (yuan)"),
        )
        said = self._tr(
            N_(
                "Inputs move one after the other in the order of the form; each line is what the "
                "value changed by, so the lines add up."
            )
        )
        return (
            parts.heading(N_("What each change does to the value"))
            + parts.table(list(map(parts.say, heads)), rows, strong=(-1,), tight=True)
            + parts.small(said)
        )

    def _effect(self, step: ChangeStep) -> list[str]:
        names = self._names(step.paths)
        return [names, *map(signed, _shown(step.effect))]

    def _names(self, paths: Iterable[str]) -> str:
        return self._parts.say(N_(", ")).join(self._name(path) for path in paths)

    def _name(self, path: str, label: str = "") -> str:
        spec = spec_at(path)
        text = escape(self._tr(label or (spec.field.label if spec is not None else path)))
        return f'<a href="field:{path}">{text}</a>' if self._linked else text

    def _inputs(self) -> str:
        parts = self._parts
        rows = [
            [
                f"{self._name(entry.path, entry.label)}<br/>"
                f'<span class="small">{parts.say(entry.section)}</span>',
                self._value(entry, entry.old),
                self._value(entry, entry.new),
                f'<span class="small">{self._origin(entry.kind, entry.source)}</span>',
            ]
            for entry in self._changes.inputs
        ]
        if not rows:
            return ""
        heads = (N_("Input"), N_("Before"), N_("After"), N_("Source"))
        table = parts.table(list(map(parts.say, heads)), rows, texts=4)
        return parts.heading(N_("Inputs that changed")) + table

    def _value(self, entry: ChangedInput, value: Any) -> str:
        """A value as the form shows it; of a table the number of its lines."""
        if entry.lines is not None:
            return self._lines(entry, value)
        if value is None or value == "":
            return "–"
        spec = spec_at(entry.path)
        choices = dict(spec.field.choices) if spec is not None else {}
        if isinstance(value, str):
            text = self._tr(choices[value]) if value in choices else value
            return escape(text if len(text) <= _MOST_SIGNS else f"{text[:_MOST_SIGNS]}…")
        if isinstance(value, bool):
            return self._parts.say(N_("yes") if value else N_("no"))
        if entry.percent:
            return f"{plain(value * 100)}%"
        name = unit(entry.unit, self._tr)
        return escape(f"{plain(value)} {name}".strip())

    def _lines(self, entry: ChangedInput, value: Any) -> str:
        count = len(value) if isinstance(value, list) else 0
        text = self._tr(N_("lines: {count}")).format(count=count)
        if value != entry.new or entry.lines is None:
            return escape(text)
        added, gone, differ = entry.lines
        detail = self._tr(N_("{added} added, {gone} taken out, {differ} changed"))
        said = detail.format(added=added, gone=gone, differ=differ)
        return f'{escape(text)}<br/><span class="small">{escape(said)}</span>'

    def _origin(self, kind: str, source: str) -> str:
        label = self._tr(PROVENANCE_LABELS[ProvenanceKind(kind)]) if kind else ""
        return escape(" · ".join(part for part in (label, source) if part))

    def _sources(self) -> str:
        parts = self._parts
        rows = [
            [
                self._name(entry.path, entry.label),
                self._origin(entry.old_kind, entry.old_source),
                self._origin(entry.new_kind, entry.new_source),
            ]
            for entry in self._changes.sources
        ]
        if not rows:
            return ""
        heads = (N_("Input"), N_("Source before"), N_("Source after"))
        table = parts.table(list(map(parts.say, heads)), rows, texts=3)
        return parts.heading(N_("Inputs with another source")) + table


_LEVELS = (
    ("gross_yuan", N_("Gross value")),
    ("net_yuan", N_("Net value")),
    ("prudent_yuan", N_("Prudent value")),
    ("liquidation_yuan", N_("Liquidation value")),
)


def _shown(amounts: Amounts) -> tuple[Any, ...]:
    return tuple(getattr(amounts, name) for name, _label in _LEVELS)


def changes_html(compared: Compared | None, tr: Translator, *, waiting: bool) -> str:
    """Return the page of changes; `waiting` says that they are still being found."""
    parts = PageParts(tr)
    if compared is not None:
        body = ChangesPage(compared, tr).html()
    elif waiting:
        body = f"<p>{parts.say(N_('The versions are being compared.'))}</p>"
    else:
        text = N_("This is the first version; nothing came before it.")
        body = f"<p>{parts.say(text)}</p>"
    other = parts.say(N_("Compare other versions…"))
    link = f'<p><a class="more" href="versions:">{other}</a></p>' if not waiting else ""
    return f"<html><body>{body}{link}</body></html>"
