"""The sheets as one file that needs nothing else: what is kept when a paper is issued."""

from __future__ import annotations

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

STYLES = ("tokens.css", "app.css")


def standalone(sheets: SafeString, *, title: str) -> SafeString:
    """Wrap sheets into a whole HTML page with its own styles, for screen and for print on A4.

    The styles are our own files, taken in as they are on the day of issue; no script, no address.
    """
    folder = settings.BASE_DIR / "static" / "ban_hanh"
    styles = "\n".join((folder / name).read_text(encoding="utf-8") for name in STYLES)
    return format_html(
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{}</title><style>{}</style></head>"
        '<body><main><article class="paper">{}</article></main></body></html>\n',
        title,
        # Our own stylesheet; a closing tag cannot stand in CSS.
        mark_safe(styles.replace("</", "<\\/")),  # noqa: S308
        sheets,
    )
