"""What window, paper and command line say of the registration: record, history, alarms."""

from collections.abc import Mapping

from app.finance.case.case import Case
from app.finance.case.lending.registration import Registration, RegistrationLine
from app.finance.case.parties import pledgor_of
from app.finance.fields import FieldSpec, choice_label, fields_of
from app.finance.lending.life_results import RegistrationResult
from app.formats import plain
from app.i18n import N_
from app.messages import spec_at
from app.messages.loan_notices import REGISTRATION_STATES
from app.reports.fact_tables import FactCell, FactHead, FactTable, day, free_row, listed, words
from app.reports.value_facts import FactRow

MISSING = N_("missing")
FROM_CASE = N_("from the case")
"""What stands beside a field of the record that was left empty and is filled from elsewhere."""


def _filled(case: Case) -> Mapping[str, str]:
    """What the case puts into fields of the record that are left empty."""
    loan, project = case.loan, case.project
    engagement = None if case.appraisal is None else case.appraisal.engagement
    return {
        "secured_party": "" if loan is None else loan.lender,
        "pledgor": pledgor_of(case),
        "registry": project.registry_id,
        "report_no": "" if engagement is None else engagement.report_number,
    }


def _shown(spec: FieldSpec, value: object) -> str:
    if spec.field.choices:
        return choice_label(Registration, spec.name, str(value))
    return plain(value) if isinstance(value, float) else str(value)


def record_rows(case: Case, found: RegistrationResult) -> tuple[tuple[str, FactRow], ...]:
    """Return the fields of the record, each with the message id of the heading it stands under.

    What the system asks for and nobody entered is marked as missing; other empty fields are left
    out. The text of the collateral and the history are not among them.
    """
    record = None if case.loan is None else case.loan.registration
    if record is None:
        return ()
    filled, rows = _filled(case), []
    for spec in fields_of(Registration):
        if spec.table or spec.name == "description":
            continue
        value = getattr(record, spec.name)
        label, group = spec.field.label, spec.field.group
        if value not in (None, ""):
            shown = _shown(spec, value)
            row = FactRow(label, words=shown) if spec.field.choices else free_row(label, shown)
        elif filled.get(spec.name):
            row = free_row(label, filled[spec.name], note=FROM_CASE)
        elif f"loan.registration.{spec.name}" in found.missing:
            row = FactRow(label, words=MISSING, strong=True)
        else:
            continue
        rows.append((group, row))
    return tuple(rows)


def registration_missing(found: RegistrationResult) -> FactCell:
    """Return the names of the fields that are missing; an empty cell when none is."""
    names = []
    for path in found.missing:
        spec = spec_at(path)
        if spec is not None:
            pair = words(N_("{group}: {label}"), group=spec.field.group, label=spec.field.label)
            names.append(pair)
    return listed(*names)


def registration_rows(found: RegistrationResult) -> tuple[FactRow, ...]:
    """Return state, number, term, alarms and the days by which to amend or cancel."""
    rows = [
        FactRow(N_("State of the registration"), words=REGISTRATION_STATES[found.state]),
        free_row(N_("Registration number"), found.number),
        FactRow(N_("Registration ends"), "–" if found.ends is None else found.ends.isoformat()),
        FactRow(
            N_("Registration needed until"),
            found.required_end.isoformat(),
            strong=found.ends is not None and found.ends < found.required_end,
        ),
    ]
    rows += [
        FactRow(
            N_("Alarm"),
            when.isoformat(),
            note=N_("{days} days before the end"),
            facts={"days": str(days)},
        )
        for days, when in found.alarms
    ]
    for label, when in (
        (N_("Registration to be amended by"), found.amend_by),
        (N_("Registration to be cancelled by"), found.cancel_by),
    ):
        if when is not None:
            rows.append(FactRow(label, when.isoformat(), strong=True))
    return tuple(rows)


def history_table(found: RegistrationResult) -> FactTable | None:
    """Return the registrations by day; None when there are none."""
    if not found.history:
        return None
    heads = (
        FactHead(N_("Registered on"), numeric=False),
        FactHead(N_("Kind of registration"), numeric=False),
        FactHead(N_("Registration number"), numeric=False),
        FactHead(N_("Registered for"), "month"),
        FactHead(N_("Ends on")),
        FactHead(N_("What changed"), numeric=False),
    )
    rows = tuple(
        (
            day(entry.day),
            words(choice_label(RegistrationLine, "kind", entry.kind)),
            FactCell(entry.number or "–"),
            FactCell("–" if entry.months is None else str(entry.months)),
            day(entry.ends),
            FactCell(entry.note),
        )
        for entry in found.history
    )
    return FactTable(heads, rows)


def attachment_table(case: Case) -> FactTable | None:
    """Return the papers that belong to the registration; None when there are none."""
    record = None if case.loan is None else case.loan.registration
    if record is None or not record.attachments:
        return None
    heads = (
        FactHead(N_("Attachment"), numeric=False),
        FactHead(N_("Reference number"), numeric=False),
        FactHead(N_("Date"), numeric=False),
        FactHead(N_("Kept at"), numeric=False),
    )
    rows = tuple(
        (
            FactCell(line.name),
            FactCell(line.number or "–"),
            day(line.day),
            FactCell(line.place or "–"),
        )
        for line in record.attachments
    )
    return FactTable(heads, rows)
