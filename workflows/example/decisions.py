"""The decisions under way on 15 January 2024."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from documents.models import AuthorityKind
from workflows.example.scene import HEADS, Scene, decision, scene
from workflows.models import Opinion, Response

if TYPE_CHECKING:
    from workflows.example.acts import Paper


def policy_2024(paper: Paper) -> Iterator[Scene]:
    """The decision about to replace 1073: returned once, one dissent, checked."""
    name = "Chính sách và Mục tiêu chất lượng 2024"
    plan = decision("Chính sách chất lượng và Mục tiêu chất lượng năm 2024", year=2024)
    yield scene(
        "2023-12-12",
        "14:20",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-noivu",
        "NV",
        plan,
        "chinh-sach-muc-tieu-2024-lan-1",
    )
    yield scene("2023-12-13", "09:05", f"{name}: gửi trưởng phòng", paper.submit, "cv-noivu")
    yield scene(
        "2023-12-14",
        "10:15",
        f"{name}: trình lần đầu",
        paper.propose,
        "tp-noivu",
        "Kính trình ban hành Chính sách chất lượng và Mục tiêu chất lượng năm 2024, thay thế "
        "Quyết định số 1073/QĐ-CT.",
    )
    yield scene(
        "2023-12-18",
        "14:45",
        f"{name}: bị trả lại",
        paper.return_unopened,
        "thuky-iso",
        "Thiếu bảng so sánh kết quả năm 2023; chưa có mục tiêu về hồ sơ trực tuyến.",
    )
    yield scene(
        "2023-12-19", "08:20", f"{name}: giao sửa lại", paper.assign, "tp-noivu", "cv-noivu"
    )
    yield scene(
        "2023-12-26",
        "15:30",
        f"{name}: sửa lại",
        paper.rewrite,
        "cv-noivu",
        "chinh-sach-muc-tieu-2024-lan-2",
    )
    yield scene("2023-12-26", "15:45", f"{name}: gửi lại trưởng phòng", paper.resubmit, "cv-noivu")
    yield scene(
        "2023-12-27",
        "15:10",
        f"{name}: trình bản sửa đổi 2",
        paper.propose,
        "tp-noivu",
        "Kính trình ban hành Chính sách chất lượng và Mục tiêu chất lượng năm 2024, thay thế "
        "Quyết định số 1073/QĐ-CT. Chính sách giữ nguyên; hai mục tiêu đổi mức hoặc kỳ báo cáo, "
        "thêm một mục tiêu về hồ sơ trực tuyến. Đã bổ sung bảng so sánh kết quả năm 2023.",
    )
    yield scene(
        "2023-12-28", "08:30", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", HEADS, 5
    )
    yield from _opinions_2024(paper, name)
    yield scene(
        "2024-01-09",
        "10:05",
        f"{name}: kết luận, ghi nhận 1 ý kiến khác",
        paper.conclude,
        "pct-vanxa",
        "Thống nhất; giải trình về mục tiêu 1 tại Bảng tổng hợp.",
        answers={
            "tp-taichinh": (
                Response.Sort.EXPLAINED,
                "Quý IV năm 2023 đã đạt 99,2%. Bổ sung một vị trí tại Bộ phận Tiếp nhận từ tháng 02.",
            ),
            "tp-tuphap": (
                Response.Sort.ACCEPTED,
                "Kỳ khảo sát đã ghi là hằng quý tại Phụ lục II.",
            ),
        },
    )
    yield scene(
        "2024-01-12",
        "16:20",
        f"{name}: thẩm tra",
        paper.check,
        "cvp",
        "Đủ điều kiện ký; còn một ý kiến khác đã được giải trình.",
    )


def _opinions_2024(paper: Paper, name: str) -> Iterator[Scene]:
    yield scene("2023-12-29", "09:15", f"{name}: cho ý kiến", paper.opinion, "tp-kinhte")
    yield scene("2024-01-02", "10:30", f"{name}: cho ý kiến", paper.opinion, "tbp-tiepnhan")
    yield scene(
        "2024-01-03",
        "14:10",
        f"{name}: góp ý",
        paper.opinion,
        "tp-tuphap",
        choice=Opinion.Choice.AGREE_WITH_REMARKS,
        remarks="Mục tiêu 2: ghi rõ kỳ khảo sát là quý.",
    )
    yield scene(
        "2024-01-04",
        "15:40",
        f"{name}: không đồng ý",
        paper.opinion,
        "tp-taichinh",
        choice=Opinion.Choice.DISAGREE,
        remarks="Mục tiêu 1: 99% hồ sơ đúng hạn vượt khả năng nhân lực hiện có; đề nghị giữ 98% "
        "đến hết quý II.",
    )
    yield scene("2024-01-05", "08:50", f"{name}: cho ý kiến", paper.opinion, "cvp")


def committee(paper: Paper) -> Iterator[Scene]:
    """Signed on Friday, to be numbered; takes effect on 22 January."""
    name = "Kiện toàn Ban Chỉ đạo ISO"
    plan = decision(name, field="noi_chinh")
    yield scene(
        "2024-01-02",
        "08:45",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-noivu",
        "NV",
        plan,
        "kien-toan-ban-chi-dao",
    )
    yield scene("2024-01-02", "09:20", f"{name}: gửi trưởng phòng", paper.submit, "cv-noivu")
    yield scene(
        "2024-01-03",
        "08:40",
        f"{name}: trình",
        paper.propose,
        "tp-noivu",
        "Kính trình kiện toàn Ban Chỉ đạo ISO do thay đổi nhân sự của các phòng.",
    )
    yield scene(
        "2024-01-03",
        "10:00",
        f"{name}: lấy ý kiến",
        paper.open_round,
        "thuky-iso",
        ("tp-tuphap", "tp-taichinh", "cvp"),
        3,
    )
    for hour, head in (("08:30", "tp-tuphap"), ("09:10", "tp-taichinh"), ("10:20", "cvp")):
        yield scene("2024-01-05", hour, f"{name}: cho ý kiến", paper.opinion, head)
    yield scene(
        "2024-01-08", "09:00", f"{name}: kết luận", paper.conclude, "pct-vanxa", "Thống nhất."
    )
    yield scene("2024-01-10", "09:30", f"{name}: thẩm tra", paper.check, "cvp", "Đủ điều kiện ký.")
    yield scene("2024-01-12", "15:45", f"{name}: ký", paper.sign, "chutich")


def office_objectives(paper: Paper) -> Iterator[Scene]:
    """Of the committee's authority, referred up to the Chairman."""
    name = "Mục tiêu chất lượng của Văn phòng"
    plan = decision(
        "Mục tiêu chất lượng năm 2024 của Văn phòng",
        field="noi_chinh",
        authority=AuthorityKind.COMMITTEE,
        year=2024,
    )
    yield scene(
        "2024-01-02",
        "14:00",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-vanphong",
        "VP",
        plan,
        "muc-tieu-van-phong-2024",
    )
    yield scene("2024-01-02", "14:30", f"{name}: gửi Chánh Văn phòng", paper.submit, "cv-vanphong")
    yield scene(
        "2024-01-03",
        "09:00",
        f"{name}: trình",
        paper.propose,
        "cvp",
        "Kính trình Ủy ban nhân dân quận phê duyệt Mục tiêu chất lượng năm 2024 của Văn phòng.",
    )
    reviewers = ("tp-noivu", "tp-tuphap", "tp-taichinh")
    yield scene(
        "2024-01-04", "08:30", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", reviewers, 3
    )
    for hour, head in zip(("09:00", "13:40", "15:15"), reviewers, strict=True):
        yield scene("2024-01-05", hour, f"{name}: cho ý kiến", paper.opinion, head)
    yield scene(
        "2024-01-08", "09:30", f"{name}: kết luận", paper.conclude, "pct-vanxa", "Thống nhất."
    )
    yield scene("2024-01-10", "14:00", f"{name}: thẩm tra", paper.check, "cvp", "Đủ điều kiện ký.")
    yield scene(
        "2024-01-11",
        "10:00",
        f"{name}: trình Chủ tịch",
        paper.refer,
        "pct-vanxa",
        "Văn bản thuộc thẩm quyền của Ủy ban nhân dân quận; đề nghị Chủ tịch quyết định.",
    )


def audit_plan(paper: Paper) -> Iterator[Scene]:
    """Returned: an auditor was not independent."""
    name = "Kế hoạch đánh giá nội bộ 2024"
    plan = decision("Kế hoạch đánh giá nội bộ năm 2024", field="tong_hop")
    yield scene(
        "2024-01-09",
        "14:30",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-noivu",
        "NV",
        plan,
        "ke-hoach-danh-gia-noi-bo-2024",
    )
    yield scene("2024-01-10", "08:10", f"{name}: gửi trưởng phòng", paper.submit, "cv-noivu")
    yield scene(
        "2024-01-11",
        "08:50",
        f"{name}: trình",
        paper.propose,
        "tp-noivu",
        "Kính trình ban hành Kế hoạch đánh giá nội bộ năm 2024.",
    )
    yield scene(
        "2024-01-12",
        "14:20",
        f"{name}: bị trả lại",
        paper.return_unopened,
        "thuky-iso",
        "Dòng 2: đánh giá viên của Phòng Nội vụ đánh giá chính Phòng Nội vụ, chưa độc lập với "
        "đơn vị được đánh giá.",
    )
