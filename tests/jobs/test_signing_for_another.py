"""Signing in another's place: the true block, both names, and nothing beyond what was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from audit.selectors import sentence
from documents.models import AuthorityKind, Signature
from documents.services import drafting, keeping, revisions
from offices import clock, services
from offices.exceptions import BadInput, NotPermitted
from offices.models import Appointment, Delegation
from offices.parties import INSTALLATION
from offices.roles import Capability
from tests.pages import BEFORE, NOW, PASSWORD, PLAN, TEXT, OnTheWay, said, the_office
from workflows.example.acts import text_of

SIGNED = {"password": PASSWORD}
TODAY = NOW.date()
SUBSTITUTION = Delegation.Kind.SUBSTITUTION
TUQ, TL = Delegation.Kind.UNDER_DELEGATION, Delegation.Kind.BY_ORDER


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def way(cast):
    return OnTheWay(cast).brought_to("sign")


def lent(cast, giver, taker, kind, **changes):
    """One acts for another until the end of the week."""
    by = cast.people[giver]
    given = {
        "from_appointment": Appointment.objects.filter(user=by).order_by("pk")[0],
        "to_user": cast.people[taker],
        "kind": kind,
        "capability": None if kind == SUBSTITUTION else Capability.SIGN,
        "begins_on": TODAY,
        "ends_on": TODAY + timedelta(days=5),
        "legal_basis": "Thông báo số 08/TB-UBND ngày 12/01/2024",
        "by": by,
        "at": NOW,
    }
    return services.delegate(**{**given, **changes})


def test_a_vice_chairman_signs_for_an_absent_colleague_kt_under_both_names(way, cast):
    lent(cast, "pct-kinhte", "pct-vanxa", SUBSTITUTION)
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in said(way.opens("pct-vanxa"))
    assert way.sends("pct-vanxa", "ky", **SIGNED).status_code == 302
    signature = Signature.objects.get()
    assert signature.block == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert (signature.signatory_name, signature.on_behalf_of, signature.mode) == (
        "Phó Chủ tịch văn xã", "Phó Chủ tịch kinh tế", "deputy",
    )  # fmt: skip
    assert signature.standing["principal_id"] == cast.people["pct-kinhte"].pk
    entry = Entry.objects.get(action="paper.signed")
    assert sentence(entry).startswith("Phó Chủ tịch văn xã, làm thay Phó Chủ tịch kinh tế, ký “")


@pytest.mark.parametrize(
    ("taker", "kind", "block"),
    [
        ("tp-taichinh", TUQ, ["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG TÀI CHÍNH – KẾ HOẠCH"]),
        ("cvp", TL, ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
    ],
)
def test_the_head_of_a_unit_signs_under_his_own_title_by_order_or_authorisation(
    way, cast, taker, kind, block
):
    lent(cast, "chutich", taker, kind)
    assert " ".join(block) in said(way.opens(taker))
    assert way.sends(taker, "ky", **SIGNED).status_code == 302
    signature = Signature.objects.get()
    assert (signature.block, signature.on_behalf_of) == (block, "Chủ tịch")
    signature.pk, signature.on_behalf_of = None, ""
    with pytest.raises(IntegrityError, match="whose_right_it_is"), transaction.atomic():
        signature.save(force_insert=True)


@pytest.mark.parametrize(
    ("manner", "lines"),
    [
        ("in_charge", ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]),
        ("acting", ["Q. CHÁNH VĂN PHÒNG"]),
    ],
)
def test_who_heads_a_unit_for_a_time_signs_tl_as_such_and_never_as_its_head(
    way, cast, manner, lines
):
    """Decree 30/2020 art. 13.1 and 13.4: a deputy in charge signs KT. below TL."""
    held = Appointment.objects.filter(user=cast.people["cvp"]).order_by("pk")[0]
    services.end_appointment(held, ends_on=TODAY, by=INSTALLATION, at=NOW)
    services.appoint(
        user=cast.people["cv-vanphong"], post=held.post, begins_on=TODAY, by=INSTALLATION, at=NOW,
        **{manner: True},
    )  # fmt: skip
    lent(cast, "chutich", "cv-vanphong", TL)
    block = ["TL. CHỦ TỊCH", *lines]
    assert " ".join(block) in said(way.opens("cv-vanphong"))
    assert way.sends("cv-vanphong", "ky", **SIGNED).status_code == 302
    assert Signature.objects.get().block == block


def test_the_head_of_a_unit_passes_tl_on_to_nobody(way, cast):
    """Not even by a substitution for the whole post: TL. was given to a person, for their post."""
    lent(cast, "chutich", "cvp", TL)
    lent(cast, "cvp", "cv-vanphong", SUBSTITUTION)
    with pytest.raises(BadInput, match="không có quyền đó"):
        lent(cast, "cvp", "cv-vanphong", SUBSTITUTION, capability=Capability.SIGN)
    with pytest.raises(NotPermitted):
        lent(cast, "chutich", "cv-vanphong", TL, by=cast.people["cvp"])
    assert (
        f"/viec/{way.task().pk}/"
        not in way.browser("cv-vanphong").get("/ban-lam-viec/").content.decode()
    )
    assert way.sends("cv-vanphong", "ky", **SIGNED).status_code == 403
    assert not Signature.objects.exists()


def test_what_the_body_decides_is_not_signed_tuq(cast):
    plan = replace(PLAN, authority_kind=AuthorityKind.COMMITTEE)
    way = OnTheWay(cast, plan=plan).brought_to("sign")
    lent(cast, "chutich", "tp-taichinh", TUQ)
    answer = way.sends("tp-taichinh", "ky", **SIGNED)
    assert answer.status_code == 403
    assert "Văn bản của tập thể Ủy ban nhân dân không ký thừa lệnh" in said(answer)
    assert not Signature.objects.exists()


def test_a_field_that_was_not_handed_over_is_not_signed(way, cast):
    lent(cast, "chutich", "cvp", TL, fields_of_work=["van_xa"])
    answer = way.sends("cvp", "ky", **SIGNED)
    assert "không nằm trong phạm vi Chủ tịch đã giao" in said(answer)
    lent(cast, "chutich", "cvp", TUQ, fields_of_work=["kinh_te"])
    assert way.sends("cvp", "ky", **SIGNED).status_code == 302


def test_a_paper_referred_up_is_signed_kt_by_whoever_stands_in_for_the_chairman(way, cast):
    way.sends("pct-kinhte", "trinh-chu-tich", reason="Liên quan nhiều lĩnh vực.")
    lent(cast, "pct-kinhte", "pct-vanxa", SUBSTITUTION)
    assert way.sends("pct-vanxa", "ky", **SIGNED).status_code == 403
    lent(cast, "chutich", "pct-vanxa", SUBSTITUTION)
    assert way.sends("pct-vanxa", "ky", **SIGNED).status_code == 302
    assert Signature.objects.get().block == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_a_delegate_who_left_his_post_signs_nothing(way, cast):
    lent(cast, "chutich", "tp-taichinh", TUQ)
    for held in Appointment.objects.filter(user=cast.people["tp-taichinh"]):
        services.end_appointment(held, ends_on=TODAY, by=INSTALLATION, at=NOW)
    assert way.sends("tp-taichinh", "ky", **SIGNED).status_code in {403, 404}
    assert not Signature.objects.exists()


def test_a_delegate_who_is_head_of_a_unit_no_more_is_told_why_he_signs_nothing(way, cast):
    lent(cast, "chutich", "tp-kinhte", TUQ)
    headed = Appointment.objects.filter(user=cast.people["tp-kinhte"]).order_by("pk")[0]
    services.end_appointment(headed, ends_on=TODAY, by=INSTALLATION, at=NOW)
    answer = way.sends("tp-kinhte", "ky", **SIGNED)
    assert answer.status_code == 403
    assert "chỉ dùng được khi đang giữ chức vụ được phép nhận" in said(answer)


def test_who_drafted_does_not_sign_for_another_either(way, cast):
    headed = Appointment.objects.filter(user=cast.people["tp-tuphap"]).order_by("pk")[0]
    services.end_appointment(headed, ends_on=TODAY, by=INSTALLATION, at=NOW)
    services.appoint(
        user=cast.people["cv-noivu"], post=headed.post, begins_on=TODAY, by=INSTALLATION, at=NOW
    )
    lent(cast, "chutich", "cv-noivu", TUQ)
    answer = way.sends("cv-noivu", "ky", **SIGNED)
    assert answer.status_code == 403
    assert "Người soạn thảo văn bản không ký văn bản đó." in said(answer)


def test_who_wrote_the_draft_does_not_sign_it_whoever_saved_its_versions(cast):
    """Two wrote, one pressed the button; the other has become Vice-Chairman since."""
    writer = cast.people["cv-kinhte"]
    desk = Appointment.objects.get(user=cast.people["cv-noivu"]).post
    services.appoint(user=writer, post=desk, begins_on=BEFORE.date(), by=INSTALLATION, at=BEFORE)
    way = OnTheWay(cast)
    draft = drafting.start_draft(
        department=cast.departments["NV"], plan=PLAN, text=text_of(TEXT),
        by=cast.people["cv-noivu"], at=BEFORE,
    )  # fmt: skip
    copy = draft.working_copy
    keeping.keep_text(
        document=draft, text=copy.text + " ", lock_version=copy.lock_version, by=writer, at=BEFORE
    )
    way.paper.document = draft
    revisions.save_version(document=draft, by=cast.people["cv-noivu"], at=BEFORE)
    way.goes_on_to("sign")
    seat = Appointment.objects.get(user=cast.people["pct-kinhte"])
    services.end_appointment(seat, ends_on=TODAY, by=INSTALLATION, at=NOW)
    services.appoint(
        user=writer, post=seat.post, begins_on=TODAY, fields_of_work=seat.fields_of_work,
        by=INSTALLATION, at=NOW,
    )  # fmt: skip
    assert set(way.case.document.revisions.values_list("saved_by", flat=True)) == {
        cast.people["cv-noivu"].pk
    }
    assert way.case.document.title not in said(way.browser("cv-kinhte").get("/ban-lam-viec/"))
    answer = way.sends("cv-kinhte", "ky", **SIGNED)
    assert answer.status_code == 403
    assert "Người soạn thảo văn bản không ký văn bản đó." in said(answer)


def test_what_was_signed_for_another_is_sealed_by_neither(cast):
    """The clerk's own leave does not make the signatory a clerk."""
    way = OnTheWay(cast).brought_to("sign")
    lent(cast, "pct-kinhte", "pct-vanxa", SUBSTITUTION)
    way.sends("pct-vanxa", "ky", **SIGNED)
    for name in ("pct-vanxa", "pct-kinhte"):
        lent(cast, "vanthu", name, SUBSTITUTION)
        answer = way.sends(name, "cap-so", dated_on=TODAY.isoformat())
        assert answer.status_code == 403, name
        assert "Người đã ký văn bản không cấp số, đóng dấu" in said(answer)
    assert way.waits_at() == {"register"}


