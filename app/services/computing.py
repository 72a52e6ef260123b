"""Computes a case with the reference data of the program."""

from dataclasses import dataclass

from app.finance.case.case import CaseFile
from app.finance.engine import Results, compute_case, with_drawn
from app.finance.errors import DomainError
from app.messages import domain_problem
from app.reference.tables import Reference
from app.services.case_file import CaseRefused
from app.services.fingerprint import input_hash


@dataclass(frozen=True, slots=True)
class Computed:
    """A valid case with its results and the hash of its inputs."""

    file: CaseFile
    results: Results
    input_hash: str


def compute(file: CaseFile, reference: Reference, *, draw: bool = True) -> Computed:
    """Compute a case; without `draw` ranges, sensitivity and the price model are left out.

    Raises:
        CaseRefused: a calculation refuses an input, for example an unknown species.
    """
    try:
        results = compute_case(file.case, reference.tables)
        if draw:
            results = with_drawn(file.case, results, reference.tables)
    except DomainError as error:
        raise CaseRefused([domain_problem(error)]) from error
    return Computed(file, results, input_hash(file))
