"""Two people press at once: one act, and one polite refusal that names who was first."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from audit.models import Entry
from documents.models import Document, Effect, Register, RegisterEntry, Signature
from documents.services import drafting, keeping, revisions
from documents.services.drafting import DraftPlan
from tests import acting
from tests import objectives as owing
from tests.acting import on
from tests.acting_on_detours import take_back
from tests.acting_on_drafts import TEXT, a_draft
from workflows import clock
from workflows.example.acts import text_of
from workflows.exceptions import AlreadyDone, CaseEnded, Conflict
from workflows.models import Act, Case, Opinion, ReviewRound
from workflows.services import detours, issuing, returning, reviewing, submitting
from workflows.services.acts import Ticket

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("again")]


@pytest.fixture(params=range(3))
def again(request):
    """Every race is run several times: who wins is not ours to say."""
    return request.param


def one_won(results):
    """What the winner got, and how the loser was refused; fails on anything else."""
    refused = [one for one in results if isinstance(one, Exception)]
    done = [one for one in results if not isinstance(one, Exception)]
    assert (len(done), len(refused)) == (1, 1), results
    assert isinstance(refused[0], Conflict), refused[0]
    return done[0], refused[0]


def test_of_two_signatories_one_signs_and_the_other_is_told_who(example):
    results = example.database.at_once(
        acting.sign(example, "pct-kinhte"), acting.sign(example, "chutich")
    )
    done, refused = one_won(results)
    assert isinstance(refused, AlreadyDone)
    assert done.signatory.display_name in refused.sentence
    assert Signature.objects.filter(revision=example.newest("policy 2024")).count() == 1
    assert example.waits_at("policy 2024") == ["register"]


def test_signing_against_returning_is_one_of_the_two(example):
    back = on(
        example, "policy 2024", "chutich", returning.return_paper, node="sign",
        reason="Cần rà lại.",
    )  # fmt: skip
    one_won(example.database.at_once(acting.sign(example), back))
    signed = hasattr(example.newest("policy 2024"), "signature")
    ended = example.newest("policy 2024").ended_at is not None
    assert signed != ended
    assert example.waits_at("policy 2024") == (["register"] if signed else ["receive_return"])


def test_of_two_who_report_one_period_one_reports_and_the_other_is_told_who(example):
    duty = owing.owed("2", "NV")
    results = example.database.at_once(
        owing.report(example, duty, "cv-noivu", "99"),
        owing.report(example, duty, "tp-noivu", "90", cause="Muộn.", action="Sớm."),
    )
    done, refused = one_won(results)
    assert isinstance(refused, AlreadyDone)
    assert done.reported_by.display_name in refused.sentence
    duty.result.refresh_from_db()
    assert (duty.result.outcome == "met") is (done.reported_by.username == "cv-noivu")
    assert duty.result.values.count() == 1


def test_the_same_duty_done_twice_at_once_is_one_act(example):
    act = acting.ACTS["put_on_portal"](example)
    _done, refused = one_won(example.database.at_once(act, act))
    assert isinstance(refused, AlreadyDone)
    assert "Biên tập Cổng" in refused.sentence


def test_of_two_who_confirm_at_once_both_are_kept_and_counted(example):
    results = example.database.at_once(
        owing.confirm(example), owing.confirm(example, username="tp-kinhte")
    )
    assert sorted(one.ordinal for one in results) == [1, 2]


def test_results_on_demand_are_asked_for_once(example):
    _done, refused = one_won(example.database.at_once(owing.ask(example), owing.ask(example)))
    assert isinstance(refused, AlreadyDone)


@pytest.mark.parametrize(
    "name", ["sign", "register", "propose", "check_form", "open_round", "allow_urgent"]
)
def test_the_same_form_twice_is_one_act(example, name):
    act = acting.ACTS[name](example)
    heads, acts = Entry.objects.filter(head=True).count(), Act.objects.count()
    _done, refused = one_won(example.database.at_once(act, act))
    assert isinstance(refused, AlreadyDone)
    assert "gửi lại không thay đổi gì" in refused.sentence
    assert Act.objects.count() == acts + 1
    assert Entry.objects.filter(head=True).count() == heads + 1


def test_two_papers_numbered_at_once_get_two_numbers_without_a_gap(example):
    acting.sign(example)()
    results = example.database.at_once(
        acting.register(example, "policy 2024"), acting.register(example, "committee")
    )
    assert sorted(entry.number for entry in results) == [1, 2]
    register = Register.objects.get(symbol="QĐ-CT", year=2024)
    assert register.last_number == 2
    assert RegisterEntry.objects.filter(register=register).count() == 2


def test_a_number_left_unused_is_never_one_that_was_given(example):
    results = example.database.at_once(acting.register(example), acting.abandon_number(example))
    entries = list(RegisterEntry.objects.filter(register__symbol="QĐ-CT", register__year=2024))
    given = [one.number for one in entries if one.document_id]
    burnt = [one.number for one in entries if one.abandoned_because]
    # the clerk burns number 1 first and the paper gets 2, or the paper gets 1 and burning is refused
    assert (given, burnt) in (([1], []), ([2], [1]))
    assert any(isinstance(one, Conflict) for one in results) == (burnt == [])


def numbered(example):
    """The committee's paper, numbered and waiting for the seal, with the same form for every act."""
    acting.register(example)()
    ticket = example.ticket("committee")

    def act(use_case, **more):
        given = {"case_id": example.case("committee").pk, "by": example.people["vanthu"]}
        form = Ticket(ticket.task_id, ticket.digest, uuid4())
        return lambda: use_case(**given, ticket=form, at=example.now, **more)

    return act


