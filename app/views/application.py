"""Starts Qt, paints the window, and only then opens the book."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.i18n import active_language, set_language, system_language, translator
from app.settings import Settings
from app.views.error_dialog import install_last_resort
from app.views.jobs import Jobs
from app.views.main_window import MainWindow
from app.views.theme import apply_theme, icon, set_text_size

if TYPE_CHECKING:
    from app.services.maintenance import Maintenance
    from app.services.workbench import Workbench

QT_WORDS = "qt-words"


def speak_qt(application: QApplication) -> None:
    """Let Qt's own buttons speak the language of the window."""
    from PySide6.QtCore import (  # noqa: PLC0415 - not before the first paint
        QLibraryInfo,
        QLocale,
        QTranslator,
    )

    for old in application.findChildren(QTranslator, QT_WORDS):
        application.removeTranslator(old)
        old.setParent(None)
    qt = QTranslator(application)
    qt.setObjectName(QT_WORDS)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if active_language() == "zh" and qt.load(QLocale("zh_CN"), "qtbase", "_", folder):
        application.installTranslator(qt)


def open_book(window: MainWindow, open_workbench: Callable[[], "Workbench"]) -> None:
    """Open the book in the worker and hand it to the window; say what prevents it."""

    def failed(error: Exception) -> None:
        from app.services.ports import StorageProblem  # noqa: PLC0415 - after the first paint
        from app.services.storage_text import storage_text  # noqa: PLC0415

        if not isinstance(error, StorageProblem):
            window.show_failure(str(error))
            raise error
        window.show_failure(storage_text(error, translator(active_language())))

    window.jobs.run(open_workbench, owner=window, done=window.set_workbench, failed=failed)


def run(
    open_workbench: Callable[[], "Workbench"], settings: Settings, maintenance: "Maintenance"
) -> int:
    """Show the window until it is closed; return the exit code."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("a Qt application without widgets is running")
    application.setApplicationName("Blue Carbon Desk")
    set_language(settings.language or system_language())
    apply_theme(application, settings.font_points)
    jobs = Jobs()
    window = MainWindow(jobs, settings, maintenance)
    window.on_text_size = lambda points: set_text_size(application, points)
    window.on_language = lambda: speak_qt(application)
    install_last_resort(window)

    def after_first_paint() -> None:
        window.add_icons()
        speak_qt(application)
        application.setWindowIcon(icon("app"))
        open_book(window, open_workbench)

    window.first_painted.connect(after_first_paint)
    window.show()
    return application.exec()
