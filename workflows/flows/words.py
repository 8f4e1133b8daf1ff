"""What an outcome is called on the diagram of a procedure; stored names stay as they are."""

from __future__ import annotations

from types import MappingProxyType

OUTCOMES = MappingProxyType(
    {
        "abandoned": "Bỏ số",
        "allowed": "Cho đi trước",
        "assigned": "Giao sửa",
        "confirmed": "Xác nhận",
        "declined": "Lấy ý kiến trước",
        "endorsed": "Thống nhất",
        "issued": "Phát hành",
        "opened": "Mở lượt",
        "passed": "Đạt",
        "proposed": "Trình",
        "put_urgently": "Trình khẩn",
        "referred": "Chuyển lên",
        "refused": "Không vào sổ",
        "registered": "Cấp số",
        "resubmitted": "Trình lại",
        "returned": "Trả lại",
        "settled": "Đã xử lý",
        "signed": "Ký",
        "unconfirmed": "Không xác nhận",
    }
)


def outcome_words(outcome: str) -> str:
    """Say an outcome in Vietnamese; one that nobody has put into words yet says its own name."""
    return OUTCOMES.get(outcome, outcome)
