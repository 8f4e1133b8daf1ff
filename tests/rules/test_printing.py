"""The printed PDF as a file: archival, the same for the same paper, and nothing in it is obeyed."""

from __future__ import annotations

import io
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.content.canonical import canonical_bytes
from documents.content.tree import Clause, Row, Table
from documents.importing.text import read_text
from documents.printing.compose import compose
from documents.printing.faces import printable, width
from documents.printing.pdf import NotPrinted, pdf_of
from documents.printing.tables import broken
from tests.fixtures.papers import generated
from tests.printing import Print, printed, set_anew
from tests.rules.test_sheet import NUMBERED, PAPERS, UNNUMBERED, texts_of, the_paper
from tests.source import ROOT, SHARED

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưy"
LETTERS = sorted(
    {unicodedata.normalize("NFC", letter + tone) for letter in VOWELS for tone in TONES} | {"đ"}
)


def squeezed(text: str) -> str:
    """The letters of a text without any gap: lines and cells end where the sheet ends."""
    return "".join(text.split())


def test_every_vietnamese_letter_is_drawn_with_the_face_of_the_print():
    assert len(LETTERS) == 73
    alphabet = " ".join([*LETTERS, *(letter.upper() for letter in LETTERS)])
    blocks = tuple(Clause(kind, alphabet) for kind in ("paragraph", "heading", "notes", "motto"))
    said = printed(replace(the_paper(), body=blocks), NUMBERED)

    assert said.words.count(alphabet) == 4
    faces = {face for line in said.lines for face in line.faces}
    # The sign ≥ of the objectives is the only one from the second face.
    assert {face for face in faces if "TeXGyreTermes" not in face} <= {"DejaVuSerif"}
    of_letters = {face for line in said.lines if "ỵ" in line.text for face in line.faces}
    assert of_letters == {
        f"TeXGyreTermes-{style}" for style in ("Regular", "Bold", "Italic", "BoldItalic")
    }


def test_it_says_of_itself_that_it_is_archival_vietnamese_and_readable_aloud():
    pdf = printed(the_paper(), NUMBERED, author="Ủy ban nhân dân quận An Mẫu").opened
    with pdf.open_metadata() as told:
        assert (told.pdfa_status, told["pdfuaid:part"]) == ("3A", "1")
        assert told["dc:title"] == "QUYẾT ĐỊNH 07/QĐ-CT"
        assert told["dc:creator"] == ["Ủy ban nhân dân quận An Mẫu"]
        assert told["dc:description"] == "07/QĐ-CT"
        assert told["xmp:CreateDate"] == "2024-03-05T00:00:00Z"
    assert str(pdf.Root.Lang).startswith("vi")
    assert pdf.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in pdf.Root
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_every_face_is_embedded_and_its_letters_can_be_searched():
    pdf = printed(the_paper(), NUMBERED).opened
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_the_canonical_json_is_attached_byte_for_byte_as_the_source_of_the_pages():
    content = the_paper()
    pdf = printed(content, NUMBERED).opened

    (name, attached), *more = pdf.attachments.items()
    assert (name, more) == ("noi-dung.json", [])
    assert attached.get_file().read_bytes() == canonical_bytes(content)
    assert attached.get_file().mime_type == "application/json"
    (associated,) = pdf.Root.AF
    assert associated.AFRelationship == "/Source"


def test_the_same_paper_gives_the_same_bytes_and_another_gives_others():
    once = printed(the_paper(), NUMBERED).data

    assert set_anew(the_paper(), NUMBERED) == once
    assert printed(the_paper(), replace(NUMBERED, number=8)).data != once
    assert printed(the_paper(), NUMBERED, ribbon="BẢN SAO").data != once


def test_a_draft_without_a_date_is_the_same_bytes_on_any_day():
    assert set_anew(the_paper(), UNNUMBERED) == set_anew(the_paper(), UNNUMBERED)


def test_the_ribbon_of_a_copy_is_on_every_page_and_never_on_the_paper_itself():
    copy = printed(the_paper(), NUMBERED, ribbon="BẢN SAO: HẾT HIỆU LỰC", mark="BẢN SAO")

    assert copy.tops == ["BẢN SAO: HẾT HIỆU LỰC", "BẢN SAO: HẾT HIỆU LỰC"]
    assert copy.words.count("BẢN SAO") == 2
    paper = printed(the_paper(), NUMBERED)
    assert (paper.tops, paper.words.count("BẢN SAO")) == (["", ""], 0)


HOSTILE = (
    '#eval("1+1") #import "/etc/passwd" #read("/etc/passwd") #panic()',
    "$ sum_(i=0)^n $ \\ @ref <label> *đậm* _nghiêng_ `mã` = Đầu mục",
    "<script>alert(1)</script> {{ 7*7 }} {% load x %} ${7*7} %s %n",
    "// chú thích /* và */ ~ -- --- ... [ ] { } ( ) ; : \" ' \\u{41}",
)


@pytest.mark.parametrize("attack", HOSTILE)
def test_marks_typed_into_a_paper_are_printed_as_they_are(attack):
    paper = replace(
        the_paper(),
        preface=replace(the_paper().preface, subject=attack),
        body=(Clause("paragraph", attack), Table((attack,), (Row((f"1. {attack}",)),))),
    )
    facts = replace(NUMBERED, place=attack, signatory=attack)
    said = printed(paper, facts, header=(attack,), author=attack)

    # Subject, paragraph, head and cell, agency, place, and the signatory below decision and annex.
    assert squeezed(said.words).count(squeezed(attack)) == 8


any_text = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=40
)


