"""A reader has a paper printed: the worker makes it, the page says how far it is, the file is kept."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from documents import files, papers
from documents.importing.text import read_text
from documents.importing.word import read_word
from documents.models import PrintOrder, Rendition, UrgencyMark
from documents.printing.pdf import NotPrinted
from documents.services import printing
from offices import clock as office_clock
from tests.builders import sent
from tests.cast import Refused
from tests.printing import Print
from workflows import clock
from workflows.management.commands import worker

if TYPE_CHECKING:
    from tests.builders import Example
    from tests.reading import Form, Page

ISSUED, OLD, DRAFT = "1073/QĐ-CT", "812/QĐ-CT", "policy 2024"
# Reading an order, the work of the queue around it, and the push: pinned on both databases.
STATEMENTS_OF_AN_ORDER = 14
STATEMENTS_OF_A_PRINT = 9


def address(example: Example, name: str) -> str:
    return f"/van-ban/{example.paper(name).reference}/"


def wanted(form: Form) -> tuple[str, str]:
    """What a form of the page prints, and as which kind of file."""
    (what,), (kind,) = form.values.get("loai", [""]), form.values.get("dang", [""])
    return what, kind


def orders(example: Example, name: str, username: str = "vanthu", what: str = "paper") -> Page:
    """Somebody presses the button of one print on the paper's page."""
    person = example.who(username)
    page = person.opens(address(example, name))
    form = next(one for one in page.forms if wanted(one) == (what, "pdf"))
    return person.sends(form)


def the_print(example: Example, name: str, username: str = "vanthu", what: str = "paper") -> Print:
    """Order a print, let a worker make it, and take the file from the page."""
    orders(example, name, username, what)
    worker.work_once()
    page = example.who(username).opens(address(example, name))
    link = next(one for one in page.links if re.search(r"/ban-in/\d+/", one.href))
    answer = example.who(username).client.get(link.href)
    assert answer.status_code == 200
    return Print(answer.content)


def test_the_clerk_orders_a_print_and_finds_it_on_the_page_when_the_worker_made_it(example):
    page = orders(example, ISSUED)
    assert "PDF: đang chờ đến lượt" in page.words
    assert Rendition.objects.filter(sort="print").count() == 0, "nothing is made in the request"

    worker.work_once()

    page = example.who("vanthu").opens(address(example, ISSUED))
    assert "Tải PDF" in page.words
    assert re.search(r"\d+ trang, \d+", page.words)


def test_the_print_is_the_paper_with_number_and_date_and_without_a_ribbon(example):
    said = the_print(example, ISSUED)

    assert "Số: 1073/QĐ-CT" in said.words
    assert set("".join(said.tops)) <= set("0123456789")
    canonical = bytes(example.newest(ISSUED).canonical)
    (attached,) = said.opened.attachments.values()
    assert attached.get_file().read_bytes() == canonical


def test_an_urgent_paper_bears_its_mark_and_an_ordinary_one_none(example):
    assert "KHẨN" not in the_print(example, ISSUED).words

    document = example.paper(ISSUED)
    UrgencyMark.objects.create(
        document=document, level="very_urgent", set_by=document.author, set_at=document.issued_at
    )
    first, *rest = the_print(example, ISSUED).pages

    assert "THƯỢNG KHẨN" in first
    assert not any("KHẨN" in page for page in rest)


def test_the_file_is_kept_under_its_digest_with_what_it_was_made_from(example):
    said = the_print(example, ISSUED)

    kept = Rendition.objects.get(sort="print")
    assert kept.sha256 == hashlib.sha256(said.data).hexdigest()
    assert files.load(kept.sha256) == said.data
    assert (kept.size, kept.pages) == (len(said.data), len(said.pages))
    assert kept.made_from == PrintOrder.objects.get().made_from


