"""A second browser hears that something changed: at once, of what it may, and nothing else."""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import transaction
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from offices import services
from offices.models import Appointment, Office, User
from offices.parties import INSTALLATION
from tests.cast import Person
from tests.serving import serve
from workflows import clock, live
from workflows.services import submitting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.builders import Example

# The promise is one second; a loaded machine is given three before the test speaks.
AT_ONCE = 3.0
SILENCE = 0.7


@pytest.fixture
def address(example: Example) -> Iterator[str]:
    """A running server over the example."""
    with serve() as given:
        yield given


def listen(address: str, who: Person, *topics: str, origin: str = "") -> ClientConnection:
    """Open a socket as a page of somebody's browser does."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in who.client.cookies.items())
    return connect(
        f"{address.replace('http', 'ws', 1)}/truc-tiep/?chu-de={'%20'.join(topics)}",
        origin=origin or address,
        additional_headers={"Cookie": cookies},
        open_timeout=10,
    )


def heard(socket: ClientConnection, *, within: float = AT_ONCE) -> dict[str, Any]:
    """The next announcement; `TimeoutError` where none comes."""
    return json.loads(socket.recv(timeout=within))


def hears_nothing(socket: ClientConnection) -> bool:
    """Whether it stays silent for a while."""
    try:
        heard(socket, within=SILENCE)
    except TimeoutError:
        return True
    return False


def desk() -> str:
    return live.desk_topic(Office.objects.get().pk)


def propose(example: Example) -> None:
    """The head of the economy department proposes, in this process and thread."""
    submitting.propose(
        case_id=example.case("survey procedure").pk,
        ticket=example.ticket("survey procedure"),
        text="Kính trình.",
        by=User.objects.get(username="tp-kinhte"),
        at=example.now,
    )


def test_the_secretary_hears_within_a_second_of_a_paper_proposed_on_a_page(example, address):
    secretary, head = Person("thuky-iso").signs_in(), Person("tp-kinhte").signs_in()
    paper = live.document_topic(example.paper("survey procedure").pk)
    version = example.case("survey procedure").version
    with listen(address, head, desk(), paper) as socket:
        began = time.monotonic()
        head.proposes("khảo sát sự hài lòng")
        news = [heard(socket), heard(socket)]
        took = time.monotonic() - began
    assert {one["topic"] for one in news} == {desk(), paper}
    assert {one["version"] for one in news} == {version + 1}
    assert all(set(one) == {"topic", "version", "at"} for one in news), "and nothing of the paper"
    assert all(one["at"].startswith("2024-01-15T08:") for one in news), "in Vietnamese time"
    assert secretary.sees_on_desk("khảo sát sự hài lòng")
    assert took < 10


def test_an_act_in_another_thread_is_heard_at_once(example, address):
    with listen(address, Person("thuky-iso").signs_in(), desk()) as socket:
        began = time.monotonic()
        (failed,) = example.database.at_once(lambda: propose(example))
        committed = time.monotonic()
        assert failed is None
        heard(socket)
        assert time.monotonic() - committed < AT_ONCE, "not at the layer's own five seconds"
        assert committed >= began


def test_what_the_tick_does_is_heard(example, address):
    case = example.case("economy objectives")
    with listen(address, Person("pct-vanxa").signs_in(), desk()) as socket:
        late = case.rounds.get().due_at + timedelta(minutes=1)
        (done,) = example.database.at_once(lambda: clock.tick(at=late))
        assert done.expired_rounds == 1
        assert heard(socket)["topic"] == desk()


def test_nothing_is_announced_of_what_was_rolled_back(example, address):
    with listen(address, Person("thuky-iso").signs_in(), desk()) as socket:
        with pytest.raises(RuntimeError, match="power"):
            propose_and_fail(example)
        assert hears_nothing(socket)
        assert example.waits_at("survey procedure") == ["propose"]


def propose_and_fail(example: Example) -> None:
    with transaction.atomic():
        propose(example)
        raise RuntimeError("power")


def test_a_page_that_shows_the_news_is_the_fresh_page(example, address):
    secretary = Person("thuky-iso").signs_in()
    before = parts(secretary)
    with listen(address, secretary, desk()) as socket:
        propose(example)
        heard(socket)
        shown = before | parts(secretary)
    fresh = parts(Person("thuky-iso").signs_in())
    assert shown == fresh
    assert shown["viec"] != before["viec"]


def parts(who: Person) -> dict[str, str]:
    """The parts of a desk that a press exchanges, by name."""
    html = who.client.get("/ban-lam-viec/").content.decode()
    found = re.findall(r'data-live-part="([^"]+)"(.*?)(?=data-live-part=|</main>)', html, re.DOTALL)
    assert {name for name, _html in found} == {
        "so-viec", "chip", "viec", "noi-khac", "hieu-luc"
    }  # fmt: skip
    return dict(found)


@pytest.mark.parametrize(
    ("username", "paper"),
    [("cv-tuphap", "policy 2024"), ("quantri", "survey procedure"), ("congtt", "audit plan")],
)
def test_who_may_not_read_a_paper_may_not_listen_to_it(example, address, username, paper):
    topic = live.document_topic(example.paper(paper).pk)
    who = Person(username).signs_in()
    assert who.is_refused(f"/van-ban/{example.paper(paper).reference}/") == 404
    with pytest.raises(InvalidStatus, match="403"):
        listen(address, who, topic)


@pytest.mark.parametrize("topics", [(), ("desk.999",), ("document.0",), ("desk.1;drop",)])
def test_what_does_not_exist_is_refused_in_the_same_way(example, address, topics):
    with pytest.raises(InvalidStatus, match="403"):
        listen(address, Person("cvp").signs_in(), *topics)


def test_one_topic_too_many_refuses_them_all(example, address):
    who = Person("cv-tuphap").signs_in()
    barred = live.document_topic(example.paper("policy 2024").pk)
    with pytest.raises(InvalidStatus, match="403"):
        listen(address, who, desk(), barred)


def test_a_visitor_and_a_page_of_another_site_hear_nothing(example, address):
    with pytest.raises(InvalidStatus, match="403"):
        listen(address, Person("cvp"), desk())
    with pytest.raises(InvalidStatus, match="403"):
        listen(address, Person("cvp").signs_in(), desk(), origin="https://example.org")


def test_who_signed_out_is_disconnected_at_the_next_change(example, address):
    secretary = Person("thuky-iso").signs_in()
    with listen(address, secretary, desk()) as socket:
        # The browser's socket stays open, its session ends.
        secretary.client.post("/ra/")
        propose(example)
        with pytest.raises(ConnectionClosed) as closed:
            heard(socket)
    assert closed.value.rcvd.code == 4401


def test_who_lost_the_post_is_disconnected_at_the_next_change(example, address):
    with listen(address, Person("thuky-iso").signs_in(), desk()) as socket:
        for term in Appointment.objects.filter(user__username="thuky-iso"):
            services.end_appointment(term, ends_on=example.today, by=INSTALLATION, at=example.now)
        propose(example)
        with pytest.raises(ConnectionClosed) as closed:
            heard(socket)
    assert closed.value.rcvd.code == 4403


def test_an_announcement_that_fails_is_logged_and_the_act_stands(example, monkeypatch, caplog):
    class Broken:
        async def group_send(self, topic: str, message: object) -> None:
            raise ConnectionError("no layer")

    monkeypatch.setattr(live, "get_channel_layer", lambda: Broken())
    propose(example)
    assert example.waits_at("survey procedure") == ["open_round"]
    assert [record.levelname for record in caplog.records if record.name == "workflows.live"] == [
        "ERROR"
    ]


def test_a_failure_on_the_servers_loop_is_logged_too(example, address, monkeypatch, caplog):
    class Broken:
        async def group_send(self, topic: str, message: object) -> None:
            raise ConnectionError(str(uuid4()))

    monkeypatch.setattr(live, "get_channel_layer", lambda: Broken())
    propose(example)
    until = time.monotonic() + AT_ONCE
    while time.monotonic() < until and len(failures(caplog)) < 2:
        time.sleep(0.02)
    assert len(failures(caplog)) == 2, "one for the paper, one for the desks"
    assert example.waits_at("survey procedure") == ["open_round"]


def failures(caplog: pytest.LogCaptureFixture) -> list[Any]:
    return [record for record in caplog.records if record.name == "workflows.live"]
