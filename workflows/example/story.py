"""What happened in the fictional office until Monday 15 January 2024, paper by paper.

Each scene is a moment and an act; all scenes are played in the order of time, so that registers
and the audit read as they would in a real office.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid5

from documents.models import AccessLevel, AuthorityKind, Document, Kind, KnownBy
from documents.services import externals, registers
from documents.services.drafting import DraftPlan
from documents.services.externals import Completion
from workflows import clock
from workflows.example.acts import NAMESPACE, Paper, moment
from workflows.models import Duty, Opinion, Response
from workflows.services import duties

if TYPE_CHECKING:
    from workflows.example.office import Cast

NOW = moment("2024-01-15", "08:00")
HEADS = ("tp-kinhte", "tbp-tiepnhan", "tp-tuphap", "tp-taichinh", "cvp")

BASES = (
    (
        "Luật Tổ chức chính quyền địa phương",
        Completion(
            "Tổ chức chính quyền địa phương", "Quốc hội", date(2015, 6, 19), date(2016, 1, 1)
        ),
    ),
    (
        "Luật sửa đổi năm 2019",
        Completion(
            "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền "
            "địa phương",
            "Quốc hội",
            date(2019, 11, 22),
            date(2020, 7, 1),
        ),
    ),
    (
        "19/2014/QĐ-TTg",
        Completion(
            "Áp dụng Hệ thống quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO 9001:2008 vào "
            "hoạt động của các cơ quan, tổ chức thuộc hệ thống hành chính nhà nước",
            "Thủ tướng Chính phủ",
            date(2014, 3, 5),
            date(2014, 4, 20),
        ),
    ),
    (
        "101/QĐ-BKHCN",
        Completion(
            "Công bố mô hình khung hệ thống quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO "
            "9001:2015 cho các cơ quan, tổ chức thuộc hệ thống hành chính nhà nước tại địa phương",
            "Bộ Khoa học và Công nghệ",
            date(2019, 1, 21),
            date(2019, 1, 21),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One act of the story and the line that tells of it."""

    at: datetime
    words: str
    play: Callable[[], object]


def scenes(cast: Cast, *, password: str) -> list[Scene]:
    """Give the whole story in the order of time."""

    def paper() -> Paper:
        return Paper(cast, password)

    told = [
        *_books(cast),
        *_ticks(),
        *_objectives_2022(paper()),
        *_archive(cast),
        *_policy_2023(paper(), cast),
        *_policy_2024(paper()),
        *_committee(paper()),
        *_office_objectives(paper()),
        *_control_procedure(paper()),
        *_audit_procedure(paper()),
        *_economy_objectives(paper()),
        *_reception_objectives(paper()),
        *_survey_procedure(paper()),
        *_audit_plan(paper()),
    ]
    return sorted(told, key=lambda scene: scene.at)


def _scene(
    day: str, clock: str, words: str, act: Callable[..., object], *args: object, **kwargs: object
) -> Scene:
    at = moment(day, clock)
    return Scene(at, words, partial(act, *args, at=at, **kwargs))


def _books(cast: Cast) -> Iterator[Scene]:
    """The paper books that the registers continue."""
    clerk = cast.people["vanthu"]
    for day, symbol, year, after in (
        ("2022-01-04", "QĐ-CT", 2022, 811),
        ("2023-01-03", "QĐ-CT", 2023, 1072),
        ("2023-01-03", "TTr-NV", 2023, 209),
        ("2024-01-02", "PTr-VP", 2024, 15),
    ):
        yield _scene(
            day,
            "08:05",
            f"Văn thư mở sổ {symbol} năm {year}, sau số {after}",
            registers.open_register,
            office=cast.office,
            symbol=symbol,
            year=year,
            after=after,
            by=clerk,
        )


def _decision(
    subject: str, *, field: str = "kinh_te", authority: str = AuthorityKind.CHAIRMAN, year: int = 0
) -> DraftPlan:
    return DraftPlan(
        kind=Kind.DECISION,
        subject=subject,
        authority_kind=authority,
        field_of_work=field,
        access_level=AccessLevel.PUBLIC,
        target_from=date(year, 1, 1) if year else None,
        target_until=date(year + 1, 1, 1) if year else None,
    )