def test_a_second_reader_is_given_the_same_file_and_nothing_is_made_again(example):
    the_print(example, ISSUED)

    page = example.who("luutru").opens(address(example, ISSUED))
    assert "Tải PDF" in page.words
    assert ("paper", "pdf") not in map(wanted, page.forms)
    with pytest.raises(StopIteration):
        orders(example, ISSUED, "luutru")


def test_a_copy_says_on_every_page_that_the_paper_is_no_longer_in_force(example):
    said = the_print(example, OLD, what="copy")

    assert all("BẢN SAO ĐỂ THAM KHẢO — HẾT HIỆU LỰC từ ngày 04/7/2023" in top for top in said.tops)
    assert example.legal(OLD).state == "ceased"


def test_a_copy_for_another_day_is_another_print_with_the_state_of_that_day(example):
    person = example.who("vanthu")
    page = person.opens(f"{address(example, OLD)}?ngay=2023-07-03")
    person.sends(next(one for one in page.forms if one.values.get("loai") == ["copy"]))
    worker.work_once()

    placed = PrintOrder.objects.get()
    assert placed.ribbon == "BẢN SAO ĐỂ THAM KHẢO — CÒN HIỆU LỰC ngày 03/7/2023"
    assert placed.state == PrintOrder.State.READY


def test_the_paper_is_given_as_a_word_file_that_is_read_back(example):
    person = example.who("vanthu")
    page = person.opens(address(example, ISSUED))
    person.sends(next(one for one in page.forms if one.values.get("dang") == ["docx"]))
    worker.work_once()
    page = person.opens(address(example, ISSUED))
    answer = person.client.get(next(x for x in page.links if x.words.startswith("Tải Word")).href)

    assert ".docx" in answer.headers["Content-Disposition"]
    content = read_text(read_word(answer.content).text).content
    assert content.preface.subject == papers.content_of(example.newest(ISSUED)).preface.subject
    assert Rendition.objects.get(sort="print").pages is None


def test_a_draft_is_printed_as_one(example):
    said = the_print(example, DRAFT, "cv-noivu", what="draft")

    assert all("DỰ THẢO — không có giá trị thi hành" in top for top in said.tops)
    assert not Rendition.objects.filter(sort="print").exists()


def test_who_may_not_read_the_draft_reads_no_print_of_it(example):
    orders(example, DRAFT, "cv-noivu", what="draft")
    worker.work_once()
    placed = PrintOrder.objects.get()

    stranger = example.who("cv-tuphap")
    for tail in ("ban-in/", f"ban-in/{placed.pk}/"):
        assert stranger.is_refused(address(example, DRAFT) + tail) == 404
    form = {"ban": placed.revision.ordinal, "loai": "draft", "dang": "pdf"}
    assert stranger.client.post(f"{address(example, DRAFT)}ban-in/", form).status_code == 404


def test_a_reader_of_the_issued_paper_does_not_print_its_drafts(example):
    reader = example.who("cv-tuphap")
    first = {"ban": 1, "loai": "draft", "dang": "pdf"}
    issued = example.newest(ISSUED)
    if issued.ordinal > 1:
        assert reader.client.post(f"{address(example, ISSUED)}ban-in/", first).status_code == 404
    paper = {"ban": issued.ordinal, "loai": "draft", "dang": "pdf"}
    assert reader.client.post(f"{address(example, ISSUED)}ban-in/", paper).status_code == 409
    assert not PrintOrder.objects.exists()


def test_a_print_of_one_paper_is_not_given_under_the_address_of_another(example):
    the_print(example, ISSUED)
    placed = PrintOrder.objects.get()

    assert example.who("vanthu").is_refused(f"{address(example, OLD)}ban-in/{placed.pk}/") == 404


def test_what_is_sent_by_hand_and_says_nothing_is_refused_with_what_to_do(example):
    answer = example.who("vanthu").client.post(
        f"{address(example, ISSUED)}ban-in/", {"ban": "1 OR 1=1", "loai": "<b>", "dang": "exe"}
    )

    assert answer.status_code == 400
    assert "chưa đặt in gì" in answer.content.decode()
    assert not PrintOrder.objects.exists()


