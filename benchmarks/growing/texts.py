"""Texts of articles, the same on every machine: about 1.5 KB each of invented Vietnamese."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from feedsvc.domain.article import Draft, Html, Medium, Paragraph, Role
from feedsvc.domain.article import Figure as Picture

SYLLABLES = (
    "an bà bắc bản biển bình bộ cá cầu chợ chiều cơ của cùng dân đá đại đất điện đồng đường gió giờ hà hai hàng hoa "
    "học hội huyện khách khu lá làm lên lúa mới mùa năm nắng ngày nghề người nhà nước núi ông phố quê rừng sáng sông "
    "tàu thành thôn thuyền tỉnh trường tuần vụ vườn xã xanh xuân"
).split()
START = datetime(2024, 1, 1, tzinfo=UTC)
APART = timedelta(seconds=60)
"""Between the times of publication of one article and the next."""


def published(number: int) -> datetime:
    """When an article was published."""
    return START + number * APART


def draft(number: int, key: str, at: datetime) -> Draft:
    """A draft whose words the number decides."""
    chance = random.Random(number)
    lead, first, second, third = (_sentences(chance, words) for words in (25, 40, 40, 45))
    medium = Medium(address=f"/media/{number:08d}.jpg", media_type="image/jpeg", length=81234, width=1200, height=800)
    return Draft(
        key=key,
        title=_sentences(chance, 11).rstrip("."),
        summary=lead,
        content=(
            Paragraph(lead, Role.LEAD),
            Html(f"<p>{first}</p>", first),
            Picture((medium,), caption=_sentences(chance, 12)),
            Html(f"<p>{second}</p>", second),
            Paragraph(third),
        ),
        published=at,
        dated_by="the record",
        language="vi",
        link=f"https://bao.example/tin/{number}",
        authors=("Lan Anh",),
    )


def _sentences(chance: random.Random, words: int) -> str:
    chosen: Sequence[str] = chance.choices(SYLLABLES, k=words)
    parts = [" ".join(chosen[at : at + 12]).capitalize() + "." for at in range(0, words, 12)]
    return " ".join(parts)
