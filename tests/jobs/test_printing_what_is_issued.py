"""The clerk issues a paper, and its PDF is made without anybody asking."""

from __future__ import annotations

import io

import docx

from documents.models import PrintOrder, Rendition
from documents.services import printing
from tests.jobs.test_printing import address, orders, the_print
from tests.printing import Print
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


def test_a_copy_of_a_paper_that_is_not_yet_in_force_says_so_in_pdf_and_word(example):
    example.who("vanthu").numbers(COMMITTEE)
    example.who("vanthu").issues(COMMITTEE)
    worker.work_once()
    before = dict(Rendition.objects.values_list("sort", "sha256"))

    said = the_copies(example)

    ribbon = "BẢN SAO ĐỂ THAM KHẢO — CHƯA CÓ HIỆU LỰC ngày 15/01/2024"
    assert all(ribbon in top for top in Print(said["pdf"]).tops)
    for section in docx.Document(io.BytesIO(said["docx"])).sections:
        for header in (section.header, section.first_page_header):
            assert ribbon in "".join(one.text for one in header.paragraphs)
    # The original and the paper's own PDF stay the files they were.
    after = Rendition.objects.exclude(sort="copy").values_list("sort", "sha256")
    assert dict(after) == before
    assert set(before) == {"original", "print"}


def the_copies(example) -> dict[str, bytes]:
    """Both copies of the paper with its state on the day, as a reader orders and takes them."""
    reader, page = example.who("luutru"), address(example, "committee")
    for form in [x for x in reader.opens(page).forms if x.values.get("loai") == ["copy"]]:
        reader.sends(form)
    worker.work_once()
    made = PrintOrder.objects.filter(what="copy")
    return {one.form: reader.client.get(f"{page}ban-in/{one.pk}/").content for one in made}
