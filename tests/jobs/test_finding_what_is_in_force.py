"""Somebody asks what is in force: on a page, in a list, in the chain, on any day."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import blanks
from documents.effects import EffectKind, State
from documents.models import Document, Effect, Register
from documents.selectors import chains, papers, state
from tests import databases
from workflows.models import Case, Duty
from workflows.selectors.chains import axis_of

OLD_YEAR = date(2023, 12, 31)
TODAY = date(2024, 1, 15)
BEGAN = datetime(2024, 1, 2, 3, 0, tzinfo=UTC)
ROUTES = {
    "1073/QĐ-CT": {"1073", "1073/QĐ-CT", "QĐ 1073", "Quyết định số 1073/qd-ct", "số 01073"},
    "812/QĐ-CT": {"812", "muc tieu chat luong nam 2022", "MỤC TIÊU chất lượng năm 2022"},
    "455/QĐ-CT": {"455", "455/QĐ-CT"},
}


def address(example, name, query=""):
    return f"/van-ban/{example.paper(name).reference}/{query}"


def badges(client, address):
    """The words of every badge of legal effect on a page, in their order."""
    html = client.get(address).content.decode()
    return re.findall(r'<span class="effect [^"]*">.*?</svg>\s*([^<]+)</span>', html, re.DOTALL)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2023-07-03", "Chưa có hiệu lực"),
        ("2023-07-04", "Còn hiệu lực"),
        ("2023-12-31", "Còn hiệu lực"),
        ("", "Còn hiệu lực"),
    ],
)
def test_the_page_of_a_paper_answers_for_the_day_asked(example, on, words):
    query = f"?ngay={on}" if on else ""
    shown = badges(example.who("cv-kinhte").client, address(example, "1073/QĐ-CT", query))

    assert shown[0] == words


def test_the_list_says_of_a_returned_paper_that_it_came_back_and_of_a_new_one_that_it_is_a_draft(
    example,
):
    reference = example.who("cv-noivu").begins(way="blank", blank=blanks.BLANKS[-1].code)
    rows = dict(
        re.findall(
            r'<span class="meta nb">(BH-[\d-]+)</span>.*?data-l="Bước">(.*?)</td>',
            example.who("cv-noivu").client.get("/van-ban/").content.decode(),
            re.DOTALL,
        )
    )
    assert "Bị trả lại" in rows[example.paper("audit plan").reference]
    assert "/6" not in rows[example.paper("audit plan").reference]
    assert "Dự thảo" in rows[reference]


def test_the_last_day_of_a_paper_that_will_cease_is_written(example):
    example.who("vanthu").numbers("Kiện toàn Ban Chỉ đạo ISO")
    example.who("vanthu").issues("Kiện toàn Ban Chỉ đạo ISO")
    old, archivist = example.paper("640/QĐ-CT"), example.who("luutru")
    duty = Duty.objects.get(document=old)
    given = {"subject": "Thành lập Ban Chỉ đạo ISO", "effective_from": old.dated_on.isoformat()}
    archivist.sends(
        archivist.opens(f"/viec-khac/{duty.pk}/").form(f"/viec-khac/{duty.pk}/"), **given
    )
    words = archivist.opens(address(example, "640/QĐ-CT")).words
    assert "Còn hiệu lực đến hết ngày 21/01/2024" in words


def test_a_day_that_cannot_be_read_is_said_and_today_is_shown(example):
    answer = example.who("luutru").client.get(address(example, "1073/QĐ-CT", "?ngay=31.12"))

    assert answer.status_code == 422
    assert "Ghi ngày theo thứ tự ngày/tháng/năm." in answer.content.decode()
    assert 'value="31.12"' in answer.content.decode(), "what was typed is kept"


STRANGE_DAYS = ("9999-12-31", "9998-06-01", "0001-01-01", "1899-12-31", "2201-01-01", "31/12/9999")


@pytest.mark.parametrize("day", STRANGE_DAYS)
def test_a_day_at_the_end_of_time_is_refused_with_a_sentence_on_every_page_that_takes_one(
    example, day
):
    reference = example.paper("1073/QĐ-CT").reference
    book = Register.objects.get(symbol="QĐ-CT", year=2023).pk
    auditor = example.who("danhgia").client
    for asked in (
        f"/chuoi/?ngay={day}",
        f"/chuoi/{reference}/?ngay={day}",
        f"/chuoi/{reference}/?ngay={day}&du-kien=1",
        f"/van-ban/?ngay={day}",
        f"/van-ban/{reference}/?ngay={day}",
        f"/tra-cuu/?ngay={day}",
        f"/tra-cuu/{reference}/?ngay={day}",
        f"/so/{book}/?ngay={day}",
        f"/so/{book}/?biet={day}",
        f"/nhat-ky/?tu={day}",
        f"/nhat-ky/?den={day}",
    ):
        answer = auditor.get(asked)
        assert answer.status_code == 422, asked
        assert "01/01/1900" in answer.content.decode(), asked


@pytest.mark.parametrize("day", ["1900-01-01", "2200-12-31"])
def test_the_first_and_the_last_day_are_answered_with_a_chain_that_can_still_be_seen(example, day):
    reference = example.paper("1073/QĐ-CT").reference
    answer = example.who("danhgia").client.get(f"/chuoi/{reference}/?ngay={day}")
    assert answer.status_code == 200
    assert answer.context["axis"].days < 366 * 60
    for asked in (f"/nhat-ky/?tu={day}", f"/nhat-ky/?den={day}", f"/tra-cuu/?ngay={day}"):
        assert example.who("danhgia").client.get(asked).status_code == 200


@given(on=st.dates(), today=st.dates())
def test_the_axis_of_a_chain_is_drawn_for_any_day(on, today):
    axis = axis_of(chains.Chain(()), on=on, today=today)
    assert 0 <= axis.place(on) <= axis.days
    assert 0 <= axis.place(today) <= axis.days <= 366 * 50
    assert axis.years()


def test_the_period_of_the_targets_is_over_and_the_paper_is_in_force_all_the_same(example):
    words = example.who("luutru").opens(address(example, "1073/QĐ-CT")).words

    assert "Hết kỳ mục tiêu." in words
    before = example.who("luutru").opens(address(example, "1073/QĐ-CT", "?ngay=2023-12-31")).words
    assert "Hết kỳ mục tiêu." not in before


def test_what_will_replace_a_paper_is_told_to_who_may_know_of_the_draft(example):
    draft = example.paper("policy 2024").reference
    at_home = example.who("cv-noivu").opens(address(example, "1073/QĐ-CT"))
    elsewhere = example.who("cv-kinhte").opens(address(example, "1073/QĐ-CT"))

    assert f"/van-ban/{draft}/" in {link.href for link in at_home.links}
    assert draft not in elsewhere.words
    assert "sẽ bị thay thế" not in elsewhere.words.lower()


@pytest.mark.parametrize(
    ("name", "asked"), [(n, q) for n, qs in ROUTES.items() for q in sorted(qs)]
)
def test_a_paper_is_found_however_its_number_or_subject_is_spelt(example, name, asked):
    found = Document.objects.filter(papers.matching(asked))

    assert example.paper(name) in found
    assert found.count() <= 2


def test_the_list_is_filtered_by_stage_department_and_effect_on_a_day(example):
    archive = example.who("luutru")

    def listed(query):
        return archive.opens(f"/van-ban/?{query}").words

    assert "1073/QĐ-CT" in listed("hieu_luc=in_force")
    assert "812/QĐ-CT" not in listed("hieu_luc=in_force")
    assert "812/QĐ-CT" in listed("hieu_luc=in_force&ngay=2023-07-03")
    assert "Chính sách chất lượng và Mục tiêu chất lượng năm 2024" in listed("buoc=checked")
    assert "Kiện toàn" not in listed("buoc=checked")
    assert "Không có văn bản nào như đã tìm" in listed("tim=khong+co+gi+nhu+the")


def test_the_list_holds_nothing_that_may_not_be_read(example):
    """A specialist of another department knows of no draft of the Interior department."""
    person = example.who("cv-kinhte")
    words = person.opens("/van-ban/").words

    assert "1073/QĐ-CT" in words
    assert example.paper("policy 2024").reference not in words
    assert person.is_refused(address(example, "policy 2024")) == 404
    assert person.is_refused(address(example, "policy 2024") + "so-sanh/") == 404
    assert person.is_refused(address(example, "policy 2024") + "nhat-ky/") == 404
    assert person.is_refused(f"/chuoi/{example.paper('policy 2024').reference}/") == 404


def test_how_an_issued_paper_came_about_is_not_for_everybody(example):
    inside = example.who("cv-noivu").opens(address(example, "1073/QĐ-CT"))
    outside = example.who("cv-kinhte").opens(address(example, "1073/QĐ-CT"))

    assert "Diễn biến" in inside.words
    assert "Diễn biến" not in outside.words
    assert "Phiên bản" in outside.words, "the issued version, and it alone"
    assert example.who("cv-kinhte").is_refused(address(example, "1073/QĐ-CT") + "nhat-ky/") == 404


def test_the_chain_runs_from_the_citation_to_the_draft_that_will_replace(example):
    person = example.who("luutru")
    document = example.paper("1073/QĐ-CT")
    chain = chains.of(document, Document.objects.all(), on=TODAY)

    assert [one.document.cited_as for one in chain.links] == [
        "455/QĐ-CT",
        "812/QĐ-CT",
        "1073/QĐ-CT",
        "",
    ]
    assert [one.is_guess for one in chain.links] == [True, False, False, False]
    assert chain.links[-1].is_planned
    assert chain.in_force() == [document]
    words = person.opens(f"/chuoi/{document.reference}/").words
    assert "Bị 1073/QĐ-CT thay thế" in words
    assert "1073/QĐ-CT còn hiệu lực" in words


def test_the_chain_without_a_script_answers_for_a_day_and_for_the_plans(example):
    person, reference = example.who("luutru"), example.paper("1073/QĐ-CT").reference

    def result(query):
        return person.opens(f"/chuoi/{reference}/{query}").words

    assert "812/QĐ-CT còn hiệu lực" in result("?ngay=2023-07-03")
    assert "Dự kiến hết hiệu lực toàn bộ" in result("?du-kien=1")
    assert "Dự kiến" not in result("")


def test_the_slider_reads_the_very_states_that_the_ledger_gives(example):
    """What the script is given, lived through day by day, is what the ledger says."""
    reference = example.paper("1073/QĐ-CT").reference
    html = example.who("luutru").client.get(f"/chuoi/{reference}/").content.decode()
    given = re.findall(
        r'data-first="(\w+)" data-changes="([^"]*)" data-planned="[^"]*" data-name="([^"]*)"', html
    )
    assert len(given) == 4
    for first, changes, name in given[:3]:
        pairs = json.loads(changes.replace("&quot;", '"'))
        document = example.paper(name)
        for day in (date(2022, 5, 17) + timedelta(days=n) for n in range(0, 700, 7)):
            held = first
            for change, said in pairs:
                held = said if change <= day.isoformat() else held
            assert held == example.legal(document.cited_as, day).state.value, (name, day)


def test_versions_are_compared_clause_by_clause(example):
    page = example.who("cv-noivu").opens(address(example, "policy 2024") + "so-sanh/")
    assert "So với bản sửa đổi 1" in page.words
    html = example.who("cv-noivu").client.get(page.address).content.decode()
    assert "<ins>" in html
    replaced = example.who("cv-noivu").opens(page.address + "?tu=thay-the").words
    assert "So với 1073/QĐ-CT bị thay thế" in replaced


def test_sql_and_arithmetic_say_the_same_of_every_ledger(example):
    """Every pair of kinds, annulled or not, on every side of its days and of what was known."""
    sample = example.paper("1073/QĐ-CT")
    kinds = [kind for kind in EffectKind if kind is not EffectKind.ANNULS]
    made = []
    for first in kinds:
        for second in kinds:
            made += [_twin(sample, first, second, annulled=annulled) for annulled in (False, True)]
    days = [date(2024, 2, day) for day in (1, 2, 3, 4)]
    moments = [None, *(BEGAN + timedelta(days=n) for n in (0, 1, 2, 3))]
    for on in days:
        for known_at in moments:
            asked = Document.objects.filter(pk__in=[one.pk for one in made])
            in_sql = dict(
                state.with_state(asked, on=on, known_at=known_at).values_list("pk", "state")
            )
            computed = state.legal(asked, on=on, known_at=known_at)
            assert in_sql == {key: one.state.value for key, one in computed.items()}
            of_many = [(one.pk, one.origin, one.issued_at) for one in made]
            for kept in State:
                found = state.in_state(asked, kept, on=on, known_at=known_at)
                assert set(found.values_list("pk", flat=True)) == {
                    key for key, one in computed.items() if one.state is kept
                }
            binding = state.binding(asked, on=on, known_at=known_at)
            assert set(binding.values_list("pk", flat=True)) == {
                key for key, one in computed.items() if one.in_force
            }
            told = state.states(of_many, on=on, known_at=known_at)
            assert told == {key: one.state for key, one in computed.items()}
            assert len(set(in_sql.values())) > 1 or on < date(2024, 2, 2)


def _twin(sample, first, second, *, annulled):
    twin = Document.objects.get(pk=sample.pk)
    twin.pk = None
    twin.reference = f"TW-{uuid4().hex[:12]}"
    twin.issued_at = BEGAN + timedelta(hours=30)
    twin.save(force_insert=True)
    rows = [
        Effect.objects.create(
            target=twin,
            kind=kind.value,
            valid_from=date(2024, 2, 2 + place),
            recorded_at=BEGAN + timedelta(days=place),
            operation_id=uuid4(),
        )
        for place, kind in enumerate((first, second))
    ]
    if annulled:
        Effect.objects.create(
            target=twin,
            kind=EffectKind.ANNULS.value,
            annuls=rows[0],
            valid_from=date(2024, 2, 2),
            recorded_at=BEGAN + timedelta(days=2),
            operation_id=uuid4(),
        )
    return twin


def test_what_was_known_on_a_day_is_answered_as_of_that_day(example):
    """1073 ended on a day that was recorded later: asked as known before, it still stands."""
    document = example.paper("1073/QĐ-CT")
    Effect.objects.create(
        target=document,
        kind=EffectKind.CEASES.value,
        valid_from=date(2023, 12, 1),
        recorded_at=BEGAN,
        operation_id=uuid4(),
    )
    then = state.end_of_day(date(2023, 12, 31))

    assert state.legal([document], on=OLD_YEAR)[document.pk].state is State.CEASED
    assert state.legal([document], on=OLD_YEAR, known_at=then)[document.pk].state is State.IN_FORCE


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [
        ("cv-noivu", "/van-ban/", 11),
        # The answers of each class until the page is full, the texts to show words of, the facets.
        ("cv-noivu", "/van-ban/?tim=1073&hieu_luc=in_force", 12),
        ("cv-noivu", "/van-ban/?tim=chất+lượng", 14),
        ("luutru", "/chuoi/", 10),
        ("vanthu", "/so/", 9),
    ],
)
def test_lists_ask_the_database_a_fixed_number_of_times(
    example, who, path, most, django_assert_max_num_queries
):
    client = example.who(who).client
    searched = databases.keeping_plans_plain() if path.startswith("/van-ban/") else 0
    with django_assert_max_num_queries(most + searched):
        client.get(path)


@pytest.mark.parametrize("who", ["danhgia", "pct-vanxa", "pct-kinhte", "vanthu", "tp-noivu"])
def test_the_page_of_any_paper_costs_a_bounded_number_of_queries(
    example, who, django_assert_max_num_queries
):
    """33: three ask whether it can be completed, two whether its sender may take it back, one advice.

    Two more for the head of the committee whose turn it is, and who may have answered for another.

    A restricted paper costs one more, and seven on the first look of the day, which is noted.
    """
    client = example.who(who).client
    opened = 0
    for case in Case.objects.select_related("document"):
        restricted = case.document.access_level != "public"
        for noting in (7, 1):
            with django_assert_max_num_queries(35 + (noting if restricted else 0)):
                answer = client.get(f"/van-ban/{case.document.reference}/")
        opened += answer.status_code == 200
    assert opened
