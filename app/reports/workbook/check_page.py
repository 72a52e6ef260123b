"""The page of checks: the figures of the workbook against those of the program, to the fen."""

from app.i18n import N_
from app.reports.workbook.book import Book, cell, headed, unit_text
from app.reports.workbook.looks import RED, Kind, Look

LABEL, HERE, PROGRAM, DIFFERENCE, ANSWER = range(5)
HEADS = 3


def write_checks(book: Book) -> str:
    """Write the page; return the address of the number of figures that differ."""
    words = book.words
    page = book.page("checks")
    page.line(
        1,
        words(
            N_(
                "As the workbook comes, every line agrees to the fen. After a change of an "
                "assumption a line that depends on it differs: the column of the program keeps "
                "what the document says."
            )
        ),
        Look.NOTE,
        last=ANSWER,
    )
    yuan = " ".join(dict.fromkeys(unit_text(words, "yuan").lines))
    heads = (
        (N_("Figure"), ""),
        (N_("In this workbook"), yuan),
        (N_("By the program"), yuan),
        (N_("Difference"), yuan),
        (N_("Answer"), ""),
    )
    for column, (head, unit) in enumerate(heads):
        page.text(HEADS, column, headed(words(head), unit), Look.HEAD)
    page.widths.fixed |= {LABEL: 44.0, HERE: 22.0, PROGRAM: 22.0, DIFFERENCE: 20.0, ANSWER: 18.0}
    page.freeze(HEADS + 1, 1)
    agrees, differs = (" · ".join(words(text).lines) for text in (N_("agrees"), N_("differs")))
    row = HEADS
    for row, check in enumerate(book.checks, start=HEADS + 1):
        page.text(row, LABEL, check.label)
        page.formula(row, HERE, f"={check.place}", check.value, Kind.MONEY)
        page.value(row, PROGRAM, check.value, Kind.MONEY)
        page.formula(
            row, DIFFERENCE, f"=ROUND({cell(row, HERE)}-{cell(row, PROGRAM)},2)", 0, Kind.MONEY
        )
        page.formula(
            row,
            ANSWER,
            f'=IF(ABS({cell(row, DIFFERENCE)})<0.005,"{agrees}","{differs}")',
            agrees,
            None,
        )
    first = cell(HEADS + 1, DIFFERENCE)
    marked = book.workbook.add_format({"font_color": RED, "bold": True})
    page.sheet.conditional_format(
        HEADS + 1,
        DIFFERENCE,
        row,
        ANSWER,
        {"type": "formula", "criteria": f"=ABS(${first})>=0.005", "format": marked},
    )
    total = row + 2
    page.text(total, LABEL, words(N_("Figures that differ")), Look.STRONG)
    span = f"{cell(HEADS + 1, DIFFERENCE)}:{cell(row, DIFFERENCE)}"
    return page.formula(
        total, HERE, f"=SUMPRODUCT((ABS({span})>=0.005)*1)", 0, Kind.COUNT, look=Look.TOTAL
    )