def test_who_is_in_charge_of_the_vacant_chair_signs_kt_and_an_acting_chairman_q(cast):
    """Decree 30/2020 art. 13.1: put in charge, a deputy signs as a deputy; "quyền" signs Q."""
    chair = Appointment.objects.get(user=cast.people["chutich"])
    services.end_appointment(chair, ends_on=TODAY, by=INSTALLATION, at=NOW)
    tomorrow = TODAY + timedelta(days=1)
    deputy = cast.people["pct-vanxa"]
    for day, until, manner, block in (
        (TODAY, tomorrow, "in_charge", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (tomorrow, None, "acting", ["Q. CHỦ TỊCH"]),
    ):
        services.appoint(
            user=deputy, post=chair.post, begins_on=day, ends_on=until, by=INSTALLATION, at=NOW,
            **{manner: True},
        )  # fmt: skip
        way = OnTheWay(cast).brought_to("sign")
        clock.turn_to(NOW + (day - TODAY))
        assert way.sends("pct-vanxa", "ky", **SIGNED).status_code == 302
        assert way.case.revision.signature.block == block


def test_nobody_is_acting_head_and_in_charge_at_once(cast):
    chair = Appointment.objects.filter(user=cast.people["chutich"])
    with pytest.raises(IntegrityError, match="not_both"), transaction.atomic():
        chair.update(acting=True, in_charge=True)


def test_whoever_reads_a_signed_paper_sees_the_block_that_was_signed_and_both_names(way, cast):
    lent(cast, "chutich", "cvp", TL)
    task = way.task().pk
    way.sends("cvp", "ky", **SIGNED)
    shown = said(way.browser("pct-kinhte").get(f"/viec/{task}/"))
    assert "TL. CHỦ TỊCH CHÁNH VĂN PHÒNG" in shown
    assert "Chánh Văn phòng đã ký, làm thay Chủ tịch." in shown
    assert "Làm thay Chủ tịch" in said(way.opens("vanthu"))
