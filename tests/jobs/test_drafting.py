"""A specialist drafts: from a blank, from last year's decision, from a text; keeps, saves, submits."""

from __future__ import annotations

import hashlib
import re
import unicodedata

import pytest

from audit.models import Entry
from documents import blanks
from documents.models import Attachment, Document, Revision, SetAside, WorkingCopy
from tests.builders import rows_of
from tests.cast import Refused, a_file
from workflows.example.acts import text_of
from workflows.models import Case

AUTHOR, OTHER = "cv-noivu", "cv-kinhte"
PLAN = text_of("ke-hoach-danh-gia-noi-bo-2024")
STORED = (Document, WorkingCopy, Revision, Attachment, Entry)


@pytest.fixture
def author(example):
    return example.who(AUTHOR)


def begun(author, **typed):
    """A paper begun from the text of a plan; its reference."""
    return author.begins(**{"way": "text", "kind": "decision", "pasted": PLAN, **typed})


def refused(author, **typed):
    """What the page answers to a paper that is not begun; nothing may be stored."""
    before = rows_of(*STORED)
    form = author.opens("/soan/").form("/soan/")
    told = author.is_told(form, **typed)
    assert rows_of(*STORED) == before
    return told


# Beginning


@pytest.mark.parametrize("blank", blanks.BLANKS, ids=lambda one: one.code)
def test_every_blank_begins_a_paper_of_its_kind_that_can_be_read(example, author, blank):
    reference = author.begins(way="blank", blank=blank.code)
    paper = Document.objects.get(reference=reference)
    page = author.opens(f"/soan/{reference}/")
    assert paper.kind == blank.kind
    assert (paper.author.username, paper.drafting_department.code) == (AUTHOR, "NV")
    assert "Chưa đọc được thành văn bản" not in page.words
    assert "Phải sửa" not in page.words
    assert "$" not in author.text_of(reference)


def test_a_blank_is_filled_with_the_office_and_leaves_its_places_open(example, author):
    reference = author.begins(way="blank", blank="decision_annexes", year="2025")
    text = author.text_of(reference)
    assert text.startswith("ỦY BAN NHÂN DÂN\nQUẬN AN MẪU\n")
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU" in text
    assert "năm 2025" in text
    assert "Trưởng phòng Nội vụ" in text
    assert "[Cam kết thứ nhất]" in text


def test_a_pasted_text_becomes_a_paper_with_its_subject(example, author):
    paper = Document.objects.get(reference=begun(author, authority_kind="chairman"))
    assert paper.subject.startswith("Ban hành Kế hoạch đánh giá nội bộ")
    assert not paper.revisions.exists()


def test_an_uploaded_file_is_read_whatever_its_unicode_form(example, author):
    import unicodedata

    data = unicodedata.normalize("NFD", PLAN).encode("utf-16")
    reference = author.begins(way="text", kind="decision", file=a_file("du-thao.txt", data))
    assert author.text_of(reference).strip() == PLAN.strip()


# Bad input: a sentence says what is wrong, nothing is stored, nothing typed is lost


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"way": "text", "pasted": "  "}, 422, "Dán văn bản vào ô, hoặc chọn tệp."),
        ({"way": "former", "former": ""}, 422, "Chọn quyết định trước đây."),
        ({"way": "text", "pasted": "Chào buổi sáng."}, 400, ""),
        ({"way": "text", "kind": "procedure", "pasted": PLAN}, 400, ""),
        ({"way": "text", "pasted": "MẬT\n\n" + PLAN}, 400, "mật"),
        ({"way": "text", "pasted": "", "file": a_file("anh.txt", bytes(range(256)) * 40)}, 400, ""),
        ({"way": "text", "pasted": "", "file": a_file("trong.txt", b"")}, (400, 422), ""),
        (
            {"way": "text", "pasted": "", "file": a_file("lon.txt", b"a" * (2 * 1024 * 1024 + 1))},
            422, "Tệp lớn hơn 2 MB",
        ),
    ],
    ids=["nothing", "no-former", "no-paper", "other-kind", "secret", "binary", "empty", "large"],
)  # fmt: skip
def test_what_cannot_be_a_paper_is_refused_with_a_sentence(author, typed, status, sentence):
    told = refused(author, **typed)
    assert told.status in (status if isinstance(status, tuple) else (status,))
    assert sentence.casefold() in told.words.casefold()
    assert "Chưa tạo được dự thảo" in told.words or "cần sửa" in told.words


