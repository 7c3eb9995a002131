"""Which words can be Vietnamese syllables: onset, rime and tone, from the phonology of the written language.

A text is Vietnamese, and read in the right encoding, when nearly all of its accented words are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from . import tones

ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x".split()
RIMES = frozenset(
    """
    a ac ach ai ak am an ang anh ao ap at au ay
    ăc ăk ăm ăn ăng ăp ăt
    âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et
    ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    y ya yêm yên yêng yêt yêu ych yn ynh yt yu
    o oc oi om on ong op ot ooc oong
    ô ôc ôi ôm ôn ông ôp ôt
    ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oen oeo oet
    uân uâng uât uây uê uêch uên uênh uêt uêu uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    """.split()
)
"""Glide, nucleus and coda, without tones."""
STOPPED = ("c", "ch", "k", "p", "t")
STOPPED_TONES = ("\u0301", "\u0323")
"""Sắc and nặng: a syllable that ends in a stop has one of the two, when it is accented by its tone."""
TONE = re.compile(f"[{tones.TONES}]")
_SYLLABLE = re.compile(rf"(?:{'|'.join(sorted(ONSETS, key=len, reverse=True))})?(?P<rime>[aăâeêioôơuưy]\w*)")
TAG = re.compile(r"<[^<>]*>")
WORD = re.compile(r"[^\s\x00-\x40\x5b-\x60\x7b-\x7e]+")
"""What stands between white space and ASCII punctuation: in misread text, letters come as signs of any kind."""
AROUND = "“”‘’„–—…«»·•\xa0\u200b\ufeff"
"""Punctuation beyond ASCII, which is around words."""
ABBREVIATION = re.compile("[A-ZĐ§]+")
"""`HĐND`, in TCVN3 too: as good as ASCII, and no syllable in any encoding."""
LOOKED_AT = 20_000
"""Characters of a text that tell what all of it is."""


def words_of(text: str) -> list[str]:
    """The words at the start of a text that may hold tags, without punctuation around them."""
    plain = unicodedata.normalize("NFC", TAG.sub(" ", text[:LOOKED_AT]))
    return [word.strip(AROUND) for word in WORD.findall(plain)]


def accented(words: Iterable[str]) -> Iterator[str]:
    """Those that are not ASCII, and no abbreviations."""
    return (word for word in words if not word.isascii() and not ABBREVIATION.fullmatch(word))


@lru_cache(maxsize=8192)
def is_possible(word: str) -> bool:
    """Whether a word in NFC can be a Vietnamese syllable, and is in capitals, or small but perhaps for its first."""
    if len(word) > 8 or not (word.islower() or word.isupper() or word.istitle()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    marks = TONE.findall(parts)
    bare = unicodedata.normalize("NFC", TONE.sub("", parts))
    found = _SYLLABLE.fullmatch(bare)
    if found is None or len(marks) > 1 or not _has_rime(bare, found["rime"]):
        return False
    return not (marks and bare.endswith(STOPPED)) or marks[0] in STOPPED_TONES


def _has_rime(bare: str, rime: str) -> bool:
    """`giêng` is gi and êng, or g and iêng; `quyên` is qu and yên."""
    return rime in RIMES or (bare.startswith("gi") and f"i{rime}" in RIMES)


FOREIGN = re.compile(r"(?<![\w.’'-])[A-Z][A-Za-z]*[a-z][A-Za-z]*(?!\w|\.\w)")
"""A capitalised word in ASCII."""
OF_ALL = frozenset(
    "internet video clip online website smartphone laptop covid email blog showbiz logo robot album".split()
)
"""Words of every language."""
OF_HERE = ("viet", "vin", "hanoi", "saigon")
"""What names begin with that are of Vietnam, though no syllable of it."""


def foreign(text: str) -> Iterator[tuple[int, int]]:
    """Where capitalised words stand that no Vietnamese syllables are: names from abroad, mostly."""
    for found in FOREIGN.finditer(text):
        word = found.group().lower()
        if len(word) > 2 and word not in OF_ALL and not word.startswith(OF_HERE) and not _may_be_bare(word):
            yield found.span()


@lru_cache(maxsize=8192)
def _may_be_bare(word: str) -> bool:
    """Whether a word without accents may be a syllable that lost them."""
    found = _SYLLABLE.fullmatch(word)
    return found is not None and (found["rime"] in _BARE or (word.startswith("gi") and f"i{found['rime']}" in _BARE))


_BARE = frozenset("".join(unicodedata.normalize("NFD", letter)[0] for letter in rime) for rime in RIMES)
