"""The clerk issues a paper, and its PDF is made without anybody asking."""

from __future__ import annotations

from documents.models import PrintOrder, Rendition
from documents.services import printing
from tests.jobs.test_printing import address, orders, the_print
from workflows import tasks
from workflows.management.commands import worker

COMMITTEE = "Kiện toàn Ban Chỉ đạo ISO"


def test_the_issued_paper_is_printed_unasked_by_the_worker_and_in_no_act(example):
    example.who("vanthu").numbers(COMMITTEE)
    example.who("vanthu").issues(COMMITTEE)
    assert not PrintOrder.objects.exists(), "the act leaves no more than a place in the queue"

    assert worker.work_once() == 2, "one task orders, the next one makes"

    placed = PrintOrder.objects.get()
    assert (placed.what, placed.form, placed.state) == ("paper", "pdf", "ready")
    assert placed.ordered_by.username == "vanthu"
    assert "Tải PDF" in example.who("vanthu").opens(address(example, "committee")).words


def test_what_goes_wrong_with_the_queue_leaves_the_paper_issued(example, monkeypatch, caplog):
    def broken(*given, **more):
        raise RuntimeError("the queue is full")

    monkeypatch.setattr(type(tasks.print_issued), "enqueue", broken)
    example.who("vanthu").numbers(COMMITTEE)
    example.who("vanthu").issues(COMMITTEE)

    assert example.paper("committee").issued_at is not None
    assert "the queue is full" in caplog.text
    monkeypatch.undo()
    assert "Số: 01/QĐ-CT" in the_print(example, "committee").words, "a reader orders it instead"


def test_a_reader_who_was_faster_than_the_queue_has_nothing_printed_twice(example):
    example.who("vanthu").numbers(COMMITTEE)
    example.who("vanthu").issues(COMMITTEE)
    orders(example, "committee", "cv-noivu")

    worker.work_once()

    assert PrintOrder.objects.get().ordered_by.username == "cv-noivu"
    assert Rendition.objects.filter(sort="print").count() == 1


def test_a_clerk_with_many_prints_under_way_has_the_issued_paper_printed_all_the_same(
    example, monkeypatch
):
    monkeypatch.setattr(printing, "MOST_UNDER_WAY", 0)
    example.who("vanthu").numbers(COMMITTEE)
    example.who("vanthu").issues(COMMITTEE)
    worker.work_once()

    assert PrintOrder.objects.get().state == PrintOrder.State.READY
