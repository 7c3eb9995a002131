"""Markdown (CommonMark with tables), with or without YAML front matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ...domain.clean import one_line
from ...domain.record import Hypertext, RawRecord
from .fields import record_of
from .frontmatter import front_matter

DEEPEST = 100
"""Levels within one another; what lies deeper is lost."""
LONGEST = 60_000
"""Characters that are read; what is beyond is cut between paragraphs. A hostile text takes long to render."""


def read_markdown(key: str, text: str) -> RawRecord:
    """The record of a Markdown text: its title is the front matter's, else its first heading, else its first line.

    Raises ValueError, with the reason, when the front matter cannot be read.
    """
    fields, body = front_matter(text)
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST}).enable("table")
    body = _within(body)
    tokens = parser.parse(body)
    if rules := _leading_rules(tokens):
        body = "\n".join(body.split("\n")[rules:])
        tokens = parser.parse(body)
    own = fields.get("title")
    title = one_line(own) if isinstance(own, str) else ""
    headline = _headline(tokens)
    if headline and title in {"", headline}:
        fields["title"], tokens = headline, tokens[3:]
    elif not title:
        first, _, rest = body.lstrip().partition("\n")
        if line := _text(parser.parseInline(first)):
            fields["title"], tokens = line, parser.parse(rest)
    return record_of(key, fields, Hypertext(parser.renderer.render(tokens, parser.options, {})))


def _leading_rules(tokens: Sequence[Token]) -> int:
    """The lines of the rules (`---`) that a Markdown text begins with."""
    rules = [token.map[1] for token in takewhile(lambda token: token.type == "hr", tokens) if token.map]
    return rules[-1] if rules else 0


def _headline(tokens: Sequence[Token]) -> str:
    """The text of the heading that a Markdown text begins with, if it does."""
    return _text(tokens[1:2]) if tokens and (tokens[0].type, tokens[0].tag) == ("heading_open", "h1") else ""


def _text(tokens: Iterable[Token]) -> str:
    return one_line("".join(_pieces(tokens)))


def _pieces(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            yield token.content
        elif token.type in {"softbreak", "hardbreak"}:
            yield " "
        else:
            yield from _pieces(token.children or ())


def _within(body: str) -> str:
    if len(body) <= LONGEST:
        return body
    end = body.rfind("\n\n", LONGEST // 2, LONGEST)
    return body[: end if end > 0 else LONGEST]
