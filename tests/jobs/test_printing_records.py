"""What the procedure writes about a paper, minutes and table of remarks, is had as PDF and as Word."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import PrintOrder, Rendition
from documents.printing import records
from documents.printing.docx import docx_of
from documents.printing.paper import Foot, Paper, PrintedSheet
from documents.printing.pdf import pdf_of
from documents.printing.records import words_of
from documents.services import wishes
from offices import clock
from tests.archival import faults
from tests.builders import sent
from tests.pages import MEMBERS, NOW, OnTheWay, said, the_office
from tests.printing import Print
from workflows import tasks
from workflows.models import Minutes, Opinion
from workflows.selectors import minutes, printed, remarks
from workflows.services.meeting import Said

SECRETARY, HEAD, STRANGER = "thuky-iso", "pct-vanxa", "cv-tuphap"
DISSENT = "Trái Điều 15 Nghị định số 30/2020/NĐ-CP."
PDF, DOCX = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
# An order of a record composes it: the minutes with everybody asked, and the committee.
STATEMENTS_OF_AN_ORDER = 16


@pytest.fixture
def met(db, settings):
    """A meeting of three members, one absent and one against, with its minutes."""
    way = OnTheWay(the_office(settings)).brought_to("open_round")
    began, ended = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    way.paper.call_meeting(SECRETARY, MEMBERS, began, "Phòng họp số 2", at=NOW)
    clock.turn_to(ended)
    said_there = {
        MEMBERS[0]: Said(present=True, choice=Opinion.Choice.AGREE),
        MEMBERS[1]: Said(present=True, choice=Opinion.Choice.DISAGREE, remarks=DISSENT),
        MEMBERS[2]: Said(present=False),
    }
    way.paper.minute(SECRETARY, HEAD, said_there, "Đọc dự thảo.\nBiểu quyết.", at=ended)
    return way


def pages(way):
    case = way.case
    return {
        "minutes": f"/ho-so/{case.pk}/bien-ban/",
        "remarks": f"/van-ban/{case.document.reference}/tong-hop-y-kien/",
    }


def orders(way, what, form="pdf", who=SECRETARY, **changes):
    about = str(Minutes.objects.get().pk) if what == "minutes" else ""
    fields = {"loai": what, "dang": form, "so": about, **changes}
    return way.browser(who).post(f"/van-ban/{way.case.document.reference}/ban-in-ho-so/", fields)


def the_worker_prints():
    """Do what waits in the queue, within the test's own transaction."""
    for placed in PrintOrder.objects.filter(state="queued"):
        tasks.print_paper.call(placed.pk)


def link_of(way, what, who=SECRETARY):
    page = way.browser(who).get(pages(way)[what]).content.decode()
    found = re.search(r'href="(/van-ban/[^"]+/ban-in/\d+/)"', page)
    return found[1] if found else ""


def file_of(way, what, form="pdf"):
    """Order it on its page, let the worker make it, and take the file from the page."""
    answer = orders(way, what, form)
    assert answer.status_code == 302
    assert answer["Location"].split("#")[0] == pages(way)[what]
    the_worker_prints()
    return way.browser(SECRETARY).get(link_of(way, what))


@pytest.mark.parametrize("what", ["minutes", "remarks"])
def test_the_worker_makes_it_and_the_page_says_how_far_it_is(met, what):
    page = met.browser(SECRETARY).get(pages(met)[what])
    assert "Tạo bản PDF" in said(page)
    assert "Tạo bản Word" in said(page)
    assert orders(met, what).status_code == 302
    assert "PDF: đang chờ đến lượt" in said(met.browser(SECRETARY).get(pages(met)[what]))
    assert not Rendition.objects.filter(sort=what).exists(), "nothing is made in the request"
    the_worker_prints()
    shown = said(met.browser(HEAD).get(pages(met)[what]))
    assert re.search(r"Tải PDF , [\w ]+ 1 trang", shown), "whoever follows the paper finds it"
    kept = Rendition.objects.get(sort=what)
    assert (kept.media_type, kept.pages) == (PDF, 1)


