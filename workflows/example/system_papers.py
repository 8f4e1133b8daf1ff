"""Procedures and objectives of departments under way on 15 January 2024."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from documents.models import Kind
from workflows.example.scene import Scene, own, scene
from workflows.models import Opinion

if TYPE_CHECKING:
    from workflows.example.acts import Paper


def control_procedure(paper: Paper) -> Iterator[Scene]:
    """Concluded; the Chief of Office checks."""
    name = "Quy trình kiểm soát thông tin dạng văn bản"
    plan = own(Kind.PROCEDURE, name, field="noi_chinh")
    yield scene(
        "2024-01-03",
        "08:30",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-tuphap",
        "TP",
        plan,
        "quy-trinh-kiem-soat-thong-tin",
    )
    yield scene("2024-01-03", "09:00", f"{name}: gửi trưởng phòng", paper.submit, "cv-tuphap")
    yield scene(
        "2024-01-03",
        "15:00",
        f"{name}: trình",
        paper.propose,
        "tp-tuphap",
        "Kính trình ban hành Quy trình kiểm soát thông tin dạng văn bản.",
    )
    reviewers = ("tp-noivu", "tp-kinhte", "tp-taichinh", "tbp-tiepnhan", "cvp")
    yield scene(
        "2024-01-04", "09:00", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", reviewers, 5
    )
    for hour, head in zip(("08:20", "09:00", "10:10", "14:00", "15:30"), reviewers, strict=True):
        yield scene("2024-01-08", hour, f"{name}: cho ý kiến", paper.opinion, head)
    yield scene(
        "2024-01-11", "09:15", f"{name}: kết luận", paper.conclude, "pct-vanxa", "Thống nhất 5/5."
    )


def audit_procedure(paper: Paper) -> Iterator[Scene]:
    """Opinions complete; the head concludes."""
    name = "Quy trình đánh giá nội bộ"
    plan = own(Kind.PROCEDURE, name, field="tong_hop")
    yield scene(
        "2024-01-04",
        "14:00",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-vanphong",
        "VP",
        plan,
        "quy-trinh-danh-gia-noi-bo",
    )
    yield scene("2024-01-04", "14:20", f"{name}: gửi Chánh Văn phòng", paper.submit, "cv-vanphong")
    yield scene(
        "2024-01-05",
        "13:30",
        f"{name}: trình",
        paper.propose,
        "cvp",
        "Kính trình ban hành Quy trình đánh giá nội bộ.",
    )
    reviewers = ("tp-noivu", "tp-kinhte", "tp-tuphap", "tbp-tiepnhan")
    yield scene(
        "2024-01-08", "14:00", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", reviewers, 5
    )
    yield scene("2024-01-10", "08:40", f"{name}: cho ý kiến", paper.opinion, "tp-noivu")
    yield scene("2024-01-10", "10:40", f"{name}: cho ý kiến", paper.opinion, "tp-kinhte")
    yield scene(
        "2024-01-11",
        "14:30",
        f"{name}: góp ý",
        paper.opinion,
        "tp-tuphap",
        choice=Opinion.Choice.AGREE_WITH_REMARKS,
        remarks="Khoản 4.3: nêu rõ mười ngày làm việc tính từ ngày ký biên bản đánh giá.",
    )
    yield scene("2024-01-12", "09:20", f"{name}: cho ý kiến", paper.opinion, "tbp-tiepnhan")


def economy_objectives(paper: Paper) -> Iterator[Scene]:
    """Two of four opinions, due on 18 January."""
    name = "Mục tiêu chất lượng Phòng Kinh tế"
    plan = own(
        Kind.QUALITY_OBJECTIVES,
        "Mục tiêu chất lượng năm 2024 của Phòng Kinh tế",
        field="kinh_te",
        year=2024,
    )
    yield scene(
        "2024-01-09",
        "08:30",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-kinhte",
        "KT",
        plan,
        "muc-tieu-phong-kinh-te-2024",
    )
    yield scene("2024-01-09", "09:30", f"{name}: gửi trưởng phòng", paper.submit, "cv-kinhte")
    yield scene(
        "2024-01-10",
        "09:50",
        f"{name}: trình",
        paper.propose,
        "tp-kinhte",
        "Kính trình phê duyệt Mục tiêu chất lượng năm 2024 của Phòng Kinh tế.",
    )
    yield scene(
        "2024-01-11",
        "09:40",
        f"{name}: lấy ý kiến",
        paper.open_round,
        "thuky-iso",
        ("tp-noivu", "tp-taichinh", "tp-tuphap", "cvp"),
        5,
    )
    yield scene("2024-01-12", "08:40", f"{name}: cho ý kiến", paper.opinion, "tp-noivu")
    yield scene("2024-01-12", "10:05", f"{name}: cho ý kiến", paper.opinion, "tp-taichinh")


def reception_objectives(paper: Paper) -> Iterator[Scene]:
    """Proposed; the secretary opens the round."""
    name = "Mục tiêu chất lượng Bộ phận Tiếp nhận"
    plan = own(
        Kind.QUALITY_OBJECTIVES,
        "Mục tiêu chất lượng năm 2024 của Bộ phận Tiếp nhận và Trả kết quả",
        field="noi_chinh",
        year=2024,
    )
    yield scene(
        "2024-01-10",
        "13:45",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-tiepnhan",
        "TN",
        plan,
        "muc-tieu-bo-phan-tiep-nhan-2024",
    )
    yield scene("2024-01-11", "08:15", f"{name}: gửi trưởng bộ phận", paper.submit, "cv-tiepnhan")
    yield scene(
        "2024-01-12",
        "09:35",
        f"{name}: trình",
        paper.propose,
        "tbp-tiepnhan",
        "Kính trình phê duyệt Mục tiêu chất lượng năm 2024 của Bộ phận Tiếp nhận và Trả kết quả.",
    )


def survey_procedure(paper: Paper) -> Iterator[Scene]:
    """Submitted; the head of department proposes."""
    name = "Quy trình khảo sát sự hài lòng"
    plan = own(
        Kind.PROCEDURE,
        "Quy trình khảo sát sự hài lòng của tổ chức, cá nhân",
        field="kinh_te",
    )
    yield scene(
        "2024-01-11",
        "15:00",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-kinhte",
        "KT",
        plan,
        "quy-trinh-khao-sat-hai-long",
    )
    yield scene("2024-01-12", "11:00", f"{name}: gửi trưởng phòng", paper.submit, "cv-kinhte")
