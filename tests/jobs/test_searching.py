"""Whoever searches finds what they may read, all of it and nothing else, and no count tells more."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents import policies
from documents.effects import State
from documents.finding.find import COUNTED_UP_TO, PUBLIC, Wanted, find
from documents.finding.walk import READS_ALL_FIRST
from documents.models import Document
from documents.selectors import state
from offices import clock
from offices.models import User
from tests.naive import Ask, Read, finds, split, unmarked
from tests.reading import Page

DAY = date(2024, 1, 15)
# People who read differently: the drafters, another department, the archive, a committee
# member with grants, the administrator who reads nothing but what is issued, and a visitor.
READERS = ("cv-noivu", "cv-kinhte", "luutru", "tp-kinhte", "quantri", "")


@pytest.fixture(scope="module")
def searched(played_database, django_db_blocker):
    """The example with some papers closed to the public, read once for all examples."""
    with django_db_blocker.unblock(), played_database.template.copy():
        yield Searched()


class Searched:
    """The papers of the example, and for each reader those the policy opens one by one."""

    def __init__(self) -> None:
        self.at = clock.now()
        self.papers = [Read(one) for one in Document.objects.select_related("office")]
        self.users = {one.username: one for one in User.objects.all()}
        self.open = {name: self._open(name) for name in READERS}
        self.said = sorted({w for one in self.papers for said in one.fields for w in said})
        self.spans = [said for one in self.papers for said in one.fields if len(said) > 3]

    def query(self, name):
        if not name:
            return Document.objects.all().published()
        return policies.readable(self.users[name], at=self.at)

    def _open(self, name):
        """Asked of each paper alone: the policy is the truth, the query its hurry."""
        if not name:
            return {one.key for one in self.papers if self.query("").filter(pk=one.key).exists()}
        opened = set()
        for paper in Document.objects.all():
            try:
                policies.check_can_read(self.users[name], paper, at=self.at)
            except policies.NotFound:
                continue
            opened.add(paper.pk)
        return opened

    def found(self, name, **wanted):
        """Every page of the answer, put together."""
        keys, after, first = [], None, None
        while True:
            only = PUBLIC if not name else None
            page = find(self.query(name), Wanted(on=DAY, after=after, **wanted), only=only)
            first = first or page
            keys += [hit.document.pk for hit in page.hits]
            after = page.after
            if after is None:
                return keys, first


@st.composite
def asked(draw, searched):
    """Up to three things asked, mostly of what some paper really says."""
    asks = []
    for serial in range(draw(st.integers(1, 3))):
        sort = draw(st.sampled_from(["word", "word", "phrase", "exact", "begin", "number", "day"]))
        said = draw(st.sampled_from(searched.spans))
        at = draw(st.integers(0, len(said) - 3))
        if sort in {"phrase", "exact"}:
            span = said[at : at + draw(st.integers(2, 4))]
            if draw(st.booleans()):
                span = span[::-1]
            text = " ".join(span)
            sort = "phrase" if unmarked(text) == text else "exact"
        elif sort == "number":
            text = draw(st.sampled_from(NUMBERS))
        elif sort == "day":
            text = draw(st.sampled_from(DAYS))
        else:
            text = said[at]
            if text.isdigit() or (sort == "begin" and len(text) < 3):
                sort, text = "word", "chất"
            text = text[:2] if sort == "begin" else text
        asks.append(Ask(sort, text, without=serial > 0 and draw(st.booleans())))
    return asks


NUMBERS = (
    "1073", "1073/QĐ-CT", "QĐ 1073", "1073/2023", "QĐ 1073/2023/QĐ-CT", "812", "812/QĐ-CT",
    "19/QĐ-TTg", "19/2014/QĐ-TTg", "101/QĐ-BKHCN", "2024", "QT.05", "455/QĐ-CT năm 2021",
)  # fmt: skip
DAYS = ("ngày 04/7/2023", "ngày 5 tháng 3 năm 2014", "ngày 18/05/2022", "ngày 19.6.2015")


def test_a_word_typed_in_part_goes_on_to_its_next_page(searched, monkeypatch):
    monkeypatch.setattr("documents.finding.find.PAGE_SIZE", 1)
    keys, page = searched.found("cv-noivu", text="muc tie")
    assert page.opened
    assert len(set(keys)) == len(keys) == page.count > 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_found_is_what_may_be_read_and_says_what_was_asked(searched, data):
    asks = data.draw(asked(searched))
    name = data.draw(st.sampled_from(READERS))
    text = " ".join(str(one) for one in asks)

    keys, page = searched.found(name, text=text)

    if page.opened:
        # The last word that is wanted; what is barred stays barred.
        last = max(place for place, one in enumerate(asks) if not one.without)
        asks[last] = Ask("begin", asks[last].text)
    may = searched.open[name]
    expected = finds([one for one in searched.papers if one.key in may], asks)
    assert len(keys) == len(set(keys)), "no paper stands on two pages"
    assert set(keys) == expected, text
    assert page.count == len(expected) <= COUNTED_UP_TO
    for name_, choices in page.facets.items():
        assert sum(one.count for one in choices) <= len(expected), name_
    kinds = {one.value: one.count for one in page.facets.get("kind", ())}
    of_kind = Document.objects.filter(pk__in=expected).values_list("kind", flat=True)
    assert kinds == {kind: list(of_kind).count(kind) for kind in set(of_kind)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_archive_too_large_to_be_counted_through_is_answered_in_the_same_order(
    searched, data, monkeypatch
):
    """The bounds of counting and of the newest years, drawn in to the size of the example."""
    asks = data.draw(asked(searched))
    name = data.draw(st.sampled_from(READERS))
    wanted = {"text": " ".join(str(one) for one in asks)}
    wanted["state"] = data.draw(st.sampled_from(["", State.IN_FORCE.value, State.CEASED.value]))
    whole, page = searched.found(name, **wanted)

    with monkeypatch.context() as small:
        page_size = data.draw(st.integers(1, 3))
        bound = page_size + data.draw(st.integers(0, 3))
        small.setattr("documents.finding.find.PAGE_SIZE", page_size)
        small.setattr("documents.finding.find.COUNTED_UP_TO", bound)
        small.setattr("documents.finding.walk.MANY", data.draw(st.integers(0, 5)))
        small.setitem(READS_ALL_FIRST, connection.vendor, True)
        bounded, first = searched.found(name, **wanted)

    assert bounded == whole
    assert first.count == min(page.count, bound + 1)


@pytest.mark.parametrize(
    ("name", "on"), [("cv-kinhte", date(2022, 6, 1)), ("luutru", DAY), ("", DAY)]
)
def test_a_filter_gives_what_its_count_promised(searched, name, on):
    """For each reader, each facet, each value: the count is that of the list it opens."""
    asked = {"department": "department_id"}
    page = find(searched.query(name), Wanted(on=on), only=None if name else PUBLIC)

    papers = {one.pk: one for one in Document.objects.filter(pk__in=searched.open[name])}
    assert page.count == len(papers)
    legal = state.legal(papers.values(), on=on)
    for facet, choices in page.facets.items():
        for choice in choices:
            value = int(choice.value) if facet in {"department", "year"} else choice.value
            wanted = Wanted(on=on, **{asked.get(facet, facet): value})
            assert find(searched.query(name), wanted).count == choice.count, (facet, choice)
    told = {one.value: one.count for one in page.facets.get("state", ())}
    assert told == _counted(legal[key].state for key in papers)
    assert name or State.UNISSUED.value not in told


def _counted(states):
    told = [one.value for one in states]
    return {one: told.count(one) for one in set(told)}


def test_the_readers_read_differently(searched):
    """Else the two tests above would prove nothing."""
    assert searched.open[""] < searched.open["cv-kinhte"] < searched.open["luutru"]
    assert searched.open["cv-noivu"] - searched.open["cv-kinhte"]
    assert searched.open["tp-kinhte"] - searched.open["cv-kinhte"]
    assert split("03 Điều") == ["3", "điều"]


# ---------------------------------------------------------------- on the pages


@pytest.fixture
def visit(example, client):
    """A page of the reading room as a stranger sees it."""

    def go(query, status=200):
        answer = client.get("/tra-cuu/", query)
        assert answer.status_code == status
        return Page(answer.content.decode(), "/tra-cuu/"), answer.content.decode()

    return go


@pytest.mark.parametrize(
    "typed",
    [
        "muc tieu chat luong nam 2023", "Mục tiêu chất lượng 2023", '"chính sách chất lượng"',
        "1073", "QĐ 1073", "1073/2023/QĐ-CT", "1073/qd-ct ngày 04/7/2023", "chinh sach -nghiem",
        "04/07/2023", "ngày 4 tháng 7 năm 2023", "ngày 31/12/2023 còn hiệu lực", "chính sác",
    ],
)  # fmt: skip
def test_a_stranger_finds_the_decision_however_it_is_asked(visit, typed):
    page, _html = visit({"tim": typed})

    assert "1073/QĐ-CT 04/7/2023" in page.words
    assert "812/QĐ-CT" not in page.words or "31/12" not in typed


def test_the_words_found_are_marked_and_nothing_typed_is_taken_for_a_tag(visit):
    page, html = visit({"tim": "chinh sach"})
    assert "<mark>Chính</mark> <mark>sách</mark>" in html
    assert 'class="extract"' in html
    assert "<mark>1073/QĐ-CT</mark></th>" in visit({"tim": "QĐ 1073"})[1]

    page, html = visit({"tim": '<img src=x onerror=alert(1)> "<b>"'})
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "Không có văn bản nào như đã tìm" in page.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("q*", "Viết ít nhất 2 chữ cái trước dấu sao"),
        ("-nghiệm", "Ghi ít nhất một từ phải có"),
        (" ".join(f"chữ{one}" for one in range(13)), "Một lần tìm có nhiều nhất 12 từ"),
    ],
)
def test_what_cannot_be_asked_is_said_and_kept_in_the_box(visit, typed, said):
    page, html = visit({"tim": typed}, status=422)

    assert said in page.words
    assert f'value="{typed}"' in html
    # While somebody types, the results alone are replaced: they say it too, and show nothing else.
    assert page.words.count(said) == 2
    assert "1073/QĐ-CT 04/7/2023" not in page.words


def test_a_facet_leads_to_the_papers_it_counted_and_can_be_taken_off(example):
    archive = example.who("luutru")
    page = archive.opens("/van-ban/?tim=chat+luong")
    links = {link.words: link.href for link in page.links if "loai=procedure" in link.href}
    ((words, href),) = links.items()
    assert words == "Quy trình"

    narrowed = archive.opens(f"/van-ban/{href}")
    assert "2 văn bản" in narrowed.words
    assert "Loại văn bản: Quy trình" in narrowed.words
    back = next(one.href for one in narrowed.links if "(bỏ)" in one.words)
    assert archive.opens(f"/van-ban/{back}").words == page.words


def test_no_facet_tells_a_stranger_of_what_is_not_published(visit):
    """No year of a draft, no department's draft, no stage: only what is published is counted."""
    page, html = visit({})

    assert "nam=2024" not in html
    assert "buoc=" not in html
    assert "2 văn bản" in page.words


def test_pages_go_on_where_the_last_ended_whatever_the_address_says(example, visit):
    archive = example.who("luutru")
    for place in ("0.0", "9.1", "0.999999999999999999", "0.99999999999999999999", "-1", "x", "1."):
        page, _html = visit({"tim": "chất lượng", "truoc": place})
        assert "văn bản" in page.words
        assert "văn bản" in archive.opens(f"/van-ban/?truoc={place}").words