def test_the_minutes_are_set_by_the_decree_with_both_places_to_sign(met):
    answer = file_of(met, "minutes")
    held = Minutes.objects.get()
    assert answer["Content-Type"] == PDF
    assert f"-bien-ban-{held.pk}.pdf" in answer["Content-Disposition"]
    sheet = Print(answer.content)
    assert sheet.line("BIÊN BẢN").is_bold
    assert sheet.line(f"Số: {held.number}/{held.symbol}").left < sheet.line("BIÊN BẢN").left
    told = " ".join(line.text for line in sheet.lines)
    for words in (
        "Thời gian bắt đầu: 10 giờ 00 phút, ngày 15 tháng 01 năm 2024.",
        "2/3 ủy viên có mặt; đủ số người họp.",
        "Kết quả lấy ý kiến ủy viên: Đồng ý: 1; Không đồng ý: 1; Không có ý kiến: 1.",
        "Cuộc họp kết thúc vào 11 giờ 00 phút, ngày 15 tháng 01 năm 2024./.",
        "- Như thành phần tham dự;",
    ):
        assert words in told, told
    left, right = sheet.line("THƯ KÝ"), sheet.line("CHỦ TỌA")
    assert left.top == pytest.approx(right.top, abs=0.1), "the two sign beside each other"
    assert left.right < right.left
    assert faults(answer.content) == []


def test_the_table_lies_on_its_long_side_with_what_became_of_each_remark(met):
    met.carried_by_hand(HEAD, "conclude", "thong-nhat", text="Thống nhất.", **answered())
    answer = file_of(met, "remarks", "docx")
    assert answer["Content-Type"] == DOCX
    opened = docx.Document(io.BytesIO(answer.content))
    assert opened.sections[0].page_width > opened.sections[0].page_height
    cells = [cell.text for row in opened.tables[1].rows for cell in row.cells]
    assert cells[:5] == list(printed.COLUMNS)
    assert DISSENT in cells
    assert "Giải trình: Đã có quy định riêng. (Phó Chủ tịch văn xã)" in cells
    assert any("Không có ý kiến: " in one.text for one in opened.paragraphs)


def test_another_word_is_another_print_and_the_old_order_says_so(met):
    orders(met, "remarks")
    Opinion.objects.filter(choice="disagree").update(remarks="Lời khác.")
    the_worker_prints()
    assert PrintOrder.objects.get().why == "changed"
    orders(met, "remarks")
    the_worker_prints()
    (ready,) = PrintOrder.objects.filter(state="ready")
    assert "Lời khác." in " ".join(
        line.text
        for line in Print(met.browser(SECRETARY).get(link_of(met, "remarks")).content).lines
    )
    orders(met, "remarks")
    assert PrintOrder.objects.filter(state="ready").get() == ready, "one wish is one file"


def test_who_may_not_follow_the_paper_neither_orders_nor_takes_it_even_when_it_is_issued(met):
    assert orders(met, "minutes", who=STRANGER).status_code == 404
    file_of(met, "minutes")
    link = link_of(met, "minutes")
    assert met.browser(STRANGER).get(link).status_code == 404
    met.carried_by_hand(HEAD, "conclude", "thong-nhat", text="Thống nhất.", **answered())
    met.paper.check("cvp", "Đủ điều kiện ký.", at=clock.now())
    met.paper.sign("pct-kinhte", at=clock.now())
    met.paper.issue("vanthu", at=clock.now(), dated_on=NOW.date(), copies=1)
    paper = f"/van-ban/{met.case.document.reference}/"
    assert met.browser(STRANGER).get(paper).status_code == 200, "the issued paper itself is open"
    assert met.browser(STRANGER).get(link).status_code == 404
    assert orders(met, "remarks", who=STRANGER).status_code == 404
    assert met.browser(SECRETARY).get(link).status_code == 200


