"""The Tờ trình and the Phiếu trình of a paper are read on one page, and had as PDF and as Word."""

from __future__ import annotations

import io
import re

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import PrintOrder, Rendition
from tests.archival import faults
from tests.builders import sent
from tests.pages import NOW, OnTheWay, said, the_office
from tests.printing import Print
from workflows import tasks
from workflows.checklists import CONTENT_POINTS, FORM_POINTS
from workflows.models import FormCheck, SubmissionNote
from workflows.selectors import slips

HEAD, CHIEF, STRANGER = "tp-noivu", "cvp", "cv-tuphap"
KINDS = {"note": SubmissionNote, "slip": FormCheck}
# Reading who asks, the paper, notes, slips, posts, the secretariat, and all their prints at once.
STATEMENTS_OF_THE_PAGE = 12


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def checked(cast):
    """A paper that waits for the signature, with its Tờ trình and its Phiếu trình."""
    return OnTheWay(cast).brought_to("sign")


def page(way):
    return f"/van-ban/{way.case.document.reference}/to-trinh/"


def orders(way, what, form="pdf", who=HEAD, **changes):
    fields = {"loai": what, "dang": form, "so": str(KINDS[what].objects.latest("pk").pk), **changes}
    return way.browser(who).post(f"/van-ban/{way.case.document.reference}/ban-in-ho-so/", fields)


def file_of(way, what, form="pdf"):
    """Order it on the page, let the worker make it, and take the file from the page."""
    answer = orders(way, what, form)
    assert answer.status_code == 302
    assert answer["Location"].split("#")[0] == page(way)
    for placed in PrintOrder.objects.filter(state="queued"):
        tasks.print_paper.call(placed.pk)
    shown = way.browser(HEAD).get(page(way)).content.decode()
    link = re.search(r'href="(/van-ban/[^"]+/ban-in/\d+/)"', shown)
    assert link, PrintOrder.objects.latest("pk").why
    return way.browser(HEAD).get(link[1])


def takes_back(way, who, reason):
    address = f"/ho-so/{way.case.pk}/lay-lai/"
    assert way.browser(who).post(address, {**way.ticket(""), "reason": reason}).status_code == 302


def test_the_page_of_the_paper_leads_to_both_with_their_words_and_prints(checked):
    paper = checked.browser(HEAD).get(f"/van-ban/{checked.case.document.reference}/")
    assert f'href="{page(checked)}"' in paper.content.decode()
    shown = said(checked.browser(HEAD).get(page(checked)))
    assert "Kính trình ban hành, thay thế 1073/QĐ-CT." in shown
    assert f"Thẩm tra nội dung: {len(CONTENT_POINTS)}/{len(CONTENT_POINTS)} điểm đạt" in shown
    for name in ("Tờ trình 01/TTr-NV", "Phiếu trình 01/PTr-VP"):
        assert f"Bản in {name}" in shown
    assert shown.index("Bản in Phiếu trình") < shown.index("Bản in Tờ trình"), "the newest first"
    assert not Rendition.objects.filter(sort__in=KINDS).exists(), "nothing is made in a request"


def test_the_note_is_set_as_the_decree_sets_a_named_paper(checked):
    answer = file_of(checked, "note")
    assert answer["Content-Type"] == "application/pdf"
    assert "-to-trinh-" in answer["Content-Disposition"]
    sheet = Print(answer.content)
    assert sheet.line("PHÒNG NỘI VỤ").is_bold
    assert not sheet.line("ỦY BAN NHÂN DÂN").is_bold
    assert sheet.line("TỜ TRÌNH").is_bold
    told = " ".join(line.text for line in sheet.lines)
    for words in (
        "Số: 01/TTr-NV",
        "An Mẫu, ngày 12 tháng 01 năm 2024",
        "Về việc ban hành Quyết định ban hành Chính sách chất lượng",
        "Kính gửi: Chủ tịch Ủy ban nhân dân quận An Mẫu",
        "Kính trình ban hành, thay thế 1073/QĐ-CT./.",
        "- Như trên;",
        "- Lưu: VT, NV.",
    ):
        assert words in told, told
    signed = sheet.line("TRƯỞNG PHÒNG NỘI VỤ")
    assert signed.is_bold
    assert signed.left > sheet.line("Nơi nhận:").right
    assert faults(answer.content) == []


def test_the_slip_lists_every_point_of_the_check(checked):
    answer = file_of(checked, "slip", "docx")
    opened = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    for words in (*CONTENT_POINTS.values(), *FORM_POINTS.values()):
        assert str(words) in cells
    assert cells.count("Đạt") == len(CONTENT_POINTS) + len(FORM_POINTS)
    told = [one.text for one in opened.paragraphs]
    assert "PHIẾU TRÌNH" in told
    assert "Đủ điều kiện ký." in told
    assert any(line.endswith("; kiểm tra thể thức: 9/9 điểm đạt./.") for line in told), told
    assert any("VĂN PHÒNG HĐND VÀ UBND" in cell for cell in cells)


