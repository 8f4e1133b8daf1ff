"""What every page shows around its content: whose desk, which day, where one may go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from offices import clock, selectors
from offices.roles import Capability
from workflows.policies import WATCH

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from offices.models import User


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation: `name` is its URL's, `within` are the pages that lie below."""

    name: str
    icon: str
    words: str
    rest: str = ""
    counted: bool = False
    wide: bool = False
    within: tuple[str, ...] = ()


DESK = Place(
    "desk",
    "desk",
    "Bàn làm việc",
    counted=True,
    within=("task", "task_act", "duty", "withdraw", "close_round", "minutes"),
)
DOCUMENTS = Place(
    "documents",
    "document",
    "Văn bản",
    within=(
        "document",
        "revision",
        "compare",
        "compare_file",
        "why",
        "document_audit",
        "new_draft",
        "draft",
        "objectives",
        "results",
    ),
)
REGISTERS = Place("registers", "register", "Sổ", rest="đăng ký", within=("register",))
CHAINS = Place("chains", "chain", "Chuỗi", rest="thay thế", within=("chain",))
RESULTS = Place("all_results", "conclude", "Mục tiêu", within=("higher_objectives", "year_review"))
ABSENCES = Place("absences", "round", "Vắng mặt", within=("hand_over",))
LOG = Place("audit_log", "log", "Nhật ký")
# On a phone the desk leads there when something is stuck.
ALARMS = Place("alarms", "alert", "Cảnh báo", wide=True)
TERMS = Place("office_terms", "clock", "Thời hạn", wide=True)
COMPONENTS = Place("components", "components", "Thành phần", wide=True)
READING_ROOM = Place("reading_room", "search", "Tra cứu", within=("public_document",))
KEPT_AS = "ban_hanh.frame"
# Who follows the results of the office: the committee's secretary and its head, the leaders who
# review them, the heads of departments who report them.
REVIEWERS = frozenset(
    {Capability.OPEN_ROUND, Capability.CONCLUDE, Capability.SIGN, Capability.PROPOSE}
)
NOTHING = selectors.Standings(())


class Frame:
    """The frame of one request; asks the database once, and only for what is really used.

    A view that needs the moment or what the person may do takes them from here
    (`frame_of(request)`), so that one page reads them once.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        # How many tasks wait, where the page has counted them anyway: the desk.
        self.waiting = 0

    @property
    def demo(self) -> bool:
        """Whether the demonstration clock is running."""
        return clock.is_demonstration()

    @cached_property
    def now(self) -> datetime:
        """The moment the page was made."""
        return clock.now()

    @cached_property
    def user(self) -> User | None:
        """Who is signed in."""
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def person(self) -> str:
        """How the signed-in person is called; empty for a visitor."""
        return self.user.display_name if self.user else ""

    @cached_property
    def standings(self) -> selectors.Standings:
        """Everything the signed-in person may do at this moment."""
        return selectors.standings(self.user, at=self.now) if self.user else NOTHING

    @cached_property
    def office(self) -> str:
        """The office of the post the person holds today; empty where there is none."""
        posts = self.standings.posts
        return posts[0].office.short_name if posts else ""

    @property
    def place(self) -> str:
        """The name of the navigation's entry under which the page lies; its own name if none."""
        match = self._request.resolver_match
        name = (match.url_name or "") if match else ""
        return next((one.name for one in self.places if name in one.within), name)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where one may go; the audit history stands there for who verifies it."""
        if not self.user:
            return (READING_ROOM,)
        held = self.standings.capabilities
        log = (LOG,) if Capability.VERIFY_AUDIT in held else ()
        results = (RESULTS,) if held & REVIEWERS else ()
        watched = (ALARMS,) if held & WATCH else ()
        kept = (TERMS,) if Capability.ADMINISTER in held else ()
        known = (DESK, DOCUMENTS, REGISTERS, CHAINS, *results, ABSENCES, *log, *watched, *kept)
        return (*known, COMPONENTS)


class ReadingMiddleware:
    """What a person may do is read once for a page that is only looked at.

    Not for what a form sends: an act asks under its lock what holds then.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        frame = frame_of(request)
        if request.method not in {"GET", "HEAD"} or frame.user is None:
            return self.get_response(request)
        with selectors.asked_once(frame.user, at=frame.now):
            return self.get_response(request)


def frame_of(request: HttpRequest) -> Frame:
    """Give the one frame of a request."""
    kept = request.META.get(KEPT_AS)
    if not isinstance(kept, Frame):
        kept = request.META[KEPT_AS] = Frame(request)
    return kept


def frame(request: HttpRequest) -> dict[str, object]:
    """Give every template its `frame`."""
    return {"frame": frame_of(request)}
