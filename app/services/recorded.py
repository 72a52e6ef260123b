"""One more line in a table of a draft: taken whatever else is open in the draft."""

from collections.abc import Callable
from typing import Any

from app.services.case_file import CaseRefused, Document
from app.services.documents import value_at, with_value


def with_recorded(
    document: Document,
    path: str,
    row: dict[str, Any],
    compute: Callable[[Document], None],
) -> tuple[Document, int]:
    """Return a draft with a line at the end of a table, and the number of that line.

    `compute` refuses a draft in which something is wrong; only what is wrong in the line itself
    counts.

    Raises:
        CaseRefused: something in the line is refused.
    """
    held = value_at(document, path)
    lines = held if isinstance(held, list) else []
    changed = with_value(document, path, [*lines, row])
    own = f"{path}.{len(lines)}."
    try:
        compute(changed)
    except CaseRefused as refused:
        wrong = [problem for problem in refused.problems if problem.path.startswith(own)]
        if wrong:
            raise CaseRefused(wrong) from refused
    return changed, len(lines)
