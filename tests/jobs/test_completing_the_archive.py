"""The archivist completes what is known by citation; the portal editor says where a paper is read."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from audit.models import Entry
from audit.selectors import sentence
from documents.effects import State, state
from documents.models import Document, Effect
from documents.models.papers import KnownBy
from offices.models import User
from tests.cast import Person, Refused
from tests.pages import said
from workflows.models import Act, Duty

SUBJECT = "Ban hành Mục tiêu chất lượng năm 2021"


def duty(sort: str) -> Duty:
    """The open duty of a sort."""
    return Duty.objects.get(sort=sort, done_at=None)


def page_of(who: Person, found: Duty) -> Any:
    """The page of a duty."""
    return who.opens(f"/viec-khac/{found.pk}/")


def completed(who: Person, found: Duty, **typed: str) -> Any:
    """Send what was found out."""
    given = {"subject": SUBJECT, "dated_on": "2021-03-12", "effective_from": "2021-03-12"}
    form = page_of(who, found).form(f"/viec-khac/{found.pk}/")
    return who.sends(form, **{**given, **typed})


@pytest.fixture
def archivist(example) -> Person:
    return Person("luutru").signs_in()


@pytest.fixture
def editor(example) -> Person:
    """The portal's editor, after a paper was issued whose list of recipients names the portal."""
    clerk = Person("vanthu").signs_in()
    Person("pct-kinhte").signs_in().signs("Chính sách chất lượng")
    clerk.numbers("Chính sách chất lượng")
    clerk.issues("Chính sách chất lượng")
    return Person("congtt").signs_in()


def test_the_archivist_finds_the_stub_on_the_desk_and_where_it_is_cited(archivist):
    found = duty(Duty.Sort.COMPLETE_STUB)
    desk = archivist.opens("/ban-lam-viec/")
    assert f"/viec-khac/{found.pk}/" in {link.href for link in desk.links}
    page = page_of(archivist, found)
    assert "455/QĐ-CT" in page.words
    assert "812/QĐ-CT" in page.words, "where it is named"
    assert page.form(f"/viec-khac/{found.pk}/").values["dated_on"] == ["2021-03-12"]


def test_a_completed_stub_has_its_subject_and_its_effect_and_leaves_the_desk(archivist):
    found = duty(Duty.Sort.COMPLETE_STUB)
    page = completed(archivist, found)
    assert "Đã bổ sung văn bản: 455/QĐ-CT." in page.words
    assert "455/QĐ-CT" not in page.words.partition("Việc chờ xử lý")[2].partition("Đang chờ")[0]
    paper = Document.objects.get(pk=found.document_id)
    assert (paper.subject, paper.known_by) == (SUBJECT, KnownBy.TEXT)
    assert paper.effects.get(kind="commences").valid_from == date(2021, 3, 12)
    found.refresh_from_db()
    assert found.done_by == User.objects.get(username="luutru")
    entry = Entry.objects.get(action="document.completed", subject_key=str(paper.pk))
    assert entry.head
    assert Act.objects.get(name="complete_stub").operation_id == entry.operation_id
    assert "Lưu trữ" in sentence(entry)


def test_the_chain_has_its_beginning(archivist, example):
    completed(archivist, duty(Duty.Sort.COMPLETE_STUB))
    assert example.legal("455/QĐ-CT", on=date(2021, 6, 1)).state == State.IN_FORCE
    assert example.legal("455/QĐ-CT").state == State.CEASED, "812 replaced it"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"subject": "   "}, "Trích yếu"),
        ({"dated_on": ""}, "Ngày ban hành"),
        ({"dated_on": "ngày rằm"}, "Ngày ban hành"),
        ({"effective_from": "2021-03-11"}, "Ngày có hiệu lực"),
        ({"issuer_name": ""}, "Cơ quan ban hành"),
    ],
)
def test_what_cannot_be_is_said_at_its_place_and_nothing_typed_is_lost(archivist, typed, told):
    found = duty(Duty.Sort.COMPLETE_STUB)
    form = page_of(archivist, found).form(f"/viec-khac/{found.pk}/")
    given = {"subject": SUBJECT, "dated_on": "2021-03-12", "effective_from": "2021-03-12"}
    sent = {**form.values, **given, **typed}
    answer = archivist.client.post(f"/viec-khac/{found.pk}/", sent)
    assert answer.status_code == 422
    assert "1 chỗ cần sửa" in said(answer)
    assert told in said(answer)
    if "subject" not in typed:
        assert SUBJECT in answer.content.decode()
    found.refresh_from_db()
    assert found.done_at is None
    assert not Effect.objects.filter(target=found.document).filter(kind="commences").exists()