def answered():
    (dissent,) = Opinion.objects.filter(choice="disagree").values_list("pk", flat=True)
    return {f"sort-{dissent}": "explained", f"text-{dissent}": "Đã có quy định riêng."}


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"loai": "paper"}, 400), ({"dang": ""}, 400), ({"so": "999"}, 404), ({"so": "x"}, 400)],
)
def test_what_is_not_there_is_not_printed(met, changes, status):
    assert orders(met, "minutes", **changes).status_code == status
    assert not PrintOrder.objects.exists()


def test_who_ordered_a_record_cancels_it_and_is_led_back_to_it(met):
    orders(met, "minutes")
    placed = PrintOrder.objects.get()
    address = f"/van-ban/{met.case.document.reference}/ban-in/{placed.pk}/huy/"
    assert met.browser(HEAD).post(address).status_code == 403
    answer = met.browser(SECRETARY).post(address)
    assert answer["Location"].startswith(pages(met)["minutes"])
    assert "Đã hủy" in said(met.browser(SECRETARY).get(pages(met)["minutes"]))


@pytest.mark.parametrize("lines", range(1, 9))
def test_no_page_is_left_blank_where_the_sheet_ends_with_its_page(lines):
    """Eight heights, of which one ends where the page does: an empty block asked for another."""
    both = ("THƯ KÝ", "Người ghi"), ("CHỦ TỌA", "Người chủ trì")
    text = list(records.paragraphs("\n".join(["Một dòng của biên bản."] * (14 + lines))))
    foot = Foot("Nơi nhận:", ("- Lưu: VT.",), None)
    blocks = (*text, records.two_signatures(*both))
    sheet = PrintedSheet(label="BIÊN BẢN", title="Họp", blocks=blocks, foot=foot)
    paper = Paper("Biên bản", "", "", NOW.date(), (sheet,))
    opened = Print((made := pdf_of(paper, words_of(paper))).data)
    assert all(len(opened.of_page(number)) > 1 for number in range(1, made.pages + 1))


def test_a_table_of_many_remarks_goes_over_pages_with_its_head_on_each(met):
    (round_,) = remarks.rounds_of(met.case.document)
    sheet = printed.of_remarks(met.case.document, [round_])
    rows = [
        (str(n), "Ủy viên Ban Chỉ đạo ISO", "Điều 2", DISSENT, "Tiếp thu.") for n in range(1, 251)
    ]
    table = records.table(printed.COLUMNS, rows, wide=True)
    long = replace(sheet, sheets=(replace(sheet.sheets[0], blocks=(table,)),))
    made = pdf_of(long, words_of(long))
    assert made.pages > 8
    opened = Print(made.data)
    for number in (2, made.pages):
        assert any(line.text.startswith("STT") for line in opened.of_page(number))


def test_an_order_of_a_record_asks_the_database_a_fixed_number_of_times(met):
    browser, fields = met.browser(SECRETARY), {"loai": "minutes", "dang": "pdf"}
    fields["so"] = str(Minutes.objects.get().pk)
    address = f"/van-ban/{met.case.document.reference}/ban-in-ho-so/"
    with CaptureQueriesContext(connection) as captured:
        assert browser.post(address, fields).status_code == 302
    told = "\n".join(one[:140] for one in sent(captured))
    assert len(sent(captured)) == STATEMENTS_OF_AN_ORDER, told


def test_the_same_words_give_the_same_bytes(met):
    sheet = minutes.sheet_of(Minutes.objects.get().pk)
    first, second = printed.of_minutes(sheet), printed.of_minutes(sheet)
    assert docx_of(first) == docx_of(second)
    wanted = printed.wishes_of_minutes(sheet)
    assert {one.form for one in wanted} == set(wishes.MEDIA_TYPES)
    assert len({one.made_from for one in wanted}) == 2
