"""Before submission and on its way: today's staff cannot complete this paper, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from documents.services import drafting, revisions
from offices import services
from offices.models import Appointment, Delegation
from offices.parties import INSTALLATION
from tests.pages import BEFORE, NOW, PLAN, OnTheWay, said, the_office
from workflows.example.acts import text_of
from workflows.models import Case

TODAY = NOW.date()


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def draft(cast):
    paper = drafting.start_draft(
        department=cast.departments["NV"], plan=PLAN, text=text_of("chinh-sach-muc-tieu-2024-lan-1"),
        by=cast.people["cv-noivu"], at=BEFORE,
    )  # fmt: skip
    revisions.save_version(document=paper, by=cast.people["cv-noivu"], at=BEFORE)
    return paper


def ends(cast, who):
    """Somebody holds no post any more."""
    for held in Appointment.objects.filter(user=cast.people[who]):
        services.end_appointment(held, ends_on=TODAY, by=INSTALLATION, at=NOW)


def submits(cast, draft):
    browser = OnTheWay(cast).browser("cv-noivu")
    page = browser.get(f"/soan/{draft.reference}/")
    form = page.context["submit_form"]
    given = {name: form[name].value() for name in ("digest", "key")}
    return page, browser.post(f"/soan/{draft.reference}/gui/", given)


def test_with_everybody_in_place_nothing_is_said_and_it_is_submitted(cast, draft):
    page, answer = submits(cast, draft)
    assert "không thể hoàn tất" not in said(page)
    assert answer.status_code == 302


def test_without_a_clerk_the_drafter_is_told_before_submitting_and_keeps_the_draft(cast, draft):
    ends(cast, "vanthu")
    page, answer = submits(cast, draft)
    sentence = "hôm nay chưa có ai được cấp số (Văn thư)"
    assert sentence in said(page)
    assert answer.status_code == 409
    assert sentence in said(answer)
    assert "dự thảo vẫn được giữ" in said(answer)
    assert not Case.objects.exists()


def test_the_only_signatory_cannot_seal_in_the_clerks_place(cast, draft):
    """One person for two steps kept apart, by substitution."""
    ends(cast, "pct-kinhte")
    chairman, clerk = cast.people["chutich"], cast.people["vanthu"]
    held = Appointment.objects.get(user=clerk)
    services.delegate(
        from_appointment=held, to_user=chairman, kind=Delegation.Kind.SUBSTITUTION,
        begins_on=TODAY, ends_on=TODAY + timedelta(days=3), legal_basis="08/TB-VP", by=clerk, at=NOW,
    )  # fmt: skip
    page = OnTheWay(cast).browser("cv-noivu").get(f"/soan/{draft.reference}/")
    assert "không thể hoàn tất" not in said(page), "the clerk may still"
    services.close_account(clerk, reason="Nghỉ việc.", by=INSTALLATION, at=NOW)
    page, answer = submits(cast, draft)
    assert answer.status_code == 409
    assert "hôm nay chưa có ai được cấp số" in said(page)


def test_a_drafter_who_became_the_only_signatory_is_barred(cast, draft):
    ends(cast, "chutich")
    ends(cast, "pct-kinhte")
    post = Appointment.objects.filter(user=cast.people["chutich"])[0].post
    services.appoint(
        user=cast.people["cv-noivu"], post=post, begins_on=TODAY, by=INSTALLATION, at=NOW
    )
    page, answer = submits(cast, draft)
    assert "mọi người có thẩm quyền ký đều không được ký văn bản này" in said(page)
    assert answer.status_code == 409


def test_a_paper_referred_up_needs_the_chairman_or_who_stands_in_for_him(cast):
    way = OnTheWay(cast).brought_to("sign")
    assert way.sends("pct-kinhte", "trinh-chu-tich", reason="Vượt thẩm quyền.").status_code == 302
    address = f"/van-ban/{way.case.document.reference}/"
    assert "không thể hoàn tất" not in said(way.browser("vanthu").get(address))
    ends(cast, "chutich")
    assert "hôm nay chưa có ai được ký" in said(way.browser("vanthu").get(address))


def test_on_its_way_the_page_of_the_paper_says_it_and_a_stand_in_cures_it(cast):
    way = OnTheWay(cast).brought_to("check_form")
    address = f"/van-ban/{way.case.document.reference}/"
    reader = way.browser("vanthu")
    assert "không thể hoàn tất" not in said(reader.get(address))
    ends(cast, "chutich")
    kinh_te = Appointment.objects.get(user=cast.people["pct-kinhte"])
    ends(cast, "pct-kinhte")
    assert "hôm nay chưa có ai được ký" in said(reader.get(address))
    services.appoint(
        user=cast.people["pct-vanxa"], post=kinh_te.post, begins_on=TODAY,
        fields_of_work=kinh_te.fields_of_work, by=INSTALLATION, at=NOW,
    )  # fmt: skip
    assert "không thể hoàn tất" not in said(reader.get(address))
