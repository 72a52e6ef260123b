"""The demonstration book: cases of institutions that were published, gaps marked as assumed."""

from collections.abc import Sequence
from pathlib import Path

from app.paths import resources
from app.services.case_file import SUFFIX
from app.services.files import write_atomically


def demo_files() -> Sequence[Path]:
    """Return the shipped case files, by name."""
    return sorted((resources() / "demo").glob(f"*{SUFFIX}"))


def write_demo(folder: Path) -> Sequence[Path]:
    """Copy the demonstration case files into `folder`, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for source in demo_files():
        target = folder / source.name
        write_atomically(target, source.read_bytes())
        written.append(target)
    return written
