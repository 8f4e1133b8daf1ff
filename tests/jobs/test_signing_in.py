"""Signing in: by name and password, and in the demonstration by pressing a role."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as settings_of_the_house
from django.core.cache import cache
from django.test import Client

from offices import services
from offices.models import User
from offices.roles import Role
from tests.staffing import INSTALLATION, MORNING, a_post, an_office, appointed
from workflows.views.sign_in import MOST_FAILURES, PATH

# The role cards send this one.
PASSWORD = settings_of_the_house.DEMO_PASSWORD
ANYWHERE = "/thanh-phan/"


@pytest.fixture(autouse=True)
def nothing_failed_before() -> None:
    cache.clear()


@pytest.fixture
def clerk(db: None) -> User:
    """The records clerk, who holds a post today."""
    staff = an_office(Role.CHAIRMAN)
    user = services.open_account(
        username="van-thu", display_name="Văn thư", password=PASSWORD, by=INSTALLATION, at=MORNING
    )
    appointed(user, a_post(staff.department, Role.RECORDS_CLERK, "Văn thư"))
    return user


def sign_in(client: Client, password: str, *, name: str = "van-thu", address: str = "10.0.0.7"):
    return client.post(
        "/vao/",
        {"username": name, "password": password, "next": ANYWHERE},
        REMOTE_ADDR=address,
    )


def is_signed_in(client: Client) -> bool:
    return client.get(ANYWHERE).status_code == 200


def test_a_visitor_is_led_to_the_sign_in_page_and_back(client, clerk):
    asked = client.get(ANYWHERE)
    assert asked.status_code == 302
    assert asked["Location"] == f"/vao/?next={ANYWHERE}"
    assert f'name="next" value="{ANYWHERE}"' in client.get(asked["Location"]).content.decode()

    answer = sign_in(client, PASSWORD)

    assert (answer.status_code, answer["Location"]) == (302, ANYWHERE)
    assert is_signed_in(client)


def test_nobody_is_led_to_another_site(client, clerk):
    answer = client.post(
        "/vao/?next=//elsewhere.example/",
        {"username": "van-thu", "password": PASSWORD, "next": "https://elsewhere.example/"},
    )

    assert answer.status_code == 302
    assert "elsewhere" not in answer["Location"]


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, clerk):
    wrong = sign_in(client, "sai", name="van-thu")
    unknown = sign_in(client, "sai", name="khong-co-ai")

    assert wrong.status_code == unknown.status_code == 422
    sentence = "Tên tài khoản hoặc mật khẩu không đúng."
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()
    assert not is_signed_in(client)


def test_a_password_is_never_written_back(client, clerk):
    assert "mat-khau-lo" not in sign_in(client, "mat-khau-lo").content.decode()


def test_a_closed_account_does_not_sign_in(client, clerk):
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    assert sign_in(client, PASSWORD).status_code == 422
    assert not is_signed_in(client)


def test_after_ten_failures_not_even_the_right_password_is_looked_at(client, clerk):
    for _ in range(MOST_FAILURES):
        assert sign_in(client, "sai").status_code == 422

    answer = sign_in(client, PASSWORD)

    assert answer.status_code == 429
    assert "Chờ 15 phút" in answer.content.decode()
    assert not is_signed_in(client)


def test_the_name_cannot_be_varied_to_go_on_trying(client, clerk):
    for _ in range(MOST_FAILURES):
        sign_in(client, "sai", name="Van-Thu")

    assert sign_in(client, PASSWORD).status_code == 429


def test_failures_from_one_address_do_not_shut_the_person_out_at_another(client, clerk):
    for _ in range(MOST_FAILURES):
        sign_in(client, "sai", address="10.0.0.66")

    assert sign_in(client, PASSWORD, address="10.0.0.7").status_code == 302


def test_signing_in_forgets_the_failures_before_it(client, clerk):
    for _ in range(MOST_FAILURES - 1):
        sign_in(client, "sai")
    assert sign_in(client, PASSWORD).status_code == 302

    assert sign_in(Client(), "sai").status_code == 422
    assert sign_in(Client(), PASSWORD).status_code == 302


def test_one_leaves_by_pressing_a_button_and_not_by_following_a_link(client, clerk):
    sign_in(client, PASSWORD)

    assert client.get("/ra/").status_code == 405
    assert is_signed_in(client)

    assert client.post("/ra/")["Location"] == "/vao/"
    assert not is_signed_in(client)


def test_the_page_says_whose_desk_it_is(client, clerk):
    sign_in(client, PASSWORD)
    page = client.get(ANYWHERE).content.decode()

    assert re.search(r'class="who"><div>Văn thư<span class="office">UBND xã Vân Mẫu', page)


def test_in_the_demonstration_a_role_is_taken_by_pressing_its_card(client, clerk):
    """Worked example: the newcomer sees role cards and the three-minute path."""
    page = client.get("/vao/").content.decode()
    assert "Ba phút đi hết một việc" in page
    card = re.search(r"<h3>Văn thư</h3>.*?</form>", page, re.DOTALL)[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', card))

    client.post("/vao/", {**hidden, "next": ANYWHERE})

    assert is_signed_in(client)


def test_the_people_of_the_path_stand_first_in_its_order(example, client):
    page = client.get("/vao/").content.decode()
    cards = re.findall(r'<h3>(.*?)</h3>(.*?)name="username" value="([^"]+)"', page, re.DOTALL)
    assert tuple(username for _name, _rest, username in cards[:5]) == PATH
    assert "Bước 1 của ba phút" in cards[0][1]
    assert "Bước" not in cards[5][1]
    path = re.search(r'<ol class="in path">(.*?)</ol>', page, re.DOTALL)[1]
    people = re.findall(r"<strong>(.*?)</strong>", path)
    assert people == [name for name, _rest, _username in cards[:5]]


def test_the_cards_show_who_holds_a_post_today_and_nobody_else(client, clerk):
    services.open_account(
        username="nguoi-la", display_name="Người lạ", password=PASSWORD, by=INSTALLATION, at=MORNING
    )
    page = client.get("/vao/").content.decode()

    assert "<h3>Văn thư</h3>" in page
    assert "Người lạ" not in page


def test_outside_the_demonstration_there_are_no_cards_and_no_printed_password(
    client, clerk, settings
):
    settings.DEMO = False
    page = client.get("/vao/").content.decode()

    assert "Đăng nhập với vai" not in page
    assert "Ba phút" not in page
    assert settings.DEMO_PASSWORD not in page
    assert "Đồng hồ minh họa" not in page
    assert 'name="password"' in page


def test_in_production_the_cards_stay_away_whatever_the_demonstration_flag_says(
    client, clerk, settings
):
    settings.PRODUCTION = True
    page = client.get("/vao/").content.decode()

    assert settings.DEMO_PASSWORD not in page
    assert "Đăng nhập với vai" not in page


def test_the_frame_costs_little(client, clerk, django_assert_max_num_queries):
    """Session, account, clock, own posts, delegations, grants."""
    sign_in(client, PASSWORD)

    with django_assert_max_num_queries(6):
        client.get(ANYWHERE)


TYPED = "Một câu đã gõ khi phiên hết."


def test_a_form_sent_after_the_session_ended_comes_back_with_its_sentences(client, db):
    answer = client.post("/soan/BH-2024-0001/", {"text": TYPED, "base": "Lời văn ban đầu."})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Phiên đăng nhập đã hết" in page
    assert TYPED in page
    assert "Lời văn ban đầu." not in page
    assert 'href="/vao/"' in page


def test_a_page_that_stays_is_told_that_the_session_ended(client, db):
    swapped = client.post("/soan/BH-2024-0001/phan/", headers={"HX-Request": "true"})
    assert swapped.status_code == 401
    assert "<main" not in swapped.content.decode()
    fetched = client.post("/soan/BH-2024-0001/luu/", headers={"X-Requested-With": "fetch"})
    assert fetched.status_code == 401
    assert fetched.json()["sign_in"] == "/vao/"
    assert "Phiên đăng nhập đã hết" in fetched.json()["sentence"]


def test_a_button_without_words_still_leads_to_the_sign_in_page(client, db):
    assert client.post("/ra/").status_code == 302
