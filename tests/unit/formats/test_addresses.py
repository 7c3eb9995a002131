"""IRIs as URIs."""

from __future__ import annotations

import pytest

from feedsvc.formats.addresses import uri

CASES = {
    "https://example.org": "https://example.org",
    "https://example.org/a%20b?c=d&e=f": "https://example.org/a%20b?c=d&e=f",
    "https://đà-nẵng.vn:8443/Thời sự/?q=ê#đầu": (
        "https://xn---nng-zna70au54p.vn:8443/Th%E1%BB%9Di%20s%E1%BB%B1/?q=%C3%AA#%C4%91%E1%BA%A7u"
    ),
    "http://example.org/100%": "http://example.org/100%25",
    "http://u:p@[::1]:80/ê": "http://u:p@[::1]:80/%C3%AA",
    "http://a_b.example.org/[x]": "http://a_b.example.org/%5Bx%5D",
    "http://a<b.example.org/": "http://a%3Cb.example.org/",
}


@pytest.mark.parametrize(("iri", "expected"), CASES.items())
def test_an_iri_becomes_a_uri(iri: str, expected: str) -> None:
    assert uri(iri) == expected
    assert uri(expected) == expected


@pytest.mark.parametrize("iri", ["", "/a", "//example.org/", "ftp://example.org/", "http://", "http://[::1", "a b"])
def test_anything_else_is_refused(iri: str) -> None:
    with pytest.raises(ValueError, match=r"not an absolute|IPv6"):
        uri(iri)
