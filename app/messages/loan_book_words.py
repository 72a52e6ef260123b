"""The words of the book of loans: the state of each, short enough for a cell."""

from app.i18n import N_

BOOK_STATES = {
    "enforcement": N_("enforcement"),
    "margin_call": N_("margin call"),
    "warning": N_("warning"),
    "above": N_("above all lines"),
    "discharged": N_("nothing is owed"),
    "not_drawn": N_("not drawn yet"),
}
"""States of a loan, the worst first: below its enforcement, margin-call or warning line, above all
of them, nothing owed, or not drawn on the day."""
