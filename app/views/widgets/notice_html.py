"""Red flags and warnings as HTML, each a link to the input it is about."""

from collections.abc import Iterable, Sequence
from html import escape

from app.finance.notices import Notice, Severity
from app.i18n import N_, Translator
from app.messages import notice_source, notice_text
from app.views.widgets.value_parts import PageParts

MOST_FIRST = 3
"""Red flags and warnings shown on a page of its own; all of them are on the overview."""


def _notice(notice: Notice, tr: Translator) -> str:
    flag = notice.severity is Severity.RED_FLAG
    kind = tr(N_("Red flag")) if flag else tr(N_("Warning"))
    style, sign = ("flag", "■") if flag else ("warn", "△")
    text = escape(notice_text(notice, tr))
    source = escape(notice_source(notice, tr))
    if notice.path:
        text = f'<a href="field:{notice.path}">{text}</a>'
    return (
        f'<tr><td class="flags"><span class="{style}">{sign} {escape(kind)}</span> {text} '
        f'<span class="small">{source}</span></td></tr>'
    )


def notices_html(notices: Iterable[Notice], tr: Translator) -> str:
    """Return notices under each other, "" for none."""
    rows = "".join(_notice(notice, tr) for notice in notices)
    return f'<table width="100%" cellspacing="2">{rows}</table>' if rows else ""


def first_notices(notices: Sequence[Notice], section: str, parts: PageParts) -> str:
    """Return the first red flags and warnings, those of a section first, and where all are."""
    ordered = sorted(
        notices,
        key=lambda one: (
            one.severity is not Severity.RED_FLAG,
            not one.path.startswith(section),
        ),
    )
    more = len(ordered) - MOST_FIRST
    rest = ""
    if more > 0:
        text = parts.say(N_("{count} more on the overview"), count=str(more))
        rest = f'<p><a class="more" href="page:overview">{text}</a></p>'
    return notices_html(ordered[:MOST_FIRST], parts.tr) + rest
