"""Texts that were read in the wrong encoding come right, and no other text is touched."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.language import Mended
from feedsvc.text.neutral import Neutral
from feedsvc.text.vietnamese import Vietnamese

from .writing import BROKEN, as_latin_1, tcvn_3, twice, utf8, viscii_8, vni_8, windows_1258

VI, UND = Vietnamese(), Neutral()
RIVER = (
    "Chiều thứ bảy, người dân xã Tân Hòa đã cùng nhau dọn sạch đoạn kênh dài gần hai cây số chảy qua chợ. "
    "Từ sáng sớm, hơn ba trăm người mang cuốc, xẻng và xuồng nhỏ tới vớt lục bình, rác nhựa, rồi trồng thêm hàng dừa "
    "nước giữ bờ. Ông Bảy Nhỏ, tổ trưởng tổ tự quản, cho biết nước trong trở lại thì ghe chở trái cây mới vào được "
    "tận bến, bà con bán hàng đỡ phải thuê xe. Xã sẽ giữ nếp này vào mỗi cuối tháng, và mời các trường học."
)
FRENCH = (
    "La mairie a rouvert le vieux pont à la circulation dès l’été. Les élèves de l’école voisine y passent désormais "
    "à pied, et le marché du samedi a retrouvé sa place près de la forêt. « C’est déjà une fête », dit la boulangère."
)
HONEST = {
    "vi": RIVER,
    "fr": FRENCH,
    "de": "Die Brücke über die Spree öffnet früher als geplant – „schön für alle“. Größe: 30 m².",
    "pt": "A ESTAÇÃO de ônibus não fechará às terças: a decisão já valerá até o fim do verão. Ação, coração, irmã.",
    "es": "El año pasado llovió más que nunca; ¿volverá a ocurrir? ¡Ojalá no!, dijo la señora Ibáñez, de 60 años.",
    "it": "Perché la città è più verde? Però già a metà estate l’acqua mancò: così andò, e ciò non cambierà.",
    "sv": "På ön bor få människor året om, men när sommaren kommer ökar antalet båtar i hamnen. Åre är långt härifrån.",
    "da": "Færgen sejler også på søndage, når vejret er til det; børn rejser gratis. Ærø og Ålborg er målet.",
    "is": "Það er ekki auðvelt að veiða fisk þegar sjórinn er svona úfinn, sagði skipstjórinn við blaðið.",
    "pl": "Zażółć gęślą jaźń – łódź płynie wciąż dalej, a pięć żółtych świateł gaśnie. Źródło: własne.",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy, a děti se tomu smály celý týden.",
    "tr": "Çocuklar öğleden sonra göl kıyısında şarkı söyledi; İstanbul’dan gelenler de dinledi.",
    "ru": "Мост снова открыт, и дети ходят по нему в школу каждый день. «Наконец», говорит учитель.",
    "zh": "新桥今天通车，孩子们终于可以步行上学了。",
    "en": "The café’s new menu – “simple, honest” – costs €12; it’s naïve to hope for less… ½ price on Mondays, 20°C.",
    "code": 'print("Ã©".encode("latin-1").decode("utf-8"))  # é; b"\\xc3\\xa9" shows as Ã©, and “ as â€œ',
}
"""Sentences of our own that hold what misreadings are made of."""
ABOUT = (
    "Why does UTF-8 look broken? Because FranÃ§ois, cafÃ©, naÃ¯ve and schÃ¶n are what other programs show if they read "
    "a file in windows-1252, and that is how you know what went wrong with it on its long way to you."
)


def mend(found: Mended | None, text: str) -> str:
    assert found is not None
    assert found.mend is not None
    return found.mend(text)


@pytest.mark.parametrize("name", BROKEN)
def test_vietnamese_that_was_read_wrongly_comes_right(name: str) -> None:
    encoding, written = BROKEN[name]
    broken = written(RIVER)
    found = VI.mended(broken)
    assert found is not None
    assert found.encoding == encoding
    assert mend(found, broken) == RIVER
    assert mend(found, "") == ""


@pytest.mark.parametrize("name", ["once", "twice", "latin-1"])
@pytest.mark.parametrize("tag", [tag for tag in HONEST if tag not in {"code", "vi"}])
def test_utf_8_that_was_read_wrongly_comes_right_in_every_language(tag: str, name: str) -> None:
    text = HONEST[tag]
    broken = BROKEN[name][1](text)
    for language in (VI, UND):
        assert mend(language.mended(broken), broken) == text


@pytest.mark.parametrize("tag", HONEST)
def test_honest_text_is_left_alone(tag: str) -> None:
    text = HONEST[tag]
    for one in (text, f"<p>{text}</p>" * 20, unicodedata.normalize("NFD", text), text.upper(), text.replace("đ", "ð")):
        assert VI.mended(one) is None
        assert UND.mended(one) is None


def test_a_text_about_encodings_keeps_its_examples() -> None:
    assert VI.mended(ABOUT) is None
    assert UND.mended(ABOUT) is None
    assert UND.mended("Ã©, Ã¨, Ã§ and Ã¤ are four of them.") is None


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_is_never_touched(text: str) -> None:
    assert VI.mended(text) is None
    assert UND.mended(text) is None


@given(st.lists(st.sampled_from([*RIVER.split(), *FRENCH.split(), *HONEST["de"].split(), *HONEST["pt"].split()])))
def test_no_order_of_honest_words_is_touched(words: list[str]) -> None:
    assert VI.mended(" ".join(words)) is None
    assert UND.mended(" ".join(words)) is None


@given(st.text(st.sampled_from("aeiouâÃÒìðñï»©®µ¸ \xa0<>&;.\x81€“Ä‘áºđ"), max_size=400))
def test_whatever_comes_nothing_is_raised_and_mending_twice_is_mending_once(text: str) -> None:
    for language in (VI, UND):
        found = language.mended(text)
        if found is not None and found.mend is not None:
            assert isinstance(found.mend(text), str)


@given(st.permutations(RIVER.replace(",", "").replace(".", "").split()))
def test_mending_gives_back_what_was_written(words: list[str]) -> None:
    text = " ".join(words)
    for written in (utf8, twice, windows_1258, vni_8, viscii_8, tcvn_3):
        broken = written(text)
        assert mend(VI.mended(broken), broken) == text


class TestFieldByField:
    def test_a_field_that_was_read_well_stays(self) -> None:
        for written in (utf8, twice, windows_1258, tcvn_3, vni_8, viscii_8):
            found = VI.mended(written(RIVER))
            assert mend(found, "Giữ lại con kênh") == "Giữ lại con kênh"
            assert mend(found, "Kinh") == "Kinh"

    def test_a_short_field_is_mended_as_its_text_is(self) -> None:
        for written in (utf8, twice, windows_1258, tcvn_3, vni_8, viscii_8):
            assert mend(VI.mended(written(RIVER)), written("Trần Thị Mười")) == "Trần Thị Mười"

    def test_an_example_in_the_title_of_an_honest_text_stays(self) -> None:
        assert UND.mended("Why Ã© stands for é") is None
        assert UND.mended("cafÃ©") is None

    def test_tags_are_kept_and_say_nothing(self) -> None:
        html = f'<p class="x">{RIVER}</p><img src="a.jpg" alt="Kênh sạch">'
        for written in (utf8, twice, windows_1258, tcvn_3, vni_8, viscii_8):
            broken = written(html)
            assert mend(VI.mended(broken), broken) == html


class TestUtf8:
    def test_no_break_spaces_that_became_plain_come_back(self) -> None:
        broken = utf8(FRENCH).replace("\xa0", " ")
        assert mend(UND.mended(broken), broken) == FRENCH
        broken = utf8(RIVER).replace("\xa0", " ")
        assert mend(VI.mended(broken), broken) == RIVER

    def test_words_that_run_together_then_are_not_certain(self) -> None:
        broken = " ".join(utf8(RIVER + " là và bà cà nhà xà đà gà ta").replace("\xa0", " ").split())
        found = UND.mended(broken)
        assert found == Mended("UTF-8", None)

    def test_typography_that_a_site_put_around_it_stays(self) -> None:
        broken = f"«\xa0{utf8(RIVER)}…\xa0»"
        assert mend(VI.mended(broken), broken) == f"«\xa0{RIVER}…\xa0»"

    def test_what_lost_bytes_is_recognised_and_not_mended(self) -> None:
        broken = RIVER.encode().decode("cp1252", "replace")
        assert "\ufffd" in broken
        assert VI.mended(broken) == Mended("UTF-8", None)
        assert UND.mended(broken) == Mended("UTF-8", None)

    def test_what_is_no_utf_8_in_some_character_is_not_mended(self) -> None:
        broken = f"{utf8(RIVER)} a\xe0\x80\x80b"
        assert VI.mended(broken) == Mended("UTF-8", None)

    def test_what_was_misread_twice_and_lost_bytes_in_between_is_not_mended(self) -> None:
        broken = utf8(RIVER.encode().decode("cp1252", "replace"))
        assert VI.mended(broken) == Mended("UTF-8", None)

    def test_characters_that_came_after_this_python_are_characters(self) -> None:
        text = RIVER + " \U0001fae8\U0001cc00"
        assert mend(VI.mended(utf8(text)), utf8(text)) == text

    def test_an_honest_text_that_quotes_broken_ones_stays(self) -> None:
        assert VI.mended(f"{RIVER} {utf8(RIVER)}") is None
        assert VI.mended(f"{RIVER} {tcvn_3(RIVER)}") is None


class TestTcvn3:
    def test_letters_between_capitals_are_capitals(self) -> None:
        found = VI.mended(tcvn_3(RIVER))
        for text in ("THỦ ĐÔ HÀ NỘI", "TIỀN GIANG", "UBND Hà Nội", "Bà Rịa", "BÀ RỊA", "Từ WHO ở Huế", "AN Ở ĐÔ THÀNH"):
            assert mend(found, tcvn_3(text)) == text

    def test_too_short_a_text_stays_as_it_is(self) -> None:
        assert VI.mended(tcvn_3("Tiền Giang: bế mạc hội chợ trái cây")) is None

    def test_a_line_that_was_read_well_stays_among_others(self) -> None:
        broken = f"<p>{tcvn_3(RIVER)}</p><p>Đọc tiếp: ghe về bến</p>"
        assert mend(VI.mended(broken), broken) == f"<p>{RIVER}</p><p>Đọc tiếp: ghe về bến</p>"

    def test_words_that_were_read_well_within_a_line_leave_nothing_certain(self) -> None:
        assert VI.mended(f"{tcvn_3(RIVER)} Đọc tiếp") == Mended("TCVN3", None)

    def test_what_lost_letters_is_recognised_and_not_mended(self) -> None:
        broken = tcvn_3(RIVER).translate(dict.fromkeys(b"\xad\xb5\xb8"))
        assert VI.mended(broken) == Mended("TCVN3", None)


def articles(shared: Path) -> Iterator[str]:
    for name in ("vi-news-dev", "vi-hard-cases-dev"):
        with (shared / "data" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for article in map(json.loads, lines):
                if "trap" not in article or " read as " not in article["trap"]:
                    yield unicodedata.normalize("NFC", f"{article.get('title', '')}\n{article.get('text', '')}")


@pytest.mark.shared
def test_no_article_that_was_read_well_is_touched(shared: Path) -> None:
    touched = [text[:60] for text in articles(shared) if VI.mended(text) or UND.mended(text)]
    assert touched == []


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "least"), [*((name, 0.99) for name in list(BROKEN)[:5]), ("vni", 0.98), ("viscii", 0.98)]
)
def test_articles_read_wrongly_come_right(
    name: str, least: float, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """50 words each; but for the case of letters in TCVN3, which has no toned capitals."""
    encoding, written = BROKEN[name]
    same = str.casefold if encoding == "TCVN3" else str
    tried = right = 0
    for text in fifty_words(shared):
        try:
            broken = written(text)
        except UnicodeEncodeError:
            continue
        found = VI.mended(broken)
        tried += 1
        right += found is not None and found.mend is not None and same(found.mend(broken)) == same(text)
    with capsys.disabled():
        print(f"{name}: {right} of {tried} texts mended exactly ({right / tried:.2%})")  # noqa: T201
    assert tried > 1000
    assert right >= least * tried


def fifty_words(shared: Path) -> Iterator[str]:
    """Accented Vietnamese, fifty words at a time; what is written in references to characters is ASCII."""
    for text in articles(shared):
        words = text.split(" ")
        for start in range(0, len(words) - 49, 50):
            piece = " ".join(words[start : start + 50])
            if (
                "&#" not in piece
                and "cute;" not in piece
                and sum(not word.isascii() for word in words[start : start + 50]) > 20
            ):
                yield piece


@pytest.mark.parametrize("text", [RIVER * 3, "The quick brown fox. " * 50, FRENCH * 4])
def test_honest_text_costs_next_to_nothing(text: str) -> None:
    text = text[:1000]
    times = []
    for _ in range(200):
        start = time.perf_counter()
        VI.mended(text)
        times.append(time.perf_counter() - start)
    assert min(times) < 50e-6


@pytest.mark.parametrize("piece", ["Ã", "Ã ", "á»", "Ã©", "<", "µ", "ò", "aï", "ð"])
def test_time_grows_with_the_text_alone(piece: str) -> None:
    times = []
    for size in (20_000, 200_000):
        start = time.perf_counter()
        VI.mended(piece * size)
        UND.mended(as_latin_1(piece) * size)
        times.append(time.perf_counter() - start)
    assert times[1] < 40 * times[0] + 0.1
