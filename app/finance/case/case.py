"""A case: the project, its appraisal, the loan and the insurance asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from app.finance.case.appraisal import Appraisal
from app.finance.case.insurance import Insurance
from app.finance.case.loan import Loan
from app.finance.case.project import Project
from app.finance.case.provenance import Provenance, ProvenanceKind
from app.finance.fields import Field, specs_by_path
from app.finance.text import N_


@dataclass(frozen=True)
class Case:
    """One case as it is stored, valued and printed."""

    project: Annotated[Project, Field(N_("Project"))]
    appraisal: Annotated[
        Appraisal | None,
        Field(
            N_("Appraisal"),
            help=N_("Without it the case is an account of tonnes; loans and values need it."),
        ),
    ] = None
    loan: Annotated[Loan | None, Field(N_("Loan"))] = None
    insurance: Annotated[Insurance | None, Field(N_("Insurance"))] = None
    notes: Annotated[str, Field(N_("Notes"), max_length=4000, multiline=True)] = ""


@dataclass(frozen=True)
class CaseFile:
    """A case with where each of its inputs comes from, by dotted path."""

    case: Case
    provenance: Mapping[str, Provenance] = field(default_factory=dict)

    def value_at(self, path: str) -> Any:
        """Return the input at a dotted path; None under a section the case does not have."""
        value: Any = self.case
        for name in path.split("."):
            if value is None:
                return None
            value = getattr(value, name)
        return value

    def provenance_of(self, path: str) -> Provenance:
        """Return where an input comes from.

        An input with no entry counts as default when it holds the declared default, and as
        assumed without a source otherwise.
        """
        entry = self.provenance.get(path)
        if entry is not None:
            return entry
        spec = specs_by_path(Case)[path]
        if spec.has_default and self.value_at(path) == spec.default:
            return Provenance(ProvenanceKind.DEFAULT, spec.field.default_source)
        return Provenance(ProvenanceKind.ASSUMED, "")
