"""The demonstration book: cases of institutions that were published, gaps marked as assumed."""

from collections.abc import Sequence
from pathlib import Path

from app.paths import resources
from app.services.case_file import SUFFIX
from app.services.files import write_atomically


def demo_files() -> Sequence[Path]:
    """Return the shipped case files, by name."""
    return sorted((resources() / "demo").glob(f"*{SUFFIX}"))


def method_files() -> Sequence[Path]:
    """Return one complete case of tonnes for each method of accounting, by name."""
    return sorted((resources() / "demo" / "methods").glob(f"*{SUFFIX}"))


def convention_files() -> Sequence[Path]:
    """Return one complete case of values for each convention of valuation, by name."""
    return sorted((resources() / "demo" / "conventions").glob(f"*{SUFFIX}"))


def loan_files() -> Sequence[Path]:
    """Return one complete case for each way of repayment and each part of a loan, by name."""
    return sorted((resources() / "demo" / "loans").glob(f"*{SUFFIX}"))


def insurance_files() -> Sequence[Path]:
    """Return one complete case for each kind of cover and each model of loss, by name."""
    return sorted((resources() / "demo" / "insurance").glob(f"*{SUFFIX}"))


def write_demo(folder: Path) -> Sequence[Path]:
    """Copy the demonstration cases into `folder`, the small ones into folders of their own."""
    written = []
    for sources, place in (
        (demo_files(), folder),
        (method_files(), folder / "methods"),
        (convention_files(), folder / "conventions"),
        (loan_files(), folder / "loans"),
        (insurance_files(), folder / "insurance"),
    ):
        place.mkdir(parents=True, exist_ok=True)
        for source in sources:
            target = place / source.name
            write_atomically(target, source.read_bytes())
            written.append(target)
    return written
