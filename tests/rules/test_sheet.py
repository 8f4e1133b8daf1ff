"""The printed paper: nothing of the content is lost, every slot is filled from one place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.content.facts import IssuanceFacts
from documents.content.tree import (
    Annex,
    AnnexReference,
    Archive,
    Article,
    Citation,
    Clause,
    Content,
    Preface,
    Recipient,
    Recital,
    Row,
    Table,
    clauses_of,
)
from documents.importing.agencies import governing_lines
from documents.importing.text import read_text
from documents.rendering.html import AWAITED, CONFIRMED, agency_lines, sheets
from tests.source import ROOT

VOID = {"br", "hr", "img", "input", "meta", "link"}
INLINE = {"b", "i", "span"}
PLAIN = (Clause("paragraph", "x"), Table(("x",), (Row(("x",)),)))
UNNUMBERED = IssuanceFacts(
    symbol="QĐ-CT", place="An Mẫu", signature_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
)
NUMBERED = replace(
    UNNUMBERED,
    number=7,
    dated_on=date(2024, 3, 5),
    signatory="Phó Chủ tịch kinh tế",
    submission_notes=("Tờ trình số 212/TTr-NV ngày 27 tháng 02 năm 2024",),
)


class Page(HTMLParser):
    """What a reader sees of a fragment, and whether its marks are in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.attributes: set[str] = set()
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self._open.append(tag)
        self._space(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag, f"</{tag}> closes nothing"
        self._space(tag)

    def _space(self, tag):
        if tag not in INLINE:
            self.text.append(" ")

    def handle_data(self, data):
        self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


def the_paper() -> Content:
    """A decision with every kind of block."""
    return Content(
        kind="decision",
        preface=Preface(
            type_word="QUYẾT ĐỊNH",
            subject="Ban hành Mục tiêu chất lượng năm 2024",
            authority="CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU",
            agency_full="Ủy ban nhân dân quận An Mẫu",
            verbatim=(Clause("paragraph", "(Bản sao lần hai)", id="v1"),),
        ),
        preamble=(
            Citation("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", id="c1"),
            Recital("Theo đề nghị của", "Trưởng phòng Nội vụ", ".", id="r1"),
            Clause("paragraph", "Sau khi lấy ý kiến Ban Chỉ đạo ISO,", id="c2"),
        ),
        enacting_word="QUYẾT ĐỊNH:",
        articles=(
            Article(
                1,
                "Điều 1.",
                (
                    Clause("paragraph", "Ban hành kèm theo:", id="p1"),
                    Clause(
                        "item",
                        "Mục tiêu chung;",
                        "1.",
                        (Clause("point", "đúng hạn;", "a)", id="p3"),),
                        id="p2",
                    ),
                    Clause("bullet", "Mục tiêu riêng.", "-", id="p4"),
                ),
                id="a1",
            ),
            Article(2, "Điều 2.", (Clause("item", "Thi hành./.", "1.", id="p6"),), id="a2"),
        ),
        recipients_heading="Nơi nhận:",
        recipients=(Recipient("Như Điều 2", id="n1"), Recipient("Quận ủy (b/c)", id="n2")),
        archive=Archive("Lưu: VT, NV.", ("VT", "NV")),
        ending=(Clause("paragraph", "Ghi thêm ở cuối", id="e1"),),
        annexes=(
            Annex(
                "MỤC TIÊU CHẤT LƯỢNG",
                label="Phụ lục I",
                national_heading=("CỘNG HÒA", "Độc lập"),
                agency_header=("ỦY BAN", "QUẬN"),
                reference=AnnexReference(
                    "(Ban hành kèm theo Quyết định", "Chủ tịch Ủy ban nhân dân quận An Mẫu"
                ),
                blocks=(
                    Clause("motto", "“ĐÚNG HẠN”", id="m1"),
                    Clause("heading", "CÁC MỤC TIÊU", "I.", id="h1"),
                    Table(
                        ("TT", "Mục tiêu", "Chỉ tiêu", "Ghi chú"),
                        (
                            Row(("1", "Đúng hạn", "≥ 99%", ""), id="w1"),
                            Row(("TT", "Mục tiêu", "Chỉ tiêu", "Ghi chú"), id="w2"),
                            Row(("2", "Hài lòng"), id="w3"),
                        ),
                        breaks=(1,),
                        id="t1",
                    ),
                    Clause("notes", "Ghi chú:", "", (Clause("item", "Theo quý.", "1.", id="g2"),), id="g1"),
                    Clause("signature", "", id="s1"),
                ),
                id="x1",
            ),
        ),
    )  # fmt: skip


def test_before_it_is_numbered_the_paper_shows_its_slots():
    words = Page(sheets(the_paper(), UNNUMBERED)).words

    assert words.count("chờ cấp/QĐ-CT") == 2  # the decision, and the annex that refers to it
    assert words.count("ngày … tháng … năm …") == 2
    assert "Theo đề nghị của Trưởng phòng Nội vụ tại Tờ trình số …." in words
    assert words.count(AWAITED) == 2


def test_number_and_date_are_written_back_into_the_annexes():
    """Decree 30/2020 art. 15: numbers below ten have a zero, the months 3 to 9 have none."""
    words = Page(sheets(the_paper(), NUMBERED)).words

    assert "Số: 07/QĐ-CT" in words
    assert "An Mẫu, ngày 05 tháng 3 năm 2024" in words
    assert (
        "(Ban hành kèm theo Quyết định số 07/QĐ-CT ngày 05 tháng 3 năm 2024"
        " của Chủ tịch Ủy ban nhân dân quận An Mẫu)"
    ) in words
    assert "tại Tờ trình số 212/TTr-NV ngày 27 tháng 02 năm 2024." in words
    assert "chờ" not in words
    assert "…" not in words


def test_a_numbered_paper_without_a_submission_note_shows_no_slot_for_it():
    words = Page(sheets(the_paper(), replace(NUMBERED, submission_notes=()))).words

    assert "Theo đề nghị của Trưởng phòng Nội vụ. " in words


def test_the_signature_block_stands_under_the_decision_and_where_an_annex_has_its_place():
    html = sheets(the_paper(), NUMBERED, sealed=True)
    words = Page(html).words

    assert words.count("KT. CHỦ TỊCH PHÓ CHỦ TỊCH") == 2
    assert words.count("Phó Chủ tịch kinh tế") == 2
    assert words.count(CONFIRMED) == 2
    assert html.count('class="stamp set"') == 1


def test_a_paper_nobody_is_chosen_to_sign_says_so():
    words = Page(sheets(the_paper(), IssuanceFacts(symbol="QĐ-CT"))).words

    assert "chức vụ người ký" in words
    assert "địa danh, ngày" in words


def texts_of(content: Content) -> list[str]:
    """Every text of the content, as a reader should find it again."""
    preface = content.preface
    found = [preface.type_word, preface.subject, preface.authority, content.enacting_word]
    found += [c.text for c in preface.verbatim] + [c.text for c in content.ending]
    for part in content.preamble:
        found += [part.opening, part.who] if isinstance(part, Recital) else [part.text]
    found += [article.marker for article in content.articles]
    groups = [
        content.body,
        *(a.blocks for a in content.articles),
        *(x.blocks for x in content.annexes),
    ]
    for block in (block for group in groups for block in clauses_of(group)):
        if isinstance(block, Table):
            found += [*block.columns, *(cell for row in block.rows for cell in row.cells)]
        else:
            found += [block.marker, block.text]
    found += [recipient.raw for recipient in content.recipients]
    found += [content.archive.raw] if content.archive else []
    for annex in content.annexes:
        found += [annex.title, annex.label, *annex.national_heading, *annex.agency_header]
        found += [annex.reference.opening, annex.reference.issuer] if annex.reference else []
    return [text for text in found if text.strip()]


def test_no_word_of_the_paper_is_lost():
    page = Page(sheets(the_paper(), NUMBERED)).words

    assert [text for text in texts_of(the_paper()) if text not in page] == []


any_text = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")),
    min_size=1,
    max_size=30,
).filter(str.strip)