@settings(max_examples=10)
@given(subject=any_text, clause=any_text, cell=any_text)
def test_whatever_a_paper_says_is_printed_or_named_by_its_code_point(subject, clause, cell):
    paper = replace(
        the_paper(),
        preface=replace(the_paper().preface, subject=unicodedata.normalize("NFC", subject)),
        body=(
            Clause("paragraph", unicodedata.normalize("NFC", clause)),
            Table(("A",), (Row((unicodedata.normalize("NFC", cell),)),)),
        ),
    )
    said = squeezed(unicodedata.normalize("NFKC", printed(paper, NUMBERED).words))

    for text in (subject, clause, cell):
        assert squeezed(unicodedata.normalize("NFKC", printable(text))) in said


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\x07b", "a[U+0007]b"),
        ("日本", "[U+65E5][U+672C]"),
        ("a\u200bb\ufeff", "ab"),
        ("☐ có ✓", "□ có √"),
        ("e\u0302\u0300", "ề"),
        ("a\nb\tc", "a\nb\tc"),
    ],
)
def test_what_no_face_draws_is_named_and_never_left_out(typed, shown):
    assert printable(typed) == shown


def test_a_word_longer_than_the_line_is_broken_at_the_edge():
    address = "https://an-mau.example/" + "van-ban/" * 40
    paper = replace(
        the_paper(), body=(Clause("paragraph", address), Table(("Ở", "B"), (Row((address, "x")),)))
    )
    said = printed(paper, NUMBERED)

    assert max(line.right for line in said.lines) <= 195.1
    assert squeezed(said.words).count(address) == 2


@given(st.text("mWi ở.…-", max_size=60), st.floats(1, 20))
def test_breaking_adds_line_feeds_alone_and_leaves_no_word_too_wide(text, room):
    parts = broken(text, room)

    assert parts.replace("\n", "") == text
    assert all(width(word) <= room or len(word) == 1 for word in parts.split())


def test_a_row_higher_than_a_page_is_broken_and_loses_nothing():
    tall = " ".join(f"câu {n} của một ô rất dài," for n in range(300))
    paper = replace(the_paper(), body=(Table(("TT", "Nội dung"), (Row(("1", tall)),)),))
    said = printed(paper, NUMBERED)

    assert len(said.pages) == 5
    assert squeezed(tall) in said.letters.replace("TTNộidung", "")
    assert max(line.bottom for line in said.lines) <= 277.1


def test_targets_with_several_measures_look_as_merged_in_the_file_they_came_from():
    rows = (
        Row(("1", "Đúng hạn", "Đôn đốc")),
        Row(("", "", "Báo cáo")),
        Row(("", "Hài lòng", "Khảo sát")),
    )
    said = printed(
        replace(the_paper(), body=(Table(("TT", "Mục tiêu", "Biện pháp"), rows),)), NUMBERED
    )
    paper = compose(
        replace(the_paper(), body=(Table(("TT", "Mục tiêu", "Biện pháp"), rows),)), NUMBERED
    )
    (table,) = (block.table for block in paper.sheets[0].blocks if block.table)

    assert [[(cell.text, cell.rows) for cell in row] for row in table.rows] == [
        [("1", 3), ("Đúng hạn", 2), ("Đôn đốc", 1)],
        [("Báo cáo", 1)],
        [("Hài lòng", 1), ("Khảo sát", 1)],
    ]
    assert "Đúng hạn Đôn đốc" in said.words


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_no_word_of_a_read_paper_is_lost(path):
    content = read_text(path.read_bytes(), filename=path.name).content
    assert lost(content) == []


@settings(max_examples=8)
@given(generated.papers())
def test_no_word_of_any_paper_is_lost(made):
    assert lost(read_text(made.text).content) == []


@pytest.mark.shared
def test_no_word_of_a_real_decision_is_lost():
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    assert len(seeds) == 5
    for path in seeds:
        assert lost(read_text(path.read_bytes(), filename=path.name).content) == [], path.name


def lost(content) -> list[str]:
    """What of a content is not on its pages."""
    said = printed(content, NUMBERED).letters
    return [text for text in texts_of(content) if squeezed(printable(text)) not in said]


def test_a_print_gets_no_more_time_and_memory_than_it_is_given():
    rows = tuple(Row((str(n), "Mục tiêu " * 20)) for n in range(300))
    long = replace(the_paper(), body=(Table(("TT", "Mục tiêu"), rows),))
    paper, canonical = compose(long, NUMBERED), canonical_bytes(long)

    with pytest.raises(NotPrinted) as late:
        pdf_of(paper, canonical, seconds=0)
    assert late.value.why == "time"
    with pytest.raises(NotPrinted) as large:
        pdf_of(paper, canonical, memory=64 * 1024 * 1024)
    assert large.value.why == "memory"


def test_what_the_press_cannot_set_is_an_error_and_no_file(monkeypatch):
    monkeypatch.setattr("documents.printing.pdf._template", lambda: "#panic(`x`)")

    with pytest.raises(NotPrinted) as failed:
        pdf_of(compose(the_paper(), NUMBERED), b"{}")
    assert failed.value.why == "layout"


def test_the_press_reads_no_file_and_knows_nothing_of_the_product():
    """It is run as a script in an isolated Python: only typst and the standard library."""
    press = ROOT / "documents" / "printing" / "press.py"
    told = subprocess.run(
        [sys.executable, "-I", "-c", f"import runpy, sys; runpy.run_path({str(press)!r}); print('django' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert told.stdout.strip() == "False"


def test_the_date_on_the_paper_is_the_only_time_in_the_file():
    pdf = Print(printed(the_paper(), replace(NUMBERED, dated_on=date(2019, 12, 31))).data).opened

    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20191231")
    assert b"2026" not in io.BytesIO(pdf.Root.Metadata.read_bytes()).read()
