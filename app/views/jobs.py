"""Work off the screen: one worker thread, answers delivered to the screen's thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

Answer = Callable[[Any], None]


class Jobs(QObject):
    """Runs one call at a time; an answer whose owner is gone is dropped."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._open = True
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        call: Callable[[], Any],
        *,
        owner: QObject,
        done: Answer,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `call` in the worker; then `done(result)` or `failed(error)` in this thread.

        Without `failed` an error is raised in this thread and meets the last resort.
        """

        def work() -> None:
            result: Any = None
            error: Exception | None = None
            try:
                result = call()
            except Exception as caught:  # noqa: BLE001 - handed to the screen's thread
                error = caught
            if self._open:
                self._finished.emit((owner, done, failed, result, error))

        if self._open:
            self._pool.submit(work)

    @Slot(object)
    def _deliver(self, answer: tuple[QObject, Answer, Any, Any, Exception | None]) -> None:
        owner, done, failed, result, error = answer
        if not self._open or not shiboken6.isValid(owner):
            return
        if error is None:
            done(result)
        elif failed is not None:
            failed(error)
        else:
            raise error

    def close(self) -> None:
        """Wait for the running call and drop what is queued."""
        self._open = False
        self._pool.shutdown(wait=True, cancel_futures=True)