def test_sealing_against_giving_the_number_up_is_one_of_the_two(example):
    act = numbered(example)
    _done, refused = one_won(
        example.database.at_once(
            act(issuing.seal_and_issue, copies=9),
            act(issuing.give_number_up, reason="Ghi nhầm ngày."),
        )
    )
    # Who comes after the issue finds the case over; who comes after the other, its task done.
    told = "Hồ sơ này đã kết thúc" if isinstance(refused, CaseEnded) else "Văn thư đã làm trước"
    assert told in refused.sentence
    paper = example.paper("committee")
    entry = RegisterEntry.objects.get(document=paper)
    issued = paper.issued_at is not None
    assert issued == (paper.number == "01") == (entry.abandoned_because == "")
    assert example.waits_at("committee") == ([] if issued else ["register"])
    assert Effect.objects.filter(source=paper).exists() == issued


def test_a_number_given_up_twice_leaves_one_gap_and_returning_it_meanwhile_is_refused(example):
    act = numbered(example)
    one_won(
        example.database.at_once(
            act(issuing.give_number_up, reason="Ghi nhầm ngày."),
            act(returning.return_paper, node="issue", reason="Sai chính tả."),
        )
    )
    paper = example.paper("committee")
    assert (paper.number, paper.dated_on) == ("", None)
    gap = RegisterEntry.objects.get(document=paper)
    went_back = gap.abandoned_because == "Sai chính tả."
    assert example.waits_at("committee") == (["receive_return"] if went_back else ["register"])
    assert (example.newest("committee").ended_at is not None) == went_back


def test_submitting_twice_opens_one_case(example):
    paper = a_draft(example)
    digest, by, at = paper.revisions.get().content_digest, example.people["cv-noivu"], example.now

    def submit(key):
        return lambda: submitting.submit(document=paper, digest=digest, key=key, by=by, at=at)

    _done, refused = one_won(example.database.at_once(submit(uuid4()), submit(uuid4())))
    assert Case.objects.filter(document=paper).count() == 1
    assert refused.advice
    assert paper.revisions.get().amendment == 1


def test_a_correction_against_the_submission_is_in_it_or_is_refused(example):
    correct = acting.correct_particulars(example)
    paper = Document.objects.order_by("-pk").first()
    digest, by, at = paper.revisions.get().content_digest, example.people["cv-noivu"], example.now
    corrected, submitted = example.database.at_once(
        correct,
        lambda: submitting.submit(document=paper, digest=digest, key=uuid4(), by=by, at=at),
    )
    assert isinstance(submitted, Case), submitted
    paper.refresh_from_db()
    if isinstance(corrected, Exception):
        assert isinstance(corrected, Conflict), corrected
        assert paper.authority_kind == "chairman"
    else:
        assert paper.authority_kind == "committee"


