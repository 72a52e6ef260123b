"""A long name gives way to the buttons beside it."""

from pytestqt.qtbot import QtBot

from app.views.widgets.elided_label import ElidedLabel


def test_a_long_name_does_not_widen_the_page(qtbot: QtBot) -> None:
    label = ElidedLabel("a very long name of a case " * 20)
    qtbot.addWidget(label)
    label.resize(200, 30)
    label.show()
    assert label.minimumSizeHint().width() <= 100
    assert label.grab().width() == 200
