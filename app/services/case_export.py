"""A case in a file of another program: the workbook with its formulas, or the data alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from app.i18n import translator
from app.reference.tables import Reference
from app.reports.document import Words
from app.reports.house import House
from app.reports.kinds import coded_number
from app.reports.sheet import Sheet
from app.services.computing import Computed
from app.services.files import write_atomically
from app.services.folders import write_folder
from app.services.ports import Approval
from app.services.printing import Language, stamp_of

LETTERS = "WB"
"""The letters the number of a workbook begins with."""


class ExportKind(StrEnum):
    """What a case is written as; CSV and Parquet are folders with a file a table."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"

    @property
    def is_folder(self) -> bool:
        """Whether it takes a folder."""
        return self in (ExportKind.CSV, ExportKind.PARQUET)


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes of an export: of one file under the name "", or of each file of a folder."""

    kind: ExportKind
    files: Mapping[str, bytes]

    @property
    def content(self) -> bytes:
        """The bytes of an export that is one file."""
        return self.files[""]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(map(len, self.files.values()))


def export_case(
    computed: Computed,
    kind: ExportKind,
    *,
    reference: Reference,
    language: Language,
    issued_on: date,
    version: int | None = None,
    approval: Approval | None = None,
    house: House | None = None,
) -> Exported:
    """Return a computed case as files; the same input gives the same bytes.

    A workbook takes any language and the template of the house. Texts of the data are in one
    language: "both" gives the Chinese ones.
    """
    if kind is ExportKind.XLSX:
        from app.reports.workbook.build import case_workbook  # noqa: PLC0415 - XlsxWriter on demand

        stamp = stamp_of(
            computed.input_hash,
            coded_number(LETTERS, computed.input_hash, version),
            data_version=reference.data_version,
            issued_on=issued_on,
            version=version,
            approval=approval,
        )
        sheet = Sheet(computed.file, computed.results, stamp, Words(language), house or House())
        return Exported(kind, {"": case_workbook(sheet)})
    from app.services import data_export  # noqa: PLC0415 - each kind loads what it needs

    tr = translator("en" if language == "en" else "zh")
    data = data_export.case_data(computed, reference, tr, version=version)
    if kind is ExportKind.JSON:
        return Exported(kind, {"": data_export.json_file(data)})
    write = data_export.csv_files if kind is ExportKind.CSV else data_export.parquet_files
    return Exported(kind, write(data))


def write_export(target: Path, exported: Exported) -> None:
    """Write an export in one step: its file, or its folder.

    Raises:
        OSError: names `target`; nothing is left behind.
    """
    if exported.kind.is_folder:
        write_folder(target, exported.files)
    else:
        write_atomically(target, exported.content)
