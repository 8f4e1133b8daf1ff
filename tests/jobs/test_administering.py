"""The administrator keeps accounts and posts, decides nothing, and is told so at every door."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from documents.policies import readable
from offices import services
from offices.models import Appointment
from tests.builders import PAPERS
from tests.cast import Person
from tests.pages import recorded, said
from workflows import engine
from workflows.models import Case


@pytest.fixture
def administrator(example) -> Person:
    return Person("quantri").signs_in()


def test_the_desk_is_honestly_empty_and_says_what_the_post_is_for(administrator):
    words = administrator.opens("/ban-lam-viec/").words
    assert "Quản trị không quyết định việc nào" in words
    assert "tài khoản" in words.partition("Quản trị không quyết định việc nào")[2]
    assert "Soạn văn bản mới" not in words
    assert administrator.tasks() == {}


@pytest.mark.parametrize("username", ["danhgia", "congtt", "cv-tuphap"])
def test_another_empty_desk_says_what_its_post_is_for(example, username):
    words = Person(username).signs_in().opens("/ban-lam-viec/").words
    assert "Không có việc nào đang chờ" in words
    assert "Việc mới hiện ở đây." in words


def test_an_account_without_a_post_is_told_whom_to_ask(example):
    from offices.parties import INSTALLATION

    user = services.open_account(
        username="moi", display_name="Người mới", password=None, by=INSTALLATION, at=example.now
    )
    who = Person("moi")
    who.client.force_login(user)
    assert "Tài khoản này chưa giữ chức vụ nào" in who.opens("/ban-lam-viec/").words


def test_the_administrator_does_not_learn_of_a_paper_that_waits_for_its_signature(
    administrator, example
):
    (task,) = example.open_tasks("policy 2024")
    answer = administrator.client.get(f"/viec/{task.pk}/")
    assert answer.status_code == 404
    assert "tài khoản này không được đọc" in said(answer)
    clerk = example.who("vanthu").client.get(f"/viec/{task.pk}/")
    assert re.search(r'aria-disabled="true"[^>]*>.*?Ký', clerk.content.decode(), re.DOTALL)
    assert "Chỉ Chủ tịch hoặc Phó Chủ tịch phụ trách" in said(clerk)
    assert "Phó Chủ tịch kinh tế" in said(clerk), "who may"


def test_the_administrator_is_refused_every_open_step_and_writes_nothing(administrator, example):
    before = recorded()
    tasks = engine.open_tasks(Case.objects.filter(ended_at=None).values_list("pk", flat=True))
    assert len(tasks) == 10
    acts = {
        "propose": "trinh", "open_round": "mo-luot", "opinion": "cho-y-kien",
        "conclude": "thong-nhat", "check_form": "du-dieu-kien", "sign": "ky",
        "register": "cap-so", "receive_return": "giao-sua",
    }  # fmt: skip
    for task in tasks:
        address = f"/viec/{task.pk}/{acts[task.flow_task.name]}/"
        status = administrator.client.post(address, {}).status_code
        assert status in {403, 404}, address
    assert recorded() == before


@pytest.mark.parametrize("username", ["quantri", "congtt"])
def test_sitting_in_the_secretariat_opens_no_paper_that_waits_there(example, username):
    """A paper at the check or for signing is for who checks and signs, with its opinions."""
    who, listed = example.who(username), example.who(username).opens("/van-ban/").words
    elsewhere = {
        name: example.paper(name)
        for name in PAPERS
        if example.paper(name).drafting_department.kind != "office_secretariat"
    }
    assert len(elsewhere) >= 4
    for name, paper in elsewhere.items():
        assert who.is_refused(f"/van-ban/{paper.reference}/") == 404, name
        assert paper.reference not in listed, name
        for task in example.open_tasks(name):
            assert who.is_refused(f"/viec/{task.pk}/") == 404, name


def test_the_administrator_reads_no_draft_of_the_department_the_post_lies_in(example):
    own = example.paper("office objectives")
    assert own.drafting_department.kind == "office_secretariat"
    assert example.who("quantri").is_refused(f"/van-ban/{own.reference}/") == 404
    assert example.who("congtt").opens(f"/van-ban/{own.reference}/")


def test_the_administrator_reads_what_is_issued_and_is_told_why_no_register_opens(example):
    administrator = example.who("quantri")
    assert administrator.opens(f"/van-ban/{example.paper('1073/QĐ-CT').reference}/")
    page = administrator.opens("/so/")
    assert "Mở sổ" in page.barred
    assert "Chỉ văn thư quản lý sổ đăng ký" in page.words


def test_whoever_checks_or_signs_reads_what_waits_for_it_and_a_successor_reads_on(example):
    waiting = {"cvp": "control procedure", "pct-kinhte": "policy 2024", "chutich": "policy 2024"}
    for username, name in waiting.items():
        assert example.who(username).opens(f"/van-ban/{example.paper(name).reference}/")
    chief = Appointment.objects.get(user__username="cvp", post__role="chief_of_office")
    tomorrow, successor = example.today + timedelta(days=1), example.people["cv-tuphap"]
    done = {"by": example.people["quantri"], "at": example.now}
    services.end_appointment(chief, ends_on=tomorrow, **done)
    services.appoint(user=successor, post=chief.post, begins_on=tomorrow, **done)
    paper = example.paper("policy 2024")
    assert not readable(successor, at=example.now).filter(pk=paper.pk).exists()
    assert readable(successor, at=example.now + timedelta(days=1)).filter(pk=paper.pk).exists()
