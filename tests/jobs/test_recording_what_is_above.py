"""The secretary records what an office above asks for; our drafts are held against it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from documents.models import ConfirmedReading, Document
from documents.selectors.objectives import stated_above
from offices.roles import Role
from tests.acting import issue, sign
from tests.objectives import above, confirm
from tests.rules.test_draft_rules import said
from tests.staffing import an_office
from workflows.example.acts import text_of
from workflows.exceptions import BadInput, NotPermitted

ADDRESS = "/muc-tieu-cap-tren/"
CITY = """ỦY BAN NHÂN DÂN THÀNH PHỐ HÒA GIANG

Số: 88/QĐ-UBND
Hòa Giang, ngày 08 tháng 01 năm 2024

QUYẾT ĐỊNH
Ban hành Mục tiêu chất lượng năm 2024 của thành phố Hòa Giang

ỦY BAN NHÂN DÂN THÀNH PHỐ HÒA GIANG

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

Theo đề nghị của Chánh Văn phòng Ủy ban nhân dân thành phố.

QUYẾT ĐỊNH:

Điều 1. Ban hành Mục tiêu chất lượng năm 2024:

1. Hồ sơ giải quyết đúng hạn đạt từ 99,5% trở lên.

2. Tổ chức, cá nhân hài lòng đạt từ 90% trở lên.

3. Văn bản đi được ký số đạt ít nhất 60%.

Điều 2. Ủy ban nhân dân các quận đặt mục tiêu không được thấp hơn mục tiêu chất lượng chung của thành phố.

Điều 3. Quyết định có hiệu lực kể từ ngày ký./.
"""
MOST_QUERIES = 24


def given(example, text=CITY, who="thuky-iso"):
    """The page after a decision's text was read, with the form to record it."""
    page = example.who(who).opens(ADDRESS)
    return example.who(who).is_shown(page.form(ADDRESS), pasted=text)


def recorded(example, **typed):
    """Record the city's decision as read."""
    return example.who("thuky-iso").sends(given(example).form(ADDRESS), **typed)


def told(example, name, text=None, code="BH_CASCADE"):
    return [one.sentence for one in said(example, name, text) if one.code == code]


def test_a_decision_above_is_read_with_what_it_prints_of_itself(example):
    page = given(example)
    form = page.form(ADDRESS)
    assert form.values["reference"] == ["88/QĐ-UBND"]
    assert form.values["dated_on"] == ["2024-01-08"]
    assert form.values["year"] == ["2024"]
    assert "thành phố Hòa Giang".casefold() in form.values["issuer"][0].casefold()
    assert "đạt từ 99,5% trở lên" in page.words
    assert "ít nhất 99,5%" in page.words


def test_what_is_recorded_is_listed_and_becomes_a_paper_of_the_office_above(example):
    page = recorded(example)
    assert "Đã ghi mục tiêu của 88/QĐ-UBND." in page.words
    assert "ít nhất 60%" in page.words
    paper = Document.objects.get(number="88", symbol="QĐ-UBND")
    assert (paper.origin, str(paper.dated_on)) == ("external", "2024-01-08")
    reading = ConfirmedReading.objects.get(document=paper)
    assert (reading.revision, reading.year, reading.text) == (None, 2024, CITY)
    entry = Entry.objects.get(action="objectives.recorded")
    assert entry.head
    assert "88/QĐ-UBND" in example.who("danhgia").opens(ADDRESS).words


def test_the_decision_of_the_office_is_held_against_the_one_above(example):
    policy = text_of("chinh-sach-muc-tieu-2024-lan-2")
    assert told(example, "policy 2024", policy) == []
    recorded(example)
    (sentence,) = told(example, "policy 2024", policy)
    assert "88/QĐ-UBND" in sentence
    assert "ít nhất 99,5%" in sentence
    assert "thấp hơn" in sentence
    (missing,) = told(example, "policy 2024", policy, "BH_CASCADE_OPEN")
    assert "ký số" in missing
    assert "hài lòng" not in missing, "95% is more than 90%"


def test_a_body_is_not_asked_for_what_its_office_answers_for_but_asks_no_less(example):
    recorded(example)
    (sentence,) = told(example, "reception objectives")
    assert "99,5%" in sentence, "đúng hẹn hoặc trước hẹn, từ 99%"
    assert told(example, "reception objectives", code="BH_CASCADE_OPEN") == []


def test_what_was_recorded_wrong_is_recorded_again_and_only_the_last_counts(example):
    recorded(example, t0_0_value="99,9")
    recorded(example, t0_0_value="98")
    assert ConfirmedReading.objects.filter(document__number="88").count() == 2
    assert told(example, "policy 2024", text_of("chinh-sach-muc-tieu-2024-lan-2")) == []
    assert example.who("cvp").opens(ADDRESS).words.count("Năm 2024") == 1


def test_another_year_binds_nobody(example):
    recorded(example, year="2023")
    assert told(example, "policy 2024", text_of("chinh-sach-muc-tieu-2024-lan-2")) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ngày mai họp giao ban tại phòng họp số 2.", "Không đọc được mục tiêu nào"),
        (CITY.replace("Số: 88", "MẬT\n\nSố: 88"), "mật"),
    ],
)
def test_what_holds_no_objectives_or_is_secret_is_refused(example, text, sentence):
    page = example.who("thuky-iso").opens(ADDRESS)
    answer = example.who("thuky-iso").is_told(page.form(ADDRESS), pasted=text)
    assert (answer.status, sentence in answer.words) == (400, True)
    assert not ConfirmedReading.objects.filter(document__isnull=False).exists()


