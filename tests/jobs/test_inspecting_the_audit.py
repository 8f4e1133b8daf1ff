"""The internal auditor reads what happened, entry by entry, and proves that it still says so."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from audit.models import Entry
from tests.source import ROOT

POLICY = "Chính sách chất lượng và Mục tiêu chất lượng năm 2024"


@pytest.fixture
def auditor(example):
    return example.who("danhgia")


def verified(person, address):
    """Press "Kiểm lại các dòng" on a page; gives the words of the answer."""
    form = person.opens(address).form("/kiem/")
    answer = person.client.post(form.action, form.values)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_entries_are_sentences_newest_first_each_with_its_hash(example, auditor):
    html = auditor.client.get("/nhat-ky/").content.decode()
    newest = Entry.objects.order_by("-pk").exclude(office="").first()

    hashes = re.findall(r"<dd><code>([0-9a-f]{64})</code></dd>", html)
    assert newest.leaf_hash in hashes
    numbers = [int(found) for found in re.findall(r'id="dong-(\d+)"', html)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 50


def test_pages_follow_one_another_until_the_first_entry(example, auditor):
    seen, address = [], "/nhat-ky/"
    while address:
        html = auditor.client.get(address).content.decode()
        seen += [int(found) for found in re.findall(r'id="dong-(\d+)"', html)]
        onward = re.search(r'href="(\?truoc=\d+[^"]*)"', html)
        address = f"/nhat-ky/{onward[1]}" if onward else ""

    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == Entry.objects.filter(office="an-mau").count()


@pytest.mark.parametrize(
    ("query", "says", "hides"),
    [
        ("viec=paper.returned", "trả lại", "đóng lượt"),
        ("van_ban=1073/QĐ-CT", "1073/QĐ-CT", "Quy trình"),
        ("tu=2024-01-12&den=2024-01-12", "12/01/2024", "11/01/2024"),
    ],
)
def test_the_history_is_narrowed_by_act_paper_and_day(auditor, query, says, hides):
    words = auditor.opens(f"/nhat-ky/?{query}").words.split("Các dòng đã ghi")[1]

    assert says in words
    assert hides not in words


def test_the_history_is_narrowed_by_person(example, auditor):
    key = str(example.people["pct-vanxa"].pk)
    html = auditor.client.get(f"/nhat-ky/?nguoi={key}").content.decode()
    shown = {int(found) for found in re.findall(r'id="dong-(\d+)"', html)}

    assert shown == set(Entry.objects.filter(by_key=key).values_list("pk", flat=True))
    assert shown


def test_a_filter_that_finds_nothing_says_so(auditor):
    assert "Không có dòng nào như đã lọc" in auditor.opens("/nhat-ky/?van_ban=9999").words


def test_verification_says_what_was_checked_and_what_it_does_not_prove(example, auditor):
    words = verified(auditor, "/nhat-ky/")

    assert f"Đã kiểm {Entry.objects.count()} dòng" in words
    assert "Các dòng khớp với dấu băm" in words
    assert "Hiện chưa phát hiện được" in words


def test_an_entry_changed_behind_the_programs_back_is_named(example, auditor):
    """A copied database, in which its owner takes the trigger away and rewrites one entry."""
    entry = Entry.objects.filter(action="paper.signed").order_by("pk").first()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_no_update")
        else:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_entry SET by_label = 'Người khác' WHERE id = %s", [entry.pk])
    words = verified(auditor, "/nhat-ky/")

    assert "Có dòng không khớp" in words
    assert f"dòng {entry.pk:,}".replace(",", ".") in words
    assert str(entry.uuid) in words
    assert "Cơ sở dữ liệu thiếu khóa chống sửa, xóa" in words


def test_one_paper_has_its_own_history_for_who_may_follow_it(example):
    reference = example.paper("policy 2024").reference
    person = example.who("tp-noivu")
    words = person.opens(f"/van-ban/{reference}/nhat-ky/").words

    assert "gửi trình" in words
    assert "Xem nhật ký của cơ quan" not in words
    assert "Các dòng khớp với dấu băm" in verified(person, f"/van-ban/{reference}/nhat-ky/")
    assert example.who("cv-kinhte").is_refused(f"/van-ban/{reference}/nhat-ky/") == 404


@pytest.mark.parametrize("who", ["cv-noivu", "chutich", "vanthu", "luutru", "quantri"])
def test_the_whole_history_is_for_the_auditor_and_the_quality_representative(example, who):
    client = example.who(who).client

    for answer in (client.get("/nhat-ky/"), client.post("/nhat-ky/kiem/")):
        assert answer.status_code == 403
        assert "Chỉ đánh giá viên nội bộ và Đại diện" in answer.content.decode()
    assert "Nhật ký" not in example.who(who).opens("/van-ban/").words


def test_reading_and_verifying_write_nothing(example, auditor):
    before = Entry.objects.count()
    verified(auditor, "/nhat-ky/")
    auditor.opens(f"/van-ban/{example.paper('1073/QĐ-CT').reference}/nhat-ky/")

    assert Entry.objects.count() == before
    assert auditor.client.get("/nhat-ky/kiem/").status_code == 405


def test_the_page_costs_a_fixed_number_of_queries(example, auditor, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        auditor.client.get("/nhat-ky/")


def test_the_templates_of_the_audit_hold_no_way_to_change_it():
    for path in (ROOT / "templates" / "audit").glob("*.html"):
        actions = re.findall(r'action="{% url "(\w+)"', path.read_text(encoding="utf-8"))
        assert set(actions) <= {"verify_log", "verify_document"}