def test_a_refused_text_stays_in_the_form(author):
    told = author.client.post(
        "/soan/",
        author.opens("/soan/").form("/soan/").values
        | {"way": "text", "kind": "decision", "pasted": "Chào buổi sáng."},
    )
    assert told.status_code == 400
    assert "Chào buổi sáng." in told.content.decode()


def test_fifty_megabytes_are_refused_and_nothing_is_stored(author):
    told = refused(
        author, way="text", pasted="", file=a_file("rat-lon.txt", b"\x00" * (50 * 1024 * 1024))
    )
    assert told.status == 422
    assert "2 MB" in told.words


# Writing


def test_what_is_typed_is_kept_and_shown_again(author):
    reference = begun(author)
    author.writes(reference, PLAN + "\nThêm một dòng.", act="keep")
    assert author.text_of(reference).endswith("Thêm một dòng.")
    assert not Revision.objects.filter(document__reference=reference).exists()


def test_the_page_keeps_the_text_while_typing_and_answers_with_its_version(author):
    reference = begun(author)
    form = author.opens(f"/soan/{reference}/").form(f"/soan/{reference}/")
    given = {**form.values, "text": PLAN + "\nMột."}
    answer = author.client.post(f"/soan/{reference}/luu/", given)
    assert (answer.status_code, answer.json()["lock_version"]) == (200, 2)
    assert "joined_with" not in answer.json()
    assert author.text_of(reference).endswith("Một.")


def test_what_is_marked_secret_is_not_kept_while_it_is_typed(author):
    reference = begun(author)
    form = author.opens(f"/soan/{reference}/").form(f"/soan/{reference}/")
    for path in ("", "luu/"):
        answer = author.client.post(
            f"/soan/{reference}/{path}", {**form.values, "text": "MẬT\n\n" + PLAN, "act": "keep"}
        )
        assert answer.status_code == 400, path
    assert author.text_of(reference).strip() == PLAN.strip()
    assert not SetAside.objects.exists()


def test_checking_shows_sheet_and_findings_and_stores_nothing(author):
    reference = begun(author)
    before = rows_of(*STORED), author.text_of(reference)
    form = author.opens(f"/soan/{reference}/").form(f"/soan/{reference}/")
    answer = author.client.post(
        f"/soan/{reference}/", {**form.values, "text": PLAN.replace("2024", "2026"), "act": "check"}
    )
    assert answer.status_code == 200
    assert "2026" in answer.content.decode()
    assert (rows_of(*STORED), author.text_of(reference)) == before


def test_the_preview_follows_what_is_typed(author):
    reference = begun(author)
    answer = author.client.post(
        f"/soan/{reference}/xem-truoc/", {"text": PLAN.replace("Kế hoạch", "Chương trình")}
    )
    assert "Chương trình đánh giá nội bộ" in answer.content.decode()
    unread = author.client.post(f"/soan/{reference}/xem-truoc/", {"text": ""})
    assert unread.status_code == 200
    assert "Chưa đọc được thành văn bản" in unread.content.decode()


def test_text_that_cannot_be_read_yet_is_kept_but_not_saved_as_a_version(author):
    reference = begun(author)
    author.writes(reference, "Mới gõ được một dòng.", act="keep")
    form = author.opens(f"/soan/{reference}/").form(f"/soan/{reference}/")
    told = author.is_told(form, act="save")
    assert told.status == 400
    assert "Phần đã gõ" in told.words or "vẫn còn" in told.words
    assert author.text_of(reference) == "Mới gõ được một dòng."