def test_saving_against_submitting_never_submits_what_was_not_shown(example):
    paper = a_draft(example)
    digest, by, at = paper.revisions.get().content_digest, example.people["cv-noivu"], example.now
    keeping.keep_text(
        document=paper, text=paper.working_copy.text.replace("2024", "2025"), lock_version=1,
        by=by, at=at,
    )  # fmt: skip
    results = example.database.at_once(
        lambda: revisions.save_version(document=paper, by=by, at=at),
        lambda: submitting.submit(document=paper, digest=digest, key=uuid4(), by=by, at=at),
    )
    saved, submitted = results
    assert not isinstance(saved, Exception)
    assert isinstance(submitted, Conflict)
    assert not Case.objects.filter(document=paper).exists()


def test_of_two_windows_that_keep_a_text_one_is_told_of_the_other(example):
    paper, by, at = a_draft(example), example.people["cv-noivu"], example.now

    def keep(words):
        return lambda: keeping.keep_text(document=paper, text=words, lock_version=1, by=by, at=at)

    done, refused = one_won(example.database.at_once(keep("một"), keep("hai")))
    assert by.display_name in refused.sentence
    paper.working_copy.refresh_from_db()
    assert (paper.working_copy.text, paper.working_copy.lock_version) == (done.copy.text, 2)


def test_two_windows_that_change_different_paragraphs_at_once_are_both_kept(example):
    paper, by, at = a_draft(example), example.people["cv-noivu"], example.now
    base = paper.working_copy.text

    def keep(article, words):
        text = base.replace(article, f"{article} {words}")
        return lambda: keeping.keep_text(
            document=paper, text=text, base=base, lock_version=1, by=by, at=at
        )

    results = example.database.at_once(keep("Điều 2.", "Một."), keep("Điều 3.", "Hai."))
    assert [one for one in results if isinstance(one, Exception)] == []
    paper.working_copy.refresh_from_db()
    assert "Điều 2. Một." in paper.working_copy.text
    assert "Điều 3. Hai." in paper.working_copy.text
    assert paper.working_copy.lock_version == 3


def test_two_last_opinions_close_the_round_once(example):
    results = example.database.at_once(
        acting.opinion(example, "tp-tuphap"), acting.opinion(example, "cvp")
    )
    assert all(isinstance(one, Opinion) for one in results), results
    round_ = ReviewRound.objects.get(case=example.case("economy objectives"))
    assert round_.closed_how == ReviewRound.ClosedHow.ANSWERED
    assert example.waits_at("economy objectives") == ["conclude"]
    closed = Entry.objects.filter(action="round.completed", operation_id__in=_operations(round_))
    assert closed.count() == 1


def _operations(round_):
    return Act.objects.filter(case=round_.case_id).values_list("operation_id", flat=True)


def test_an_opinion_against_the_tick_counts_or_is_refused_never_both(example):
    round_ = ReviewRound.objects.get(case=example.case("economy objectives"))
    due = round_.due_at + timedelta(seconds=1)
    results = example.database.at_once(
        acting.opinion(example), lambda: clock.tick(at=due, real_at=due)
    )
    answered, ticked = results
    assert ticked.expired_rounds == 1
    mine = Opinion.objects.get(round=round_, reviewer=example.people["tp-tuphap"])
    if isinstance(answered, Exception):
        assert isinstance(answered, AlreadyDone)
        assert "đã hết hạn" in answered.sentence
        assert mine.choice == Opinion.Choice.SILENT
    else:
        assert mine.choice == Opinion.Choice.AGREE
    round_.refresh_from_db()
    assert round_.closed_how == ReviewRound.ClosedHow.EXPIRED
    assert round_.opinions.filter(choice="").count() == 0
    assert example.waits_at("economy objectives") == ["conclude"]


