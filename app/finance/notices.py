"""What a reader must be told: warnings, and red flags that keep a document from being final."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    WARNING = "warning"
    RED_FLAG = "red_flag"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice: code (text in `app.services.messages`), severity, field path and facts."""

    code: str
    severity: Severity
    path: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
