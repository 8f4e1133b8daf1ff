"""Search as anybody would write it without an index: read every paper, look for every word.

An oracle for the index. It shares no code with it beyond the number grammar, whose own tests are
tables; it is slow, and it is right.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from documents.finding import numbers
from documents.models import Document, Revision


def unmarked(text: str) -> str:
    """Letters without their marks, in lower case."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return unicodedata.normalize(
        "NFC", "".join(one for one in decomposed if not unicodedata.combining(one))
    )


def split(text: str) -> list[str]:
    """The words of a text, numbers without leading zeros."""
    found = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())
    return [one.lstrip("0") or "0" if one.isdigit() else one for one in found]


@dataclass(frozen=True)
class Ask:
    """One thing asked: `sort` is word, phrase, exact, begin, number, day; `without` bars it."""

    sort: str
    text: str
    without: bool = False

    def __str__(self) -> str:
        """As it is typed into the search box."""
        written = {"phrase": f'"{self.text}"', "exact": f'"{self.text}"', "begin": f"{self.text}*"}
        return ("-" if self.without else "") + written.get(self.sort, self.text)


class Read:
    """One paper as its readers read it."""

    def __init__(self, paper: Document) -> None:
        revision = Revision.objects.filter(document=paper).order_by("-ordinal").first()
        signature = getattr(revision, "signature", None)
        issuer = paper.office.authority_name
        if paper.origin == "external":
            issuer = paper.issuer_name.removeprefix("Chủ tịch ")
        self.key = paper.pk
        self.cited_as = unmarked(paper.cited_as)
        self.text = revision.text if revision else ""
        fields = (
            f"{paper.type_name} {paper.subject}",
            paper.cited_as,
            paper.reference,
            issuer,
            signature.signatory_name if signature and paper.number else "",
            self.text,
        )
        self.fields = [split(one) for one in fields]
        self.plain = [split(unmarked(one)) for one in fields]
        self.cited = [one.spellings() for one in numbers.cited_in(unmarked(self.text))]
        self.year = str(paper.dated_on.year) if paper.dated_on else ""
        self.dated_on = paper.dated_on

    def meets(self, ask: Ask) -> bool:
        """Whether the paper is found by one thing asked."""
        return getattr(self, f"_{ask.sort}")(ask.text)

    def _word(self, text: str) -> bool:
        wanted = unmarked(split(text)[0])
        return any(wanted in one for one in self.plain)

    def _begin(self, text: str) -> bool:
        wanted = unmarked(text)
        return any(word.startswith(wanted) for one in self.plain for word in one)

    def _phrase(self, text: str) -> bool:
        wanted = [unmarked(word) for word in split(text)]
        return any(_within(wanted, one) for one in self.plain)

    def _exact(self, text: str) -> bool:
        return any(_within(split(text), one) for one in self.fields)

    def _number(self, text: str) -> bool:
        read = numbers.asked_at(unmarked(text), 0)
        assert read is not None, text
        number = read[0]
        if not number.symbol and self._phrase(number.token.replace("/", " ")):
            return True
        said = list(self.cited)
        own = numbers.asked_at(self.cited_as, 0)
        if own is not None:
            said.append(own[0].spellings(years=frozenset({self.year} - {""})))
        return any(number.token in spellings for spellings in said)

    def _day(self, text: str) -> bool:
        day, month, year = (int(one) for one in re.findall(r"\d+", text))
        if self.dated_on == date(year, month, day):
            return True
        between = rf"(?:\s*[/.-]\s*0?{month}\s*[/.-]\s*|\s+tháng\s+0?{month}\s+năm\s+)"
        return re.search(rf"(?<!\d)0?{day}{between}{year}(?!\d)", self.text.lower()) is not None


def _within(wanted: list[str], words: list[str]) -> bool:
    size = len(wanted)
    return any(words[at : at + size] == wanted for at in range(len(words) - size + 1))


def finds(papers: list[Read], asks: list[Ask]) -> set[int]:
    """The keys of the papers that meet all that is asked and nothing that is barred."""
    return {
        paper.key for paper in papers if all(paper.meets(ask) is not ask.without for ask in asks)
    }