def test_who_ordered_a_print_takes_it_back_and_the_worker_passes_it_over(example):
    page = orders(example, ISSUED)
    example.who("vanthu").sends(page.form("/huy/"))

    worker.work_once()

    assert PrintOrder.objects.get().state == PrintOrder.State.CANCELLED
    assert not Rendition.objects.filter(sort="print").exists()
    assert "Đã hủy" in example.who("vanthu").opens(address(example, ISSUED)).words


def test_another_reader_does_not_take_it_back(example):
    orders(example, ISSUED)
    placed = PrintOrder.objects.get()

    page = example.who("luutru").opens(address(example, ISSUED))
    assert not [one for one in page.forms if one.action.endswith("/huy/")]
    forced = f"{address(example, ISSUED)}ban-in/{placed.pk}/huy/"
    assert example.who("luutru").client.post(forced).status_code == 403
    placed.refresh_from_db()
    assert placed.state == PrintOrder.State.QUEUED


def test_a_print_cancelled_while_it_is_set_is_dropped(example, monkeypatch):
    orders(example, ISSUED)
    placed = PrintOrder.objects.get()
    set_pages = printing.pdf_of

    def cancelled_meanwhile(*given, **more):
        printing.cancel(placed=placed, by=placed.ordered_by, real_at=office_clock.real_now())
        return set_pages(*given, **more)

    monkeypatch.setattr(printing, "pdf_of", cancelled_meanwhile)
    worker.work_once()

    placed.refresh_from_db()
    assert placed.state == PrintOrder.State.CANCELLED
    assert not Rendition.objects.filter(sort="print").exists()


@pytest.mark.parametrize("why", ["time", "memory", "layout"])
def test_a_print_that_cannot_be_made_says_why_and_can_be_ordered_again(example, monkeypatch, why):
    with monkeypatch.context() as patch:
        patch.setattr(printing, "pdf_of", lambda *a, **k: (_ for _ in ()).throw(NotPrinted(why)))
        orders(example, ISSUED)
        worker.work_once()
    page = example.who("vanthu").opens(address(example, ISSUED))
    assert f"Chưa tạo được: {PrintOrder.objects.get().get_why_display()}" in page.words
    assert "Tạo lại bản PDF" in page.words

    said = the_print(example, ISSUED)

    assert "1073/QĐ-CT" in said.words
    assert PrintOrder.objects.get().state == PrintOrder.State.READY


def test_a_fault_of_the_program_is_said_on_the_page_and_kept_in_the_queue(example, monkeypatch):
    def broken(*given, **more):
        raise RuntimeError("no such thing")

    monkeypatch.setattr(printing, "pdf_of", broken)
    orders(example, ISSUED)
    worker.work_once()

    assert PrintOrder.objects.get().why == PrintOrder.Why.BROKEN
    (task,) = DBTaskResult.objects.failed()
    assert "no such thing" in task.traceback
    assert "có lỗi khi in" in example.who("vanthu").opens(address(example, ISSUED)).words


def test_a_worker_killed_in_the_middle_is_found_by_the_next_tick(example):
    orders(example, ISSUED)
    placed, real = PrintOrder.objects.get(), office_clock.real_now()
    assert printing._taken(placed.pk, real_at=real) is not None

    clock.tick(at=example.now, real_at=real + timedelta(minutes=2))
    placed.refresh_from_db()
    assert placed.state == PrintOrder.State.RUNNING, "it may still be at work"
    tick = clock.tick(at=example.now, real_at=real + timedelta(minutes=4))

    placed.refresh_from_db()
    assert (tick.lost_prints, placed.state, placed.why) == (1, "failed", "stopped")
    assert "bị ngắt giữa chừng" in example.who("vanthu").opens(address(example, ISSUED)).words


