"""People who act: each signs in, opens pages and sends forms as a browser without script would.

A form is sent with what its page put into it (task, digest, key, what is chosen already) and what
the person typed; nothing here knows a use case. A person finds work on the desk and acts there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.reading import Form, Page

TASK = re.compile(r"/viec/(\d+)/")


class Refused(AssertionError):
    """A page did not do what a person asked of it; `status` and `words` tell what it answered."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"{status}: {words[:1500]}")
        self.status, self.words = status, words


@dataclass
class Person:
    """Somebody signed in under an account of the example."""

    username: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def signs_in(self) -> Person:
        """Sign in with the password of the demonstration."""
        given = {"username": self.username, "password": settings.DEMO_PASSWORD}
        answer = self.client.post("/vao/", given)
        assert answer.status_code == 302, answer.status_code
        return self

    def opens(self, address: str) -> Page:
        """Open a page, which must be given."""
        answer = self.client.get(address, follow=True)
        page = Page(answer.content.decode(), answer.request["PATH_INFO"])
        if answer.status_code != 200:
            raise Refused(answer.status_code, page.words)
        return page

    def is_refused(self, address: str) -> int:
        """The status with which a page is refused; fails where it is given."""
        status = int(self.client.get(address).status_code)
        assert status in {403, 404}, status
        return status

    def sends(self, form: Form, **typed: Any) -> Page:
        """Send a form as its page has it, with what was typed; fails where it is not accepted."""
        answer = self._posted(form, typed)
        if answer.status_code != 302:
            raise Refused(answer.status_code, Page(answer.content.decode()).words)
        return self.opens(answer.headers["Location"])

    def is_shown(self, form: Form, **typed: Any) -> Page:
        """Send a form that is answered with a page, accepted or not, and leads nowhere else yet."""
        answer = self._posted(form, typed)
        assert answer.status_code in {200, 400, 422}, answer.status_code
        return Page(answer.content.decode(), answer.request["PATH_INFO"])

    def is_told(self, form: Form, **typed: Any) -> Refused:
        """Send a form that is not accepted; gives the answer."""
        answer = self._posted(form, typed)
        words = Page(answer.content.decode()).words
        assert answer.status_code >= 400, f"{answer.status_code}: it was accepted. {words[:300]}"
        return Refused(answer.status_code, words)

    def _posted(self, form: Form, typed: dict[str, Any]) -> Any:
        assert form.method == "post", form.action
        known = set(form.values) | set(form.choices)
        # A file is no value of a form; anything else typed must have its place on the page.
        strange = {
            name
            for name, value in typed.items()
            if name not in known and not isinstance(value, SimpleUploadedFile) and name != "act"
        }
        assert not strange, f"{form.action} has no field {strange}; it has {sorted(known)}"
        return self.client.post(urlsplit(form.action).path, {**form.values, **typed})

    # work that waits

    def tasks(self) -> dict[str, str]:
        """What waits on the desk: the words of each paper by the address of its task."""
        desk = self.opens("/ban-lam-viec/")
        return {link.href: link.near for link in desk.links if TASK.search(link.href)}

    def task_of(self, words: str) -> str:
        """The address of the task on a paper of these words; `LookupError` where none waits."""
        for address, said in self.tasks().items():
            if words.casefold() in said.casefold():
                return address
        raise LookupError(f"{self.username} has no {words!r} on the desk: {self.tasks()}")

    def sees_on_desk(self, words: str) -> bool:
        """Whether something waits on a paper of these words."""
        return any(words.casefold() in said.casefold() for said in self.tasks().values())

    def acts(self, words: str, act: str, **typed: Any) -> Page:
        """Do one act of what waits on a paper."""
        task = self.task_of(words)
        return self.sends(self.opens(task).form(f"/{act}/"), **typed)

    # drafting

    def begins(self, **typed: Any) -> str:
        """Begin a paper; gives its reference."""
        page = self.sends(self.opens("/soan/").form("/soan/"), **typed)
        return page.address.strip("/").rpartition("/")[2]

    def writes(self, reference: str, text: str, act: str = "save") -> Page:
        """Replace the text of a draft and keep or save it."""
        form = self.opens(f"/soan/{reference}/").form(f"/soan/{reference}/")
        return self.sends(form, text=text, act=act)

    def text_of(self, reference: str) -> str:
        """The text of a draft as the page shows it."""
        form = self.opens(f"/soan/{reference}/").form(f"/soan/{reference}/")
        return form.values["text"][0]

    def submits(self, reference: str) -> Page:
        """Send the newest version to the head of department."""
        return self.sends(self.opens(f"/soan/{reference}/").form("/gui/"))

    # the steps

    def proposes(self, words: str) -> Page:
        """Propose with the submission note that the page suggests."""
        return self.acts(words, "trinh")

    def resubmits(self, words: str) -> Page:
        """Send the reworked paper on."""
        return self.acts(words, "trinh-lai")

    def hands_on(self, words: str) -> Page:
        """Give a returned paper to whom the page suggests."""
        return self.acts(words, "giao-sua")

    def returns(self, words: str, saying: str) -> Page:
        """Return the paper with a reason."""
        return self.acts(words, "tra-lai", reason=saying)

    def opens_round(self, words: str, **typed: Any) -> Page:
        """Ask the members that the page suggests."""
        return self.acts(words, "mo-luot", **typed)

    def agrees(self, words: str) -> Page:
        """Agree without remarks."""
        return self.acts(words, "cho-y-kien", choice="agree")

    def disagrees(self, words: str, saying: str) -> Page:
        """Disagree and say why."""
        return self.acts(words, "cho-y-kien", choice="disagree", reason=saying)

    def endorses(self, words: str, saying: str = "Thống nhất.") -> Page:
        """Endorse, explaining every remark alike."""
        form = self.opens(self.task_of(words)).form("/thong-nhat/")
        answers = {name: "explained" for name in form.choices if name.startswith("sort-")}
        answers |= {name: "Đã giải trình." for name in form.values if name.startswith("text-")}
        return self.sends(form, **{**answers, "text": saying})

    def passes(self, words: str) -> Page:
        """Confirm every point of the check."""
        form = self.opens(self.task_of(words)).form("/du-dieu-kien/")
        points = {name: "on" for name in form.choices if name.startswith(("content-", "form-"))}
        return self.sends(form, **points)

    def signs(self, words: str) -> Page:
        """Sign with the password."""
        return self.acts(words, "ky", password=settings.DEMO_PASSWORD)

    def refers(self, words: str, saying: str) -> Page:
        """Pass the decision up to the Chairman."""
        return self.acts(words, "trinh-chu-tich", reason=saying)

    def numbers(self, words: str, **typed: Any) -> Page:
        """Give the paper the number and the date that the page suggests."""
        return self.acts(words, "cap-so", **typed)

    def issues(self, words: str) -> Page:
        """Seal and issue the copies that the page suggests."""
        return self.acts(words, "phat-hanh", sealed="on", compared="on")

    def turns_the_clock(self) -> Page:
        """Press "Sang ngày làm việc tiếp theo"."""
        return self.sends(self.opens("/ban-lam-viec/").form("/dong-ho/"))


def a_file(name: str, data: bytes) -> SimpleUploadedFile:
    """A file chosen in a form."""
    return SimpleUploadedFile(name, data)