def test_a_paper_does_not_take_effect_on_or_after_the_day_it_ceased(archivist, example):
    """812 replaced 455 on 18 May 2022: what was over did not begin later."""
    found = duty(Duty.Sort.COMPLETE_STUB)
    form = page_of(archivist, found).form(f"/viec-khac/{found.pk}/")
    late = {"subject": SUBJECT, "dated_on": "2022-01-04", "date_compared": "on"}
    for day in ("2022-05-18", "2023-02-01"):
        told = archivist.is_told(form, effective_from=day, **late)
        assert told.status == 400
        assert "hết hiệu lực từ ngày 18/5/2022" in told.words
    found.refresh_from_db()
    assert found.done_at is None
    completed(archivist, found, effective_from="2022-05-17", **late)
    assert example.legal("455/QĐ-CT", on=date(2022, 5, 17)).state == State.IN_FORCE


def test_a_date_that_is_not_the_cited_one_is_compared_before_it_is_recorded(archivist):
    found = duty(Duty.Sort.COMPLETE_STUB)
    form = page_of(archivist, found).form(f"/viec-khac/{found.pk}/")
    other = {"subject": SUBJECT, "dated_on": "2021-03-15", "effective_from": "2021-03-15"}
    told = archivist.is_told(form, **other)
    assert told.status == 400
    assert "Các văn bản viện dẫn ghi ngày 12/3/2021" in told.words
    assert not Effect.objects.filter(target=found.document, kind="commences").exists()
    archivist.sends(form, date_compared="on", **other)
    entry = Entry.objects.get(action="document.completed", subject_key=str(found.document_id))
    assert (entry.details["cited_on"], entry.details["dated_on"]) == ("12/3/2021", "15/3/2021")


@pytest.fixture
def wrongly(archivist, example):
    """455/QĐ-CT completed with a day of effect one month late; the address of putting it right."""
    completed(archivist, duty(Duty.Sort.COMPLETE_STUB), effective_from="2021-04-12")
    return f"/van-ban/{example.paper('455/QĐ-CT').reference}/ly-lich/"


def put_right(archivist, address, **typed):
    given = {"effective_from": "2021-03-12", "because": "Nhìn nhầm tháng trên bản giấy."}
    return archivist.sends(archivist.opens(address).form(address), **{**given, **typed})


def test_what_was_completed_wrongly_is_put_right_and_what_was_known_before_stays(
    archivist, example, wrongly
):
    paper = example.paper("455/QĐ-CT")
    assert wrongly in {link.href for link in archivist.opens(f"/van-ban/{paper.reference}/").links}
    assert example.legal("455/QĐ-CT", on=date(2021, 3, 20)).state == State.NOT_YET
    page = put_right(archivist, wrongly, subject="Ban hành Mục tiêu chất lượng của năm 2021")
    assert "Đã sửa lý lịch" in page.words
    assert "Mục tiêu chất lượng của năm 2021" in page.words
    assert example.legal("455/QĐ-CT", on=date(2021, 3, 20)).state == State.IN_FORCE
    wrong, annulment, right = (
        Effect.objects.filter(target=paper).exclude(kind="ceases").order_by("pk")
    )
    assert (annulment.kind, annulment.annuls) == ("annuls", wrong)
    assert (right.kind, right.valid_from) == ("commences", date(2021, 3, 12))
    rows = [one.as_row() for one in Effect.objects.filter(target=paper)]
    before = wrong.recorded_at
    assert annulment.recorded_at >= before
    assert (
        state([row for row in rows if row.key <= wrong.pk], on=date(2021, 3, 20)) == State.NOT_YET
    )
    entry = Entry.objects.get(action="document.completion_corrected")
    assert "có hiệu lực từ 12/3/2021, không phải từ 12/4/2021" in sentence(entry)
    assert "Nhìn nhầm tháng" in sentence(entry)


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({"because": ""}, 422, "Sai ở đâu"),
        ({"effective_from": "2021-04-12"}, 400, "Không có gì khác"),
        ({"effective_from": "2022-05-18"}, 400, "hết hiệu lực từ ngày 18/5/2022"),
        ({"effective_from": "2021-03-11"}, 422, "Ngày có hiệu lực"),
        ({"dated_on": "0001-01-01"}, 422, "01/01/1900"),
    ],
)
def test_what_cannot_be_is_not_put_right_either(archivist, wrongly, typed, status, told):
    given = {"effective_from": "2021-03-12", "because": "Nhìn nhầm tháng.", **typed}
    before = Effect.objects.count()
    refused = archivist.is_told(archivist.opens(wrongly).form(wrongly), **given)
    assert refused.status == status
    assert told in refused.words
    assert Effect.objects.count() == before


