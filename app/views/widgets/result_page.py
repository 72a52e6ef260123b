"""What a page of the results is: its code, its title, when it is there, its chart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.workbench import Computed


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page: code, message id of its title, whether a case has it, the chart it opens with.

    `led` is the height in pixels that a chart needs which leads, with its chooser; 0 for a chart
    that takes what the words leave.
    """

    code: str
    title: str
    there: Callable[["Computed"], bool]
    chart: str
    led: int = 0
