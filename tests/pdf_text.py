"""Texts of a printed document, page by page, as a reader that copies them gets them."""

from functools import cache

import pypdfium2


@cache
def page_texts(data: bytes) -> tuple[str, ...]:
    """Return the text of each page; pdfium reads a page in milliseconds."""
    with pypdfium2.PdfDocument(data) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return tuple(text.replace("\r\n", "\n") for text in texts)
