"""Recording an act: what an entry takes, what it refuses, how it reads back."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from unicodedata import normalize

import pytest
from django.db import IntegrityError, transaction

from audit import actions, leaf, selectors, services
from audit.exceptions import AuditError, OutsideTransaction, UnfitEntry, UnknownAction
from audit.models import Disclosure, Entry, Unsequenced
from audit.services import Party, Subject

MONDAY = datetime(2024, 1, 15, 1, 30, tzinfo=UTC)
HOA = Party("person", "u-17", "Đặng Thị Hòa")
PAPER = Subject("document", "VB-7", "Mục tiêu chất lượng năm 2024")


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    """Two actions of an app that exists only here; the register is as before afterwards."""
    monkeypatch.setattr(actions, "_actions", dict(actions._actions))
    actions.register(
        "trial.judged",
        "%(by)s gave an opinion on %(subject)s: %(choice)s. %(remarks)s",
        words={"choice": {"agree": "agreed", "": "nothing said"}},
    )
    actions.register(
        "trial.closed",
        "%(by)s closed round %(round)s of %(subject)s; late: %(late)s",
        words={"late": {"true": "by a day"}},
    )


def give_opinion(**changes):
    facts = {
        "operation_id": uuid.uuid4(),
        "head": True,
        "subject": PAPER,
        "by": HOA,
        "at": MONDAY,
        "office": "an-mau",
        "details": {"choice": "agree"},
        "disclose": {"remarks": "Nhất trí."},
    }
    return services.record("trial.judged", **(facts | changes))


def close_round(**changes):
    facts = {
        "operation_id": uuid.uuid4(),
        "head": True,
        "subject": PAPER,
        "by": HOA,
        "at": MONDAY,
        "office": "an-mau",
        "details": {"round": 2, "late": True},
    }
    return services.record("trial.closed", **(facts | changes))


def test_an_entry_is_written_only_inside_the_transaction_of_its_change():
    """No database is at hand here: the refusal comes before any statement."""
    with pytest.raises(OutsideTransaction, match=r"trial\.judged"):
        give_opinion()


@pytest.mark.django_db
def test_an_entry_goes_when_its_change_is_rolled_back():
    kept = give_opinion()

    with transaction.atomic():
        give_opinion()
        transaction.set_rollback(True)

    assert list(Entry.objects.all()) == [kept]
    assert Unsequenced.objects.count() == 1
    assert Disclosure.objects.filter(entry=kept).count() == Disclosure.objects.count()


@pytest.mark.django_db
def test_an_entry_waits_for_the_tree_and_costs_three_statements(django_assert_num_queries):
    with django_assert_num_queries(3):
        entry = give_opinion()

    assert Unsequenced.objects.get().entry == entry


@pytest.mark.django_db
def test_the_stored_bytes_are_those_of_the_columns_read_back():
    written = give_opinion(digest="ab" * 32, details={"choice": "agree", "n": 3, "x": None})

    entry = Entry.objects.get(pk=written.pk)

    assert leaf.canonical_bytes(entry.content()) == bytes(entry.leaf_bytes)
    assert leaf.leaf_hash(bytes(entry.leaf_bytes)) == entry.leaf_hash


@pytest.mark.django_db
def test_nothing_a_person_typed_is_in_the_leaf():
    entry = give_opinion(disclose={"remarks": "Thiếu căn cứ pháp lý"})

    leaf_text = bytes(entry.leaf_bytes).decode()
    assert "Thiếu" not in leaf_text
    assert "Mục tiêu" not in leaf_text
    assert HOA.label in leaf_text
    assert selectors.disclosed(entry) == {"remarks": "Thiếu căn cứ pháp lý", "subject": PAPER.label}


@pytest.mark.django_db
def test_the_same_words_twice_are_committed_to_differently():
    first, second = give_opinion(), give_opinion()

    assert first.commitments.keys() == second.commitments.keys()
    assert all(first.commitments[name] != second.commitments[name] for name in first.commitments)


@pytest.mark.django_db
def test_decomposed_letters_are_stored_composed():
    entry = give_opinion(
        by=Party("person", "u-17", normalize("NFD", HOA.label)),
        disclose={"remarks": normalize("NFD", "Nhất trí")},
    )

    assert entry.by_label == HOA.label
    assert selectors.disclosed(entry)["remarks"] == "Nhất trí"


@pytest.mark.django_db
def test_an_operation_has_one_head_entry_and_any_number_of_consequences():
    act = uuid.uuid4()
    head = give_opinion(operation_id=act)
    consequences = [close_round(operation_id=act, head=False) for _ in range(2)]

    once = pytest.raises(IntegrityError, match="an_operation_has_one_head_entry")
    with once, transaction.atomic():
        close_round(operation_id=act)

    assert selectors.operation(act) == [head, *consequences]


@pytest.mark.django_db
def test_an_act_entered_later_keeps_both_moments_and_never_the_other_way_round():
    entry = give_opinion(recorded_at=MONDAY + timedelta(days=2))
    assert entry.recorded_at - entry.at == timedelta(days=2)

    never = pytest.raises(IntegrityError, match="nothing_is_recorded_before_it_happens")
    with never, transaction.atomic():
        give_opinion(recorded_at=MONDAY - timedelta(seconds=1))


@pytest.mark.django_db
def test_an_action_nobody_registered_is_refused():
    with pytest.raises(UnknownAction, match=r"trial\.whispered"):
        services.record(
            "trial.whispered",
            operation_id=uuid.uuid4(),
            head=True,
            subject=PAPER,
            by=HOA,
            at=MONDAY,
        )

    assert not Entry.objects.exists()


UNFIT = [
    # what is wrong                      what is passed                                 what is said
    ("a moment without its zone",        {"at": MONDAY.replace(tzinfo=None)},           "time zone"),
    ("a naive time of entry",            {"recorded_at": MONDAY.replace(tzinfo=None)},  "time zone"),
    ("free text as a detail",            {"details": {"choice": "agree", "why": "a b"}}, "disclose="),
    ("a detail without end",             {"details": {"choice": "x" * 201}},            "disclose="),
    ("a number no JSON reader keeps",    {"details": {"choice": 2**53}},                "too large"),
    ("a fraction",                       {"details": {"choice": 0.5}},                  "not float"),
    ("a list as a detail",               {"details": {"choice": ["agree"]}},            "not list"),
    ("a name the sentence reserves",     {"details": {"choice": "agree", "by": "x"}},   "'by'"),
    ("a subject of its own",             {"disclose": {"remarks": "", "subject": "x"}}, "'subject'"),
    ("a field that is no identifier",    {"disclose": {"remarks": "", "Lý do": "x"}},   "Lý do"),
    ("one name for two things",          {"details": {"choice": "agree", "remarks": "x"}}, "remarks"),
    ("a sentence without its detail",    {"details": {}},                               "choice"),
    ("a sentence without its text",      {"disclose": {}},                              "remarks"),
    ("a digest in capitals",             {"digest": "AB" * 32},                         "lower case"),
    ("a digest too short",               {"digest": "ab"},                              "64"),
    ("a party without a name",           {"by": Party("person", "u-17", "")},           "label"),
    ("a subject without a key",          {"subject": Subject("document", "")},          "key"),
    ("a key no column holds",            {"subject": Subject("document", "x" * 101)},   "longer"),
    ("a zero letter",                    {"disclose": {"remarks": "a\x00b"}},           "no database"),
    ("half a letter",                    {"disclose": {"remarks": "\ud800"}},           "no database"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("passed", "said"), [case[1:] for case in UNFIT], ids=[case[0] for case in UNFIT]
)
def test_an_unfit_entry_is_refused_with_its_reason_and_nothing_is_written(passed, said):
    with pytest.raises(UnfitEntry, match=said):
        give_opinion(**passed)

    assert not Entry.objects.exists()


def test_an_action_is_registered_once_and_by_a_well_formed_code():
    with pytest.raises(AuditError, match="already"):
        actions.register("trial.judged", "%(by)s did it otherwise")
    with pytest.raises(AuditError, match=r"noun\.past_participle"):
        actions.register("Signed", "%(by)s signed")
    assert "trial.judged" in actions.registered()


@pytest.mark.django_db
def test_an_entry_reads_as_a_sentence_with_words_for_its_codes():
    assert selectors.sentence(give_opinion()) == (
        "Đặng Thị Hòa gave an opinion on Mục tiêu chất lượng năm 2024: agreed. Nhất trí."
    )
    assert ": disagree." in selectors.sentence(give_opinion(details={"choice": "disagree"}))
    assert ": nothing said." in selectors.sentence(give_opinion(details={"choice": None}))
    assert selectors.sentence(close_round()).endswith(
        "closed round 2 of " + PAPER.label + "; late: by a day"
    )
    assert selectors.sentence(close_round(details={"round": 2, "late": False})).endswith(
        "late: không"
    )


@pytest.mark.django_db
def test_a_subject_without_a_label_is_told_by_its_key():
    entry = close_round(subject=Subject("document", "VB-7"))

    assert "of document VB-7;" in selectors.sentence(entry)


@pytest.mark.django_db
def test_an_entry_outlives_the_program_that_knew_its_sentence(monkeypatch):
    entry = give_opinion()

    monkeypatch.setattr(actions, "_actions", {})

    assert selectors.sentence(entry) == (
        "Đặng Thị Hòa: trial.judged – Mục tiêu chất lượng năm 2024"
    )


@pytest.mark.django_db
def test_an_erased_text_is_gone_and_the_act_that_erased_it_is_told():
    entry = give_opinion(disclose={"remarks": "Số điện thoại của bà Hoa"})
    hash_before = entry.leaf_hash

    act = services.erase(
        entry=entry,
        field="remarks",
        reason="Theo yêu cầu của bà Hoa",
        operation_id=uuid.uuid4(),
        head=True,
        by=Party("person", "u-3", "Trần Văn Lưu"),
        at=MONDAY + timedelta(days=1),
    )

    reread = selectors.entry(entry.uuid)
    assert selectors.disclosed(reread) == {"remarks": None, "subject": PAPER.label}
    assert "[nội dung đã được xóa theo thủ tục]" in selectors.sentence(reread)
    assert reread.leaf_hash == hash_before
    assert leaf.canonical_bytes(reread.content()) == bytes(reread.leaf_bytes)
    row = Disclosure.objects.get(entry=entry, field="remarks")
    assert (row.salt, row.text, row.erased_by) == (None, None, act)
    assert "Trần Văn Lưu" in selectors.sentence(act)
    assert "Theo yêu cầu của bà Hoa" in selectors.sentence(act)
    assert act.office == entry.office


@pytest.mark.django_db
def test_what_is_not_there_or_erased_already_is_not_erased():
    entry = give_opinion()
    act = {"reason": "x", "head": True, "by": HOA, "at": MONDAY}
    services.erase(entry=entry, field="remarks", operation_id=uuid.uuid4(), **act)
    before = Entry.objects.count()

    for field in ("remarks", "telephone"):
        with pytest.raises(UnfitEntry, match=field):
            services.erase(entry=entry, field=field, operation_id=uuid.uuid4(), **act)

    assert Entry.objects.count() == before


def test_a_text_is_erased_only_inside_a_transaction():
    with pytest.raises(OutsideTransaction):
        services.erase(
            entry=Entry(),
            field="remarks",
            reason="x",
            operation_id=uuid.uuid4(),
            head=True,
            by=HOA,
            at=MONDAY,
        )


@pytest.mark.django_db
def test_the_history_of_a_subject_is_told_from_the_beginning():
    told = [give_opinion(), close_round()]
    give_opinion(subject=Subject("document", "VB-8", "Quyết định khác"))
    give_opinion(subject=Subject("case", "VB-7", "Hồ sơ cùng khóa"))

    assert selectors.history("document", "VB-7") == told
    assert selectors.history("document", "VB-7", size=1) == told[-1:]
    assert selectors.history("document", "VB-9") == []


@pytest.mark.django_db
def test_the_pages_of_an_office_follow_one_another_while_new_entries_arrive():
    written = [close_round() for _ in range(5)]
    close_round(office="elsewhere")

    first = selectors.entries(office="an-mau", size=2)
    close_round()
    second = selectors.entries(office="an-mau", size=2, before=first.before)
    third = selectors.entries(office="an-mau", size=2, before=second.before)

    assert [*first.entries, *second.entries, *third.entries] == written[::-1]
    assert third.before is None


@pytest.mark.django_db
def test_a_page_that_is_just_full_is_the_last():
    written = [close_round() for _ in range(2)]

    page = selectors.entries(office="an-mau", size=2)

    assert (list(page.entries), page.before) == (written[::-1], None)


@pytest.mark.django_db
def test_a_page_of_sentences_costs_two_queries(django_assert_num_queries):
    for _ in range(6):
        give_opinion()

    with django_assert_num_queries(2):
        sentences = [selectors.sentence(e) for e in selectors.entries(office="an-mau").entries]

    assert len(sentences) == 6


@pytest.mark.django_db
def test_entries_are_found_by_action_person_subject_and_period():
    early = close_round(at=MONDAY - timedelta(days=1))
    late = give_opinion(by=Party("person", "u-3", "Trần Văn Lưu"))
    other = give_opinion(subject=Subject("document", "VB-8", "Quyết định khác"))

    def found(**asked):
        return set(selectors.entries(office="an-mau", **asked).entries)

    assert found() == {early, late, other}
    assert found(action="trial.closed") == {early}
    assert found(by_key="u-3") == {late}
    assert found(subject_kind="document", subject_key="VB-8") == {other}
    assert found(since=MONDAY) == {late, other}
    assert found(until=MONDAY) == {early}
