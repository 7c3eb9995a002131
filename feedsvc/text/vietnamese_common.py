"""The words that stand in most Vietnamese articles, and so say nothing of what one is about."""

from __future__ import annotations

COMMONEST = frozenset(
    """
    bằng bị bởi cả các chỉ cho chưa có còn cũng của cùng do đã đang đây để đến đi đó được hay hơn hoặc khi không là lại
    làm lên mà mọi mỗi một này nay năm nên nếu ngày người nhất nhiều nhưng những như ở phải qua ra rất rồi sau sẽ sự tại
    theo thêm thì trên trong trước từ và vào vẫn về vì việc với
    """.split()
)
"""In small letters, one syllable each."""
