"""The chief of office sees which steps take long: on the drawing, in a table, in working time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import sent
from tests.pages import OnTheWay, moment, said, the_office
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.models import Case
from workflows.selectors import durations

PACE = "/quy-trinh/issuance_v1/thoi-gian/"
HOUR = timedelta(hours=1)


@pytest.fixture
def way(db, settings):
    return OnTheWay(the_office(settings))


def ended(way: OnTheWay) -> OnTheWay:
    """Proposed on Friday at half past eight; back from the secretary's desk on Monday at nine."""
    way.brought_to("open_round")
    way.at = moment("2024-01-15", "09:00")
    way.paper.open_round("thuky-iso", ["tp-tuphap", "tp-kinhte", "cvp"], 5, at=way.at)
    Case.objects.update(ended_at=way.at, ended_how="withdrawn")
    return way


def test_the_drawing_and_the_table_tell_median_and_ninth_tenth_in_working_time(way):
    page = ended(way).browser("cvp").get(PACE)
    # Half past eight to noon, one to five, and from eight to nine on Monday: eight hours and a half.
    assert "Mở lượt lấy ý kiến 1 1 ngày 1 ngày mức 4/4" in said(page)
    text = page.content.decode()
    assert re.search(r'class="step heat-4" id="d-open_round"', text)
    assert "mức 4/4; một nửa số lần xong trong 1 ngày, chín phần mười trong 1 ngày" in text
    assert re.search(r'class="step heat-1" id="d-propose"', text)
    assert "<style" not in text


def test_only_who_looks_after_the_house_sees_it_and_is_led_there(way):
    way.brought_to("propose")
    for who in ("cvp", "thuky-iso"):
        assert way.browser(who).get(PACE).status_code == 200
        assert PACE in way.browser(who).get("/quy-trinh/issuance_v1/").content.decode()
    answer = way.browser("cv-noivu").get(PACE)
    assert answer.status_code == 403
    assert "Chỉ Chánh Văn phòng" in said(answer)
    assert PACE not in way.browser("cv-noivu").get("/quy-trinh/issuance_v1/").content.decode()


def test_without_a_finished_case_of_the_year_it_says_so(way):
    ended(way)
    Case.objects.update(ended_at=way.at - timedelta(days=366))
    assert "Chưa có hồ sơ nào kết thúc" in said(way.browser("cvp").get(PACE))


def test_no_case_of_another_office_is_measured(way):
    ended(way)
    assert durations.of_flow(IssuanceFlowV1, [], at=way.at) == []


def test_the_pace_takes_three_statements_however_many_cases(way):
    ended(way)
    office = way.case.document.office_id
    with CaptureQueriesContext(connection) as captured:
        assert durations.of_flow(IssuanceFlowV1, [office], at=way.at)
    assert len(sent(captured)) == 3


def test_no_more_is_measured_than_the_newest_passages(way, monkeypatch):
    ended(way)
    monkeypatch.setattr(durations, "MOST", 1)
    found = durations.of_flow(IssuanceFlowV1, [way.case.document.office_id], at=way.at)
    assert [one.times for one in found] == [1]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40), st.sampled_from([50, 90]))
def test_so_many_in_a_hundred_do_not_exceed_a_percentile_and_no_smaller_value_has_that(held, share):
    ordered = sorted(held)
    found = durations.percentile(ordered, share)
    assert sum(one <= found for one in held) * 100 >= share * len(held)
    assert sum(one < found for one in held) * 100 < share * len(held)


def test_the_slowest_step_is_hottest_and_each_level_a_quarter():
    spans = {
        "propose": [HOUR],
        "open_round": [2 * HOUR],
        "sign": [4 * HOUR] * 3,
        "issue": [0 * HOUR],
    }
    found = {one.key: one.heat for one in durations.paces(spans, IssuanceFlowV1)}
    assert found == {"propose": 1, "open_round": 2, "sign": 4, "issue": 1}
