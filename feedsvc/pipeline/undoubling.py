"""Undoes what was escaped once too often: software that escapes what another one had escaped before is everywhere.

`Tom &amp;amp; Jerry` reads as `Tom &amp; Jerry` in a document that is right, and no person wrote that.
"""

from __future__ import annotations

import re
from html import unescape

from ..ports import Markup

REFERENCE = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#39|#0?34|#x27|#8[0-9]{3}|#x20[0-9a-f]{2}|[lr][sd]quo|hellip|[mn]dash);", re.I
)
"""References that software writes. Others, `&copy;` say, may be what a text is about."""
ELEMENTS = (
    "a abbr acronym address article aside b big blockquote body br button caption center cite code dd del div dl dt em "
    "figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header html i iframe ins kbd label li main mark nav "
    "object ol option p pre q s samp script section select small span strike strong style sub sup table tbody td "
    "textarea tfoot th thead title tr tt u ul var video"
)
CLOSING = re.compile(rf"</(?:{'|'.join(ELEMENTS.split())})\s*>", re.I)
ESCAPED_CLOSING = re.compile(r"&lt;/(?:a|p|ul|ol|div|span|table|strong|em|h[1-6]|figure|blockquote)\s*&gt;", re.I)
ENDLESS = re.compile(r"&#(?:[0-9]{9}|x[0-9a-f]{8})[0-9a-f]*;?", re.I)
"""References to no character, whose digits may be as many as take minutes to read."""
MOST = 3
"""Times that a text may have been escaped."""


def plain_text(text: str, markup: Markup) -> str:
    """A plain text, read as HTML for as long as it is HTML; what only looks a little like it (`a < b`) stays."""
    for _ in range(MOST):
        if "&" in text and REFERENCE.search(text):
            text = _unescaped(text)
        elif "</" in text and CLOSING.search(text):
            text = markup.plain(text)
        else:
            break
    return text


def plain_name(name: str, markup: Markup) -> str:
    """The name of a person, which is about no reference, whichever it holds."""
    return plain_text(_unescaped(name) if "&" in name else name, markup)


def hypertext(html: str) -> str:
    """HTML; where there is no tag in it, and its text begins with one and closes some, that text was the HTML."""
    if "<" in html or not html.lstrip().startswith("&lt;") or not ESCAPED_CLOSING.search(html):
        return html
    return _unescaped(html)


def _unescaped(text: str) -> str:
    return unescape(ENDLESS.sub("", text))
