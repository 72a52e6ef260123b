"""What a document of a case is made from: the case, its results, its stamp, the template."""

from dataclasses import dataclass, field

from app.finance.case.case import Case, CaseFile
from app.finance.engine import Results
from app.reports.change_section import Changes
from app.reports.document import Words
from app.reports.house import House
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a builder of a document is given.

    `changes` is what became of the version before; `event` narrows a payment letter.
    """

    file: CaseFile
    results: Results
    stamp: Stamp
    words: Words
    house: House = field(default_factory=House)
    changes: Changes | None = None
    event: str = ""

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.file.case
