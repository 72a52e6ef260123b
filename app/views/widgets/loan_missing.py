"""What a page of the loan still lacks, each a link to its field."""

from collections.abc import Iterable
from html import escape

from app.i18n import N_, Translator
from app.messages import spec_at
from app.views.widgets.value_parts import PageParts


def field_link(path: str, text: str) -> str:
    """Return a text that leads to an input."""
    return f'<a class="more" href="field:{path}">{escape(text)}</a>'


def field_name(path: str, tr: Translator) -> str:
    """Return what an input is called, with the heading it stands under."""
    spec = spec_at(path)
    if spec is None:
        return path
    label = tr(spec.field.label)
    if not spec.field.group:
        return label
    return tr(N_("{group}: {label}")).format(group=tr(spec.field.group), label=label)


def missing_html(paths: Iterable[str], parts: PageParts) -> str:
    """Return the inputs that are missing as links, "" when none is."""
    links = [field_link(path, field_name(path, parts.tr)) for path in paths]
    if not links:
        return ""
    missing = parts.say(N_("Still missing:"))
    return f"<p><b>{missing}</b> {' · '.join(links)}</p>"
