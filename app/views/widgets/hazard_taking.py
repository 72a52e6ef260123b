"""What may become of a study of hazards in the draft: a peril, an event set, an index history."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.finance.insurance.hazard_tracks import AVERAGING_LABELS, Averaging
from app.i18n import _, active_language, translator
from app.services.documents import Document
from app.services.hazard_questions import HazardKind
from app.services.hazard_taken import CurveOffer, curve_offers, trigger_names

LONGEST = 120


class HazardTaking(QGroupBox):
    """A curve with two buttons, a trigger and a station with a third.

    Signals:
        peril_wanted(), events_wanted(), history_wanted(): the study shall be taken over so.
    """

    peril_wanted = Signal()
    events_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Take over into the draft"), parent)
        self._offers: tuple[CurveOffer, ...] = ()
        self._winds = ""
        self._curve = self._box("hazard.curve")
        self._curve.currentIndexChanged.connect(lambda _index: self._show_winds())
        self._trigger = self._box("hazard.trigger")
        self._station = QLineEdit()
        self._station.setObjectName("hazard.station")
        self._station.setMaxLength(LONGEST)
        self.peril = self._button("hazard.as_peril", _("Take over as peril"), self.peril_wanted)
        self.events = self._button("hazard.as_events", _("… as event set"), self.events_wanted)
        self.history = self._button(
            "hazard.as_history", _("… as index history"), self.history_wanted
        )
        self._hint = QLabel()
        self._hint.setObjectName("hazard.taking")
        self._hint.setProperty("role", "hint")
        self._hint.setWordWrap(True)
        curve, trigger = QLabel(_("&Damage curve")), QLabel(_("&Trigger"))
        station = QLabel(_("Stat&ion"))
        curve.setBuddy(self._curve)
        trigger.setBuddy(self._trigger)
        station.setBuddy(self._station)
        self._of_curve = (curve, self._curve, self.peril, self.events)
        grid = QGridLayout(self)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.addWidget(curve, 0, 0)
        grid.addWidget(self._curve, 0, 1, 1, 3)
        grid.addWidget(self.peril, 0, 4)
        grid.addWidget(self.events, 0, 5)
        grid.addWidget(trigger, 1, 0)
        grid.addWidget(self._trigger, 1, 1)
        grid.addWidget(station, 1, 2)
        grid.addWidget(self._station, 1, 3)
        grid.addWidget(self.history, 1, 4, 1, 2)
        grid.addWidget(self._hint, 2, 0, 1, 6)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box

    def _button(self, name: str, text: str, wanted: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(wanted)
        return button

    def show_draft(self, document: Document) -> None:
        """Offer the curves and triggers of a draft; what was chosen stays."""
        held = self._curve.currentText()
        self._offers = curve_offers(document, translator(active_language()))
        self._curve.clear()
        for offer in self._offers:
            self._curve.addItem(offer.title)
        self._curve.setCurrentIndex(max(self._curve.findText(held), 0))
        held = self._trigger.currentText()
        self._trigger.clear()
        self._trigger.addItems(list(trigger_names(document)))
        self._trigger.setCurrentIndex(max(self._trigger.findText(held), 0))

    def show_study(self, kind: HazardKind, *, there: bool, name: str = "", winds: str = "") -> None:
        """Offer what a study can become; `name` is its site or station, `winds` their averaging."""
        self._winds = winds
        storms = kind is HazardKind.TRACKS
        for widget in self._of_curve:
            widget.setVisible(storms)
        self._station.setText(name[:LONGEST])
        self.peril.setEnabled(there)
        self.events.setEnabled(there)
        has_trigger = self._trigger.count() > 0
        self.history.setEnabled(there and has_trigger)
        self.history.setToolTip("" if has_trigger else _no_trigger())
        self._show_winds()

    def _show_winds(self) -> None:
        """Say which winds the curve reads, and what an index history needs."""
        said = []
        curve = self.curve()
        if self._winds and curve is not None:
            said.append(self._curve_words(curve))
        if not self._trigger.count():
            said.append(_no_trigger())
        self._hint.setText("\n".join(said))
        self._hint.setVisible(bool(said))

    def _curve_words(self, curve: CurveOffer) -> str:
        winds = _(AVERAGING_LABELS[Averaging(self._winds)])
        if not curve.averaging:
            text = _("The curve is to read the same winds, in m/s: {winds}.")
            return text.format(winds=winds)
        reads = _(AVERAGING_LABELS[Averaging(curve.averaging)])
        if curve.averaging == self._winds:
            return _("Curve and winds agree: {winds}, m/s.").format(winds=winds)
        text = _(
            "The curve reads the {reads}, the winds are the {winds}: choose that averaging time "
            "and compute again before they are taken together."
        )
        return text.format(reads=reads, winds=winds)

    def curve(self) -> CurveOffer | None:
        """Return the curve that is chosen."""
        at = self._curve.currentIndex()
        return self._offers[at] if 0 <= at < len(self._offers) else None

    def trigger(self) -> str:
        """Return the trigger whose readings are meant."""
        return self._trigger.currentText()

    def station(self) -> str:
        """Return the name of the station of the readings."""
        return self._station.text().strip()


def _no_trigger() -> str:
    return _(
        "An index history needs a trigger: switch on the index cover and enter one, or use a "
        "template."
    )
