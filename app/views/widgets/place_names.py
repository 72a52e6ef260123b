"""What an input is called where it is spoken of outside its form."""

from app.finance.fields import FieldSpec
from app.i18n import _, active_language, translator
from app.messages import field_label, spec_at


def cell_name(table: FieldSpec, row: int, column: FieldSpec) -> str:
    """Return the name of a cell: table, line (counted from one) and column."""
    return _("{table}, line {number}, {column}").format(
        table=_(table.field.label), number=row + 1, column=_(column.field.label)
    )


def place_name(path: str) -> str:
    """Return the name of the input at a path; of a cell with its table and line."""
    parent, _dot, name = path.rpartition(".")
    table_path, _dot, row = parent.rpartition(".")
    table, column = spec_at(table_path), spec_at(path)
    if row.isdigit() and table is not None and column is not None and column.name == name:
        return cell_name(table, int(row), column)
    return field_label(path, translator(active_language()))