# Versions


def test_a_version_is_saved_once_for_one_content(author):
    reference = begun(author)
    author.writes(reference, PLAN)
    author.writes(reference, PLAN)
    author.writes(reference, PLAN.replace("Phòng Tư pháp", "Phòng Kinh tế"))
    kept = Revision.objects.filter(document__reference=reference).order_by("ordinal")
    assert [one.ordinal for one in kept] == [1, 2]
    assert kept[0].content_digest != kept[1].content_digest
    assert [hashlib.sha256(bytes(one.canonical)).hexdigest() for one in kept] == [
        one.content_digest for one in kept
    ]


def test_two_versions_are_compared_paragraph_by_paragraph(author):
    reference = begun(author)
    author.writes(reference, PLAN)
    author.writes(reference, PLAN.replace("Phòng Tư pháp", "Phòng Kinh tế"))
    page = author.client.get(f"/van-ban/{reference}/so-sanh/?tu=1&den=2").content.decode()
    gone, came = re.findall(r"<del>(.*?)</del>", page), re.findall(r"<ins>(.*?)</ins>", page)
    assert "Tư pháp" in gone
    assert "Kinh tế" in came


# Files


def test_a_file_lies_under_the_digest_of_the_next_version(author):
    reference = begun(author)
    author.writes(reference, PLAN)
    form = author.opens(f"/soan/{reference}/").form("/tep/")
    author.sends(form, file=a_file("bang.pdf", b"%PDF-1.4 bang so sanh"))
    author.writes(reference, PLAN)
    first, second = Revision.objects.filter(document__reference=reference).order_by("ordinal")
    assert first.content_digest != second.content_digest
    file = second.attachments.get()
    assert file.sha256.encode() in bytes(second.canonical)
    sent = author.client.get(f"/van-ban/{reference}/tep/{file.pk}/")
    assert b"".join(sent) == b"%PDF-1.4 bang so sanh"
    assert "attachment" in sent.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("trong.pdf", b"", "trống"),
        ("gia.pdf", b"MZ\x90", "không đúng"),
        ("chay.exe", b"MZ\x90", "Không kèm"),
        ("lon.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "10 MB"),
    ],
)
def test_a_file_that_is_not_taken_is_named_with_the_reason(author, name, data, sentence):
    reference = begun(author)
    form = author.opens(f"/soan/{reference}/").form("/tep/")
    told = author.is_told(form, file=a_file(name, data))
    assert told.status == 400
    assert name in told.words
    assert not Attachment.objects.filter(document__reference=reference).exists()


@pytest.mark.parametrize(
    ("name", "text", "encoding", "sentence"),
    [
        ("phu-luc.txt", "ĐỘ MẬT: MẬT\nDanh sách", "utf-8", "Mật"),
        ("phu-luc.md", "TỐI MẬT\n\nDanh sách", "utf-8", "Tối mật"),
        ("phu-luc.txt", "Danh sách\r\nTUYỆT MẬT\r\n", "utf-16", "Tuyệt mật"),
        ("phu-luc.txt", "M\u200bẬT\n", "utf-8-sig", "Mật"),
        ("phu-luc.txt", unicodedata.normalize("NFD", "MẬT (bản số 1)\n"), "utf-8", "Mật"),
        ("phu-luc.txt", "Danh s\xe1ch", "cp1252", "UTF-8"),
    ],
)
def test_a_text_marked_secret_is_not_attached(author, name, text, encoding, sentence):
    reference = begun(author)
    before = rows_of(*STORED)
    form = author.opens(f"/soan/{reference}/").form("/tep/")
    told = author.is_told(form, file=a_file(name, text.encode(encoding)))
    assert told.status == 400
    assert sentence in told.words
    assert rows_of(*STORED) == before
    assert author.sends(form, file=a_file(name, "Danh sách người nắm bí mật.".encode()))