def _own(kind: str, subject: str, *, field: str, year: int = 0) -> DraftPlan:
    return DraftPlan(
        kind=kind,
        subject=subject,
        field_of_work=field,
        access_level=AccessLevel.INTERNAL,
        target_from=date(year, 1, 1) if year else None,
        target_until=date(year + 1, 1, 1) if year else None,
    )


def _objectives_2022(paper: Paper) -> Iterator[Scene]:
    plan = _decision("Mục tiêu chất lượng năm 2022", year=2022)
    name = "Mục tiêu chất lượng năm 2022"
    yield _scene(
        "2022-04-21",
        "08:40",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-noivu",
        "NV",
        plan,
        "muc-tieu-2022",
    )
    yield _scene("2022-04-25", "09:10", f"{name}: gửi trưởng phòng", paper.submit, "cv-noivu")
    yield _scene(
        "2022-04-26",
        "10:00",
        f"{name}: trình",
        paper.propose,
        "tp-noivu",
        "Kính trình ban hành Mục tiêu chất lượng năm 2022 thay cho mục tiêu của năm 2021.",
    )
    yield _scene(
        "2022-04-27", "08:30", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", HEADS, 5
    )
    for number, head in enumerate(HEADS):
        yield _scene(
            "2022-04-28", f"{8 + number:02}:30", f"{name}: cho ý kiến", paper.opinion, head
        )
    yield _scene(
        "2022-05-06",
        "09:00",
        f"{name}: kết luận",
        paper.conclude,
        "pct-vanxa",
        "Thống nhất nội dung dự thảo.",
    )
    yield _scene("2022-05-12", "15:00", f"{name}: thẩm tra", paper.check, "cvp", "Đủ điều kiện ký.")
    yield _scene("2022-05-17", "16:00", f"{name}: ký", paper.sign, "pct-kinhte")
    yield _scene(
        "2022-05-18",
        "09:00",
        f"{name}: cấp số 812/QĐ-CT, phát hành",
        paper.issue,
        "vanthu",
        dated_on=date(2022, 5, 18),
        copies=18,
    )


def _archive(cast: Cast) -> Iterator[Scene]:
    """The archivist completes the legal bases that are cited again every year."""
    for words, found in BASES:
        yield _scene("2022-05-20", "14:00", f"Lưu trữ bổ sung: {words}", _complete, cast, found)


def _complete(cast: Cast, found: Completion, *, at: datetime) -> None:
    stub = Document.objects.get(
        office=cast.office, known_by=KnownBy.CITATION, dated_on=found.dated_on
    )
    externals.complete_stub(document=stub, found=found, by=cast.people["luutru"], at=at)


def _ticks() -> Iterator[Scene]:
    """The clock on the days on which something began."""
    for day in ("2022-05-18", "2022-05-20", "2023-07-04"):
        yield _scene(day, "16:30", "Đồng hồ: ghi nhận hiệu lực bắt đầu", clock.tick)


