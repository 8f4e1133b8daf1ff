"""Two papers as a file for Word: accept every change and it is the new one, reject and the old."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import docx
import pytest
from hypothesis import given

from documents.comparing.package import tracked_changes
from documents.comparing.tracked import Author
from documents.content.identity import assign_ids
from documents.content.redline import redline
from documents.content.tree import Article, Clause, Content, Preface
from tests.accepting import W, paragraphs, pieces
from tests.fixtures.papers.trees import revised
from tests.rules.test_content_diff import OLD, of

AUTHOR = Author("UBND quận An Mẫu", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC))
MOVED = OLD[OLD.index("Điều 3.") : OLD.index("Điều 4.")]
# An article moved and changed, a share, a row that came and one that went, a clause that went.
NEW = (
    OLD.replace(MOVED, "")
    .replace("Điều 2.", MOVED.replace("Điều 3.", "Điều 2.").replace("quý", "tháng") + "Điều 3.")
    .replace("≥ 90 %", "≥ 92 %")
    .replace("\n\n2. Ghi việc trả hồ sơ và lý do trả muộn.", "")
    .replace("1\tHồ sơ", "0\tSổ góp ý được đọc\tmỗi tuần\tTiếp dân\n1\tHồ sơ")
    .replace("2\tNgười dân hài lòng khi được hỏi\t95 %\tVăn phòng\n", "")
    .replace("năm 2023", "năm 2024")
)


def made(old: Content, new: Content) -> bytes:
    return tracked_changes(redline(old, new), title="So sánh", author=AUTHOR)


@pytest.fixture(scope="module", name="pair")
def a_pair() -> tuple[Content, Content]:
    return two_papers()


def two_papers() -> tuple[Content, Content]:
    """A paper and the one that replaces it."""
    old = of(OLD)
    return old, assign_ids(of(NEW), old)


def said(content: Content) -> str:
    """Every letter of a paper in its order, as XML can hold it."""
    whole = "".join(f"{entry.marker}{entry.text}" for entry in pieces(content))
    return "".join(whole.split())


def letters(texts: list[str]) -> str:
    return "".join("".join(texts).split())


def lines(content: Content) -> list[str]:
    """The paragraphs and cells of a paper; an article's marker stands before its first paragraph."""
    texts: list[str] = []
    marker = ""
    for entry in pieces(content):
        if entry.role == "article":
            marker = entry.marker
        elif entry.role in {"table", "row"}:
            texts += [cell for cell in entry.text.split("\t") if cell]
        else:
            texts.append(f"{marker or entry.marker} {entry.text}".strip())
            marker = ""
    return texts


@given(revised)
def test_accepted_it_is_the_new_paper_and_rejected_the_old(both: tuple[Content, Content]):
    old, new = both
    file = made(old, new)
    assert letters(paragraphs(file, accepted=True)) == said(new)
    assert letters(paragraphs(file, accepted=False)) == said(old)


def test_paragraphs_and_cells_stand_apart_as_in_the_papers(pair):
    old, new = pair
    assert paragraphs(made(old, new), accepted=True) == lines(new)
    assert paragraphs(made(old, new), accepted=False) == lines(old)


def test_the_words_between_two_parts_stand_where_they_are_printed(pair):
    said = paragraphs(made(*pair), accepted=True)

    at = said.index("Nơi nhận:")
    assert said[at - 1].startswith("Điều 5.")
    assert said[at + 1] == "- Như Điều 5;"
    assert said.index("QUYẾT ĐỊNH:") < at
    assert [text for text in said if text.endswith("Chủ tịch UBND quận)")]


def test_a_moved_article_is_a_move_at_both_places(pair):
    xml = zipfile.ZipFile(io.BytesIO(made(*pair))).read("word/document.xml").decode()
    names = re.findall(r'<w:(moveFrom|moveTo)RangeStart [^>]*w:name="([\w.]+)"', xml)
    assert sorted(names) == [("moveFrom", "move1.1"), ("moveTo", "move1.1")]