def test_one_that_was_taken_back_says_so_on_the_page_and_on_every_sheet(cast):
    way = OnTheWay(cast).brought_to("open_round")
    takes_back(way, HEAD, "Thiếu phụ lục.")
    shown = said(way.browser(HEAD).get(page(way)))
    assert "Đã lấy lại" in shown
    assert "Thiếu phụ lục." in shown
    told = " ".join(line.text for line in Print(file_of(way, "note").content).lines)
    assert "ĐÃ LẤY LẠI ngày 15/01/2024 — chỉ lưu trong hồ sơ" in told
    way.paper.propose(HEAD, "Kính gửi: Lãnh đạo quận\nKính trình lại.", at=NOW)
    newest, former = slips.of_document(way.case.document)
    assert (newest.paper.ribbon, newest.paper.mark) == ("", "")
    assert (newest.row.cited_as, former.row.cited_as) == ("02/TTr-NV", "01/TTr-NV")
    to, *rest = newest.paper.sheets[0].blocks
    assert (to.kind, to.text) == ("addressee", "Kính gửi: Lãnh đạo quận")
    assert [one.text for one in rest] == ["Kính trình lại./."]


@pytest.mark.parametrize(
    ("standing", "lines"),
    [
        ({"acting": True}, ("Q. TRƯỞNG PHÒNG NỘI VỤ",)),
        ({"in_charge": True}, ("KT. TRƯỞNG PHÒNG NỘI VỤ", "PHÓ TRƯỞNG PHÒNG NỘI VỤ")),
        ({"delegation_id": 5}, ("LÀM THAY TRƯỞNG PHÒNG NỘI VỤ",)),
    ],
)
def test_who_signs_does_so_in_the_manner_in_which_the_post_was_held(checked, standing, lines):
    kept = SubmissionNote.objects.get()
    SubmissionNote.objects.update(standing=kept.standing | standing)
    slip = slips.one_of(checked.case.document, "note", kept.pk)
    assert slip.paper.sheets[0].foot.signature.lines == lines


def test_why_it_cannot_wait_for_the_committee_is_a_part_of_the_note(checked):
    SubmissionNote.objects.update(urgent_because="Đợt chấm điểm\nbắt đầu ngày mai.")
    blocks = slips.of_document(checked.case.document)[1].paper.sheets[0].blocks
    assert blocks[-1].text == ("Đề nghị đi trước khi lấy ý kiến: Đợt chấm điểm bắt đầu ngày mai./.")


def test_who_may_read_the_issued_paper_alone_neither_reads_orders_nor_takes_them(checked):
    stranger = checked.browser(STRANGER)
    file_of(checked, "note")
    checked.paper.sign("pct-kinhte", at=NOW)
    checked.paper.issue("vanthu", at=NOW, dated_on=NOW.date(), copies=1)
    paper = f"/van-ban/{checked.case.document.reference}/"
    opened = stranger.get(paper)
    assert opened.status_code == 200, "the issued paper itself is open"
    assert page(checked) not in opened.content.decode()
    assert stranger.get(page(checked)).status_code == 404
    assert orders(checked, "note", who=STRANGER).status_code == 404
    placed = PrintOrder.objects.get(what="note")
    link = f"/van-ban/{checked.case.document.reference}/ban-in/{placed.pk}/"
    assert stranger.get(link).status_code == 404
    assert checked.browser(CHIEF).get(link).status_code == 200


@pytest.mark.parametrize("so", ["", "999"])
def test_what_is_not_there_is_not_printed(checked, so):
    assert orders(checked, "slip", so=so).status_code == 404
    assert not PrintOrder.objects.exists()


def test_a_paper_that_was_never_put_says_that_it_has_none(cast):
    way = OnTheWay(cast).brought_to("propose")
    assert "Chưa có Tờ trình" in said(way.browser(HEAD).get(page(way)))


def test_the_page_asks_the_database_a_fixed_number_of_times_however_many_there_are(checked):
    browser = checked.browser(HEAD)
    assert statements(browser, page(checked)) == STATEMENTS_OF_THE_PAGE
    takes_back(checked, CHIEF, "Sót một điểm.")
    checked.paper.check(CHIEF, "Đủ điều kiện ký.", at=NOW)
    assert statements(browser, page(checked)) == STATEMENTS_OF_THE_PAGE


def statements(browser, address):
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(sent(captured))
