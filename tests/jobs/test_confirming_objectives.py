"""Somebody confirms what a paper's objectives say: raw words beside the reading, corrected or not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from documents.content.objectives.reading import MOST_READ
from documents.models import ConfirmedReading, MeasureResult, StatedMeasure, StatedTarget
from documents.models.objectives import Comparator
from documents.selectors import objectives as selectors
from documents.selectors.objectives import (
    MeasureStated,
    ObjectiveStated,
    ReadingStated,
    TargetStated,
)
from documents.services import objectives as rows
from offices.dates import local_day
from tests.acting import issue, sign
from tests.objectives import confirm, read
from workflows.exceptions import BadInput, Conflict, DigestChanged, NotPermitted
from workflows.forms.objectives import ReadingForm, settled_over
from workflows.models import Duty
from workflows.services import objectives

ECONOMY = "economy objectives"
MOST_QUERIES = 30


def page_of(example, who, name=ECONOMY):
    """The address of the objectives of a paper, and the page as somebody sees it."""
    address = f"/van-ban/{example.paper(name).reference}/muc-tieu/"
    return address, example.who(who).opens(address)


def test_the_page_shows_the_words_beside_what_they_are_taken_to_mean(example):
    _address, page = page_of(example, "thuky-iso")
    assert "Chưa xác nhận" in page.words
    assert "đạt từ 99% trở lên" in page.words
    assert "ít nhất 99%" in page.words
    assert "Số viết bằng chữ; hãy kiểm tra con số đã đọc, nếu có." in page.words
    assert "1 chỗ máy đọc chưa chắc" in page.words


def test_confirming_keeps_the_reading_with_who_and_when_and_not_in_the_digest(example):
    digest = example.newest(ECONOMY).content_digest
    address, page = page_of(example, "thuky-iso")
    after = example.who("thuky-iso").sends(page.form(address))
    assert "Đã xác nhận" in after.words
    assert "Thư ký Ban Chỉ đạo ISO" in after.words
    reading = ConfirmedReading.objects.get(revision=example.newest(ECONOMY))
    assert (reading.year, reading.reports, reading.corrected) == (2024, "quarter", 0)
    assert reading.confirmed_by.username == "thuky-iso"
    assert example.newest(ECONOMY).content_digest == digest


def test_what_was_read_wrong_is_corrected_and_the_raw_words_stay(example):
    address, page = page_of(example, "tp-kinhte")
    form = page.form(address)
    example.who("tp-kinhte").sends(
        form, t1_0_comparator="decrease_by", t1_0_value="12,5", t1_0_unit="%"
    )
    reading = selectors.latest(example.newest(ECONOMY))
    assert reading.corrected == 1
    target = StatedTarget.objects.get(objective__reading=reading, objective__number="2")
    assert (target.comparator, str(target.value), target.unit) == ("decrease_by", "12.5000", "%")
    assert "từ hai lần trở lên" in target.text


def test_a_figure_and_its_comparison_belong_together(example):
    address, page = page_of(example, "thuky-iso")
    form, secretary = page.form(address), example.who("thuky-iso")
    told = secretary.is_told(form, t1_0_comparator="gte", t1_0_value="")
    assert (told.status, "Ghi con số" in told.words) == (422, True)
    told = secretary.is_told(form, t0_0_comparator="range", t0_0_value="99", t0_0_upper="98")
    assert "Khoảng cần có mức trên" in told.words
    told = secretary.is_told(form, t0_0_comparator="qualitative")
    assert "Chỉ tiêu định tính thì để trống ô mức" in told.words
    assert secretary.is_told(form, t0_0_value="nhiều").status == 422
    assert not ConfirmedReading.objects.filter(revision=example.newest(ECONOMY)).exists()


def test_what_resources_and_how_it_is_reckoned_stand_beside_the_reading(example):
    """ISO 9001:2015, 6.2.2: what, with what, who, when, how evaluated."""
    address, _page = page_of(example, "thuky-iso", "policy 2024")
    measure = StatedMeasure.objects.filter(
        objective__reading__revision=example.newest("policy 2024")
    ).first()
    StatedMeasure.objects.filter(pk=measure.pk).update(
        resources="02 công chức, kinh phí khảo sát",
        deadline_raw="Theo Kế hoạch",
        deadline_kind="plan",
    )
    measure.objective.method = "Số hồ sơ đúng hạn chia cho số hồ sơ đến hạn."
    measure.objective.save()
    words = example.who("thuky-iso").opens(address).words
    assert "Nguồn lực 02 công chức, kinh phí khảo sát" in words
    assert "Cách tính Số hồ sơ đúng hạn chia cho số hồ sơ đến hạn." in words
    assert "Theo Kế hoạch ngày theo kế hoạch riêng" in words


def test_a_slip_of_the_comma_is_no_target(example):
    address, page = page_of(example, "thuky-iso")
    form, secretary = page.form(address), example.who("thuky-iso")
    assert "Văn bản không ghi mức nào trên 100%" in secretary.is_told(form, t0_0_value="990").words
    assert "không là số âm" in secretary.is_told(form, t0_0_value="-99").words
    assert not ConfirmedReading.objects.filter(revision=example.newest(ECONOMY)).exists()
    # what grows may grow by more than all of it
    grows = {"t0_0_comparator": "increase_by", "t0_0_value": "150", "t0_0_baseline": "năm 2023"}
    assert "Đã xác nhận" in secretary.sends(form, **grows).words


def test_others_read_the_page_and_are_told_who_confirms(example):
    _address, page = page_of(example, "danhgia")
    assert "Xác nhận mục tiêu" in page.barred
    assert "Thư ký Ban Chỉ đạo ISO xác nhận mục tiêu đọc được." in page.words
    with pytest.raises(NotPermitted):
        confirm(example, username="cv-tuphap")()


def test_the_latest_confirmation_counts_until_results_are_asked_for(example):
    confirm(example)()
    confirm(example, username="tp-kinhte")()
    reading = selectors.latest(example.newest(ECONOMY))
    assert (reading.ordinal, reading.confirmed_by.username) == (2, "tp-kinhte")


def test_an_issued_paper_asks_at_once_and_its_reading_stands(example):
    with pytest.raises(Conflict) as refused:
        confirm(example, "1073/QĐ-CT")()
    assert "giữ nguyên" in refused.value.sentence
    confirm(example, "812/QĐ-CT")()
    assert MeasureResult.objects.filter(document=example.paper("812/QĐ-CT")).exists()


def test_on_issue_every_measure_becomes_a_duty_of_its_department(example):
    sign(example)()
    assert not Duty.objects.filter(document=example.paper("policy 2024"), sort="report_result")
    issue(example, "policy 2024")()
    owed = Duty.objects.filter(document=example.paper("policy 2024"), sort="report_result")
    by_department = {
        code: owed.filter(department__code=code).count() for code in ("TN", "NV", "VP", "TP")
    }
    # reception: 12 months and 4 quarters; home affairs: 4 quarters, 2 half-years; the office: 4
    assert by_department == {"TN": 16, "NV": 6, "VP": 4, "TP": 2}
    january = owed.get(department__code="TN", result__until_on="2024-01-31")
    assert local_day(january.shown_from).isoformat() == "2024-02-01"
    assert january.result.due_on.isoformat() == "2024-02-21"  # Tết lies between


def test_an_unconfirmed_paper_is_issued_all_the_same_and_asks_for_nothing(example):
    readings = ConfirmedReading.objects.filter(revision__document=example.paper("committee"))
    assert not readings.exists()
    issue(example)()
    assert not Duty.objects.filter(document=example.paper("committee"), sort="report_result")


def test_another_content_than_the_one_shown_is_not_confirmed(example):
    revision, stated = read(example, ECONOMY)
    with pytest.raises(DigestChanged):
        objectives.confirm_objectives(
            revision=revision, digest="0" * 64, stated=stated, corrected=0, key=uuid4(),
            by=example.people["thuky-iso"], at=example.now,
        )  # fmt: skip


def test_a_paper_of_too_many_rows_or_results_is_refused_with_a_sentence(example, monkeypatch):
    monkeypatch.setattr(rows, "MOST_ROWS", 3)
    with pytest.raises(BadInput, match="không xác nhận một lần"):
        confirm(example)()
    monkeypatch.undo()
    monkeypatch.setattr(rows, "MOST_RESULTS", 3)
    with pytest.raises(BadInput, match="nhiều nhất 3 lượt"):
        confirm(example, "812/QĐ-CT")()
    assert not MeasureResult.objects.filter(document=example.paper("812/QĐ-CT")).exists()


def test_a_paper_without_objectives_says_so(example):
    _address, page = page_of(example, "cvp", "control procedure")
    assert "Không đọc được mục tiêu nào" in page.words


def test_the_paper_leads_to_its_objectives_and_results(example):
    paper = example.paper("1073/QĐ-CT")
    page = example.who("cv-noivu").opens(f"/van-ban/{paper.reference}/")
    leads = {link.href for link in page.links}
    assert f"/van-ban/{paper.reference}/muc-tieu/" in leads
    assert f"/van-ban/{paper.reference}/ket-qua/" in leads


def test_the_database_refuses_a_comparison_without_a_figure(example):
    target = StatedTarget.objects.filter(comparator=Comparator.GTE)[0]
    with (
        pytest.raises(IntegrityError, match="a_target_with_a_figure_is_compared"),
        transaction.atomic(),
    ):
        StatedTarget.objects.filter(pk=target.pk).update(value=None)
    with pytest.raises(IntegrityError, match="a_range_has_two_ends"), transaction.atomic():
        StatedTarget.objects.filter(pk=target.pk).update(comparator="range")


def test_the_page_asks_the_database_a_bounded_number_of_times(example):
    address, _page = page_of(example, "thuky-iso", "policy 2024")
    with CaptureQueriesContext(connection) as asked:
        example.who("thuky-iso").opens(address)
    assert len(asked) <= MOST_QUERIES, len(asked)


def test_two_figures_of_different_units_in_one_clause_are_settled_as_two_targets(example):
    address, page = page_of(example, "tp-kinhte")
    head = example.who("tp-kinhte")
    told = head.is_told(page.form(address), t0_0x_value="15")
    assert (told.status, "Chọn cách so sánh" in told.words) == (422, True)
    two = {"t0_0x_comparator": "lte", "t0_0x_value": "15", "t0_0x_unit": "phút"}
    after = head.sends(page.form(address), **two)
    assert "không quá 15 phút" in after.words
    reading = selectors.latest(example.newest(ECONOMY))
    first, second = reading.objectives.first().targets.order_by("ordinal")
    assert (second.comparator, second.value, second.unit) == ("lte", 15, "phút")
    assert (first.raw, first.text) == (second.raw, second.text), "the paper's words stand at both"
    assert (first.comparator, first.value, reading.corrected) == ("gte", 99, 1)
    # Opened again it stands where it was put, and can be taken out.
    form = head.opens(address).form(address)
    assert (form.values["t0_0_value"], form.values["t0_0x_value"]) == (["99"], ["15"])
    head.sends(form, t0_0x_comparator="", t0_0x_value="", t0_0x_unit="")
    assert selectors.latest(example.newest(ECONOMY)).objectives.first().targets.count() == 1


def test_a_reading_of_a_paper_that_is_parted_otherwise_today_begins_anew():
    one = TargetStated("98%", "đúng hạn 98%", "gte", Decimal(98), None, "%", "")
    other = replace(one, raw="20%", text="trước hạn 20%", value=Decimal(20))
    measure = MeasureStated("", "", "", "", "", None, "", None, False, frozenset())
    first = ObjectiveStated("1", "Giải quyết hồ sơ", "", "", "", (one, other), (measure,))
    read = ReadingStated(2024, (), (first,))
    wide = replace(one, value=Decimal(5), unit="phút")
    confirmed = ReadingStated(2024, (), (replace(first, targets=(one, wide, other)),))
    assert settled_over(read, confirmed) == (read, {(0, 0): wide})
    for otherwise in (
        replace(first, targets=(one,)),
        replace(first, targets=(one, other, wide)),
        replace(first, measures=(measure, measure)),
    ):
        stored = ReadingStated(2024, (), (otherwise,))
        assert settled_over(read, stored) == (read, {})
    assert settled_over(read, ReadingStated(2024, (), ())) == (read, {})


def test_the_form_of_the_longest_paper_is_refused_in_a_sentence_and_not_by_its_size(settings):
    target = TargetStated("98%", "đúng hạn 98%", "gte", Decimal(98), None, "%", "")
    measure = MeasureStated("", "", "", "", "", None, "", None, False, frozenset())
    one = ObjectiveStated("1", "Giải quyết hồ sơ", "", "", "", (target,), (measure,))
    form = ReadingForm(stated=ReadingStated(2024, (), (one,) * MOST_READ), departments=())
    assert len(form.fields) <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