def test_a_file_taken_off_stays_with_the_version_that_had_it(author):
    reference = begun(author)
    form = author.opens(f"/soan/{reference}/").form("/tep/")
    author.sends(form, file=a_file("ghi-chu.txt", "Ghi chú".encode()))
    author.writes(reference, PLAN)
    author.sends(author.opens(f"/soan/{reference}/").form("/bo/"))
    author.writes(reference, PLAN)
    first, second = Revision.objects.filter(document__reference=reference).order_by("ordinal")
    assert (first.attachments.count(), second.attachments.count()) == (1, 0)


# Submitting


def test_a_draft_is_submitted_and_its_text_stands_still(example, author):
    reference = begun(author, field_of_work="tong_hop")
    assert "Gửi trưởng đơn vị" in author.opens(f"/soan/{reference}/").barred
    author.writes(reference, PLAN)
    author.submits(reference)
    case = Case.objects.get(document__reference=reference)
    assert (case.revision.amendment, case.drafter.username) == (1, AUTHOR)
    page = author.opens(f"/soan/{reference}/")
    assert "đang được xử lý" in page.words
    late = author.client.post(f"/soan/{reference}/luu/", {"text": "Sửa trộm.", "lock_version": "2"})
    assert late.status_code == 409
    assert author.text_of(reference).strip() == PLAN.strip()
    head = example.who("tp-noivu")
    assert any(str(one.pk) in address for one in _tasks(case) for address in head.tasks())


def _tasks(case):
    from workflows import engine

    return engine.open_tasks([case.pk])


def test_a_changed_text_is_not_submitted_before_it_is_saved(author):
    reference = begun(author)
    author.writes(reference, PLAN)
    form = author.opens(f"/soan/{reference}/").form("/gui/")
    author.writes(reference, PLAN + "\nSau khi lưu.", act="keep")
    assert "Gửi trưởng đơn vị" in author.opens(f"/soan/{reference}/").barred
    assert author.is_told(form).status == 409
    assert not Case.objects.filter(document__reference=reference).exists()


def test_submitting_a_second_time_opens_no_second_case(author):
    reference = begun(author)
    author.writes(reference, PLAN)
    form = author.opens(f"/soan/{reference}/").form("/gui/")
    author.sends(form)
    told = author.is_told(form)
    assert told.status == 409
    assert Case.objects.filter(document__reference=reference).count() == 1


# Others


@pytest.mark.parametrize("stranger", ["cv-kinhte", "chutich", "quantri", "thuky-iso", "luutru"])
def test_nobody_outside_the_department_opens_or_changes_its_draft(example, author, stranger):
    reference = begun(author)
    somebody = example.who(stranger)
    assert somebody.is_refused(f"/soan/{reference}/") in {403, 404}
    for path in ("", "luu/", "xem-truoc/", "gui/", "tep/"):
        answer = somebody.client.post(f"/soan/{reference}/{path}", {"text": "x", "lock_version": 1})
        assert answer.status_code in {403, 404}, path
    assert author.text_of(reference).strip() == PLAN.strip()


@pytest.mark.parametrize("username", ["tp-noivu", "chutich", "quantri", "vanthu"])
def test_who_drafts_nothing_is_told_who_does(example, username):
    with pytest.raises(Refused) as told:
        example.who(username).opens("/soan/")
    assert told.value.status == 403
    assert "Chỉ chuyên viên của đơn vị soạn thảo văn bản." in told.value.words


def test_a_department_other_than_ones_own_is_not_chosen(example, author):
    told = refused(author, way="blank", department=str(_department(example, "KT")))
    assert told.status == 422


def _department(example, code):
    return example.paper("audit plan").office.departments.get(code=code).pk


def test_the_draft_page_asks_the_database_a_bounded_number_of_times(
    author, django_assert_max_num_queries
):
    reference = begun(author)
    author.writes(reference, PLAN)
    with django_assert_max_num_queries(27):
        author.client.get(f"/soan/{reference}/")
