"""What may become of a study of hazards in the draft: a peril, an event set, an index history."""

from dataclasses import dataclass

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

from app.finance.case.cover.index_tables import Measure
from app.finance.insurance.hazard_tracks import AVERAGING_LABELS, Averaging
from app.i18n import _, active_language, translator
from app.services.documents import Document
from app.services.hazard_taken import CurveOffer, TriggerOffer, curve_offers, trigger_offers

LONGEST = 120


@dataclass(frozen=True, slots=True)
class Subject:
    """What was studied.

    Attributes:
        there: whether there is a study; storms: whether it is one of winds of storms.
        counted: whether its storms are known one by one.
        name: its site or station; winds: averaging time of its winds, "" for none.
        measures: what a trigger has to read to take it as its history.
    """

    there: bool = False
    storms: bool = True
    name: str = ""
    winds: str = ""
    measures: tuple[Measure, ...] = ()
    counted: bool = True


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
        self._document: Document = {}
        self._subject = Subject()
        self._offers: tuple[CurveOffer, ...] = ()
        self._triggers: tuple[TriggerOffer, ...] = ()
        self._curve = self._box("hazard.curve")
        self._curve.currentIndexChanged.connect(lambda _index: self._say())
        self._trigger = self._box("hazard.trigger")
        self._trigger.currentIndexChanged.connect(lambda _index: self._say())
        self._station = QLineEdit()
        self._station.setObjectName("hazard.station")
        self._station.setMaxLength(LONGEST)
        self.peril = self._button("hazard.as_peril", _("Take over as peril"), self.peril_wanted)
        self.events = self._button(
            "hazard.as_events", _("Take over as event set"), self.events_wanted
        )
        self.history = self._button(
            "hazard.as_history", _("Take over as index history"), self.history_wanted
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
        """Offer the curves of a draft; what was chosen stays. `show_study` follows."""
        self._document = document
        chosen = self.curve()
        held = "" if chosen is None else chosen.name
        self._offers = curve_offers(document, translator(active_language()))
        self._curve.clear()
        self._curve.addItems([_("choose…"), *(offer.title for offer in self._offers)])
        own = 1 if self._offers and not self._offers[0].shipped else 0
        names = ["", *(offer.name for offer in self._offers)]
        self._curve.setCurrentIndex(names.index(held) if held in names[1:] else own)

    def show_study(self, subject: Subject) -> None:
        """Offer what a study can become."""
        self._subject = subject
        for widget in self._of_curve:
            widget.setVisible(subject.storms)
        held = self._trigger.currentText()
        self._triggers = trigger_offers(self._document, subject.measures)
        self._trigger.clear()
        self._trigger.addItems([offer.name for offer in self._triggers])
        self._trigger.setCurrentIndex(max(self._trigger.findText(held), 0))
        self._station.setText(subject.name[:LONGEST])
        self.peril.setEnabled(subject.there)
        self.events.setEnabled(subject.there and subject.counted)
        self.history.setEnabled(subject.there and bool(self._triggers))
        self._say()

    def _say(self) -> None:
        """Say which winds curve and trigger read, and what an index history needs."""
        subject, said = self._subject, []
        curve, trigger = self.curve(), self._chosen_trigger()
        if subject.winds and curve is not None:
            said.append(_curve_words(curve.averaging, subject.winds))
        if subject.winds and trigger is not None and trigger.averaging not in ("", subject.winds):
            text = _(
                "The trigger reads the {reads}, the winds are the {winds}: choose that averaging "
                "time and compute again before they become its history."
            )
            said.append(text.format(reads=_time(trigger.averaging), winds=_time(subject.winds)))
        if subject.there and subject.measures and not self._triggers:
            said.append(
                _(
                    "An index history needs a trigger that reads this measure: switch on the index "
                    "cover and enter one, or use a template."
                )
            )
        self._hint.setText("\n".join(said))
        self._hint.setVisible(bool(said))

    def curve(self) -> CurveOffer | None:
        """Return the curve that is chosen; one of the draft is before another is."""
        at = self._curve.currentIndex() - 1
        return self._offers[at] if 0 <= at < len(self._offers) else None

    def _chosen_trigger(self) -> TriggerOffer | None:
        at = self._trigger.currentIndex()
        return self._triggers[at] if 0 <= at < len(self._triggers) else None

    def trigger(self) -> str:
        """Return the trigger whose readings are meant."""
        return self._trigger.currentText()

    def station(self) -> str:
        """Return the name of the station of the readings."""
        return self._station.text().strip()


def _time(averaging: str) -> str:
    return _(AVERAGING_LABELS[Averaging(averaging)])


def _curve_words(reads: str, winds: str) -> str:
    """Say whether a curve reads the winds of the study."""
    if not reads:
        text = _("The curve is to read the same winds, in m/s: {winds}.")
        return text.format(winds=_time(winds))
    if reads == winds:
        return _("Curve and winds agree: {winds}, m/s.").format(winds=_time(winds))
    text = _(
        "The curve reads the {reads}, the winds are the {winds}: choose that averaging time and "
        "compute again before they are taken together."
    )
    return text.format(reads=_time(reads), winds=_time(winds))
