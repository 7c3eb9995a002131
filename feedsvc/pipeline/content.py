"""The content of an article as HTML, from its blocks; what comes from people is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ..domain.article import Block, Figure, Html, Medium
from ..domain.site import Site
from .sentences import sentences_for


def content_html(blocks: Iterable[Block], site: Site) -> str:
    """One line of HTML a block, in order, every address absolute."""
    return "\n".join(_html(block, site) for block in blocks)


def attribution_html(outlet: str, address: str, language: str) -> str:
    """The line that names the outlet of an article, in the article's language, and leads to it."""
    named = f'<a href="{escape(address)}">{escape(outlet)}</a>'
    return f"<p>{sentences_for(language).source.format(outlet=named)}</p>"


def _html(block: Block, site: Site) -> str:
    if isinstance(block, Html):
        return block.markup
    if isinstance(block, Figure):
        images = "".join(_image(medium, block.caption or block.alternative, site) for medium in block.pictures)
        caption = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
        return f"<figure>{images}{caption}</figure>"
    return f"<p>{escape(block.text, quote=False)}</p>"


def _image(medium: Medium, alternative: str, site: Site) -> str:
    size = f' width="{medium.width}" height="{medium.height}"' if medium.width and medium.height else ""
    return f'<img src="{escape(site.address(medium.address))}" alt="{escape(alternative)}"{size}>'
