"""The words that stand in nearly every Vietnamese article, and so say nothing of what it is about."""

from __future__ import annotations

COMMONEST = frozenset(
    """
    ai anh ấy bà bằng bị bởi bộ các cái cần cao chỉ cho chưa chúng chức còn con có cơ cũng của cùng cuộc dân do đã đang
    đây để đến đề đi đó đối độ đồng động được gì giờ hành hay hiện hơn hội hợp hoặc học kể khác khi khoảng không là lại
    làm lên lúc lực mà mình mỗi một mới mọi mức nào này năm nay nên nếu người nhân nhiều như nhưng những ngày ngoài nhà
    nhất nói nơi nữa nước ông phải phần phát phía quá quan qua ra rất rồi sau sẽ sinh số sự tại theo thể thì thêm thế
    thành thời thực thông tin tiếp tới tổ trên trong trước trường từ từng vào vẫn và vậy về vì việc viên với vừa xã
    """.split()
)
"""In small letters, one syllable each."""
