"""Who is away says who stands in, or the superior does; everybody sees who acts for whom today."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from audit.models import Entry
from audit.selectors import sentence
from offices import clock
from offices.models import Appointment, Delegation
from tests.pages import MEMBERS, NOW, OnTheWay, said, the_office

TODAY = NOW.date()
FRIDAY = TODAY + timedelta(days=4)
BASIS = "Thông báo số 05/TB-UBND ngày 12/01/2024"


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


def browser(cast, who):
    client = Client()
    client.force_login(cast.people[who])
    return client


def post_of(cast, who, place=0):
    return Appointment.objects.filter(user=cast.people[who]).order_by("pk")[place]


def records(cast, by, away, stands_in, **changes):
    """Send the form of an absence."""
    given = {
        "post": post_of(cast, away).pk,
        "kind": "substitution",
        "to_user": cast.people[stands_in].pk,
        "begins_on": TODAY.isoformat(),
        "last_day": FRIDAY.isoformat(),
        "legal_basis": BASIS,
    }
    return browser(cast, by).post("/vang-mat/ghi/", {**given, **changes})


def shown(cast, who="cv-tuphap"):
    """The words of the list, as anybody of the office reads it."""
    return said(browser(cast, who).get("/vang-mat/"))


def test_who_is_away_records_who_stands_in_and_the_whole_office_reads_it(cast):
    assert records(cast, "tp-noivu", "tp-noivu", "cv-noivu").status_code == 302
    words = shown(cast)
    assert "Chuyên viên Phòng Nội vụ làm thay Trưởng phòng Nội vụ" in words
    assert "Từ 15/01/2024 đến hết 19/01/2024" in words
    assert BASIS in words
    made = Delegation.objects.get()
    assert (made.ends_on, made.given_as_id) == (
        FRIDAY + timedelta(days=1),
        made.from_appointment_id,
    )
    entry = Entry.objects.get(action="delegation.made")
    assert "đã giao Chuyên viên Phòng Nội vụ làm thay chức vụ Trưởng phòng Nội vụ" in sentence(
        entry
    )


def test_the_superior_records_it_for_somebody_who_fell_ill_and_the_list_says_so(cast):
    assert records(cast, "chutich", "pct-kinhte", "pct-vanxa").status_code == 302
    assert "Chủ tịch ghi nhận" in shown(cast)
    assert Delegation.objects.get().given_as.user == cast.people["chutich"]


@pytest.mark.parametrize("by", ["tp-kinhte", "cv-noivu", "vanthu", "cvp"])
def test_nobody_else_records_it_not_even_by_a_form_made_up(cast, by):
    answer = records(cast, by, "tp-noivu", "cv-noivu")
    assert answer.status_code == 422, said(answer)
    assert not Delegation.objects.exists()


def test_an_administrator_records_nobodys_absence(cast):
    answer = records(cast, "quantri", "tp-noivu", "cv-noivu")
    assert answer.status_code == 403
    assert "không giữ chức vụ nào có thể giao người làm thay" in said(answer)
    page = said(browser(cast, "quantri").get("/vang-mat/"))
    assert "không giữ chức vụ nào có thể giao người làm thay" in page


def test_who_stands_in_does_not_pass_it_on(cast):
    records(cast, "chutich", "chutich", "pct-vanxa")
    answer = records(cast, "pct-vanxa", "chutich", "pct-kinhte")
    assert answer.status_code == 422
    assert Delegation.objects.count() == 1


def test_tuq_is_given_by_the_chairman_in_writing_for_signing_within_fields(cast):
    tuq = {"kind": "under_delegation", "fields_of_work": ["kinh_te"], "capability": ""}
    assert records(cast, "chutich", "chutich", "tp-kinhte", **tuq).status_code == 302
    made = Delegation.objects.get()
    assert (made.capability, made.fields_of_work) == ("sign", ["kinh_te"])
    assert "ký thừa ủy quyền (TUQ.)" in shown(cast)
    assert "lĩnh vực: Kinh tế" in shown(cast)


@pytest.mark.parametrize(
    ("taker", "changes", "sentence"),
    [
        ("cvp", {}, "chỉ do cấp phó làm thay"),
        ("pct-vanxa", {"kind": "under_delegation"}, "cho người đứng đầu đơn vị"),
        ("pct-vanxa", {"last_day": "2024-01-10"}, "phải có ngày kết thúc sau"),
        ("pct-vanxa", {"begins_on": "2024-01-10"}, "sớm nhất từ hôm nay"),
        ("pct-vanxa", {"capability": "register"}, "không có quyền đó"),
    ],
)
def test_what_cannot_be_given_is_told_and_what_was_typed_stays(cast, taker, changes, sentence):
    answer = records(cast, "chutich", "chutich", taker, **changes)
    assert answer.status_code == 400
    assert sentence in said(answer)
    assert f'value="{BASIS}"' in answer.content.decode()
    assert not Delegation.objects.exists()


def test_an_absence_is_ended_early_by_whom_it_concerns_and_by_nobody_else(cast):
    records(cast, "chutich", "pct-kinhte", "pct-vanxa")
    address = f"/vang-mat/{Delegation.objects.get().pk}/cham-dut/"
    last = {"last_day": TODAY.isoformat()}
    for other in ("pct-vanxa", "tp-noivu", "quantri"):
        assert browser(cast, other).post(address, last).status_code == 403
        assert "Kết thúc sớm" not in shown(cast, other)
    assert "Kết thúc sớm" in shown(cast, "pct-kinhte")
    assert browser(cast, "pct-kinhte").post(address, last).status_code == 302
    assert Delegation.objects.get().ends_on == TODAY + timedelta(days=1)
    late = browser(cast, "pct-kinhte").post(address, {"last_day": FRIDAY.isoformat()})
    assert late.status_code == 400
    assert "Chỉ có thể kết thúc sớm hơn" in said(late)
    clock.turn_to(NOW + timedelta(days=1))
    assert "Hôm nay không ai làm thay ai" in shown(cast)
    assert "Đã hết" in shown(cast)


def test_an_absence_of_another_office_is_not_there(cast):
    records(cast, "chutich", "pct-kinhte", "pct-vanxa")
    assert browser(cast, "chutich").post("/vang-mat/999999/cham-dut/").status_code == 404


def test_the_list_asks_the_database_a_fixed_number_of_times(cast, django_assert_max_num_queries):
    for away, stands_in in (("tp-noivu", "cv-noivu"), ("tp-kinhte", "cv-kinhte")):
        records(cast, away, away, stands_in)
    reader = browser(cast, "chutich")
    with django_assert_max_num_queries(10):
        reader.get("/vang-mat/")


def test_the_page_of_a_paper_says_who_is_away_and_who_stands_in(cast):
    way = OnTheWay(cast).brought_to("propose")
    page = f"/van-ban/{way.case.document.reference}/"
    assert "Vắng mặt Trưởng" not in said(way.browser("cv-noivu").get(page))
    assert records(cast, "tp-noivu", "tp-noivu", "cv-noivu").status_code == 302
    words = said(way.browser("cv-noivu").get(page))
    line = "Trưởng phòng Nội vụ vắng mặt đến 19/01/2024; Chuyên viên Phòng Nội vụ làm thay."
    assert f"Vắng mặt {line}" in words


def test_of_those_a_round_waits_for_the_page_names_who_is_away_until_they_have_answered(cast):
    way = OnTheWay(cast).brought_to("opinion")
    seat = post_of(cast, MEMBERS[0], 1).pk
    assert records(cast, MEMBERS[0], MEMBERS[0], "cv-kinhte", post=seat).status_code == 302
    page = f"/van-ban/{way.case.document.reference}/"
    line = "Trưởng phòng Kinh tế vắng mặt đến 19/01/2024; Chuyên viên Phòng Kinh tế làm thay."
    assert line in said(way.browser("thuky-iso").get(page))
    way.paper.opinion(MEMBERS[0], at=NOW)
    assert line not in said(way.browser("thuky-iso").get(page))