def test_a_number_that_is_none_is_asked_for_and_nothing_typed_is_lost(example):
    form = given(example).form(ADDRESS)
    again = example.who("thuky-iso").is_shown(form, reference="không số", t0_0_value="99,8")
    assert "Ghi số và ký hiệu" in again.words
    kept = again.form(ADDRESS).values
    assert (kept["text"][0].strip(), kept["t0_0_value"]) == (CITY.strip(), ["99,8"])
    assert not ConfirmedReading.objects.filter(document__isnull=False).exists()


@pytest.mark.parametrize(
    "number", ["0/QĐ-UBND", "1000000/QĐ-UBND", "99999999999999999999999/QĐ-UBND"]
)
def test_a_number_that_no_register_gives_is_refused(example, number):
    again = example.who("thuky-iso").is_shown(given(example).form(ADDRESS), reference=number)
    assert "Ghi số và ký hiệu" in again.words
    assert not ConfirmedReading.objects.filter(document__isnull=False).exists()


@pytest.mark.parametrize(
    ("day", "fits"), [("2024-01-16", False), ("0001-01-01", False), ("2024-01-15", True)]
)
def test_a_decision_of_a_day_to_come_or_before_this_state_is_refused(example, day, fits):
    form = given(example).form(ADDRESS)
    if fits:
        example.who("thuky-iso").sends(form, dated_on=day)
    else:
        assert "không thể đề ngày" in example.who("thuky-iso").is_shown(form, dated_on=day).words
    assert ConfirmedReading.objects.filter(document__isnull=False).exists() is fits


def test_more_targets_than_one_page_settles_are_refused_before_it_is_shown(example):
    head, rest = CITY.split("1. Hồ sơ")[0], CITY.split("Điều 2.")[1]
    many = "\n\n".join(
        f"{n}. Hồ sơ loại {n} giải quyết đúng hạn đạt từ 90%." for n in range(1, 152)
    )
    page = example.who("thuky-iso").opens(ADDRESS)
    text = f"{head}{many}\n\nĐiều 2.{rest}"
    answer = example.who("thuky-iso").is_told(page.form(ADDRESS), pasted=text)
    assert (answer.status, "hơn 150 chỉ tiêu" in answer.words) == (400, True)
    assert "Hồ sơ loại 151" in answer.words, "what was pasted stays"


def test_a_paper_numbered_within_a_group_is_recorded_once(example):
    for _again in range(2):
        recorded(example, reference="66.2/2025/NQ-CP", type_name="Nghị quyết")
    assert Document.objects.filter(number="66.2/2025").count() == 1


def test_the_office_does_not_stand_above_itself(example):
    with pytest.raises(BadInput, match="văn bản của cơ quan này"):
        above(
            example, number=1073, symbol="QĐ-CT", dated_on="2023-07-04",
            issuer="Chủ tịch UBND quận An Mẫu",
        )()  # fmt: skip


def test_only_the_secretary_records_and_others_read(example):
    page = example.who("tp-kinhte").opens(ADDRESS)
    assert "Đọc thử" in page.barred
    assert "Chỉ Thư ký Ban Chỉ đạo ISO" in page.words
    with pytest.raises(NotPermitted):
        above(example, username="tp-kinhte")()


def test_an_office_that_works_here_binds_the_ones_that_cite_it_without_recording(example):
    """The city itself issues here: the paper that cites its decision is held against it."""
    sign(example)()
    issue(example, "policy 2024")()
    paper = example.paper("policy 2024")
    lower = an_office(Role.SPECIALIST)
    cited = Document.objects.create(
        reference="XX-2024-0001", office=lower.office, origin="external", known_by="citation",
        kind=paper.kind, subject=paper.subject, type_name="Quyết định", number=paper.number,
        number_key=paper.number_key, symbol=paper.symbol, issuer_name="UBND quận An Mẫu",
        dated_on=paper.dated_on, created_at=example.now,
    )  # fmt: skip
    draft = Document(office=lower.office, kind="quality_objectives", subject="x")
    found = stated_above(draft, cited=[cited], year=2024, of_a_body=False, on=example.today)
    assert {one.paper for one in found} == {paper.cited_as}
    cited.dated_on = date(2024, 1, 2)
    assert stated_above(draft, cited=[cited], year=2024, of_a_body=False, on=example.today) == []


def test_the_database_keeps_a_reading_of_one_paper_with_its_words(example):
    confirm(example)()
    reading = ConfirmedReading.objects.filter(revision__isnull=False)[0]
    for wrong in ({"text": "x"}, {"revision": None}):
        with pytest.raises(IntegrityError, match="a_reading_is_of"), transaction.atomic():
            ConfirmedReading.objects.filter(pk=reading.pk).update(**wrong)


def test_the_page_asks_the_database_a_bounded_number_of_times(example):
    recorded(example)
    with CaptureQueriesContext(connection) as asked:
        example.who("thuky-iso").opens(ADDRESS)
    assert len(asked) <= MOST_QUERIES, len(asked)
