"""How a figure was computed: formula, values put in, result, source."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from app.finance.explain import Step
from app.i18n import _, active_language, translator
from app.views.theme import page_css
from app.views.widgets.results_html import working_html


def open_working(step: Step, parent: QWidget) -> QDialog:
    """Open the working of a figure."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("How this is computed"))
    dialog.resize(560, 380)
    text = QTextBrowser()
    text.document().setDefaultStyleSheet(page_css())
    text.setHtml(working_html(step, translator(active_language())))
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.close)
    layout = QVBoxLayout(dialog)
    layout.addWidget(text)
    layout.addWidget(buttons)
    dialog.open()
    return dialog