@given(subject=any_text, clause=any_text, cell=any_text, name=any_text, recipient=any_text)
def test_whatever_a_paper_says_is_read_as_text_and_never_as_marks(
    subject, clause, cell, name, recipient
):
    paper = the_paper()
    paper = replace(
        paper,
        preface=replace(paper.preface, subject=subject),
        body=(Clause("paragraph", clause), Table((cell,), (Row((cell,)),))),
        recipients=(Recipient(recipient),),
    )
    page = Page(sheets(paper, replace(NUMBERED, signatory=name)))
    plain = Page(sheets(replace(paper, body=PLAIN), NUMBERED))

    assert Counter(page.tags) == Counter(plain.tags)
    for said in (subject, clause, cell, name, recipient):
        assert " ".join(said.split()) in page.words


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_marks_typed_into_a_paper_stay_letters(attack):
    paper = replace(the_paper(), enacting_word=attack)
    page = Page(sheets(paper, replace(NUMBERED, place=attack, symbol=attack, signatory=attack)))

    assert attack in page.words
    assert not {"script", "img"} & set(page.tags)


def test_the_sheets_carry_no_style_of_their_own():
    """The content policy of the pages forbids inline styles and scripts."""
    page = Page(sheets(the_paper(), NUMBERED))

    assert "style" not in page.attributes
    assert not [name for name in page.attributes if name.startswith("on")]


