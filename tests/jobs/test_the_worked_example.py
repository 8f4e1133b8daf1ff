"""What `make run` shows on its first morning: every row of the example, and work on every desk."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from audit.selectors import sentence
from audit.verification import verify
from documents.effects import State
from documents.models import Document, Register, Relation
from documents.models.papers import KnownBy
from documents.relations import WHOLE
from offices.models import Office, User
from tests.builders import PAPERS, rows_of
from workflows import engine, policies
from workflows.models import (
    Act,
    Case,
    Conclusion,
    Duty,
    FormCheck,
    LateOpinion,
    Minutes,
    Opinion,
    Return,
    ReviewRound,
)

TODAY = date(2024, 1, 15)

# paper, stage of its newest version, where it waits, whose desk has it
DESKS = [
    ("policy 2024", "checked", "sign", {"pct-kinhte", "chutich"}),
    ("committee", "signed", "register", {"vanthu"}),
    ("office objectives", "checked", "sign", {"chutich"}),
    ("control procedure", "endorsed", "check_form", {"cvp"}),
    ("audit procedure", "proposed", "conclude", {"pct-vanxa"}),
    ("economy objectives", "proposed", "opinion", {"tp-tuphap", "cvp"}),
    ("reception objectives", "proposed", "open_round", {"thuky-iso"}),
    ("survey procedure", "draft", "propose", {"tp-kinhte"}),
    ("audit plan", "proposed", "receive_return", {"tp-noivu"}),
]


def test_the_clock_stands_on_monday_the_fifteenth_of_january(example):
    assert example.today == TODAY
    assert example.now.hour in {1, 2}  # UTC: a little after eight in Viet Nam
    assert TODAY.strftime("%A") == "Monday"


def test_the_office_has_its_departments_and_an_account_for_every_post(example):
    office = Office.objects.get()
    assert office.authority_name == "Ủy ban nhân dân quận An Mẫu"
    assert set(office.departments.values_list("name", flat=True)) == {
        "Lãnh đạo Ủy ban nhân dân quận", "Văn phòng HĐND và UBND", "Phòng Nội vụ", "Phòng Kinh tế",
        "Phòng Tư pháp", "Phòng Tài chính – Kế hoạch", "Bộ phận Tiếp nhận và Trả kết quả",
        "Ban Chỉ đạo ISO",
    }  # fmt: skip
    assert set(User.objects.values_list("username", flat=True)) == {
        "cv-noivu", "cv-kinhte", "cv-tuphap", "cv-vanphong", "cv-tiepnhan", "tp-noivu", "tp-kinhte",
        "tp-tuphap", "tp-taichinh", "tbp-tiepnhan", "thuky-iso", "pct-vanxa", "cvp", "pct-kinhte",
        "chutich", "vanthu", "luutru", "danhgia", "congtt", "quantri",
    }  # fmt: skip


def test_455_of_2021_is_known_by_citation_and_waits_for_the_archivist(example):
    stub = example.paper("455/QĐ-CT")
    assert (stub.origin, stub.known_by, stub.dated_on.year) == (
        "external", KnownBy.CITATION, 2021,
    )  # fmt: skip
    duty = Duty.objects.get(sort=Duty.Sort.COMPLETE_STUB)
    assert (duty.document, duty.capability, duty.done_at) == (stub, "keep_archive", None)
    assert "455/QĐ-CT" in example.who("luutru").opens("/ban-lam-viec/").words


@pytest.mark.parametrize(
    ("number", "dated_on", "state", "until"),
    [
        ("812/QĐ-CT", date(2022, 5, 18), State.CEASED, date(2023, 7, 4)),
        ("1073/QĐ-CT", date(2023, 7, 4), State.IN_FORCE, None),
    ],
)
def test_the_issued_decisions_have_their_numbers_dates_and_lives(
    example, number, dated_on, state, until
):
    paper, legal = example.paper(number), example.legal(number)
    assert paper.dated_on == dated_on
    assert example.newest(number).stage == "issued"
    assert (legal.state, legal.begins_on, legal.ends_on) == (state, dated_on, until)


def test_812_was_replaced_by_1073_on_the_day_and_not_before(example):
    assert example.legal("812/QĐ-CT").ended_by == example.paper("1073/QĐ-CT").pk
    assert example.legal("812/QĐ-CT", date(2023, 7, 3)).state is State.IN_FORCE
    assert example.legal("812/QĐ-CT", date(2023, 7, 4)).state is State.CEASED


def test_the_targets_of_1073_are_of_a_year_that_is_over(example):
    assert example.legal("1073/QĐ-CT").period_over
    assert not example.legal("1073/QĐ-CT", date(2023, 12, 31)).period_over
    reference = example.paper("1073/QĐ-CT").reference
    assert "Hết kỳ mục tiêu" in example.who("cv-noivu").opens(f"/van-ban/{reference}/").words


@pytest.mark.parametrize(("paper", "stage", "step", "holders"), DESKS)
def test_every_paper_on_its_way_waits_where_the_example_says(example, paper, stage, step, holders):
    assert example.newest(paper).stage == stage
    assert set(example.waits_at(paper)) == {step}
    may = {
        name
        for name, person in example.people.items()
        for task in example.open_tasks(paper)
        if _may_do(person, task, example.case(paper), at=example.now)
    }
    assert may == holders


def _may_do(person, task, case, *, at):
    node = task.flow_task.name
    if node == "opinion":
        return task.owner_id == person.pk
    return policies.refusal(policies.OF_NODE[node], person, case, at=at) is None


def test_every_desk_shows_what_waits_there_and_nothing_else(example):
    expected = {name: set() for name in example.people}
    for paper, _stage, _step, holders in DESKS:
        for name in holders:
            expected[name] |= {
                f"/viec/{one.pk}/"
                for one in example.open_tasks(paper)
                if one.owner_id in {None, example.people[name].pk}
            }
    shown = {name: set(example.who(name).tasks()) for name in example.people}
    assert shown == expected


def test_the_2024_policy_is_revision_two_with_an_earlier_return_and_one_dissent(example):
    case = example.case("policy 2024")
    assert case.revision.amendment == 2
    returned = Return.objects.get(case=case)
    assert (returned.from_step, returned.revision.amendment) == ("open_round", 1)
    round_ = ReviewRound.objects.get(case=case)
    assert round_.content_digest == case.revision.content_digest
    assert sorted(round_.opinions.values_list("choice", flat=True)) == sorted(
        [Opinion.Choice.AGREE] * 3 + [Opinion.Choice.AGREE_WITH_REMARKS, Opinion.Choice.DISAGREE]
    )
    dissent = round_.opinions.get(choice=Opinion.Choice.DISAGREE)
    assert dissent.reviewer.username == "tp-taichinh"
    assert dissent.responses.get().sort == "explained"
    assert FormCheck.objects.get(case=case).content_digest == case.revision.content_digest


def test_the_2024_policy_will_replace_1073_and_nothing_else(example):
    planned = Relation.objects.filter(revision=example.newest("policy 2024"), verb="replaces")
    assert [(one.target.cited_as, one.scope) for one in planned] == [("1073/QĐ-CT", WHOLE)]


def test_the_committee_decision_was_signed_on_friday_and_names_a_later_day(example):
    signature = example.newest("committee").signature
    assert signature.signatory.username == "chutich"
    assert signature.signed_at.date() == date(2024, 1, 12)
    assert "22/01/2024" in _day_named(example.plain("committee"))
    planned = Relation.objects.get(revision=example.newest("committee"), verb="replaces")
    assert (planned.target.dated_on.year, planned.target.known_by) == (2022, KnownBy.CITATION)


def _day_named(text):
    return text.replace("ngày 22 tháng 01 năm 2024", "22/01/2024")


def test_the_office_objectives_are_the_committees_and_were_referred_up(example):
    case = example.case("office objectives")
    assert case.document.authority_kind == "committee"
    assert case.referrals.get().by.username == "pct-vanxa"
    chairman = example.who("chutich")
    page = chairman.opens(chairman.task_of("Mục tiêu chất lượng năm 2024 của Văn"))
    assert "TM. ỦY BAN NHÂN DÂN" in page.words


def test_the_economy_objectives_have_two_opinions_of_four_until_thursday(example):
    round_ = ReviewRound.objects.get(case=example.case("economy objectives"))
    assert round_.opinions.count() == 4
    assert round_.opinions.filter(given_at__isnull=False).count() == 2
    assert round_.due_at.date() == date(2024, 1, 18)
    assert round_.closed_at is None


def test_the_audit_procedure_has_every_opinion(example):
    round_ = ReviewRound.objects.get(case=example.case("audit procedure"))
    assert round_.closed_how == ReviewRound.ClosedHow.ANSWERED
    assert not Conclusion.objects.filter(round=round_).exists()


def test_the_audit_plan_came_back_because_its_auditor_was_not_independent(example):
    returned = Return.objects.get(case=example.case("audit plan"))
    assert "chưa độc lập" in returned.reason
    head = example.who("tp-noivu")
    page = head.opens(head.task_of("Kế hoạch đánh giá nội bộ"))
    assert "chưa độc lập" in page.words
    head.hands_on("Kế hoạch đánh giá nội bộ")
    assert example.who("cv-noivu").sees_on_desk("Kế hoạch đánh giá nội bộ")


def test_the_registers_go_on_after_the_paper_books(example):
    opened = Register.objects.filter(symbol="QĐ-CT").order_by("year")
    assert list(opened.values_list("year", "opened_after", "last_number")) == [
        (2022, 811, 812),
        (2023, 1072, 1073),
    ]


def test_the_administrator_holds_no_right_to_decide_and_the_desk_says_so(example):
    administrator = example.who("quantri")
    assert administrator.tasks() == {}
    assert "Bàn làm việc" in administrator.opens("/ban-lam-viec/").words


def test_all_of_the_history_was_acted_and_every_entry_matches_its_leaf(example):
    assert Case.objects.count() == 12
    assert Act.objects.count() > 60
    assert verify().is_sound
    said = [sentence(entry) for entry in Entry.objects.prefetch_related("disclosures")]
    assert all("%(" not in one and "audit" not in one for one in said)


def test_the_command_told_every_step_and_does_nothing_a_second_time(example):
    lines = example.told.splitlines()
    assert len(lines) > 80
    assert any("812/QĐ-CT" in line for line in lines)
    assert "15/01/2024 08:00" in lines[-1]
    before, said = rows_of(Entry, Act, Document, User), io.StringIO()
    call_command("play_example", stdout=said)
    assert said.getvalue().strip() == "Ví dụ mẫu đã có sẵn."
    assert rows_of(Entry, Act, Document, User) == before


def test_it_is_refused_outside_a_demonstration_and_beside_another_office(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="chỉ chạy trong bản minh họa"):
        call_command("play_example")
    settings.DEMO, settings.PRODUCTION = True, False
    from tests.staffing import an_office

    an_office()
    with pytest.raises(CommandError, match="đã có cơ quan khác"):
        call_command("play_example")


def test_a_play_that_is_cut_off_leaves_nothing(committed_db, settings, monkeypatch):
    settings.DEMO, settings.PRODUCTION = True, False
    from workflows.management.commands import play_example

    def cut(cast, *, password):
        raise KeyboardInterrupt

    monkeypatch.setattr(play_example, "scenes", cut)
    with pytest.raises(KeyboardInterrupt):
        call_command("play_example", stdout=io.StringIO())
    assert rows_of(Office, User, Entry) == {"Office": 0, "User": 0, "Entry": 0}


@pytest.mark.parametrize("paper", list(PAPERS))
def test_every_paper_of_the_example_reads_without_a_doubt_that_stops(example, paper):
    from documents import papers

    newest = example.newest(paper)
    reading = papers.read(newest.text, kind=newest.document.kind)
    assert [one.code for one in reading.findings if one.severity == "stop"] == []


def test_an_urgent_paper_met_was_minuted_heard_late_and_withdrawn(example):
    case = Case.objects.get(document__subject__contains="Phương án tạm thời")
    assert (case.document.urgency, case.ended_how) == ("at_once", "withdrawn")
    minutes = Minutes.objects.get(round__case=case)
    assert (minutes.number, minutes.symbol, minutes.quorate) == ("01", "BB-BCĐISO", True)
    assert LateOpinion.objects.get().opinion.round.case == case
    # Nothing of it waits for anybody, and no register has its number.
    assert engine.open_tasks([case.pk]) == []
    assert case.document.number == ""