def _policy_2023(paper: Paper, cast: Cast) -> Iterator[Scene]:
    name = "Chính sách và Mục tiêu chất lượng 2023"
    plan = _decision("Chính sách chất lượng và Mục tiêu chất lượng năm 2023", year=2023)
    yield _scene(
        "2023-06-09",
        "14:00",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-noivu",
        "NV",
        plan,
        "chinh-sach-muc-tieu-2023",
    )
    yield _scene("2023-06-12", "09:00", f"{name}: gửi trưởng phòng", paper.submit, "cv-noivu")
    yield _scene(
        "2023-06-13",
        "09:30",
        f"{name}: trình",
        paper.propose,
        "tp-noivu",
        "Kính trình ban hành Chính sách chất lượng và Mục tiêu chất lượng năm 2023, thay thế "
        "Quyết định số 812/QĐ-CT.",
    )
    yield _scene(
        "2023-06-14", "08:30", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", HEADS, 5
    )
    for number, head in enumerate(HEADS):
        yield _scene(
            "2023-06-16", f"{8 + number:02}:45", f"{name}: cho ý kiến", paper.opinion, head
        )
    yield _scene(
        "2023-06-23",
        "10:00",
        f"{name}: kết luận",
        paper.conclude,
        "pct-vanxa",
        "Thống nhất nội dung dự thảo.",
    )
    yield _scene("2023-06-27", "15:20", f"{name}: thẩm tra", paper.check, "cvp", "Đủ điều kiện ký.")
    yield _scene("2023-07-03", "16:10", f"{name}: ký", paper.sign, "pct-kinhte")
    yield _scene(
        "2023-07-04",
        "09:00",
        f"{name}: cấp số 1073/QĐ-CT, phát hành",
        paper.issue,
        "vanthu",
        dated_on=date(2023, 7, 4),
        copies=20,
    )
    yield _scene(
        "2023-07-05", "10:00", f"{name}: đăng tải lên Cổng", _put_everything_on_portal, cast
    )


def _put_everything_on_portal(cast: Cast, *, at: datetime) -> None:
    editor = cast.people["congtt"]
    waiting = Duty.objects.filter(sort=Duty.Sort.PUT_ON_PORTAL, done_at__isnull=True)
    for duty in waiting.select_related("document", "office").order_by("pk"):
        duties.put_on_portal(
            duty=duty,
            address=f"Mục Văn bản chỉ đạo, {duty.document.cited_as}",
            key=uuid5(NAMESPACE, duty.cause),
            by=editor,
            at=at,
        )