def test_a_worker_killed_before_it_began_is_found_and_a_long_queue_is_waited_for(example):
    orders(example, ISSUED)
    real = office_clock.real_now()
    tick = clock.tick(at=example.now, real_at=real + timedelta(minutes=4))
    assert (tick.lost_prints, PrintOrder.objects.get().state) == (0, "queued"), "its turn will come"

    DBTaskResult.objects.ready().get().claim("killed")
    tick = clock.tick(at=example.now, real_at=real + timedelta(minutes=8))

    placed = PrintOrder.objects.get()
    assert (tick.lost_prints, placed.state, placed.why) == (1, "failed", "stopped")
    orders(example, ISSUED)
    worker.work_once()
    assert PrintOrder.objects.get().state == PrintOrder.State.READY


def test_a_number_given_after_the_order_makes_it_another_print(example):
    orders(example, "committee", "cv-noivu", what="draft")
    example.who("vanthu").numbers("Kiện toàn Ban Chỉ đạo ISO")
    worker.work_once()

    assert PrintOrder.objects.get().why == PrintOrder.Why.CHANGED


def test_one_person_orders_no_more_than_the_queue_bears(example, monkeypatch):
    monkeypatch.setattr(printing, "MOST_UNDER_WAY", 1)
    orders(example, ISSUED)

    with pytest.raises(Refused) as refused:
        orders(example, ISSUED, what="copy")

    assert refused.value.status == 409
    assert "Còn 1 bản in đã đặt chưa xong." in refused.value.words
    assert PrintOrder.objects.count() == 1


def test_a_damaged_file_is_not_handed_out(example):
    the_print(example, ISSUED)
    kept = Rendition.objects.get(sort="print")
    files._place(kept.sha256).write_bytes(b"something else")
    placed = PrintOrder.objects.get()

    answer = example.who("vanthu").client.get(f"{address(example, ISSUED)}ban-in/{placed.pk}/")
    files._place(kept.sha256).unlink()

    assert answer.status_code == 409


def test_the_page_asks_again_only_while_something_is_to_come(example):
    asked = f"{address(example, ISSUED)}ban-in/?ban={example.newest(ISSUED).ordinal}"
    client = example.who("vanthu").client
    part = client.get(asked, headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in part

    orders(example, ISSUED)
    part = client.get(asked, headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" in part
    worker.work_once()
    part = client.get(asked, headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in part
    assert "Tải PDF" in part
    assert client.get(asked).status_code == 302, "a reader without script is led to the paper"


def test_an_order_and_a_print_ask_the_database_a_fixed_number_of_times(example):
    person = example.who("vanthu")
    page = person.opens(address(example, ISSUED))
    form = next(one for one in page.forms if one.values.get("loai") == ["paper"])
    with CaptureQueriesContext(connection) as captured:
        assert person.client.post(form.action, form.values).status_code == 302
    told = "\n".join(one[:140] for one in sent(captured))
    assert len(sent(captured)) == STATEMENTS_OF_AN_ORDER, told

    placed = PrintOrder.objects.get()
    with CaptureQueriesContext(connection) as captured:
        printing.carry_out(
            placed.pk, at=example.now, real_at=office_clock.real_now(), told=lambda paper: None
        )
    told = "\n".join(one[:140] for one in sent(captured))
    assert len(sent(captured)) == STATEMENTS_OF_A_PRINT, told


def test_the_worker_command_prints_what_waits(example):
    orders(example, ISSUED)
    call_command("worker", "--once")

    assert PrintOrder.objects.get().state == PrintOrder.State.READY
    assert DBTaskResult.objects.successful().count() == 1


def test_what_the_queue_has_done_is_forgotten_after_a_week(example):
    the_print(example, ISSUED)
    real = office_clock.real_now()

    clock.tick(at=example.now, real_at=real + timedelta(days=6))
    assert DBTaskResult.objects.count() == 1
    clock.tick(at=example.now, real_at=real + timedelta(days=8))
    assert DBTaskResult.objects.count() == 0
