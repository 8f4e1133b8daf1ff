"""A page as a browser without script has it: its words, its links, its forms with what is in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

SILENT = {"script", "style", "template", "svg"}
BLOCKS = {
    "p", "li", "dd", "dt", "h1", "h2", "h3", "tr", "td", "th", "div", "section", "header", "option",
    "button", "label", "summary", "article", "legend",
}  # fmt: skip


@dataclass
class Form:
    """A form with the values a browser would send of it."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Link:
    """A link: where it leads, the words on it, and those of the item of a list it stands in."""

    href: str
    words: str
    near: str = ""


class Page(HTMLParser):
    """The page that was read from `html`; `address` is where it was found."""

    def __init__(self, html: str, address: str = "/") -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.links: list[Link] = []
        self.barred: list[str] = []
        self._said: list[str] = []
        self._forms: dict[str, Form] = {}
        self._inside: list[str] = []
        self._silent = 0
        self._open: dict[str, Any] = {}
        self._items: list[tuple[int, int]] = []
        self.feed(html)
        self.close()

    @property
    def words(self) -> str:
        """Everything a reader sees, in one line."""
        return _in_one_line("".join(self._said))

    @property
    def forms(self) -> list[Form]:
        """Every form, in the order of the page."""
        return list(self._forms.values())

    def form(self, action: str) -> Form:
        """The form that is sent to an address ending so; `LookupError` where there is none."""
        for one in self._forms.values():
            if urlsplit(one.action).path.endswith(action):
                return one
        raise LookupError(f"no form to …{action} at {self.address}: {self.words[:600]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        self._silent += tag in SILENT
        if tag in BLOCKS or tag == "br":
            self._said.append(" ")
        begin = getattr(self, f"_begin_{tag}", None)
        if begin is not None:
            begin(at)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT
        if tag in BLOCKS:
            self._said.append(" ")
        end = getattr(self, f"_end_{tag}", None)
        if end is not None and (tag in self._open or tag in {"form", "li"}):
            end()

    def _begin_li(self, at: dict[str, str]) -> None:
        self._items.append((len(self._said), len(self.links)))

    def _end_li(self) -> None:
        if not self._items:
            return
        words, links = self._items.pop()
        for link in self.links[links:]:
            link.near = link.near or _in_one_line("".join(self._said[words:]))

    def _begin_a(self, at: dict[str, str]) -> None:
        if "href" in at:
            self._open["a"] = Link(at["href"], "")

    def _end_a(self) -> None:
        link = self._open.pop("a")
        link.words = _in_one_line(link.words)
        self.links.append(link)

    def _begin_button(self, at: dict[str, str]) -> None:
        self._open |= {"button": at, "label": ""}

    def _end_button(self) -> None:
        if self._open.pop("button").get("aria-disabled") == "true":
            self.barred.append(_in_one_line(self._open["label"]))

    def _begin_form(self, at: dict[str, str]) -> None:
        key = at.get("id") or f"#{len(self._forms)}"
        found = self._forms.setdefault(key, Form("", "get"))
        found.action = urljoin(self.address, at.get("action", ""))
        found.method = at.get("method", "get").lower()
        self._inside.append(key)

    def _end_form(self) -> None:
        if self._inside:
            self._inside.pop()

    def _begin_select(self, at: dict[str, str]) -> None:
        form, name = self._form_of(at), at.get("name", "")
        if form is not None and name:
            form.choices[name] = []
            self._open["select"] = (form, name, "multiple" in at)

    def _begin_option(self, at: dict[str, str]) -> None:
        if "select" not in self._open:
            return
        form, name, _several = self._open["select"]
        form.choices[name].append(at.get("value", ""))
        if "selected" in at:
            form.values.setdefault(name, []).append(at.get("value", ""))

    def _end_select(self) -> None:
        form, name, several = self._open.pop("select")
        if not form.values.get(name) and not several and form.choices[name]:
            form.values[name] = form.choices[name][:1]

    def _begin_textarea(self, at: dict[str, str]) -> None:
        form, name = self._form_of(at), at.get("name", "")
        if form is not None and name:
            self._open["textarea"] = (form, name, "")

    def _end_textarea(self) -> None:
        form, name, text = self._open.pop("textarea")
        form.values.setdefault(name, []).append(text.removeprefix("\n"))

    def _begin_input(self, at: dict[str, str]) -> None:
        form, name, sort = self._form_of(at), at.get("name", ""), at.get("type", "text")
        if form is None or not name or sort in {"submit", "button", "file"}:
            return
        value = at.get("value", "on" if sort in {"checkbox", "radio"} else "")
        if sort in {"checkbox", "radio"}:
            form.choices.setdefault(name, []).append(value)
        if sort not in {"checkbox", "radio"} or "checked" in at:
            form.values.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if "textarea" in self._open:
            form, name, text = self._open["textarea"]
            self._open["textarea"] = (form, name, text + data)
        if self._silent:
            return
        self._said.append(data)
        if "a" in self._open:
            self._open["a"].words += data
        if "button" in self._open:
            self._open["label"] += data

    def _form_of(self, at: dict[str, str]) -> Form | None:
        key = at.get("form") or (self._inside[-1] if self._inside else "")
        return self._forms.setdefault(key, Form("", "get")) if key else None


def _in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