@given(revised)
def test_every_move_has_a_name_of_its_own_with_one_place_of_each_kind(
    both: tuple[Content, Content],
):
    xml = zipfile.ZipFile(io.BytesIO(made(*both))).read("word/document.xml").decode()
    names = re.findall(r'<w:(moveFrom|moveTo)RangeStart [^>]*w:name="([\w.]+)"', xml)
    away, here = ([name for kind, name in names if kind == one] for one in ("moveFrom", "moveTo"))

    assert len(set(away)) == len(away)
    assert sorted(away) == sorted(here)


FOLLOW = "Các phòng lập sổ theo dõi:"
WATCH = "Chánh Văn phòng giao một người ghi những việc sau đây:"


@pytest.mark.parametrize("place", [0, 3], ids=["stands", "moved"])
def test_another_first_paragraph_stands_behind_the_marker_of_its_article(place: int):
    items = tuple(Clause("item", f"{FOLLOW} {n}", f"{n}.", id=f"i{n}") for n in (1, 2, 3))
    first, other = Clause("paragraph", FOLLOW, id="p1"), Clause("paragraph", WATCH, id="p2")
    article = Article(9, "Điều 9.", (first, *items), id="a9")
    rest = [
        Article(n, f"Điều {n}.", (Clause("paragraph", f"Điều thứ {n}", id=f"q{n}"),), id=f"a{n}")
        for n in (1, 2, 3)
    ]
    old = Content("decision", Preface(), articles=(article, *rest))
    rest.insert(place, replace(article, blocks=(other, *items)))
    new = replace(old, articles=tuple(rest))
    file = made(old, new)

    assert paragraphs(file, accepted=True) == lines(new)
    assert paragraphs(file, accepted=False) == lines(old)


def test_rows_come_and_go_as_rows(pair):
    body = ElementTree.fromstring(
        zipfile.ZipFile(io.BytesIO(made(*pair))).read("word/document.xml")
    )
    rows = [
        [mark for mark in ("ins", "del") if row.find(f"{W}trPr/{W}{mark}") is not None]
        for row in body.iter(f"{W}tr")
    ]
    assert rows.count(["ins"]) == 1
    assert rows.count(["del"]) == 1
    assert rows.count([]) == 3


def test_every_change_says_whose_it_is_and_when_and_has_a_number_of_its_own(pair):
    body = ElementTree.fromstring(
        zipfile.ZipFile(io.BytesIO(made(*pair))).read("word/document.xml")
    )
    marks = [
        one
        for one in body.iter()
        if one.tag in {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}
    ]
    assert len(marks) > 10
    assert {one.get(f"{W}author") for one in marks} == {"UBND quận An Mẫu"}
    assert {one.get(f"{W}date") for one in marks} == {"2024-01-02T03:04:05Z"}
    numbers = [one.get(f"{W}id") for one in marks]
    assert len(set(numbers)) == len(numbers)


def test_the_same_comparison_gives_the_same_bytes(pair):
    first, again = made(*pair), made(*pair)
    assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()
    assert {one.date_time for one in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }


def test_another_program_opens_it(pair):
    opened = docx.Document(io.BytesIO(made(*pair)))
    assert opened.core_properties.title == "So sánh"
    assert len(opened.tables) == 1
    assert opened.sections[0].left_margin.mm == pytest.approx(30, abs=0.1)


def test_signs_and_words_that_look_like_markup_are_text():
    hostile = "</w:t></w:r><w:p/>&amp; <script> \x0b\x00 {{ x }} ]]>"
    old = Content("decision", Preface(), body=(Clause("item", "a"),))
    new = Content("decision", Preface(), body=(Clause("item", hostile),))
    assert paragraphs(made(old, new), accepted=True) == [
        "</w:t></w:r><w:p/>&amp; <script> {{ x }} ]]>"
    ]
