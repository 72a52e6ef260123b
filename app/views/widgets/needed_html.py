"""What is still needed before there are results, as HTML."""

from html import escape

from app.i18n import _
from app.views.widgets.place_names import place_name

MOST_NEEDED = 12


def needed_html(paths: list[str]) -> str:
    """List inputs that are still needed, each a link to its field."""
    items = [
        f'<p><a class="more" href="field:{escape(path)}">{escape(place_name(path))}</a></p>'
        for path in dict.fromkeys(paths)
    ]
    more = len(items) - MOST_NEEDED
    tail = f"<p>{_('and {count} more').format(count=more)}</p>" if more > 0 else ""
    intro = _("Still needed before there are results:")
    return f"<h3>{intro}</h3>{''.join(items[:MOST_NEEDED])}{tail}"
