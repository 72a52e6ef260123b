"""One more line in a table of a draft: taken whatever else is open in the draft."""

from collections.abc import Callable
from typing import Any

from app.finance.case.problems import Problem
from app.services.case_file import CaseRefused, Document
from app.services.documents import value_at, with_value


def with_recorded(
    document: Document,
    path: str,
    row: dict[str, Any],
    problems: Callable[[Document], list[Problem]],
) -> tuple[Document, int]:
    """Return a draft with a line at the end of a table, and the number of that line.

    `problems` tells what is wrong in a draft; only what is wrong in the line itself counts.

    Raises:
        CaseRefused: something in the line is refused.
    """
    held = value_at(document, path)
    lines = held if isinstance(held, list) else []
    changed = with_value(document, path, [*lines, row])
    own = f"{path}.{len(lines)}."
    refused = [problem for problem in problems(changed) if problem.path.startswith(own)]
    if refused:
        raise CaseRefused(refused)
    return changed, len(lines)
