"""A paper to go at once: a meeting with minutes, an opinion that came late, and no need any more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from documents.models import Urgency
from workflows.example.acts import moment
from workflows.example.scene import Scene, decision, scene
from workflows.models import Opinion
from workflows.services.meeting import Said

if TYPE_CHECKING:
    from workflows.example.acts import Paper

DAY, ASKED = "2024-01-12", ("tp-noivu", "cvp", "tbp-tiepnhan")
SAID = {
    "tp-noivu": Said(present=True, choice=Opinion.Choice.AGREE),
    "cvp": Said(
        present=True,
        choice=Opinion.Choice.AGREE_WITH_REMARKS,
        remarks="Điều 1: ghi rõ ai ký phiếu hẹn khi nhận hồ sơ giấy.",
    ),
    "tbp-tiepnhan": Said(present=False),
}


def civil_status(paper: Paper) -> Iterator[Scene]:
    """From noon of one day to that of the next; withdrawn when the system ran again."""
    name = "Phương án tạm thời về hộ tịch"
    plan = decision("Phương án tạm thời giải quyết hồ sơ hộ tịch", field="tu_phap")
    yield scene(
        "2024-01-11", "15:20", f"{name}: soạn thảo", paper.draft, "cv-tuphap", "TP", plan,
        "phuong-an-tam-thoi-ho-tich",
    )  # fmt: skip
    yield scene("2024-01-11", "15:40", f"{name}: gửi trưởng phòng", paper.submit, "cv-tuphap")
    yield scene(
        "2024-01-11", "16:05", f"{name}: trình hỏa tốc", paper.propose, "tp-tuphap",
        "Hệ thống một cửa gián đoạn từ 14 giờ; kính trình ban hành ngay phương án tạm thời.",
        urgency=Urgency.AT_ONCE,
    )  # fmt: skip
    yield scene(
        "2024-01-11", "16:30", f"{name}: triệu tập họp", paper.call_meeting, "thuky-iso", ASKED,
        moment(DAY, "08:00"), "Phòng họp số 2",
    )  # fmt: skip
    yield scene(
        DAY, "09:05", f"{name}: ghi biên bản họp", paper.minute, "thuky-iso", "pct-vanxa", SAID,
        "Phòng Tư pháp đọc dự thảo. Cuộc họp thống nhất Điều 2, đề nghị ghi rõ người ký phiếu hẹn.",
    )  # fmt: skip
    yield scene(
        DAY, "09:50", f"{name}: ý kiến muộn", paper.answer_late, "tbp-tiepnhan",
        "Bộ phận Tiếp nhận đã có mẫu phiếu hẹn giấy, đề nghị dùng chung.",
    )  # fmt: skip
    yield scene(
        DAY, "11:10", f"{name}: rút", paper.withdraw, "tp-tuphap",
        "Hệ thống một cửa đã hoạt động trở lại lúc 10 giờ 30.",
    )  # fmt: skip