def _policy_2024(paper: Paper) -> Iterator[Scene]:
    name = "Chính sách và Mục tiêu chất lượng 2024"
    plan = _decision("Chính sách chất lượng và Mục tiêu chất lượng năm 2024", year=2024)
    yield _scene(
        "2023-12-12",
        "14:20",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-noivu",
        "NV",
        plan,
        "chinh-sach-muc-tieu-2024-lan-1",
    )
    yield _scene("2023-12-13", "09:05", f"{name}: gửi trưởng phòng", paper.submit, "cv-noivu")
    yield _scene(
        "2023-12-14",
        "10:15",
        f"{name}: trình lần đầu",
        paper.propose,
        "tp-noivu",
        "Kính trình ban hành Chính sách chất lượng và Mục tiêu chất lượng năm 2024, thay thế "
        "Quyết định số 1073/QĐ-CT.",
    )
    yield _scene(
        "2023-12-18",
        "14:45",
        f"{name}: bị trả lại",
        paper.return_unopened,
        "thuky-iso",
        "Thiếu bảng so sánh kết quả năm 2023; chưa có mục tiêu về hồ sơ trực tuyến.",
    )
    yield _scene(
        "2023-12-19", "08:20", f"{name}: giao sửa lại", paper.assign, "tp-noivu", "cv-noivu"
    )
    yield _scene(
        "2023-12-26",
        "15:30",
        f"{name}: sửa lại",
        paper.rewrite,
        "cv-noivu",
        "chinh-sach-muc-tieu-2024-lan-2",
    )
    yield _scene("2023-12-26", "15:45", f"{name}: gửi lại trưởng phòng", paper.resubmit, "cv-noivu")
    yield _scene(
        "2023-12-27",
        "15:10",
        f"{name}: trình bản sửa đổi 2",
        paper.propose,
        "tp-noivu",
        "Kính trình ban hành Chính sách chất lượng và Mục tiêu chất lượng năm 2024, thay thế "
        "Quyết định số 1073/QĐ-CT. Chính sách giữ nguyên; hai mục tiêu đổi mức hoặc kỳ báo cáo, "
        "thêm một mục tiêu về hồ sơ trực tuyến. Đã bổ sung bảng so sánh kết quả năm 2023.",
    )
    yield _scene(
        "2023-12-28", "08:30", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", HEADS, 5
    )
    yield from _opinions_2024(paper, name)
    yield _scene(
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
    yield _scene(
        "2024-01-12",
        "16:20",
        f"{name}: thẩm tra",
        paper.check,
        "cvp",
        "Đủ điều kiện ký; còn một ý kiến khác đã được giải trình.",
    )


def _opinions_2024(paper: Paper, name: str) -> Iterator[Scene]:
    yield _scene("2023-12-29", "09:15", f"{name}: cho ý kiến", paper.opinion, "tp-kinhte")
    yield _scene("2024-01-02", "10:30", f"{name}: cho ý kiến", paper.opinion, "tbp-tiepnhan")
    yield _scene(
        "2024-01-03",
        "14:10",
        f"{name}: góp ý",
        paper.opinion,
        "tp-tuphap",
        choice=Opinion.Choice.AGREE_WITH_REMARKS,
        remarks="Mục tiêu 2: ghi rõ kỳ khảo sát là quý.",
    )
    yield _scene(
        "2024-01-04",
        "15:40",
        f"{name}: không đồng ý",
        paper.opinion,
        "tp-taichinh",
        choice=Opinion.Choice.DISAGREE,
        remarks="Mục tiêu 1: 99% hồ sơ đúng hạn vượt khả năng nhân lực hiện có; đề nghị giữ 98% "
        "đến hết quý II.",
    )
    yield _scene("2024-01-05", "08:50", f"{name}: cho ý kiến", paper.opinion, "cvp")


def _committee(paper: Paper) -> Iterator[Scene]:
    name = "Kiện toàn Ban Chỉ đạo ISO"
    plan = _decision(name, field="noi_chinh")
    yield _scene(
        "2024-01-02",
        "08:45",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-noivu",
        "NV",
        plan,
        "kien-toan-ban-chi-dao",
    )
    yield _scene("2024-01-02", "09:20", f"{name}: gửi trưởng phòng", paper.submit, "cv-noivu")
    yield _scene(
        "2024-01-03",
        "08:40",
        f"{name}: trình",
        paper.propose,
        "tp-noivu",
        "Kính trình kiện toàn Ban Chỉ đạo ISO do thay đổi nhân sự của các phòng.",
    )
    yield _scene(
        "2024-01-03",
        "10:00",
        f"{name}: lấy ý kiến",
        paper.open_round,
        "thuky-iso",
        ("tp-tuphap", "tp-taichinh", "cvp"),
        3,
    )
    for hour, head in (("08:30", "tp-tuphap"), ("09:10", "tp-taichinh"), ("10:20", "cvp")):
        yield _scene("2024-01-05", hour, f"{name}: cho ý kiến", paper.opinion, head)
    yield _scene(
        "2024-01-08", "09:00", f"{name}: kết luận", paper.conclude, "pct-vanxa", "Thống nhất."
    )
    yield _scene("2024-01-10", "09:30", f"{name}: thẩm tra", paper.check, "cvp", "Đủ điều kiện ký.")
    yield _scene("2024-01-12", "15:45", f"{name}: ký", paper.sign, "chutich")


def _office_objectives(paper: Paper) -> Iterator[Scene]:
    name = "Mục tiêu chất lượng của Văn phòng"
    plan = _decision(
        "Mục tiêu chất lượng năm 2024 của Văn phòng",
        field="noi_chinh",
        authority=AuthorityKind.COMMITTEE,
        year=2024,
    )
    yield _scene(
        "2024-01-02",
        "14:00",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-vanphong",
        "VP",
        plan,
        "muc-tieu-van-phong-2024",
    )
    yield _scene("2024-01-02", "14:30", f"{name}: gửi Chánh Văn phòng", paper.submit, "cv-vanphong")
    yield _scene(
        "2024-01-03",
        "09:00",
        f"{name}: trình",
        paper.propose,
        "cvp",
        "Kính trình Ủy ban nhân dân quận phê duyệt Mục tiêu chất lượng năm 2024 của Văn phòng.",
    )
    reviewers = ("tp-noivu", "tp-tuphap", "tp-taichinh")
    yield _scene(
        "2024-01-04", "08:30", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", reviewers, 3
    )
    for hour, head in zip(("09:00", "13:40", "15:15"), reviewers, strict=True):
        yield _scene("2024-01-05", hour, f"{name}: cho ý kiến", paper.opinion, head)
    yield _scene(
        "2024-01-08", "09:30", f"{name}: kết luận", paper.conclude, "pct-vanxa", "Thống nhất."
    )
    yield _scene("2024-01-10", "14:00", f"{name}: thẩm tra", paper.check, "cvp", "Đủ điều kiện ký.")
    yield _scene(
        "2024-01-11",
        "10:00",
        f"{name}: trình Chủ tịch",
        paper.refer,
        "pct-vanxa",
        "Văn bản thuộc thẩm quyền của Ủy ban nhân dân quận; đề nghị Chủ tịch quyết định.",
    )


def _control_procedure(paper: Paper) -> Iterator[Scene]:
    name = "Quy trình kiểm soát thông tin dạng văn bản"
    plan = _own(Kind.PROCEDURE, name, field="noi_chinh")
    yield _scene(
        "2024-01-03",
        "08:30",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-tuphap",
        "TP",
        plan,
        "quy-trinh-kiem-soat-thong-tin",
    )
    yield _scene("2024-01-03", "09:00", f"{name}: gửi trưởng phòng", paper.submit, "cv-tuphap")
    yield _scene(
        "2024-01-03",
        "15:00",
        f"{name}: trình",
        paper.propose,
        "tp-tuphap",
        "Kính trình ban hành Quy trình kiểm soát thông tin dạng văn bản.",
    )
    reviewers = ("tp-noivu", "tp-kinhte", "tp-taichinh", "tbp-tiepnhan", "cvp")
    yield _scene(
        "2024-01-04", "09:00", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", reviewers, 5
    )
    for hour, head in zip(("08:20", "09:00", "10:10", "14:00", "15:30"), reviewers, strict=True):
        yield _scene("2024-01-08", hour, f"{name}: cho ý kiến", paper.opinion, head)
    yield _scene(
        "2024-01-11", "09:15", f"{name}: kết luận", paper.conclude, "pct-vanxa", "Thống nhất 5/5."
    )


def _audit_procedure(paper: Paper) -> Iterator[Scene]:
    name = "Quy trình đánh giá nội bộ"
    plan = _own(Kind.PROCEDURE, name, field="tong_hop")
    yield _scene(
        "2024-01-04",
        "14:00",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-vanphong",
        "VP",
        plan,
        "quy-trinh-danh-gia-noi-bo",
    )
    yield _scene("2024-01-04", "14:20", f"{name}: gửi Chánh Văn phòng", paper.submit, "cv-vanphong")
    yield _scene(
        "2024-01-05",
        "13:30",
        f"{name}: trình",
        paper.propose,
        "cvp",
        "Kính trình ban hành Quy trình đánh giá nội bộ.",
    )
    reviewers = ("tp-noivu", "tp-kinhte", "tp-tuphap", "tbp-tiepnhan")
    yield _scene(
        "2024-01-08", "14:00", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", reviewers, 5
    )
    yield _scene("2024-01-10", "08:40", f"{name}: cho ý kiến", paper.opinion, "tp-noivu")
    yield _scene("2024-01-10", "10:40", f"{name}: cho ý kiến", paper.opinion, "tp-kinhte")
    yield _scene(
        "2024-01-11",
        "14:30",
        f"{name}: góp ý",
        paper.opinion,
        "tp-tuphap",
        choice=Opinion.Choice.AGREE_WITH_REMARKS,
        remarks="Khoản 4.3: nêu rõ mười ngày làm việc tính từ ngày ký biên bản đánh giá.",
    )
    yield _scene("2024-01-12", "09:20", f"{name}: cho ý kiến", paper.opinion, "tbp-tiepnhan")


def _economy_objectives(paper: Paper) -> Iterator[Scene]:
    name = "Mục tiêu chất lượng Phòng Kinh tế"
    plan = _own(
        Kind.QUALITY_OBJECTIVES,
        "Mục tiêu chất lượng năm 2024 của Phòng Kinh tế",
        field="kinh_te",
        year=2024,
    )
    yield _scene(
        "2024-01-09",
        "08:30",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-kinhte",
        "KT",
        plan,
        "muc-tieu-phong-kinh-te-2024",
    )
    yield _scene("2024-01-09", "09:30", f"{name}: gửi trưởng phòng", paper.submit, "cv-kinhte")
    yield _scene(
        "2024-01-10",
        "09:50",
        f"{name}: trình",
        paper.propose,
        "tp-kinhte",
        "Kính trình phê duyệt Mục tiêu chất lượng năm 2024 của Phòng Kinh tế.",
    )
    yield _scene(
        "2024-01-11",
        "09:40",
        f"{name}: lấy ý kiến",
        paper.open_round,
        "thuky-iso",
        ("tp-noivu", "tp-taichinh", "tp-tuphap", "cvp"),
        5,
    )
    yield _scene("2024-01-12", "08:40", f"{name}: cho ý kiến", paper.opinion, "tp-noivu")
    yield _scene("2024-01-12", "10:05", f"{name}: cho ý kiến", paper.opinion, "tp-taichinh")


def _reception_objectives(paper: Paper) -> Iterator[Scene]:
    name = "Mục tiêu chất lượng Bộ phận Tiếp nhận"
    plan = _own(
        Kind.QUALITY_OBJECTIVES,
        "Mục tiêu chất lượng năm 2024 của Bộ phận Tiếp nhận và Trả kết quả",
        field="noi_chinh",
        year=2024,
    )
    yield _scene(
        "2024-01-10",
        "13:45",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-tiepnhan",
        "TN",
        plan,
        "muc-tieu-bo-phan-tiep-nhan-2024",
    )
    yield _scene("2024-01-11", "08:15", f"{name}: gửi trưởng bộ phận", paper.submit, "cv-tiepnhan")
    yield _scene(
        "2024-01-12",
        "09:35",
        f"{name}: trình",
        paper.propose,
        "tbp-tiepnhan",
        "Kính trình phê duyệt Mục tiêu chất lượng năm 2024 của Bộ phận Tiếp nhận và Trả kết quả.",
    )


def _survey_procedure(paper: Paper) -> Iterator[Scene]:
    name = "Quy trình khảo sát sự hài lòng"
    plan = _own(
        Kind.PROCEDURE,
        "Quy trình khảo sát sự hài lòng của tổ chức, cá nhân",
        field="kinh_te",
    )
    yield _scene(
        "2024-01-11",
        "15:00",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-kinhte",
        "KT",
        plan,
        "quy-trinh-khao-sat-hai-long",
    )
    yield _scene("2024-01-12", "11:00", f"{name}: gửi trưởng phòng", paper.submit, "cv-kinhte")


def _audit_plan(paper: Paper) -> Iterator[Scene]:
    name = "Kế hoạch đánh giá nội bộ 2024"
    plan = _decision("Kế hoạch đánh giá nội bộ năm 2024", field="tong_hop")
    yield _scene(
        "2024-01-09",
        "14:30",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-noivu",
        "NV",
        plan,
        "ke-hoach-danh-gia-noi-bo-2024",
    )
    yield _scene("2024-01-10", "08:10", f"{name}: gửi trưởng phòng", paper.submit, "cv-noivu")
    yield _scene(
        "2024-01-11",
        "08:50",
        f"{name}: trình",
        paper.propose,
        "tp-noivu",
        "Kính trình ban hành Kế hoạch đánh giá nội bộ năm 2024.",
    )
    yield _scene(
        "2024-01-12",
        "14:20",
        f"{name}: bị trả lại",
        paper.return_unopened,
        "thuky-iso",
        "Dòng 2: đánh giá viên của Phòng Nội vụ đánh giá chính Phòng Nội vụ, chưa độc lập với "
        "đơn vị được đánh giá.",
    )
