"""A case: the project, its appraisal, the loan and the insurance asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from app.finance.case.appraisal import Appraisal
from app.finance.case.insurance import Insurance
from app.finance.case.loan import Loan
from app.finance.case.project import Project
from app.finance.case.provenance import Provenance
from app.finance.fields import Field
from app.finance.text import N_


@dataclass(frozen=True)
class Case:
    """One case as it is stored, valued and printed."""

    project: Annotated[Project, Field(N_("Project"))]
    appraisal: Annotated[Appraisal, Field(N_("Appraisal"))]
    loan: Annotated[Loan | None, Field(N_("Loan"))] = None
    insurance: Annotated[Insurance | None, Field(N_("Insurance"))] = None
    notes: Annotated[str, Field(N_("Notes"), max_length=4000, multiline=True)] = ""


@dataclass(frozen=True)
class CaseFile:
    """A case with where each of its inputs comes from, by dotted path."""

    case: Case
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
