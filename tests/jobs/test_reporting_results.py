"""Somebody reports a result for a period; the secretary brings the results together."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from documents.models import Evidence, MeasureResult
from documents.selectors import results as selectors
from offices import selectors as offices
from offices.roles import Role
from tests.cast import a_file
from tests.objectives import ask, owed, report, send_back
from tests.staffing import an_office
from workflows.exceptions import AlreadyDone, BadInput, Conflict, NotPermitted
from workflows.forms.objectives import FigureField
from workflows.models import Duty
from workflows.selectors.desk import Desk
from workflows.services import objectives
from workflows.views.results_table import lines

MOST_QUERIES = 22


def results_of(example, who="thuky-iso", paper="1073/QĐ-CT"):
    """The consolidated report as somebody reads it."""
    return example.who(who).opens(f"/van-ban/{example.paper(paper).reference}/ket-qua/")


def form_of(example, duty, who):
    """The form of a result as somebody is shown it."""
    return example.who(who).opens(f"/viec-khac/{duty.pk}/").form(f"/viec-khac/{duty.pk}/")


def field_of(form):
    """The name of the field for the one figure of a form."""
    (name,) = [name for name in form.values if name.startswith("v")]
    return name


# ---------------------------------------------------------------- reporting


def test_a_result_waits_on_the_desks_of_its_department_and_on_no_other(example):
    duty = owed("2", "NV")
    address = f"/viec-khac/{duty.pk}/"
    for who, waits in [
        ("cv-noivu", True),
        ("tp-noivu", True),
        ("cv-tuphap", False),
        ("quantri", False),
    ]:
        desk = example.who(who).opens("/ban-lam-viec/")
        assert (address in {link.href for link in desk.links}) is waits, who


def test_a_result_is_not_asked_for_before_its_period_is_over(example):
    duty = owed("2", "NV")
    duty.shown_from = example.now + timedelta(days=1)
    duty.save()
    assert not example.who("cv-noivu").sees_on_desk("hài lòng với việc giải quyết")


def test_a_figure_with_its_evidence_is_reported_and_leaves_the_desk(example):
    duty = owed("2", "NV")
    form = form_of(example, duty, "cv-noivu")
    page = example.who("cv-noivu").sends(
        form, **{field_of(form): "96,5"}, words="412 phiếu, 398 phiếu hài lòng.",
        evidence=a_file("phieu-khao-sat.txt", "412 phiếu".encode()),
    )  # fmt: skip
    assert "Đã ghi kết quả: đạt." in page.words
    assert "96,5%" in page.words
    result = MeasureResult.objects.get(pk=duty.result_id)
    assert (result.outcome, result.reported_by.username) == ("met", "cv-noivu")
    (file,) = Evidence.objects.filter(result=result)
    sent = example.who("thuky-iso").client.get(f"/ket-qua/{result.pk}/bang-chung/{file.pk}/")
    assert sent.content == "412 phiếu".encode()
    desk = example.who("cv-noivu").opens("/ban-lam-viec/")
    assert f"/viec-khac/{duty.pk}/" not in {link.href for link in desk.links}


def test_below_the_target_cause_and_corrective_action_are_mandatory(example):
    duty = owed("2", "NV")
    form = form_of(example, duty, "cv-noivu")
    typed = {field_of(form): "90", "words": "Ít phiếu."}
    told = example.who("cv-noivu").is_told(form, **typed, cause="Khảo sát muộn.")
    assert told.status == 400
    assert "ghi nguyên nhân gốc rễ và hành động khắc phục" in told.words
    assert Duty.objects.get(pk=duty.pk).done_at is None
    page = example.who("cv-noivu").sends(
        form,
        **typed,
        cause="Khảo sát muộn.",
        action="Khảo sát từ đầu quý.",
        action_due_on="2024-03-31",
    )
    assert "Chưa đạt" in page.words
    assert "Khảo sát từ đầu quý." in page.words


def test_met_but_not_by_much_is_advised_once_and_not_barred(example):
    duty = owed("2", "NV")
    form = form_of(example, duty, "cv-noivu")
    typed = {field_of(form): "95,2", "words": "Đủ phiếu."}
    told = example.who("cv-noivu").is_told(form, **typed)
    assert (told.status, "Đạt nhưng chưa cao" in told.words) == (422, True)
    # the page shown with the advice carries that it was shown
    form.values["advised"] = ["on"]
    example.who("cv-noivu").sends(form, **typed)
    assert MeasureResult.objects.get(pk=duty.result_id).outcome == "hardly_met"


def test_a_figure_that_is_none_is_refused_in_words(example):
    duty = owed("2", "NV")
    form = form_of(example, duty, "cv-noivu")
    for wrong in ("", "nhiều", "1e99999", "99999999999999999"):
        told = example.who("cv-noivu").is_told(form, **{field_of(form): wrong}, words="x")
        assert told.status == 422, wrong


def test_a_share_above_the_whole_is_asked_about_before_it_is_kept(example):
    duty = owed("2", "NV")
    form = form_of(example, duty, "cv-noivu")
    typed = {field_of(form): "965", "words": "412 phiếu."}
    told = example.who("cv-noivu").is_told(form, **typed, evidence=a_file("phieu.txt", b"412"))
    assert (told.status, "lớn hơn 100%" in told.words) == (422, True)
    assert "chọn lại tệp bằng chứng" in told.words
    assert "beyond_whole" not in form.values, "nobody is offered the tick before there is a cause"
    with pytest.raises(BadInput, match="lớn hơn 100%"):
        report(example, duty, "cv-noivu", "965")()
    assert MeasureResult.objects.get(pk=duty.result_id).reported_at is None
    # the page shown with the question carries the tick
    form.values["beyond_whole"] = ["on"]
    page = example.who("cv-noivu").sends(form, **typed)
    assert "965%" in page.words


def test_less_than_none_is_refused_with_a_sentence(example):
    duty = owed("2", "NV")
    form = form_of(example, duty, "cv-noivu")
    told = example.who("cv-noivu").is_told(form, **{field_of(form): "-5"}, words="x")
    assert (told.status, "là số âm" in told.words) == (400, True)
    assert MeasureResult.objects.get(pk=duty.result_id).reported_at is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [("98,5", "98.5"), ("98.5", "98.5"), ("1.250", "1250"), ("1.250,5", "1250.5")],
)
def test_a_figure_is_read_as_it_is_written_here(typed, read):
    assert FigureField().clean(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["nhiều", "٩٨", "1,23456", "1234567890123", "1e3000"])
def test_what_is_no_figure_says_how_one_is_written(typed):
    with pytest.raises(ValidationError) as refused:
        FigureField().clean(typed)
    assert refused.value.messages == [
        "Ghi một con số: tối đa 12 chữ số, sau dấu phẩy tối đa 4 chữ số, như 98,5."
    ]


@pytest.mark.parametrize(
    ("name", "data"), [("so-lieu.exe", b"MZ"), ("so-lieu.pdf", b"not a pdf"), ("trong.txt", b"")]
)
def test_evidence_that_is_no_fit_file_is_refused_and_nothing_is_half_stored(example, name, data):
    duty = owed("2", "NV")
    form = form_of(example, duty, "cv-noivu")
    example.who("cv-noivu").is_told(
        form, **{field_of(form): "99"}, words="x", evidence=a_file(name, data)
    )
    assert MeasureResult.objects.get(pk=duty.result_id).reported_at is None
    assert not Evidence.objects.filter(result=duty.result_id).exists()


def test_another_department_is_told_whose_result_it_is(example):
    with pytest.raises(NotPermitted) as refused:
        report(example, owed("2", "NV"), "cv-tuphap", "99")()
    assert "Phòng Nội vụ" in refused.value.sentence
    page = example.who("cv-tuphap").opens(f"/viec-khac/{owed('2', 'NV').pk}/")
    assert "Báo cáo" in page.barred
    assert "Kết quả này do Phòng Nội vụ báo cáo." in page.words


def test_a_result_is_reported_once(example):
    duty = owed("2", "NV")
    report(example, duty, "cv-noivu", "99")()
    with pytest.raises(AlreadyDone) as refused:
        report(example, duty, "tp-noivu", "98")()
    assert "Chuyên viên Phòng Nội vụ" in refused.value.sentence


def test_the_database_refuses_an_unmet_result_without_a_cause(example):
    unmet = MeasureResult.objects.filter(outcome="unmet")
    with pytest.raises(IntegrityError, match="an_unmet_result_says_why"), transaction.atomic():
        unmet.update(cause="")
    twin = unmet.get()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


# ---------------------------------------------------------------- the secretary


def test_the_report_goes_objective_by_objective_and_period_by_period(example):
    first, second, third, fourth = selectors.consolidated(
        example.paper("1073/QĐ-CT"), on=example.today
    )
    assert [column.name for column in first.columns][:3] == [
        "Tháng 7/2023",
        "Tháng 8/2023",
        "Tháng 9/2023",
    ]
    (reception,) = first.lines
    assert [str(cell.figures[0].value.normalize()) for cell in reception.cells] == [
        "98.4", "98.6", "97.1", "99.1", "99.3", "99.2",
    ]  # fmt: skip
    assert (reception.trend, first.outcome) == ("down", "met")
    (september,) = first.unmet
    assert "nghỉ cùng tuần" in september.cause
    assert (second.reported, third.reported, len(fourth.lines)) == (0, 1, 4)


def test_unmet_results_are_read_with_their_causes(example):
    page = results_of(example, "pct-vanxa")
    assert "9/13 kết quả đã báo cáo" in page.words
    assert "1 chưa đạt" in page.words
    assert "Hai công chức nghỉ cùng tuần" in page.words
    assert "Lập lịch trực thay cho từng quầy" in page.words


def test_what_is_not_reported_in_time_is_late(example):
    late = selectors.consolidated(example.paper("1073/QĐ-CT"), on=date(2024, 1, 16))
    assert sum(block.late for block in late) == 4
    assert (
        sum(
            block.late
            for block in selectors.consolidated(example.paper("1073/QĐ-CT"), on=example.today)
        )
        == 0
    )


def test_the_overview_counts_every_paper_once(example):
    (one,) = selectors.overview([example.paper("1073/QĐ-CT").office_id], on=date(2024, 1, 16))
    assert (one.asked, one.reported, one.late, one.unmet) == (13, 9, 4, 1)
    page = example.who("thuky-iso").opens("/ket-qua/")
    assert "1073/QĐ-CT" in page.words
    assert "9/13" in page.words
    assert example.who("thuky-iso").opens("/ket-qua/?truoc=1").words.count("1073/QĐ-CT") == 0


def test_the_table_for_a_spreadsheet_says_the_same_and_holds_no_formula(example):
    result = MeasureResult.objects.get(outcome="unmet")
    result.words = "=HYPERLINK(1)"
    result.save()
    address = f"/van-ban/{example.paper('1073/QĐ-CT').reference}/ket-qua.csv"
    sent = example.who("thuky-iso").client.get(address)
    assert sent.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 13
    (september,) = [row for row in rows if row["Kỳ"] == "Tháng 9/2023"]
    assert (september["Kết quả"], september["Đánh giá"]) == ("97,1", "chưa đạt")
    assert september["Nội dung"] == "'=HYPERLINK(1)"
    blocks = selectors.consolidated(example.paper("1073/QĐ-CT"), on=example.today)
    assert len(list(lines(blocks))) == 14


def test_results_on_demand_wait_on_every_department_that_owes_any(example):
    page = results_of(example)
    address = f"/van-ban/{example.paper('1073/QĐ-CT').reference}/ket-qua/dot-xuat/"
    after = example.who("thuky-iso").sends(page.form(address), days="3")
    assert "Đã giao 7 việc báo cáo đột xuất." in after.words
    assert "01/01 đến 15/01/2024" in after.words
    (duty,) = Duty.objects.filter(result__period="ad_hoc", department__code="TP")
    assert duty.result.due_on == date(2024, 1, 18)
    assert example.who("cv-tuphap").opens("/ban-lam-viec/").words.count("01/01 đến 15/01/2024") == 1
    with pytest.raises(AlreadyDone, match="rồi"):
        ask(example)()


def test_only_the_secretary_asks_and_sends_back(example):
    page = results_of(example, "cvp")
    assert "Gửi yêu cầu báo cáo" in page.barred
    assert "Chỉ Thư ký Ban Chỉ đạo ISO" in page.words
    assert "Gửi lại đơn vị để sửa" not in page.words


def test_a_paper_that_asks_for_nothing_is_not_asked_on_demand(example):
    by, at = example.people["thuky-iso"], example.now
    with pytest.raises(Conflict, match="chưa có mục tiêu"):
        objectives.ask_for_results(
            document=example.paper("812/QĐ-CT"), days=3, key=uuid4(), by=by, at=at
        )
    with pytest.raises(BadInput, match="1 đến 30"):
        objectives.ask_for_results(
            document=example.paper("1073/QĐ-CT"), days=31, key=uuid4(), by=by, at=at
        )


def test_a_result_sent_back_is_owed_again_and_the_first_report_stays(example):
    opened = send_back(example)()
    first = MeasureResult.objects.get(returned_at__isnull=False)
    assert "Thiếu số hồ sơ" in first.returned_because
    assert (opened.result.attempt, opened.result.until_on) == (2, first.until_on)
    desk = example.who("cv-tiepnhan").opens("/ban-lam-viec/")
    assert "Tháng 9/2023" in desk.words
    form = example.who("cv-tiepnhan").opens(f"/viec-khac/{opened.pk}/")
    assert "Thư ký gửi lại: Thiếu số hồ sơ" in form.words
    block = selectors.consolidated(example.paper("1073/QĐ-CT"), on=example.today)[0]
    assert (block.asked, block.reported, len(block.unmet)) == (6, 5, 0)
    with pytest.raises(Conflict, match="không còn để gửi lại"):
        send_back_of(example, first)


def send_back_of(example, result):
    """Send one result back."""
    objectives.return_result(
        result=result, reason="x", key=uuid4(), by=example.people["thuky-iso"], at=example.now
    )


def test_what_happened_is_read_back_in_the_log_of_the_paper(example):
    report(example, owed("2", "NV"), "cv-noivu", "90", cause="Muộn.", action="Sớm.")()
    entry = Entry.objects.filter(action="result.reported").order_by("-pk")[0]
    assert entry.details["outcome"] == "unmet"
    paper = example.paper("1073/QĐ-CT").reference
    log = example.who("danhgia").opens(f"/van-ban/{paper}/nhat-ky/")
    assert "Chuyên viên Phòng Nội vụ báo cáo kết quả theo “1073/QĐ-CT”: chưa đạt." in log.words


def test_nobody_outside_the_office_learns_of_results(example):
    stranger = an_office(Role.SPECIALIST).people[Role.SPECIALIST]
    client = Client()
    client.force_login(stranger)
    paper, result = example.paper("1073/QĐ-CT"), Evidence.objects.get()
    # the paper itself is public
    assert client.get(f"/van-ban/{paper.reference}/").status_code == 200
    for address in (
        f"/van-ban/{paper.reference}/ket-qua/",
        f"/van-ban/{paper.reference}/ket-qua.csv",
        f"/ket-qua/{result.result_id}/bang-chung/{result.pk}/",
    ):
        assert client.get(address).status_code == 404, address
    assert "1073/QĐ-CT" not in client.get("/ket-qua/").content.decode()


def test_the_report_asks_the_database_a_bounded_number_of_times(example):
    results_of(example)
    with CaptureQueriesContext(connection) as before:
        results_of(example)
    ask(example)()
    with CaptureQueriesContext(connection) as after:
        results_of(example)
    assert len(before) <= MOST_QUERIES, len(before)
    assert len(after) == len(before), "more results, as many questions"


def test_a_desk_reads_its_results_in_one_query(example):
    by = example.people["cv-noivu"]
    desk = Desk(by, example.now, offices.standings(by, at=example.now))
    desk.due(example.now, example.paper("1073/QĐ-CT").office)
    with CaptureQueriesContext(connection) as asked:
        assert len(desk.duties()) == 2
    assert len(asked) == 1
