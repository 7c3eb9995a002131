"""Vietnamese words that stand beside the names of places and people, or are both.

Two words that belong together are written with a low line. All are in one spelling, `vietnamese_spelling.canonical`.
"""

from __future__ import annotations

from .vietnamese_spelling import canonical


def _words(text: str) -> frozenset[str]:
    """The words of a text in the spelling in which they are asked for."""
    return frozenset(map(canonical, text.split()))


AUTHORITIES = _words(
    """
    tỉnh thành_phố tp tp. thủ_đô cố_đô ubnd ủy_ban hđnd ubmttq mttq tỉnh_ủy thành_ủy tỉnh_đoàn thành_đoàn tand vksnd
    công_an sở cục chi_cục cục_thuế hải_quan kiểm_lâm bộ_chqs bchqs bđbp cdc csgt cảnh_sát đài_ptth đài_pt-th
    đbqh thuộc địa_bàn trên_địa_bàn nông_dân ngư_dân người_dân nhân_dân bà_con cử_tri đồng_bào
    doanh_nghiệp lãnh_đạo chính_quyền đất biển vùng_biển vùng miền khu_vực ngoại_thành nội_thành
    đại_học đh bệnh_viện bv sân_bay cảng khách_du_lịch du_lịch báo_chí ngành
    """
)
"""Ranks, offices and people of a place: what they introduce is what is spoken of."""
WITHIN = _words("điểm_cầu ở tại về đến tới lên ra vào qua khắp sang")
ORIGINS = _words(
    """
    quê quê_ở quê_tại quê_gốc quê_quán nguyên_quán sinh_ở sinh_tại đến_từ người gốc người_gốc con_gái con_trai
    trú ngụ trú_tại ngụ_tại trú_ở ngụ_ở hộ_khẩu thường_trú tạm_trú cư_trú hktt đăng_ký
    """
)
ASIDES = _words(
    """
    cao_tốc tuyến cách so_với hướng đi sông núi đèo hồ vịnh đầm quốc_lộ từ hơn như giống kém
    """
)
NAMES = _words(
    """
    đường phố đại_lộ ngõ hẻm cầu ngã_tư ngã_ba vòng_xoay bến_xe chợ chung_cư tòa_nhà kcn khu_công_nghiệp
    thôn ấp bản làng xóm khu_phố tổ_dân_phố buôn
    thpt thcs tiểu_học mầm_non mẫu_giáo
    công_ty tập_đoàn tổng_công_ty ngân_hàng nhà_máy xi_măng thép bia nước_mắm thủy_điện nhiệt_điện dược dược_phẩm cao_su
    chứng_khoán khách_sạn nhà_hàng siêu_thị vàng xổ_số taxi
    clb câu_lạc_bộ đội fc hlv ha becamex xskt
    báo tạp_chí tờ hoa_hậu á_hậu nam_vương
    ông bà anh chị em cô chú bác cháu bé cầu_thủ nghệ_sĩ ca_sĩ nhạc_sĩ diễn_viên nhà_thơ nhà_văn họa_sĩ nsnd nsưt
    tướng đại_tướng thượng_tướng trung_tướng thiếu_tướng đại_tá
    tư_tưởng lăng quảng_trường bảo_tàng chiến_dịch chiến_thắng trận tàu
    """
)
COMPOUNDS = _words(
    """
    bộ_đội quân_đội trẻ_em đàn_em đàn_ông đàn_bà thông_báo cảnh_báo dự_báo tiếng_anh hè_phố con_đường thành_phố
    lên_đường mở_đường báo_cáo nước_anh tại_chợ bị_vàng con_em nhu_cầu yêu_cầu toàn_cầu
    """
)
"""Words whose second syllable, by itself, would say something else."""
AFTER_NAMES = _words("fc mười phủ dương học")
"""What goes on behind a name that is not that of the place, whatever its capitals."""
WORDS_TOO = _words("anh ý áo bỉ đức nga pháp nhật mỹ séc úc")
"""Names of one syllable that are words or first names as well: where a sentence begins with one, it is that."""
PEOPLE = frozenset({"hồ chí minh"})
"""Names of places that are those of people: for a place they stand only behind a rank or an authority."""
SURNAMES = _words(
    """
    Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Lý Trương Đinh Trịnh Tạ Mai Tô Hà Cao Lương Đào Đoàn
    Kiều Lại Lưu Châu Quách Tăng Thân Triệu Vương Nông Lò Giàng Sùng Hầu Thào Ksor Chu Doãn Khổng Khuất Lục Nghiêm Phí
    Phùng Tiêu Tống Từ Bạch Cù Diệp Đàm Hàn Hứa Kha Lâm Liễu Lữ Mạc Tôn Ung Thạch Danh Kim Ma Mã Viên Quàng Cầm Bế Thái
    """
)
PLAIN_SURNAMES = _words("Nguyễn Trần Lê Phạm Huỳnh Phan Võ Đặng Bùi Đỗ Ngô Trương Đinh Trịnh Tạ Dương Hoàng Vũ")
"""Family names that are hardly anything else: even at the head of a sentence a person follows."""
EVERYDAY = _words(
    """
    anh ý áo bỉ đức nga pháp nhật mỹ séc úc lào oman mali chile peru
    hòa_bình thái_bình cao_bằng hải_dương thanh_hóa bình_định bình_dương bình_phước nam_định hà_nam an_giang
    điện_biên yên_bái sơn_la phú_thọ vĩnh_phúc hưng_yên bình_thuận ninh_bình long_an hậu_giang phú_yên gia_lai
    """
)
EVERYDAY_FOLDED = _words(
    """
    hoa_binh thai_binh cao_bang hai_duong thanh_hoa binh_dinh binh_duong nam_dinh ha_nam dien_bien son_la gia_lai
    binh_phuoc phu_tho hung_yen ninh_binh hau_giang vinh_phuc phu_yen yen_bai binh_thuan
    """
)
"""Names of places that are words of every day, or nearly, where no capital tells them apart."""
