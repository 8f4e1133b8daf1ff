"""How a paper is handled is seen as a drawing: the procedure itself, and where this paper is in it."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.drawing import issuance, parsed
from tests.pages import MEMBERS, OnTheWay, said, the_office
from workflows import bpmn
from workflows.services import reviewing
from workflows.services.acts import Ticket

STEP = re.compile(r'<a class="(?:step|event)[^"]*?(\w*)" id="d-(\w+)"[^>]*aria-label="([^"]*)"')
REASON = "Thiếu căn cứ pháp lý."


@pytest.fixture
def way(db, settings):
    return OnTheWay(the_office(settings))


def drawn_for(way, who="cvp"):
    """The steps of the drawing on the paper's page: each with its look and what is read out."""
    page = way.browser(who).get(f"/van-ban/{way.case.document.reference}/").content.decode()
    found = {key: (look, unescape(name)) for look, key, name in STEP.findall(page)}
    return page, found


def test_the_page_of_a_paper_shows_who_did_what_when_and_who_is_waited_for(way):
    _page, steps = drawn_for(way.brought_to("sign"))
    assert steps["propose"] == (
        "done",
        "Trình: Đã làm (Trình), Trưởng phòng Nội vụ, 12/01/2024 08:30",
    )
    assert steps["collect_opinions"][0] == "done"
    assert steps["collect_opinions"][1].endswith("3/3 đã trả lời, 12/01/2024 08:30")
    assert steps["check_form"][1].startswith("Thẩm tra, kiểm tra thể thức: Đã làm (Đạt), Chánh Văn")
    look, name = steps["sign"]
    assert look == "now"
    assert name.startswith("Ký ban hành: Đang chờ, Phó Chủ tịch")
    assert steps["register"] == ("", "Cấp số, vào sổ")
    assert steps["begin"][0] == "done"


def test_a_round_says_how_many_have_answered(way):
    way.brought_to("opinion")
    way.paper.opinion("tp-tuphap", choice="agree", remarks="", at=way.at)
    _page, steps = drawn_for(way)
    look, name = steps["collect_opinions"]
    assert look == "now"
    assert "1/3 đã trả lời, từ 12/01/2024 08:30" in name


@pytest.mark.parametrize("act", ["close_round", "expire_round"])
def test_the_way_out_of_a_round_that_was_ended_is_marked(way, act):
    way.brought_to("opinion")
    for name in MEMBERS[:2]:
        way.paper.opinion(name, choice="agree", remarks="", at=way.at)
    held = way.case.rounds.get()
    if act == "expire_round":
        reviewing.expire_round(round=held, key=uuid4(), at=held.due_at)
    else:
        reviewing.close_round(
            case_id=way.case.pk,
            ticket=Ticket(held.task_id, way.case.revision.content_digest, uuid4()),
            reason="Đã đủ ý kiến.",
            by=way.cast.people["thuky-iso"],
            at=way.at,
        )
    page, steps = drawn_for(way)
    assert "2/3 đã trả lời" in steps["collect_opinions"][1]
    arrows = issuance().arrows
    (x, y), *_others = arrows[f"collect_opinions-{act}--done"]
    assert f'<path class="arrow taken" d="M{x} {y}' in page
    (x, y), *_others = arrows["collect_opinions--done"]
    assert f'<path class="arrow taken" d="M{x} {y}' not in page


def test_what_was_done_before_a_return_is_to_be_done_again(way):
    way.brought_to("check_form")
    assert way.sends("cvp", "tra-lai", reason=REASON).status_code == 302
    _page, steps = drawn_for(way)
    assert steps["check_form"][0] == "back"
    assert "Đã trả lại từ bước này (Trả lại), Chánh Văn phòng" in steps["check_form"][1]
    assert {steps[one][0] for one in ("propose", "open_round", "conclude")} == {"past"}
    assert steps["receive_return"][0] == "now"
    assert steps["sign"][0] == ""


def test_a_withdrawn_paper_shows_where_it_stopped(way):
    way.brought_to("open_round")
    address = reverse("withdraw", args=[way.case.pk])
    form = {**way.ticket("rut"), "reason": REASON}
    assert way.browser("tp-noivu").post(address, form).status_code == 302
    _page, steps = drawn_for(way)
    assert steps["open_round"][0] == "stopped"
    assert "now" not in {look for look, _name in steps.values()}


def test_what_was_taken_back_is_as_if_it_had_not_been_sent(way):
    way.brought_to("sign")
    form = {**way.ticket(""), "reason": ""}
    answer = way.browser("cvp").post(f"/ho-so/{way.case.pk}/lay-lai/", form)
    assert answer.status_code == 302, said(answer)
    _page, steps = drawn_for(way)
    assert steps["check_form"][0] == "now"
    assert steps["sign"] == ("", "Ký ban hành")


def test_every_step_is_reached_by_keyboard_and_leads_to_its_line_of_the_procedure(way):
    page, steps = drawn_for(way.brought_to("propose"))
    drawn = {e.key for e in issuance().diagram.elements if e.key == e.step}
    assert set(steps) == drawn
    told = way.browser("cvp").get("/quy-trinh/issuance_v1/").content.decode()
    for key in drawn:
        assert f'href="/quy-trinh/issuance_v1/#buoc-{key}"' in page
        assert f'id="buoc-{key}"' in told
    assert 'href="#d-propose">Tới bước đang chờ' in page


def test_a_drawing_carries_no_style_and_no_script_of_its_own(way):
    page, _steps = drawn_for(way.brought_to("propose"))
    figure = page[page.index('<figure class="flow"') : page.index("</figure>")]
    assert "<style" not in figure
    assert not re.search(r"\s(style|on\w+)=", figure)


def test_who_reads_only_what_is_issued_sees_no_drawing_of_how_it_came_about(way):
    way.brought_to("issue")
    way.carried_by_hand("vanthu", "issue", "phat-hanh", copies="9", sealed="on", compared="on")
    page, steps = drawn_for(way, who="cv-tuphap")
    assert "Chính sách chất lượng và Mục tiêu chất lượng năm 2024" in page
    assert steps == {}
    assert drawn_for(way)[1]["finish"][0] == "done"


def test_the_procedure_is_told_in_lines_too(way):
    words = said(way.browser("cv-noivu").get("/quy-trinh/issuance_v1/"))
    assert "Ký ban hành Phó Chủ tịch, Chủ tịch 2 ngày làm việc" in words
    assert "Chuyển lên: Ký ban hành" in words
    assert "Kết thúc sớm: Kết luận. Do: Thư ký Ban Chỉ đạo ISO" in words
    assert "1 đến 20 ngày làm việc, do người mở lượt chọn" in words


def test_the_procedure_is_given_as_files(way):
    browser = way.browser("cv-noivu")
    file = browser.get("/quy-trinh/issuance_v1/bpmn/")
    assert file.headers["Content-Disposition"] == 'attachment; filename="issuance_v1.bpmn"'
    parsed(file.content)
    assert file.content == bpmn.bpmn(issuance())
    picture = browser.get("/quy-trinh/issuance_v1/svg/")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "Ký ban hành" in picture.content.decode()


@pytest.mark.parametrize("address", ["/quy-trinh/khong-co/", "/quy-trinh/khong-co/bpmn/"])
def test_a_procedure_that_is_not_there_is_said_so(way, address):
    answer = way.browser("cv-noivu").get(address)
    assert answer.status_code == 404
    assert "Không có quy trình này" in said(answer)


def test_a_visitor_is_asked_to_sign_in(db):
    assert Client().get("/quy-trinh/issuance_v1/").status_code == 302
