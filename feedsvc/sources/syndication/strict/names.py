"""What feedparser calls the elements of a feed, and which of them it reads without any consequence for a record.

It knows an element by the usual prefix of its namespace and its name in lower case, and what it has never heard of
it keeps under that name. What is not listed here is in doubt, and so is a prefix that usually stands for another
namespace: feedparser confuses the two.
"""

from __future__ import annotations

from collections.abc import Iterable

ATOM = "http://www.w3.org/2005/Atom"
RSS_1 = "http://purl.org/rss/1.0/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ATOM_FEED = f"{{{ATOM}}}feed"
BARE = frozenset({ATOM.lower(), RSS_1})
RDF_ROOT = f"{{{RDF}}}RDF"
XHTML = "http://www.w3.org/1999/xhtml"
DEFAULTS = {"rss": (None, None), ATOM_FEED: (ATOM, RSS_1), RDF_ROOT: (RSS_1, ATOM)}
"""The roots of feeds, with the namespace that may go without a prefix, and the one that would make it another feed."""
BARE_PREFIXES = frozenset({"atom", "atom10", "a10", "rss1"})
"""Prefixes of the namespaces whose elements feedparser reads as if they were in none."""
PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.georss.org/georss": "georss",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    XHTML: "xhtml",
    RDF: "rdf",
}
"""The prefixes under which feedparser keeps the elements that this reader knows, by namespace in lower case."""
OTHER_PREFIXES = frozenset({("", XHTML), ("cc", "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html")})
"""Prefixes that are often written instead of those, and confused with none."""
NEVER = frozenset(
    """http://backend.userland.com/rss http://blogs.law.harvard.edu/tech/rss http://my.netscape.com/rdf/simple/0.9/
    http://example.com/newformat# http://example.com/necho http://purl.org/echo/ uri/of/echo/namespace#
    http://purl.org/pie/ http://purl.org/atom/ns# http://purl.org/rss/1.0/modules/rss091# http://www.w3.org/1999/xlink
    http://example.com/dtds/podcast-1.0.dtd http://creativecommons.org/ns#license http://web.resource.org/cc/
    http://www.opengis.net/gml http://podlove.org/simple-chapters
    http://www.w3.org/1998/math/mathml http://www.w3.org/2000/svg""".split()
)
"""Namespaces, in lower case, that mean something to feedparser and nothing to this reader."""
RESERVED = BARE_PREFIXES | frozenset("cc gml psc xlink xml xmlns title summary author publisher contributor".split())
"""Prefixes, and beginnings of the names that feedparser gives, which no unknown namespace may have."""
INERT = "inert"
"""The name of all elements that change nothing."""
MEANT = frozenset(
    """rss channel feed image textinput author managingeditor contributor name width height url homepage uri email
    subtitle tagline rights copyright item entry language webmaster published issued pubdate updated modified
    lastbuilddate created expirationdate category keywords cloud link guid id title description abstract info
    generator summary enclosure source content body fullitem newlocation tags where georssgeom geom svg math
    date entries items links authors guidislink publisher publishers contributors license
    content_encoded dc_author dc_creator dc_date dc_description dc_language dc_publisher dc_rights dc_subject dc_title
    dc_contributor dcterms_created dcterms_issued dcterms_modified dcterms_valid feedburner_browserfriendly
    georss_point georss_line georss_polygon georss_box georss_where itunes_author itunes_category itunes_name
    itunes_email itunes_subtitle itunes_summary itunes_owner itunes_keywords itunes_image itunes_link itunes_block
    itunes_explicit media_category media_keywords media_title media_group media_rating media_credit media_description
    media_restriction media_license media_content media_thumbnail media_player media_caption xhtml_body
    creativecommons_license""".split()
)
"""All the names that feedparser acts upon, and those under which it keeps what a record is made of."""


class Doubt(Exception):
    """Something that feedparser might read in another way than it seems."""


class Names(dict[str, str]):
    """The names of the elements of one feed, by their tags as lxml writes them.

    `declared` are its prefixes, in any place, with their namespaces. Raises Doubt, also when it is made, where one
    may stand for another: feedparser goes by prefixes, wherever in the feed they are declared, and in any case.
    """

    def __init__(self, root: object, declared: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        if root not in DEFAULTS:
            raise Doubt(str(root))
        self._prefixes: dict[str, str] = {}
        default, other = DEFAULTS[str(root)]
        spaces: dict[str, str] = {}
        for prefix, space in declared:
            lower = prefix.lower()
            if space == other or (lower and spaces.setdefault(lower, space) != space):
                raise Doubt(space)
            if space != default or lower:
                self._declare(lower, space)

    def _declare(self, prefix: str, space: str) -> None:
        lower = space.lower()
        if not space or lower in NEVER or "backend.userland.com/rss" in lower or " " in space or not prefix.isascii():
            raise Doubt(space)
        if lower in BARE:
            clear = space in {ATOM, RSS_1} and prefix in BARE_PREFIXES
        elif lower in PREFIXES:
            clear = prefix == PREFIXES[lower] or (prefix, lower) in OTHER_PREFIXES
            prefix = PREFIXES[lower]
        else:
            clear = prefix not in RESERVED
        if not clear or self._prefixes.setdefault(space, prefix) != prefix:
            raise Doubt(space)

    def __missing__(self, tag: object) -> str:
        if not isinstance(tag, str):
            raise Doubt("a processing instruction")
        self[tag] = name = self._name(tag)
        return name

    def _name(self, tag: str) -> str:
        space, _, local = tag.rpartition("}")
        local = local.lower()
        if not local.isascii() or ":" in local or local in {"svg", "math"}:
            raise Doubt(tag)
        if space in {"", "{" + ATOM, "{" + RSS_1}:
            prefix = ""
        else:
            prefix = self._prefixes.get(space[1:], "")
            if not prefix and local in MEANT:
                raise Doubt(tag)
        if not prefix and "_" in local:
            raise Doubt(tag)
        name = f"{prefix}_{local}" if prefix else local
        return name if name in MEANT else INERT
