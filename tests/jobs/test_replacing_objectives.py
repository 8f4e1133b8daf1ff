"""Objectives are replaced within their year: what is owed under the old ones, and what no longer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from audit.models import Entry
from documents.models import Effect, MeasureResult
from offices.dates import ZONE
from tests.objectives import ask, confirm, owed, report
from workflows.clock import tick
from workflows.exceptions import Conflict
from workflows.models import Duty

OLD = "1073/QĐ-CT"
REPLACED_ON = date(2023, 12, 1)


def open_rows(**more):
    return MeasureResult.objects.filter(
        document__number="1073", reported_at__isnull=True, lifted_at__isnull=True, **more
    )


def ceases(example, on):
    """The old objectives cease on a day, as a decision that replaces them writes it."""
    old = example.paper(OLD)
    return Effect.objects.create(
        target=old, kind="ceases", valid_from=on, recorded_at=example.now,
        operation_id="00000000-0000-4000-8000-000000000002",
    )  # fmt: skip


def ticks(example, on=None):
    """The clock comes by; on a day that a demonstration has turned to, or now."""
    at = datetime(on.year, on.month, on.day, 8, tzinfo=ZONE) if on else example.now
    return tick(at=at + timedelta(minutes=5), real_at=example.now)


def test_periods_over_before_the_replacement_are_still_owed(example):
    before = open_rows().count()
    assert before == 4
    example.who("pct-kinhte").signs("Chính sách chất lượng")
    example.who("vanthu").numbers("Chính sách chất lượng")
    example.who("vanthu").issues("Chính sách chất lượng")
    assert ticks(example).begun_effects == 2
    assert open_rows().count() == before
    assert not Entry.objects.filter(action="results.lifted").exists()


def test_periods_not_over_by_then_leave_the_desks_and_what_was_reported_stays(example):
    duty = owed("2", "NV")
    reported = MeasureResult.objects.filter(reported_at__isnull=False).count()
    ceases(example, REPLACED_ON)
    ticks(example)
    assert not open_rows(until_on__gte=REPLACED_ON).exists()
    assert MeasureResult.objects.filter(reported_at__isnull=False).count() == reported
    desk = example.who("cv-noivu").opens("/ban-lam-viec/")
    assert f"/viec-khac/{duty.pk}/" not in {link.href for link in desk.links}
    assert "Không còn phải báo cáo" in example.who("cv-noivu").opens(f"/viec-khac/{duty.pk}/").words
    words = (
        example.who("thuky-iso").opens(f"/van-ban/{example.paper(OLD).reference}/ket-qua/").words
    )
    assert "4 kết quả, kỳ kết thúc từ 31/12/2023" in words
    assert "quá hạn" not in words


def test_it_is_one_operation_with_the_effect_and_reads_as_a_sentence(example):
    ceases(example, REPLACED_ON)
    ticks(example)
    lifted = Entry.objects.get(action="results.lifted")
    began = Entry.objects.get(action="effect.began", operation_id=lifted.operation_id)
    assert (began.head, lifted.head) == (True, False)
    page = example.who("danhgia").opens(f"/van-ban/{example.paper(OLD).reference}/nhat-ky/")
    assert "hết hiệu lực từ 01/12/2023, 4 kết quả của các kỳ chưa kết thúc" in page.words
    # a second tick finds nothing left to do
    ticks(example)
    assert Entry.objects.filter(action="results.lifted").count() == 1


def test_a_replacement_of_a_later_day_lifts_nothing_until_the_clock_reaches_it(example):
    assert ask(example)()
    later = example.now.date() + timedelta(days=10)
    MeasureResult.objects.filter(period="ad_hoc").update(until_on=later)
    ceases(example, later)
    ticks(example)
    assert open_rows(period="ad_hoc").exists()
    ticks(example, on=later)
    assert not open_rows(period="ad_hoc").exists()


def test_who_reports_after_the_day_is_told_and_nothing_is_kept(example):
    send = report(example, owed("2", "NV"), "cv-noivu", "96.5")
    ceases(example, REPLACED_ON)
    ticks(example)
    with pytest.raises(Conflict, match="không còn phải báo cáo"):
        send()
    assert not Duty.objects.filter(result__lifted_at__isnull=False, done_at__isnull=False).exists()


def test_a_paper_that_ceased_asks_for_nothing_more(example):
    ceases(example, example.now.date())
    with pytest.raises(Conflict, match="hết hiệu lực từ"):
        ask(example)()


def test_objectives_confirmed_after_they_ceased_ask_for_what_was_over_alone(example):
    MeasureResult.objects.filter(document__number="1073").update(
        document=example.paper("committee")
    )
    ceases(example, REPLACED_ON)
    confirm(example, OLD)()
    asked = MeasureResult.objects.filter(document__number="1073")
    assert asked.exists()
    assert not asked.filter(until_on__gte=REPLACED_ON).exists()
