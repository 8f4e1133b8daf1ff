"""The papers issued in 2022 and 2023, the books they continue, and what the clock noticed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import uuid5

from documents.models import Document, KnownBy
from documents.services import externals, registers
from documents.services.externals import Completion
from workflows import clock as office_clock
from workflows.example.acts import NAMESPACE, Paper
from workflows.example.scene import HEADS, Scene, decision, scene
from workflows.models import Duty
from workflows.services import duties

if TYPE_CHECKING:
    from workflows.example.office import Cast

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


def books(cast: Cast) -> Iterator[Scene]:
    """The paper books that the registers continue."""
    clerk = cast.people["vanthu"]
    for day, symbol, year, after in (
        ("2022-01-04", "QĐ-CT", 2022, 811),
        ("2023-01-03", "QĐ-CT", 2023, 1072),
        ("2023-01-03", "TTr-NV", 2023, 209),
        ("2024-01-02", "PTr-VP", 2024, 15),
    ):
        yield scene(
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


def objectives_2022(paper: Paper) -> Iterator[Scene]:
    """812/QĐ-CT of 18 May 2022."""
    plan = decision("Mục tiêu chất lượng năm 2022", year=2022)
    name = "Mục tiêu chất lượng năm 2022"
    yield scene(
        "2022-04-21",
        "08:40",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-noivu",
        "NV",
        plan,
        "muc-tieu-2022",
    )
    yield scene("2022-04-25", "09:10", f"{name}: gửi trưởng phòng", paper.submit, "cv-noivu")
    yield scene(
        "2022-04-26",
        "10:00",
        f"{name}: trình",
        paper.propose,
        "tp-noivu",
        "Kính trình ban hành Mục tiêu chất lượng năm 2022 thay cho mục tiêu của năm 2021.",
    )
    yield scene(
        "2022-04-27", "08:30", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", HEADS, 5
    )
    for number, head in enumerate(HEADS):
        yield scene("2022-04-28", f"{8 + number:02}:30", f"{name}: cho ý kiến", paper.opinion, head)
    yield scene(
        "2022-05-06",
        "09:00",
        f"{name}: kết luận",
        paper.conclude,
        "pct-vanxa",
        "Thống nhất nội dung dự thảo.",
    )
    yield scene("2022-05-12", "15:00", f"{name}: thẩm tra", paper.check, "cvp", "Đủ điều kiện ký.")
    yield scene("2022-05-17", "16:00", f"{name}: ký", paper.sign, "pct-kinhte")
    yield scene(
        "2022-05-18",
        "09:00",
        f"{name}: cấp số 812/QĐ-CT, phát hành",
        paper.issue,
        "vanthu",
        dated_on=date(2022, 5, 18),
        copies=18,
    )


def archive(cast: Cast) -> Iterator[Scene]:
    """The archivist completes the legal bases that are cited again every year."""
    for words, found in BASES:
        yield scene("2022-05-20", "14:00", f"Lưu trữ bổ sung: {words}", _complete, cast, found)


def _complete(cast: Cast, found: Completion, *, at: datetime) -> None:
    stub = Document.objects.get(
        office=cast.office, known_by=KnownBy.CITATION, dated_on=found.dated_on
    )
    externals.complete_stub(document=stub, found=found, by=cast.people["luutru"], at=at)


def ticks() -> Iterator[Scene]:
    """The clock on the days on which something began."""
    for day in ("2022-05-18", "2022-05-20", "2023-07-04"):
        yield scene(day, "16:30", "Đồng hồ: ghi nhận hiệu lực bắt đầu", office_clock.tick)


def policy_2023(paper: Paper, cast: Cast) -> Iterator[Scene]:
    """1073/QĐ-CT of 4 July 2023, which replaces 812."""
    name = "Chính sách và Mục tiêu chất lượng 2023"
    plan = decision("Chính sách chất lượng và Mục tiêu chất lượng năm 2023", year=2023)
    yield scene(
        "2023-06-09",
        "14:00",
        f"{name}: soạn thảo",
        paper.draft,
        "cv-noivu",
        "NV",
        plan,
        "chinh-sach-muc-tieu-2023",
    )
    yield scene("2023-06-12", "09:00", f"{name}: gửi trưởng phòng", paper.submit, "cv-noivu")
    yield scene(
        "2023-06-13",
        "09:30",
        f"{name}: trình",
        paper.propose,
        "tp-noivu",
        "Kính trình ban hành Chính sách chất lượng và Mục tiêu chất lượng năm 2023, thay thế "
        "Quyết định số 812/QĐ-CT.",
    )
    yield scene(
        "2023-06-14", "08:30", f"{name}: lấy ý kiến", paper.open_round, "thuky-iso", HEADS, 5
    )
    for number, head in enumerate(HEADS):
        yield scene("2023-06-16", f"{8 + number:02}:45", f"{name}: cho ý kiến", paper.opinion, head)
    yield scene(
        "2023-06-23",
        "10:00",
        f"{name}: kết luận",
        paper.conclude,
        "pct-vanxa",
        "Thống nhất nội dung dự thảo.",
    )
    yield scene("2023-06-27", "15:20", f"{name}: thẩm tra", paper.check, "cvp", "Đủ điều kiện ký.")
    yield scene("2023-07-03", "16:10", f"{name}: ký", paper.sign, "pct-kinhte")
    yield scene(
        "2023-07-04",
        "09:00",
        f"{name}: cấp số 1073/QĐ-CT, phát hành",
        paper.issue,
        "vanthu",
        dated_on=date(2023, 7, 4),
        copies=20,
    )
    yield scene(
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
