"""Articles of 600 words, made of the sentences of the bundled samples, in which places and phrases are named."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from feedsvc.domain.article import Draft, Paragraph, Role
from feedsvc.domain.taxonomy import Taxonomy

from .gazetteer import CONFIG, names_of, phrases_of

WORDS, PARAGRAPHS = 600, 12
PUBLISHED = datetime(2026, 3, 1, 8, tzinfo=UTC)
SENTENCE = re.compile(r"(?<=[.!?]) ")
PLACES = ("Đoàn đến {}, {} trong buổi sáng.", "Ở {}, {} đã có mưa.", "Bà con {} và {} cùng làm.")
PLAIN = ("",)
TOPICS = ("Chuyện {} được nhắc nhiều.", "Nhiều người bàn về {} và {}.")


def drafts(taxonomy: Taxonomy, seed: int, count: int, words: int = WORDS) -> list[Draft]:
    """So many articles of so many words, the same for a seed and a taxonomy."""
    chance = random.Random(seed)
    titles, sentences = _samples()
    names, phrases = list(names_of(taxonomy)), list(phrases_of(taxonomy))
    return [_draft(chance, number, titles, _Words(chance, sentences, names, phrases), words) for number in range(count)]


class _Words:
    """Paragraphs of sentences of the samples; some begin with one that names places or phrases."""

    def __init__(
        self, chance: random.Random, sentences: Sequence[str], names: Sequence[str], phrases: Sequence[str]
    ) -> None:
        self._chance, self._sentences, self._names, self._phrases = chance, sentences, names, phrases

    def paragraph(self, words: int, place: int) -> str:
        """A paragraph of so many words, in this place of its article: of each three one names places, one phrases."""
        forms, named = ((PLACES, self._names), (TOPICS, self._phrases), (PLAIN, self._names))[place % 3]
        text = self._chance.choice(forms).format(*self._chance.choices(named, k=2)).split()
        while len(text) < words:
            text += self._chance.choice(self._sentences).split()
        return " ".join(text[:words])


def _draft(chance: random.Random, number: int, titles: Sequence[str], words: _Words, length: int) -> Draft:
    title = chance.choice(titles)
    size, more = divmod(length - len(title.split()), PARAGRAPHS)
    texts = [words.paragraph(size + (place < more), place) for place in range(PARAGRAPHS)]
    return Draft(
        key=str(number),
        title=title,
        summary=texts[0],
        content=tuple(Paragraph(text, Role.BODY if place else Role.LEAD) for place, text in enumerate(texts)),
        published=PUBLISHED,
        dated_by="the benchmark",
        language="vi",
    )


def _samples() -> tuple[list[str], list[str]]:
    """The titles and the sentences of the samples in plain text."""
    titles, sentences = [], []
    for file in sorted(Path(CONFIG / "samples").rglob("*.txt")):
        title, *lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line]
        titles.append(title)
        sentences += [sentence for line in lines for sentence in SENTENCE.split(line) if len(sentence.split()) > 4]
    return titles, sentences