def test_only_the_archivist_puts_right_and_only_what_was_completed(archivist, example, wrongly):
    for username in ("vanthu", "chutich", "quantri", "danhgia"):
        assert example.who(username).is_refused(wrongly) == 403
    own = f"/van-ban/{example.paper('1073/QĐ-CT').reference}/ly-lich/"
    assert archivist.client.get(own).status_code == 409


def test_an_old_paper_of_the_office_is_not_said_to_be_made_elsewhere(archivist, example):
    old, law = example.paper("455/QĐ-CT"), Document.objects.filter(kind="law")[0]
    for paper, heading in ((old, "Văn bản cũ của cơ quan"), (law, "Văn bản do nơi khác ban hành")):
        answer = archivist.client.get(f"/van-ban/{paper.reference}/")
        assert f'<h2 id="h-bt">{heading}</h2>' in answer.content.decode()


def test_the_same_form_twice_completes_once_and_names_who_was_first(archivist):
    found = duty(Duty.Sort.COMPLETE_STUB)
    page = page_of(archivist, found)
    form = page.form(f"/viec-khac/{found.pk}/")
    typed = {"subject": SUBJECT, "effective_from": "2021-03-12"}
    archivist.sends(form, **typed)
    refused = archivist.is_told(form, **typed)
    assert refused.status == 409
    assert "Lưu trữ" in refused.words
    assert Act.objects.filter(name="complete_stub").count() == 1


@pytest.mark.parametrize("username", ["vanthu", "chutich", "quantri", "congtt", "danhgia"])
def test_nobody_else_completes_it_and_the_barred_button_says_so(example, username):
    found = duty(Duty.Sort.COMPLETE_STUB)
    who = Person(username).signs_in()
    answer = who.client.get(f"/viec-khac/{found.pk}/")
    page = answer.content.decode()
    assert re.search(r'<button[^>]*aria-disabled="true"[^>]*>.*?Bổ sung</button>', page, re.DOTALL)
    assert "Việc này thuộc chức vụ khác" in said(answer)
    assert "Lưu trữ" in said(answer), "who may"
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    sent = {"key": key, "subject": SUBJECT, "issuer_name": "Ủy ban nhân dân quận An Mẫu",
            "dated_on": "2021-03-12", "effective_from": "2021-03-12"}  # fmt: skip
    assert who.client.post(f"/viec-khac/{found.pk}/", sent).status_code == 403
    found.refresh_from_db()
    assert found.done_at is None


def test_the_editor_finds_what_the_recipients_order_and_records_where_it_is_read(editor):
    found = duty(Duty.Sort.PUT_ON_PORTAL)
    links = {link.href for link in editor.opens("/ban-lam-viec/").links}
    assert f"/viec-khac/{found.pk}/" in links
    form = page_of(editor, found).form(f"/viec-khac/{found.pk}/")
    address = "https://anmau.example.gov.vn/van-ban/1074"
    page = editor.sends(form, address=address, confirmed="on")
    assert "Đã ghi việc đăng tải" in page.words
    found.refresh_from_db()
    assert found.done_by == User.objects.get(username="congtt")
    entry = Entry.objects.filter(action="duty.done", subject_key=str(found.document_id)).latest(
        "pk"
    )
    assert entry.disclosures.get(field="address").text == address
    links = {link.href for link in editor.opens("/ban-lam-viec/").links}
    assert f"/viec-khac/{found.pk}/" not in links


@pytest.mark.parametrize(
    "typed", [{"address": ""}, {"address": "cổng thông tin"}, {"confirmed": []}]
)
def test_without_an_address_or_a_look_at_it_nothing_is_recorded(editor, typed):
    found = duty(Duty.Sort.PUT_ON_PORTAL)
    form = page_of(editor, found).form(f"/viec-khac/{found.pk}/")
    given = {"address": "https://anmau.example.gov.vn/1074", "confirmed": "on", **typed}
    with pytest.raises(Refused, match="422"):
        editor.sends(form, **given)
    found.refresh_from_db()
    assert found.done_at is None


def test_a_duty_on_a_paper_one_may_not_read_is_not_there(example):
    archivist = Person("luutru").signs_in()
    assert archivist.is_refused("/viec-khac/999999/") == 404