def test_two_ticks_at_once_close_a_round_once(example):
    round_ = ReviewRound.objects.get(case=example.case("economy objectives"))
    due = round_.due_at + timedelta(seconds=1)

    def expire():
        return reviewing.expire_round(round=round_, key=uuid4(), at=due)

    assert sorted(example.database.at_once(expire, expire)) == [False, True]
    assert Act.objects.filter(name="expire_round", task_id=round_.task_id).count() == 1


def test_withdrawing_against_signing_is_one_of_the_two(example):
    case = example.case("policy 2024")
    ticket = Ticket(0, case.revision.content_digest, uuid4())
    by, at = example.people["tp-noivu"], example.now

    def withdraw():
        return detours.withdraw(case_id=case.pk, ticket=ticket, reason="Rút lại.", by=by, at=at)

    done, refused = one_won(example.database.at_once(acting.sign(example), withdraw))
    case.refresh_from_db()
    if isinstance(done, Signature):
        assert "đã ký" in refused.sentence.casefold()
        assert (case.ended_at, example.waits_at("policy 2024")) == (None, ["register"])
    else:
        assert isinstance(refused, CaseEnded | AlreadyDone)
        assert not hasattr(example.newest("policy 2024"), "signature")
        assert (case.ended_how, example.waits_at("policy 2024")) == ("withdrawn", [])


@pytest.mark.parametrize(
    ("name", "sender", "send", "following"),
    [
        (
            "survey procedure",
            "tp-kinhte",
            acting.propose,
            ("thuky-iso", "open_round"),
        ),
        ("control procedure", "cvp", acting.check_form, ("chutich", "sign")),
    ],
)
def test_taking_back_against_the_next_act_is_one_of_the_two(example, name, sender, send, following):
    take = take_back(name, sender, send)(example)
    username, node = following
    act = acting.on(example, name, username, returning.return_paper, node=node, reason="Thiếu.")
    done, refused = one_won(example.database.at_once(take, act))
    assert isinstance(refused, AlreadyDone), refused
    assert done.by.display_name in refused.sentence
    went_back = done.by.username != sender
    waits = ["receive_return"] if went_back else [done.undone]
    assert example.waits_at(name) == waits
    assert (example.newest(name).ended_at is not None) == went_back


def test_taking_back_twice_at_once_is_one_act(example):
    take = acting.ACTS["take_back.propose"](example)
    _done, refused = one_won(example.database.at_once(take, take))
    assert isinstance(refused, AlreadyDone)
    assert example.waits_at("survey procedure") == ["propose"]


def test_a_signature_is_recalled_or_its_paper_numbered_never_both(example):
    recall = acting.ACTS["recall_signature"](example)
    number = acting.register(example, "policy 2024")
    _done, refused = one_won(example.database.at_once(recall, number))
    assert isinstance(refused, AlreadyDone)
    paper = example.paper("policy 2024")
    ended = example.newest("policy 2024").ended_at is not None
    assert ended == (paper.number == "")
    assert example.waits_at("policy 2024") == (["receive_return"] if ended else ["issue"])


def test_of_two_archivists_one_completes_the_stub(example):
    act = acting.complete_stub(example)
    _done, refused = one_won(example.database.at_once(act, act))
    assert refused.sentence
    assert example.paper("455/QĐ-CT").effects.filter(kind="commences").count() == 1


def test_two_drafts_begun_at_once_get_two_references(example):
    by, at = example.people["cv-noivu"], example.now
    department = example.paper("audit plan").drafting_department
    plan = DraftPlan(kind="decision", subject="", field_of_work="tong_hop")

    def begin():
        return drafting.start_draft(
            department=department, plan=plan, text=text_of(TEXT), by=by, at=at
        )

    first, second = example.database.at_once(begin, begin)
    assert first.reference != second.reference


def test_a_register_is_opened_once(example):
    act = acting.open_register(example)
    _done, refused = one_won(example.database.at_once(act, act))
    assert "QĐ-CT" in refused.sentence
    assert Register.objects.filter(symbol="QĐ-CT", year=2024).count() == 1


def test_two_windows_of_one_reader_note_one_reading(example):
    act = acting.note_view(example)
    assert sorted(example.database.at_once(act, act)) == [False, True]
    assert Entry.objects.filter(action="paper.viewed").count() == 1
