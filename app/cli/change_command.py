"""The command that says what changed between two versions of a case, and what it did."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.columns import columns, table
from app.cli.market_output import json_option
from app.cli.refusal import refuse, translator_now
from app.formats import money
from app.i18n import N_, Translator
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.services.change_steps import ChangeStep
    from app.services.changes import ChangedInput, ChangedSource, Changes

_LEVELS = (
    ("gross_yuan", N_("Gross value")),
    ("net_yuan", N_("Net value")),
    ("prudent_yuan", N_("Prudent value")),
    ("liquidation_yuan", N_("Liquidation value")),
)
_LONGEST_TEXT = 28
"""Signs of a text in the table of inputs; `--json` has the whole one."""


def _signed(amount: Any) -> str:
    text = money(amount)
    return text if text.startswith("−") or not amount else f"+{text}"


def _values(found: "Changes", tr: Translator) -> Iterator[str]:
    before, after, total = found.before, found.after, found.total
    if found.problem is not None:
        from app.messages import problem_text  # noqa: PLC0415

        yield problem_text(found.problem, tr)
    if before is None or after is None or total is None:
        return
    lines = [tuple(map(tr, (N_("Value (yuan)"), N_("Before"), N_("Change"), N_("After"))))]
    for name, label in _LEVELS:
        amounts = money(getattr(before, name)), _signed(getattr(total, name))
        lines.append((tr(label), *amounts, money(getattr(after, name))))
    yield from columns(lines)


def _loan(found: "Changes", tr: Translator) -> Iterator[str]:
    from app.formats import unit  # noqa: PLC0415
    from app.messages import problem_text  # noqa: PLC0415
    from app.messages.loan_change_words import loan_rows  # noqa: PLC0415

    if found.loan_problem is not None:
        yield problem_text(found.loan_problem, tr)
    if found.loan_before is None and found.loan_after is None:
        return
    yield ""
    lines = [tuple(map(tr, (N_("Loan"), N_("Before"), N_("After"), N_("Unit"))))]
    for label, code, before, after in loan_rows(found.loan_before, found.loan_after):
        lines.append((tr(label), before, after, unit(code, tr)))
    yield from table(lines, notes=1)


def _name(path: str, tr: Translator) -> str:
    from app.messages import spec_at  # noqa: PLC0415

    spec = spec_at(path)
    return path if spec is None else tr(spec.field.label)


def _steps(steps: "tuple[ChangeStep, ...]", tr: Translator) -> Iterator[str]:
    if not steps:
        return
    yield ""
    yield tr(N_("What each change does to the value"))
    lines = [(tr(N_("Input")), *(tr(label) for _name, label in _LEVELS))]
    for step in steps:
        name = tr(N_(", ")).join(_name(path, tr) for path in step.paths)
        lines.append((name, *(_signed(getattr(step.effect, level)) for level, _l in _LEVELS)))
    yield from table(lines)


def _origin(kind: str, source: str, tr: Translator) -> str:
    from app.finance.case.provenance import PROVENANCE_LABELS, ProvenanceKind  # noqa: PLC0415

    label = tr(PROVENANCE_LABELS[ProvenanceKind(kind)]) if kind else ""
    return " · ".join(filter(None, (label, tr(source))))


def _value(entry: "ChangedInput", value: Any, tr: Translator) -> str:
    """A value as the form shows it; of a table the number of its lines."""
    from app.formats import plain, unit  # noqa: PLC0415
    from app.messages import given_text, spec_at  # noqa: PLC0415

    if entry.lines is not None:
        return tr(N_("lines: {count}")).format(count=len(value or ()))
    if value is None or value == "":
        return "–"
    if isinstance(value, str):
        spec = spec_at(entry.path)
        choices = {} if spec is None else dict(spec.field.choices)
        return tr(choices[value]) if value in choices else given_text(value, _LONGEST_TEXT)
    if isinstance(value, bool):
        return tr(N_("yes") if value else N_("no"))
    return f"{plain(value * 100)}%" if entry.percent else f"{plain(value)} {unit(entry.unit, tr)}"


def _inputs(entries: "tuple[ChangedInput, ...]", tr: Translator) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield tr(N_("Inputs that changed"))
    lines = [tuple(map(tr, (N_("Input"), N_("Before"), N_("After"), N_("Source"))))]
    for entry in entries:
        before, after = _value(entry, entry.old, tr), _value(entry, entry.new, tr)
        lines.append((tr(entry.label), before, after, _origin(entry.kind, entry.source, tr)))
    yield from table(lines, texts=3, notes=1)


def _sources(entries: "tuple[ChangedSource, ...]", tr: Translator) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield tr(N_("Inputs with another source"))
    lines = [tuple(map(tr, (N_("Input"), N_("Source before"), N_("Source after"))))]
    for entry in entries:
        before = _origin(entry.old_kind, entry.old_source, tr)
        lines.append((tr(entry.label), before, _origin(entry.new_kind, entry.new_source, tr)))
    yield from table(lines, texts=3)


def _nothing(found: "Changes", tr: Translator) -> str:
    from app.messages.loan_change_words import MOVED_BY_DATA  # noqa: PLC0415

    same = found.loan_before == found.loan_after
    return tr(N_("Nothing has changed.") if same else MOVED_BY_DATA)


def changes_lines(found: "Changes", tr: Translator) -> Iterator[str]:
    """Yield values and loan before and after, why, the effects of the changes, inputs, sources."""
    yield from _values(found, tr)
    yield from _loan(found, tr)
    if not found.inputs and not found.sources:
        yield _nothing(found, tr)
        return
    reason = found.reason.strip()
    if reason:
        yield tr(N_("Why the appraisal changed: {reason}")).format(reason=reason)
    elif found.after is not None:
        yield tr(N_("No reason is entered."))
    yield from _steps(found.steps, tr)
    yield from _inputs(found.inputs, tr)
    yield from _sources(found.sources, tr)


def _read(path: Path, *, as_json: bool) -> Any:
    from app.services.case_file import CaseRefused, read_file  # noqa: PLC0415

    try:
        return read_file(path)
    except CaseRefused as refused:
        refuse(refused.problems, as_json=as_json)
        raise


def changes_command() -> click.Command:
    """Return the command `changes`."""

    @click.command(
        "changes",
        help=translate("Say what changed between two versions of a case, and what it did."),
    )
    @click.argument("before", type=click.Path(path_type=Path))
    @click.argument("after", type=click.Path(path_type=Path))
    @json_option
    def command(before: Path, after: Path, as_json: bool) -> None:
        from app.reference.tables import load_reference  # noqa: PLC0415
        from app.services.changes import changes  # noqa: PLC0415

        old, new = _read(before, as_json=as_json), _read(after, as_json=as_json)
        reference = load_reference()
        found = changes(old, new, reference)
        if as_json:
            from app.services.changes_json import changes_json  # noqa: PLC0415

            document = changes_json(old, new, found, reference, translator_now())
            click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))
            return
        for line in changes_lines(found, translator_now()):
            click.echo(line)

    return command
