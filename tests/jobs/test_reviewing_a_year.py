"""The leadership looks back on a year's objectives (ISO 9001:2015, 9.3.2); departments catch up."""

from __future__ import annotations

import csv
import io

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import MeasureResult
from documents.selectors import reviews
from offices.roles import Role
from tests.acting import issue, on, sign
from tests.objectives import confirm, owed, report
from tests.staffing import an_office
from workflows.models import Duty
from workflows.services import deciding

MOST_QUERIES = 22


def year_of(example, who="pct-vanxa", query=""):
    """The year's report as somebody reads it."""
    return example.who(who).opens(f"/ket-qua/nam/{query}")


def review(example, year=2023):
    return reviews.of_year([example.paper("1073/QĐ-CT").office_id], year, on=example.today)


# ---------------------------------------------------------------- the year


def test_a_year_is_told_objective_by_objective_with_the_reasons(example):
    page = year_of(example)
    assert "Kết quả thực hiện mục tiêu chất lượng năm 2023" in page.words
    assert "1073/QĐ-CT" in page.words
    assert "Hai công chức nghỉ cùng tuần" in page.words
    assert "Lập lịch trực thay cho từng quầy" in page.words
    (paper,) = review(example).papers
    counted = [
        (one.departments, one.asked, one.reported, one.met, one.hardly_met, one.unmet, one.late)
        for one in paper.objectives
    ]
    assert counted == [
        (1, 6, 6, 5, 0, 1, 0), (1, 1, 0, 0, 0, 0, 0), (1, 2, 1, 1, 0, 0, 0), (4, 4, 2, 2, 0, 0, 0),
    ]  # fmt: skip


def test_what_was_met_but_not_by_much_is_told_too_and_what_was_sent_back_is_not(example):
    report(example, owed("2", "NV"), "cv-noivu", "95.2", cause="Ít phiếu.")()
    told = [(one.outcome, one.department.code) for one in review(example).told]
    assert told == [("unmet", "TN"), ("hardly_met", "NV")]
    assert "Ít phiếu." in year_of(example).words
    MeasureResult.objects.filter(outcome="unmet").update(
        returned_at=example.now, returned_by=example.people["thuky-iso"], returned_because="x"
    )
    assert [one.outcome for one in review(example).told] == ["hardly_met"]


def test_early_in_a_year_people_speak_of_the_year_before(example):
    sign(example)()
    issue(example, "policy 2024")()
    assert "năm 2023" in year_of(example).words
    page = year_of(example, query="?nam=2024")
    assert "Hồ sơ thủ tục hành chính giải quyết đúng hạn" in page.words
    assert {"2023", "2024"} <= set(page.words.split())


def test_a_year_without_results_and_one_that_is_none_are_told_so(example):
    assert "Năm này chưa giao việc báo cáo" in year_of(example, query="?nam=2031").words
    for wrong in (
        "x",
        "٢٠٢٣",
        "99999999999",
        "12",
        "02023",
        "02023" + "9" * 30,
        "02023" + "9" * 5000,
    ):
        assert example.who("cvp").is_refused(f"/ket-qua/nam/?nam={wrong}") == 404


def test_the_years_are_told_apart_by_the_database_and_not_by_every_result(example):
    office = [example.paper("1073/QĐ-CT").office_id]
    with CaptureQueriesContext(connection) as asked:
        assert reviews.years(office) == [2023]
    (only,) = asked
    with connection.cursor() as cursor:
        cursor.execute(only["sql"])
        assert len(cursor.fetchall()) == 1


def test_the_table_of_a_year_says_the_same(example):
    sent = example.who("thuky-iso").client.get("/ket-qua/nam.csv?nam=2023")
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Đã báo cáo"] for row in rows] == ["6", "0", "1", "2"]
    assert (rows[0]["Chỉ tiêu (đã xác nhận)"], rows[0]["Chưa đạt"]) == ("ít nhất 98%", "1")


def test_another_office_reads_nothing_of_it(example):
    stranger = an_office(Role.SPECIALIST).people[Role.SPECIALIST]
    client = Client()
    client.force_login(stranger)
    assert "1073" not in client.get("/ket-qua/nam/?nam=2023").content.decode()


def test_the_year_asks_the_database_a_bounded_number_of_times(example):
    year_of(example)
    with CaptureQueriesContext(connection) as before:
        year_of(example)
    report(example, owed("2", "NV"), "cv-noivu", "90", cause="Muộn.", action="Sớm.")()
    with CaptureQueriesContext(connection) as after:
        year_of(example)
    assert len(before) <= MOST_QUERIES, len(before)
    assert len(after) == len(before)


def test_leaders_and_heads_find_it_from_every_page_and_others_are_not_led_there(example):
    for who, led in [
        ("chutich", True), ("pct-kinhte", True), ("pct-vanxa", True), ("thuky-iso", True),
        ("tp-noivu", True), ("cv-noivu", False), ("quantri", False),
    ]:  # fmt: skip
        desk = example.who(who).opens("/ban-lam-viec/")
        assert ("/ket-qua/" in {link.href for link in desk.links}) is led, who


# ---------------------------------------------------------------- nobody confirmed


def test_the_secretary_is_told_before_the_round_that_nobody_confirmed_the_objectives(example):
    secretary = example.who("thuky-iso")
    task = secretary.task_of("Tiếp nhận")
    assert "Mục tiêu chưa được ai xác nhận" in secretary.opens(task).words
    confirm(example, "reception objectives")()
    assert "Mục tiêu đọc được đã được xác nhận" in secretary.opens(task).words


def test_an_issued_paper_nobody_confirmed_is_told_until_somebody_does(example):
    name, told = "office objectives", "chưa được ai xác nhận nên chưa đơn vị nào"
    assert told not in example.who("thuky-iso").opens("/ket-qua/").words
    on(example, name, "chutich", deciding.sign, password=settings.DEMO_PASSWORD)()
    issue(example, name)()
    page = example.who("thuky-iso").opens("/ket-qua/")
    assert told in page.words
    assert f"/van-ban/{example.paper(name).reference}/muc-tieu/" in {one.href for one in page.links}
    confirm(example, name)()
    assert told not in example.who("thuky-iso").opens("/ket-qua/").words


# ---------------------------------------------------------------- catching up


def test_who_reports_goes_on_to_the_next_result_of_the_department(example):
    duty = owed("2", "NV")
    page = example.who("cv-noivu").opens(f"/viec-khac/{duty.pk}/")
    assert "còn 1 kết quả khác" in page.words
    form = page.form(f"/viec-khac/{duty.pk}/")
    (field,) = [name for name in form.values if name.startswith("v")]
    form.values["next"] = ["1"]
    after = example.who("cv-noivu").sends(form, **{field: "99"}, words="Đủ phiếu.")
    last = owed("4", "NV")
    assert f"/viec-khac/{last.pk}/" in after.address
    assert "Báo cáo và mở kết quả tiếp theo" not in after.words, "none is left"
    assert Duty.objects.get(pk=duty.pk).done_at is not None
