"""The printed PDF is PDF/A-3 level A, clause by clause; and each clause is seen to be broken."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from documents.content.tree import Clause
from documents.importing.text import read_text
from tests.archival import faults
from tests.printing import printed
from tests.rules.test_sheet import NUMBERED, PAPERS, UNNUMBERED, the_paper
from tests.source import SHARED

# Letters of every face and from the second one, a sign without a face, an address to be broken.
MANY = "Chữ “ở” ≥ 95 % → ☐ 日 https://an-mau.example/" + "van-ban/" * 20


@cache
def a_print() -> bytes:
    """A paper with signs of both faces."""
    blocks = tuple(Clause(kind, MANY) for kind in ("paragraph", "heading", "notes", "motto"))
    return printed(replace(the_paper(), body=blocks), NUMBERED, author="Quận An Mẫu").data


def test_a_print_breaks_no_clause():
    assert faults(a_print()) == []


def test_a_copy_and_a_draft_with_words_across_the_page_break_none():
    copy = {"ribbon": "BẢN SAO: HẾT HIỆU LỰC", "mark": "BẢN SAO"}
    assert faults(printed(the_paper(), NUMBERED, **copy).data) == []
    assert faults(printed(the_paper(), UNNUMBERED, ribbon="DỰ THẢO", mark="DỰ THẢO").data) == []


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_no_read_paper_breaks_one(path):
    content = read_text(path.read_bytes(), filename=path.name).content
    assert faults(printed(content, NUMBERED).data) == []


@pytest.mark.shared
def test_no_real_decision_breaks_one():
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    assert len(seeds) == 5
    for path in seeds:
        content = read_text(path.read_bytes(), filename=path.name).content
        assert faults(printed(content, NUMBERED).data) == [], path.name


def font(pdf):
    return pdf.pages[0].Resources.Font["/f0"]


def attached(pdf):
    return pdf.Root.AF[0]


def unmarked(pdf):
    page = pdf.pages[0]
    steps = [
        one
        for one in pikepdf.parse_content_stream(page)
        if str(one.operator) not in {"BDC", "BMC", "EMC"}
    ]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(steps))


def written(pdf, words: bytes) -> None:
    pdf.pages[0].Contents = Array(
        [pdf.pages[0].Contents, pdf.make_stream(b"/Artifact BMC " + words + b" EMC")]
    )


def said(pdf, old: bytes, new: bytes) -> None:
    pdf.Root.Metadata = Stream(pdf, pdf.Root.Metadata.read_bytes().replace(old, new))


def narrower(pdf):
    below = font(pdf).DescendantFonts[0]
    below.W, below.DW = Array([]), 1234


BREAKS: dict[str, tuple[str, Callable[[pikepdf.Pdf], object]]] = {
    "a script": ("6.5", lambda pdf: pdf.Root.__setitem__("/OpenAction", script())),
    "a launch": ("6.6.1", lambda pdf: pdf.Root.__setitem__("/X", Dictionary(S=Name.Launch))),
    "a form": ("6.5", lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(Fields=[]))),
    "no output intent": ("6.2.3", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    "a profile that is none": (
        "6.2.3",
        lambda pdf: pdf.Root.OutputIntents[0].DestOutputProfile.write(b"\0" * 128),
    ),
    "glass": ("6.2.10", lambda pdf: a_state(pdf, Dictionary(ca=0.5))),
    "blended": ("6.2.10", lambda pdf: a_state(pdf, Dictionary(BM=Name.Multiply))),
    "a transfer function": ("6.2.5", lambda pdf: a_state(pdf, Dictionary(TR=Name.Identity))),
    "colours of a press": ("6.2.4.3", lambda pdf: written(pdf, b"0 0 0 1 k")),
    "a face left out": (
        "6.2.11.4.1",
        lambda pdf: font(pdf).DescendantFonts[0].FontDescriptor.__delitem__("/FontFile3"),
    ),
    "letters without codes": ("6.2.11.7.2", lambda pdf: font(pdf).__delitem__("/ToUnicode")),
    "another width": ("6.2.11.5", narrower),
    "a letter of no face": ("6.2.11.8", lambda pdf: written(pdf, b"BT /f0 9 Tf <0000> Tj ET")),
    "another encoding": ("6.2.11.3", lambda pdf: font(pdf).__setitem__("/Encoding", Name("/X"))),
    "no metadata": ("6.6.2.1", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    "level B": ("6.6.4", lambda pdf: said(pdf, b"conformance>A", b"conformance>B")),
    "an undescribed schema": ("6.6.2.3", lambda pdf: said(pdf, b"pdfua/ns/id/</", b"x/</")),
    "another day": ("6.6.3", lambda pdf: said(pdf, b"CreateDate>2024", b"CreateDate>2023")),
    "an attachment on its own": ("6.8", lambda pdf: pdf.Root.__delitem__("/AF")),
    "no relationship": ("6.8", lambda pdf: attached(pdf).__delitem__("/AFRelationship")),
    "one name": ("6.8", lambda pdf: attached(pdf).__delitem__("/UF")),
    "no kind": ("6.8", lambda pdf: attached(pdf).EF.F.__delitem__("/Subtype")),
    "no day": ("6.8", lambda pdf: attached(pdf).EF.F.Params.__delitem__("/ModDate")),
    "no structure": ("6.7.3.3", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
    "no marks": ("6.7.2.1", lambda pdf: pdf.Root.__delitem__("/MarkInfo")),
    "marks taken away": ("6.7.2.2", unmarked),
    "no language": ("6.7.4", lambda pdf: pdf.Root.__delitem__("/Lang")),
    "a part unknown": (
        "6.7.3.4",
        lambda pdf: pdf.Root.StructTreeRoot.K[0].__setitem__("/S", Name("/Loud")),
    ),
    "a page outside": ("6.7.3.3", lambda pdf: pdf.pages[0].__delitem__("/StructParents")),
}


def script():
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def a_state(pdf, state):
    pdf.pages[0].Resources["/ExtGState"] = Dictionary(g0=pdf.make_indirect(state))


@pytest.mark.parametrize("name", BREAKS)
def test_a_file_that_breaks_a_clause_is_seen(name):
    clause, breaks = BREAKS[name]
    pdf = pikepdf.open(io.BytesIO(a_print()))
    breaks(pdf)
    broken = io.BytesIO()
    pdf.save(broken, static_id=True)

    assert any(clause in fault.partition(":")[0] for fault in faults(broken.getvalue()))


def test_a_locked_or_packed_file_is_seen():
    pdf = pikepdf.open(io.BytesIO(a_print()))
    locked = io.BytesIO()
    pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user=""))
    assert "6.1.3: the file is encrypted" in faults(locked.getvalue())
    packed = a_print().replace(b"/FlateDecode", b"/LZWDecode\x20", 1)
    assert any(fault.startswith("6.1") for fault in faults(packed))
