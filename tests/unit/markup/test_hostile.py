"""Markup that means harm: nothing of it is left that could act."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.article import Html
from feedsvc.domain.clean import printable
from feedsvc.markup.policy import sanitised
from feedsvc.markup.reader import HtmlReader
from tests.rules.html import html as broken_rules

BASE = "https://bao.example/tin/"

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://e.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "<script/x>alert(1)</script\n>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=9>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<math href='javascript:alert(1)'>x</math>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)' / >",
    "<p onclick=alert(1)>x</p>",
    "<p OnMouseOver='alert(1)'>x</p>",
    "<p on\x00click=alert(1)>x</p>",
    "<body onload=alert(1)>x",
    "<details open ontoggle=alert(1)>x</details>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='\u00a0javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='//e.example' ping='https://e.example/'>x</a>",
    "<img src='javascript:alert(1)'>x",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>x",
    "<iframe src=https://e.example/></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>x</iframe>",
    "<object data=x></object><embed src=x><applet code=x></applet>",
    "<frameset><frame src=x></frameset>",
    "<style>@import 'https://e.example/x.css'</style>",
    "<style>p{background:url(javascript:alert(1))}</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<link rel=stylesheet href=https://e.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='https://e.example/'><a href=x>x</a>",
    "<form action=javascript:alert(1)><input type=submit formaction=javascript:x><button>x</button></form>",
    "<isindex action=javascript:alert(1) type=image>",
    "<video src=x onerror=alert(1)><source src=x></video><audio src=x></audio>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<!--[if IE]><img src=x onerror=alert(1)><![endif]-->x",
    "<![if true]><script>alert(1)</script><![endif]>",
    "<!-- --!><script>alert(1)</script> -->",
    "<!--><script>alert(1)</script>-->",
    "<!-- ` --><img src=`x`onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<title></title><img src=x onerror=alert(1)>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<noembed><img src=x onerror=alert(1)></noembed>",
    "<template><script>alert(1)</script></template>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg><foreignobject><p><style><!--</style><img src=x onerror=alert(1)>--></p></foreignobject></svg>",
    "<table><td><table><td><script>alert(1)</script>",
    "<p title='<img src=x onerror=alert(1)>'>x</p>",
    "<abbr title='\"><script>alert(1)</script>'>x</abbr>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p>&amp;lt;script&amp;gt;</p>",
    "<?xml-stylesheet href='javascript:alert(1)'?>x",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<p lang='\"onload=alert(1)'>x</p>",
    "<time datetime='\" onclick=alert(1)'>x</time>",
    "<a href='https://e.example/\" onclick=\"alert(1)'>x</a>",
    "<div><div><img src=x:alert(alt) onerror=eval(src) alt=xss></div></div>",
    "\ud83d<script>alert(1)</script>",
]
PIECES = st.sampled_from(
    [
        *(
            "<",
            ">",
            "</",
            "/>",
            "<!--",
            "-->",
            "--!>",
            "<![CDATA[",
            "]]>",
            "'",
            '"',
            "`",
            "=",
            " ",
            "\n",
            "\x00",
            "\x0c",
        ),
        *("script", "style", "svg", "math", "mtext", "mglyph", "table", "td", "noscript", "textarea", "title", "xmp"),
        *("plaintext", "template", "iframe", "form", "a", "b", "p", "img", "pre", "select", "option", "foreignobject"),
        *("<p>", "</p>", "<svg>", "<style>", "</style>", "<math>", "<table>", "<a href=", "<img src=x ", "<b>", "</b>"),
        *("onerror=alert(1)", " href=", "javascript:", "data:", "http://e.example/", "x", "&lt;", "&#106;", "&colon;"),
    ]
)


def harm(markup: str) -> list[str]:
    """Everything in published HTML that could act, as a parser sees it."""
    return list(broken_rules("it", markup))


def harm_of(html: str) -> list[str]:
    return [found for block in HtmlReader().read(html, BASE) if isinstance(block, Html) for found in harm(block.markup)]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_active_is_left(attack: str) -> None:
    for html in (attack, f"<p>một {attack} hai</p>", f"<div><b>{attack}</b></div>", "<div>" * 400 + attack):
        assert harm_of(html) == []
        assert harm(sanitised(printable(html))) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_read_once_stays_as_it_is_when_it_is_read_again(attack: str) -> None:
    for block in HtmlReader().read(f"<p>một {attack} hai</p>", BASE):
        if isinstance(block, Html):
            assert sanitised(block.markup) == sanitised(sanitised(block.markup))


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if "&lt;" not in attack and "CDATA" not in attack])
def test_a_script_is_no_text(attack: str) -> None:
    assert "<script" not in HtmlReader().plain(attack)


def test_the_text_beside_an_attack_survives() -> None:
    assert HtmlReader().plain("một <script>alert(1)</script><svg/onload=alert(1)>x</svg>hai") == "một hai"


@given(st.text())
def test_any_text_gives_markup_without_harm(text: str) -> None:
    assert harm_of(text) == []
    assert isinstance(HtmlReader().plain(text), str)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_heap_of_markup_gives_markup_without_harm(html: str) -> None:
    assert harm_of(html) == []
    assert "\n" not in HtmlReader().plain(html)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_the_plain_text_of_markup_that_was_read_is_its_text(html: str) -> None:
    for block in HtmlReader().read(html, BASE):
        if isinstance(block, Html):
            assert HtmlReader().plain(block.markup) == block.text
