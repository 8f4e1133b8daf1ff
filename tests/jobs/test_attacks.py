"""What somebody tries who means harm, or whose machine does not behave."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from audit.models import Entry
from audit.selectors import sentence
from documents import policies
from documents.content.citations import parse_instrument
from documents.models import Document, Effect, Relation
from documents.services import externals, keeping, revisions
from offices import selectors as offices
from offices.models import Department, Office, User
from offices.roles import Role
from tests.pages import (
    NOW,
    PASSWORD,
    PLAN,
    REASON,
    TEXT,
    OnTheWay,
    refused_without_a_trace,
    said,
    the_office,
)
from tests.pages import recorded as recorded_rows
from tests.staffing import a_post, an_office, appointed
from workflows.exceptions import BadInput
from workflows.models import Act
from workflows.services import issuing, submitting
from workflows.services.acts import Ticket
from workflows.services.confirming import MOST_FAILURES, confirm

CITED = "Quyết định số 05/QĐ-UBND ngày 15 tháng 01 năm 2024 của Ủy ban nhân dân quận An Mẫu"


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def way(cast):
    return OnTheWay(cast)


def withdrawn(way, *, task):
    """The answer to a withdrawal whose form names this task."""
    digest = way.case.revision.content_digest
    fields = {"task": task, "digest": digest, "key": uuid4(), "reason": REASON}
    return way.browser("tp-noivu").post(f"/ho-so/{way.case.pk}/rut/", fields)


def recorded(citation):
    """The paper a citation is taken for."""
    instrument = parse_instrument(citation)
    assert instrument is not None
    with transaction.atomic():
        return externals.find_or_record(
            instrument,
            office=Office.objects.get(),
            operation_id=uuid4(),
            by=User.objects.get(username="cv-noivu"),
            at=NOW,
        )


@pytest.mark.parametrize(
    "other",
    [
        CITED.replace("05/", "05a/"),
        CITED.replace("quận An Mẫu", "tỉnh Kon Tum"),
        CITED.replace("ngày 15", "ngày 16"),
    ],
)
def test_a_citation_that_differs_in_one_sign_is_another_paper(cast, other):
    assert recorded(other) != recorded(CITED)


@pytest.mark.parametrize(
    "same",
    [
        CITED.replace("05/", "05/2024/"),
        CITED.replace("Ủy ban nhân dân quận", "Chủ tịch UBND quận"),
        CITED.replace("Ủy ban nhân dân quận", "Uỷ ban nhân dân Q."),
        CITED.replace(" của Ủy ban nhân dân quận An Mẫu", ""),
        "Quyết định số 05/QĐ-UBND",
    ],
)
def test_spellings_of_one_citation_are_one_paper(cast, same):
    known = recorded(CITED)
    assert recorded(same) == known


def test_a_citation_without_its_date_does_not_choose_between_two_papers(cast):
    older = recorded(CITED.replace("2024", "2023"))
    newer = recorded(CITED)
    assert recorded("Quyết định số 05/QĐ-UBND") not in {older, newer}
    assert recorded("Quyết định số 05/QĐ-UBND").dated_on is None


def test_a_symbol_longer_than_its_column_is_kept_short(cast):
    citation = CITED.replace("QĐ-UBND", "QĐ-" + "A" * 80)
    assert len(recorded(citation).symbol) == 40
    assert recorded(citation) == recorded(citation)


def test_a_withdrawal_cannot_be_entered_on_a_task_of_another_paper(cast, way):
    way.brought_to("open_round")
    other = OnTheWay(cast).brought_to("open_round")
    task = other.task().pk
    assert withdrawn(way, task=task).status_code == 302
    assert not Act.objects.filter(task_id=task).exists()
    assert other.waits_at() == {"open_round"}


def test_a_withdrawal_that_names_an_impossible_task_is_one_all_the_same(way):
    way.brought_to("open_round")
    assert withdrawn(way, task=10**30).status_code == 302
    assert way.case.ended_how == "withdrawn"


def test_a_withdrawn_paper_comes_back_unchanged_as_a_new_version(way):
    way.brought_to("open_round")
    paper, drafter = way.case.document, way.cast.people["cv-noivu"]
    first = way.case.revision
    withdrawn(way, task=0)
    again = revisions.save_version(document=paper, by=drafter, at=NOW)
    assert (again.ordinal, again.content_digest) == (first.ordinal + 1, first.content_digest)
    case = submitting.submit(
        document=paper, digest=again.content_digest, key=uuid4(), by=drafter, at=NOW
    )
    assert case.revision.amendment == 2


def test_what_only_a_draft_cites_is_not_published(cast, way):
    way.paper.draft("cv-noivu", "NV", PLAN, TEXT, at=way.at)
    paper, drafter = way.paper.document, cast.people["cv-noivu"]
    secret = "Kết luận số 77/KL-UBND ngày 05 tháng 01 năm 2024 về vụ việc chưa công bố"
    text = paper.working_copy.text.replace("Căn cứ", f"Căn cứ {secret};\nCăn cứ", 1)
    keeping.keep_text(document=paper, text=text, lock_version=1, by=drafter, at=NOW)
    revisions.save_version(document=paper, by=drafter, at=NOW)
    cited = Document.objects.get(number_key=77)
    assert "chưa công bố" in cited.subject
    assert Client().get(f"/tra-cuu/{cited.reference}/").status_code == 404
    stranger = an_office(Role.SPECIALIST).people[Role.SPECIALIST]
    assert not policies.readable(stranger, at=NOW).filter(pk=cited.pk).exists()
    assert way.browser("cv-noivu").get(f"/van-ban/{cited.reference}/").status_code == 200


def test_what_an_issued_paper_cites_is_published(way):
    way.brought_to("issued")
    replaced = Document.objects.get(number_key=1073)
    assert replaced.known_by == "citation"
    assert Client().get(f"/tra-cuu/{replaced.reference}/").status_code == 200


def test_a_clerk_who_sits_in_another_office_reads_no_drafts_there(cast, way):
    way.paper.draft("cv-noivu", "NV", PLAN, TEXT, at=way.at)
    paper, clerk = way.paper.document, cast.people["vanthu"]
    assert policies.readable(clerk, at=NOW).filter(pk=paper.pk).exists()
    elsewhere = an_office(Role.RECORDS_CLERK, Role.SPECIALIST)
    both = elsewhere.people[Role.RECORDS_CLERK]
    here = Department.objects.get(office=paper.office, code="KT")
    appointed(both, a_post(here, Role.SPECIALIST), begins_on=NOW.date())
    assert paper.office_id in offices.reader(both, at=NOW).office_ids
    assert not policies.readable(both, at=NOW).filter(pk=paper.pk).exists()
    assert not policies.followed(both, at=NOW).filter(pk=paper.pk).exists()


def test_a_file_named_on_a_mac_lies_under_the_digest(way):
    way.paper.draft("cv-noivu", "NV", PLAN, TEXT, at=way.at)
    paper = way.paper.document
    name = unicodedata.normalize("NFD", "Phụ lục số liệu.txt")
    answer = way.browser("cv-noivu").post(
        f"/soan/{paper.reference}/tep/", {"file": SimpleUploadedFile(name, b"1")}
    )
    assert answer.status_code == 302, said(answer)
    revision = revisions.save_version(document=paper, by=way.cast.people["cv-noivu"], at=NOW)
    kept = revision.attachments.get()
    assert kept.name == "Phụ lục số liệu.txt"
    assert kept.name.encode() in bytes(revision.canonical)


def test_the_ledger_never_learns_something_before_what_it_knows(cast, way):
    way.brought_to("issued")
    known = Effect.objects.latest("pk").recorded_at
    late = OnTheWay(cast).brought_to("issue")
    ticket = Ticket(late.task().pk, late.case.revision.content_digest, uuid4())
    issuing.seal_and_issue(
        case_id=late.case.pk,
        ticket=ticket,
        copies=1,
        by=cast.people["vanthu"],
        at=known - timedelta(hours=1),
    )
    moments = list(Effect.objects.order_by("pk").values_list("recorded_at", flat=True))
    assert moments == sorted(moments)
    assert Document.objects.filter(issued_at__isnull=False).count() == 2


def test_an_open_session_is_no_way_to_guess_the_password(way):
    way.brought_to("sign")
    for guess in range(MOST_FAILURES):
        assert way.sends("pct-kinhte", "ky", password=f"đoán {guess}").status_code == 400
    refused = way.sends("pct-kinhte", "ky", password=PASSWORD)
    assert refused.status_code == 400
    assert "không thể ký trong 15 phút" in said(refused)
    assert way.waits_at() == {"sign"}


def test_a_right_password_forgets_the_wrong_ones(way):
    way.brought_to("sign")
    for guess in range(MOST_FAILURES - 1):
        way.sends("pct-kinhte", "ky", password=f"đoán {guess}")
    assert way.sends("pct-kinhte", "ky", password=PASSWORD).status_code == 302
    with pytest.raises(BadInput):
        confirm(way.cast.people["pct-kinhte"], password="sai")
    confirm(way.cast.people["pct-kinhte"], password=PASSWORD)


# What only a citation tells


def test_a_paper_made_of_its_citation_is_recorded_under_the_act_that_cites_it(cast, way):
    way.paper.draft("cv-noivu", "NV", PLAN, TEXT, at=way.at)
    saved = Entry.objects.get(action="version.saved")
    cited = Entry.objects.filter(action="document.cited")
    made = Document.objects.filter(known_by="citation")
    assert {int(one.subject_key) for one in cited} == set(made.values_list("pk", flat=True))
    assert cited.count() >= 1
    assert {(one.operation_id, one.head) for one in cited} == {(saved.operation_id, False)}
    replaced = cited.get(subject_key=str(made.get(number_key=1073).pk))
    said_of_it = sentence(replaced)
    assert said_of_it.startswith(
        "Chuyên viên Phòng Nội vụ viện dẫn “1073/QĐ-CT” mà cơ quan chưa có"
    )
    assert made.get(number_key=1073).reference in said_of_it


def test_a_paper_that_is_known_is_not_recorded_again(cast, way):
    way.paper.draft("cv-noivu", "NV", PLAN, TEXT, at=way.at)
    entries = Entry.objects.filter(action="document.cited").count()
    OnTheWay(cast).paper.draft("cv-noivu", "NV", PLAN, TEXT, at=way.at)
    assert Entry.objects.filter(action="document.cited").count() == entries


# What a signed paper replaces, read again when it is issued

FORMER = "Quyết định số 1073/QĐ-CT ngày 04 tháng 7 năm 2023"
LATER = "Quyết định số 01/QĐ-CT ngày 15 tháng 01 năm 2024"


@pytest.fixture
def successor(cast, way):
    """A draft that replaces 01/QĐ-CT of the 15th, saved before any paper bears that number."""
    way.paper.draft("cv-noivu", "NV", PLAN, TEXT, at=way.at)
    paper, drafter = way.paper.document, cast.people["cv-noivu"]
    assert FORMER in paper.working_copy.text
    text = paper.working_copy.text.replace(FORMER, LATER)
    keeping.keep_text(document=paper, text=text, lock_version=1, by=drafter, at=way.at)
    revisions.save_version(document=paper, by=drafter, at=way.at)
    return way


def issues(way):
    return way.sends("vanthu", "phat-hanh", copies="9", sealed="on", compared="on")


def test_a_paper_numbered_after_the_draft_was_saved_is_the_one_that_ceases(cast, successor):
    stub = Document.objects.get(number_key=1, origin="external")
    replaced = OnTheWay(cast).brought_to("issued").case.document
    assert (replaced.cited_as, replaced.dated_on) == ("01/QĐ-CT", NOW.date())

    successor.goes_on_to("issue")
    assert issues(successor).status_code == 302
    paper = successor.case.document
    ceased = Effect.objects.get(source=paper, kind="ceases")
    assert ceased.target == replaced
    assert not Effect.objects.filter(target=stub).exists()
    relation = Relation.objects.get(source=paper, verb="replaces", revision=successor.case.revision)
    assert relation.target == replaced
    page = Client().get(f"/tra-cuu/{replaced.reference}/")
    assert paper.cited_as in said(page)


def test_where_no_paper_was_numbered_meanwhile_the_citation_stands(cast, successor):
    stub = Document.objects.get(number_key=1, origin="external")
    successor.goes_on_to("issue")
    assert issues(successor).status_code == 302
    assert Effect.objects.get(source=successor.case.document, kind="ceases").target == stub


def test_a_relation_that_no_longer_agrees_with_what_was_signed_issues_nothing(successor):
    successor.goes_on_to("issue")
    Relation.objects.filter(verb="replaces").update(raw="Quyết định khác")
    before = recorded_rows()
    words = refused_without_a_trace(successor, issues(successor), 409, before=before)
    assert "không còn khớp" in words
    assert successor.waits_at() == {"issue"}
