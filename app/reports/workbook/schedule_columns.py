"""Where the columns of the repayment schedule stand, and what its drawings are called."""

from app.reports.workbook.loan_course import Course

NUMBER, FROM, TO, DUE, DAYS, RATE, OPENING, DRAWN, INTEREST, PRINCIPAL, FEE, PAYMENT, CLOSING = (
    range(13)
)
PLANNED, KIND = 13, 14
HEADS = 3
FIRST = HEADS + 1
"""Columns, the row of the heads, and that of the first line."""


def drawing_name(course: Course, place: int) -> str:
    """Return the name of the cell of a tranche, in order of their days; all at once is the loan."""
    lines = course.loan.tranches
    if not lines:
        return "loan_amount_yuan"
    order = sorted(range(len(lines)), key=lambda n: (lines[n].day, lines[n].amount_yuan))
    return f"loan_tranches_{order[place]}_amount_yuan"