def test_a_table_is_printed_cell_for_cell():
    html = sheets(the_paper(), NUMBERED)

    assert html.count("<tr") == 4  # the header and three rows
    assert '<tr class="turned" id="dk-w2"><td><b>TT</b></td>' in html
    assert '<td>2</td><td colspan="3">Hài lòng</td>' in html


def test_every_clause_can_be_pointed_at_once():
    ids = Page(sheets(the_paper(), NUMBERED)).ids

    assert len(ids) == len(set(ids))
    assert {"dk-c1", "dk-a1", "dk-p2", "dk-p3", "dk-x1", "dk-t1", "dk-w1", "dk-g2"} <= set(ids)
    assert Page(sheets(the_paper(), NUMBERED, anchors=False)).ids == []


def test_each_annex_has_a_sheet_of_its_own():
    html = sheets(the_paper(), NUMBERED)

    assert html.count('<div class="sheet">') == 2
    assert sheets(replace(the_paper(), annexes=()), NUMBERED).count('<div class="sheet">') == 1


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ủy ban nhân dân quận An Mẫu", ("ỦY BAN NHÂN DÂN", "QUẬN AN MẪU")),
        ("Sở Nội vụ", ("SỞ NỘI VỤ",)),
        ("", ()),
    ],
)
def test_the_agency_is_named_above_the_number_even_where_the_text_left_it_out(name, lines):
    """Decree 30/2020, Appendix I, component 2."""
    assert agency_lines(name) == lines


def test_the_heading_written_in_the_paper_comes_before_ours():
    paper = the_paper()
    own = replace(paper, preface=replace(paper.preface, agency_header=("HỘI ĐỒNG", "XÃ KHÁC")))
    words = Page(sheets(own, NUMBERED, header=("ỦY BAN NHÂN DÂN", "QUẬN AN MẪU"))).words

    assert words.startswith("HỘI ĐỒNG")
    assert "QUẬN AN MẪU CỘNG HÒA" not in words


PAPERS = sorted((ROOT / "tests" / "fixtures" / "papers").glob("*.[tm][xd]*"))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_no_word_of_a_read_paper_is_lost(path):
    content = read_text(path.read_bytes(), filename=path.name).content
    page = Page(sheets(content, NUMBERED)).words

    assert [text for text in texts_of(content) if " ".join(text.split()) not in page] == []


@pytest.mark.shared
def test_no_word_of_a_real_paper_is_lost(shared):
    paths = sorted((shared / "seeds").glob("*.txt"))
    assert len(paths) == 5
    for path in paths:
        content = read_text(path.read_bytes(), filename=path.name).content
        page = Page(sheets(content, NUMBERED)).words

        lost = [text for text in texts_of(content) if " ".join(text.split()) not in page]
        assert lost == [], path.name


HEADERS = [
    (("ỦY BAN NHÂN DÂN", "QUẬN AN MẪU"), 0),
    (("ỦY BAN NHÂN DÂN QUẬN AN MẪU", "PHÒNG NỘI VỤ"), 1),
    (("UỶ BAN NHÂN DÂN", "TỈNH MẪU", "SỞ Y TẾ"), 2),
    (("BỘ NỘI VỤ",), 0),
    (("TẬP ĐOÀN X", "NHÀ MÁY Y"), 1),
    (("NGÂN HÀNG X", "PHÂN KHO Y"), 1),
    ((), 0),
]


@pytest.mark.parametrize(("header", "plain"), HEADERS, ids=lambda one: str(one))
def test_the_issuing_body_is_bold_on_every_line_and_the_governing_one_plain(header, plain):
    """Decree 30/2020, Appendix I, II.2."""
    assert governing_lines(header) == plain
    paper = the_paper()
    drawn = sheets(replace(paper, preface=replace(paper.preface, agency_header=header)), UNNUMBERED)
    for place, line in enumerate(header):
        shown = line if place < plain else f"<b>{line}</b>"
        rule = ' class="rule"' if place == len(header) - 1 else ""
        assert f"<p{rule}>{shown}</p>" in drawn


def test_an_urgent_paper_bears_its_mark_once_below_the_number_of_the_first_sheet():
    """Decree 30/2020, Appendix I, box 10b; an ordinary paper bears none."""
    words = Page(sheets(the_paper(), NUMBERED, urgency="Hỏa tốc")).words
    assert words.count("HỎA TỐC") == 1
    assert words.index("07/QĐ-CT") < words.index("HỎA TỐC") < words.index("An Mẫu, ngày 05")
    assert "urgent" not in sheets(the_paper(), NUMBERED)
