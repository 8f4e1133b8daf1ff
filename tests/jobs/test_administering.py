"""The administrator keeps accounts and posts, decides nothing, and is told so at every door."""

from __future__ import annotations

import re

import pytest

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
    from offices import services
    from offices.parties import INSTALLATION

    user = services.open_account(
        username="moi", display_name="Người mới", password=None, by=INSTALLATION, at=example.now
    )
    who = Person("moi")
    who.client.force_login(user)
    assert "Tài khoản này chưa giữ chức vụ nào" in who.opens("/ban-lam-viec/").words


def test_the_administrator_is_refused_the_signature_with_a_sentence(administrator, example):
    (task,) = example.open_tasks("policy 2024")
    answer = administrator.client.get(f"/viec/{task.pk}/")
    assert answer.status_code == 200
    assert re.search(r'aria-disabled="true"[^>]*>.*?Ký', answer.content.decode(), re.DOTALL)
    assert "Chỉ Chủ tịch hoặc Phó Chủ tịch phụ trách" in said(answer)
    assert "Phó Chủ tịch kinh tế" in said(answer), "who may"


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
