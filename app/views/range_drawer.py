"""Draws ranges and sensitivities in the worker while the person goes on typing."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.views.jobs import Jobs

if TYPE_CHECKING:
    from app.services.workbench import Computed, Workbench


class _Stopped(Exception):
    """Newer input has come, or the person asked to stop."""


class RangeDrawer(QObject):
    """Draws for the newest results only; an older drawing stops at its next chunk.

    Signals:
        progressed(int, int): draws done and asked for.
        drawn(object): the Results with all that was drawn.
    """

    progressed = Signal(int, int)
    drawn = Signal(object)
    _step = Signal(object, int, int)

    def __init__(self, workbench: "Workbench", jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._jobs = jobs
        self._stop = threading.Event()
        self._step.connect(self._pass_on)

    def _pass_on(self, stop: threading.Event, done: int, draws: int) -> None:
        """Tell how far it is, unless it was stopped while the word was on its way."""
        if not stop.is_set():
            self.progressed.emit(done, draws)

    def stop(self) -> None:
        """Let a drawing end without an answer."""
        self._stop.set()

    def start(self, computed: "Computed") -> None:
        """Add to these results what takes longer; nothing happens when there is nothing."""
        self.stop()
        if not computed.results.has_more:
            return
        stop = self._stop = threading.Event()

        def progress(done: int, draws: int) -> None:
            if stop.is_set():
                raise _Stopped
            self._step.emit(stop, done, draws)

        def draw() -> "Computed":
            return self._workbench.draw_range(computed, progress)

        def done(found: "Computed") -> None:
            if not stop.is_set():
                self.drawn.emit(found.results)

        self._jobs.run(draw, owner=self, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, _Stopped):
            raise error
