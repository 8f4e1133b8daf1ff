"""What ISO 19005-3 asks of a file, read by another library than the one that wrote it.

The clauses that a set page can break: structure of the file, faces, colours, transparency, actions,
metadata, the attachment, the structure for reading aloud. Each finding begins with its clause.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import pikepdf
from lxml import etree

from documents.printing.faces import _advances, folders

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
ABOUT_SCHEMAS = "{http://www.aiim.org/pdfa/ns/schema#}namespaceURI"
# Described by the standard itself: nothing about them need be said in the file.
PREDEFINED = {
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/xap/1.0/mm/",
    "http://ns.adobe.com/xap/1.0/t/pg/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://www.aiim.org/pdfa/ns/id/",
    "http://www.aiim.org/pdfa/ns/extension/",
}
FORBIDDEN = ("/JS", "/AA", "/OpenAction", "/XFA", "/NeedAppearances", "/AcroForm", "/Requirements")
ACTIONS = {"/Launch", "/Sound", "/Movie", "/JavaScript", "/ImportData", "/ResetForm", "/SubmitForm"}
STANDARD = {
    "/Document", "/Part", "/Div", "/Span", "/P", "/H1", "/H2", "/L", "/LI", "/Lbl", "/LBody",
    "/Table", "/TR", "/TH", "/TD", "/THead", "/TBody",
}  # fmt: skip
SHOWS, COLOURS = {"Tj", "TJ", "'", '"'}, {"g", "G", "rg", "RG", "k", "K"}
STYLES = {
    "TeXGyreTermes-Regular": "texgyretermes-regular.otf",
    "TeXGyreTermes-Bold": "texgyretermes-bold.otf",
    "TeXGyreTermes-Italic": "texgyretermes-italic.otf",
    "TeXGyreTermes-BoldItalic": "texgyretermes-bolditalic.otf",
    "DejaVuSerif": "DejaVuSerif.ttf",
    "DejaVuSerif-Bold": "DejaVuSerif-Bold.ttf",
    "DejaVuSerif-Italic": "DejaVuSerif-Italic.ttf",
    "DejaVuSerif-BoldItalic": "DejaVuSerif-BoldItalic.ttf",
}


def faults(data: bytes) -> list[str]:
    """Everything that is wrong with a file that says it is PDF/A-3 level A."""
    return list(Archival(data).all())


@dataclass
class Archival:
    """One file, opened."""

    data: bytes

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        """The file as qpdf reads it."""
        return pikepdf.open(io.BytesIO(self.data))

    def all(self) -> Iterator[str]:
        """Clause after clause."""
        for part in (
            self._file, self._streams, self._colours, self._transparency, self._faces,
            self._pages, self._actions, self._metadata, self._attachments, self._structure,
        ):  # fmt: skip
            yield from part()

    def _file(self) -> Iterator[str]:
        head = self.data.split(b"\n", 2)
        if not re.fullmatch(rb"%PDF-1\.[0-7]", head[0]):
            yield f"6.1.2: the file begins with {head[0]!r}"
        if not re.fullmatch(rb"%[\x80-\xff]{4,}", head[1]):
            yield "6.1.2: no comment tells that the file is binary"
        if len(self.pdf.trailer.get("/ID", ())) != 2:
            yield "6.1.3: the trailer has no ID"
        if self.pdf.is_encrypted:
            yield "6.1.3: the file is encrypted"
        yield from (f"6.1: {told}" for told in self.pdf.check_pdf_syntax())

    def _streams(self) -> Iterator[str]:
        for one in self.pdf.objects:
            if not isinstance(one, pikepdf.Stream):
                continue
            filters = {str(name) for name in _listed(one.get("/Filter"))}
            if filters & {"/LZWDecode", "/Crypt"}:
                yield f"6.1.7.2: a stream is packed with {filters}"
            if {"/F", "/FFilter", "/FDecodeParms"} & set(one.keys()):
                yield "6.1.7.1: a stream lies outside the file"

    def _colours(self) -> Iterator[str]:
        intents = [one for one in self.pdf.Root.get("/OutputIntents", ()) if one.S == "/GTS_PDFA1"]
        if len(intents) != 1:
            yield f"6.2.3: {len(intents)} output intents"
            return
        profile = intents[0].DestOutputProfile
        head = profile.read_bytes()[:128]
        if head[36:40] != b"acsp" or head[16:20] != b"RGB " or int(profile.N) != 3:
            yield "6.2.3: the output intent has no profile of three colours"
        if head[8] not in {2, 4} or head[12:16] not in {b"mntr", b"prtr"}:
            yield "6.2.3: the profile is of a version or class that is not taken"

    def _transparency(self) -> Iterator[str]:
        for one in self._dictionaries():
            opaque = all(float(one.get(key, 1)) == 1 for key in ("/ca", "/CA") if key in one)
            plain = str(one.get("/BM", "/Normal")) in {"/Normal", "/Compatible"}
            masked = str(one.get("/SMask", "/None")) != "/None"
            if not opaque or not plain or masked:
                yield "6.2.10: something can be seen through, and no page says in which colours"
            if {"/TR", "/HTP"} & set(one.keys()) or str(one.get("/TR2", "/Default")) != "/Default":
                yield "6.2.5: a transfer function"

    def _faces(self) -> Iterator[str]:
        for font in self._fonts():
            name, below = str(font.BaseFont), font.DescendantFonts[0]
            if str(font.Subtype) != "/Type0" or str(font.Encoding) != "/Identity-H":
                yield f"6.2.11.3: {name} is encoded another way"
            if not {"/FontFile2", "/FontFile3"} & set(below.FontDescriptor.keys()):
                yield f"6.2.11.4.1: {name} is not embedded"
            if str(below.Subtype) == "/CIDFontType2" and "/CIDToGIDMap" not in below:
                yield f"6.2.11.3.2: {name} does not say which glyph is which"
            if "/ToUnicode" not in font:
                yield f"6.2.11.7.2: {name} does not say which letters it draws"
                continue
            letters = _letters(font.ToUnicode.read_bytes().decode("ascii"))
            if {"\0", "\ufeff", "\ufffe"} & set("".join(letters.values())):
                yield f"6.2.11.7.2: {name} draws a letter that is none"
            yield from self._widths(font, letters)

    def _widths(self, font: Any, letters: dict[int, str]) -> Iterator[str]:
        style = str(font.BaseFont).partition("+")[2].removesuffix("-Identity-H")
        if style not in STYLES:
            yield f"6.2.11.4.1: {style} is none of the faces of the print"
            return
        whole = _face(STYLES[style])
        told = _told_widths(font.DescendantFonts[0])
        for code, text in letters.items():
            if len(text) == 1 and abs(told(code) - 1000 * whole[ord(text)]) > 1:
                yield f"6.2.11.5: {text!r} of {style} is not as wide as its face draws it"

    def _pages(self) -> Iterator[str]:
        for number, page in enumerate(self.pdf.pages, 1):
            letters = {
                name: set(_letters(font.ToUnicode.read_bytes().decode("ascii")))
                for name, font in page.Resources.Font.items()
                if "/ToUnicode" in font
            }
            depth, font = 0, ""
            for step in pikepdf.parse_content_stream(page):
                does = str(step.operator)
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(does, 0)
                if does == "Tf":
                    font = str(step.operands[0])
                if does in SHOWS | {"S", "f", "f*", "B", "Do"} and not depth:
                    yield f"6.7.2.2: page {number} draws what no mark names"
                if does in SHOWS and not _codes(step.operands) <= letters.get(font, set()):
                    yield f"6.2.11.8: page {number} shows a letter that {font} does not know"
                if does in COLOURS and does not in {"g", "G", "rg", "RG"}:
                    yield f"6.2.4.3: page {number} is coloured for a press"
                if does == "BI":
                    yield f"6.1.10: page {number} has a picture in its text"

    def _actions(self) -> Iterator[str]:
        for one in self._dictionaries():
            for key in FORBIDDEN:
                if key in one:
                    yield f"6.5, 6.6.1: the file has {key}"
            if str(one.get("/S")) in ACTIONS:
                yield f"6.6.1: the file does {one.S}"

    def _metadata(self) -> Iterator[str]:
        stream = self.pdf.Root.get("/Metadata")
        if stream is None:
            yield "6.6.2.1: the file says nothing of itself"
            return
        if "/Filter" in stream:
            yield "6.6.2.1: what the file says of itself is packed"
        root = etree.fromstring(stream.read_raw_bytes() if "/Filter" not in stream else b"<x/>")
        said = {one.tag: one.text for one in root.iter() if isinstance(one.tag, str)}
        aiim = "{http://www.aiim.org/pdfa/ns/id/}"
        if (said.get(f"{aiim}part"), said.get(f"{aiim}conformance")) != ("3", "A"):
            yield "6.6.4: the file does not say that it is PDF/A-3 level A"
        described = {one.text for one in root.iter(ABOUT_SCHEMAS)}
        used = {
            etree.QName(one).namespace for about in root.iter(f"{RDF}Description") for one in about
        }
        for strange in sorted(used - PREDEFINED - described):
            yield f"6.6.2.3: nothing describes {strange}"
        dates = [re.sub(r"\D", "", str(self.pdf.docinfo.get(key))) for key in DATES]
        told = [
            re.sub(r"\D", "", str(said.get(f"{{http://ns.adobe.com/xap/1.0/}}{key}")))
            for key in ("CreateDate", "ModifyDate")
        ]
        if dates != told:
            yield "6.6.3: the file tells two stories of its day"

    def _attachments(self) -> Iterator[str]:
        files = [one for one in self._dictionaries() if "/EF" in one]
        if not files or len(self.pdf.Root.get("/AF", ())) != len(files):
            yield "6.8: an attachment is not associated with the file"
        for one in files:
            if str(one.get("/AFRelationship")) not in {"/Source", "/Data"}:
                yield "6.8: an attachment does not say what it is to the file"
            if not str(one.get("/F", "")) or str(one.get("/F")) != str(one.get("/UF")):
                yield "6.8: an attachment lacks one of its names"
            if "/Subtype" not in one.EF.F:
                yield "6.8: an attachment does not say of which kind it is"
            if "/ModDate" not in one.EF.F.get("/Params", {}):
                yield "6.8: an attachment does not say of which day it is"

    def _structure(self) -> Iterator[str]:
        root = self.pdf.Root
        if not root.get("/MarkInfo", {}).get("/Marked", False):
            yield "6.7.2.1: the file is not marked"
        if not re.fullmatch(r"vi(-VN)?", str(root.get("/Lang", ""))):
            yield "6.7.4: the language is not said"
        if "/StructTreeRoot" not in root:
            yield "6.7.3.3: the file has no structure"
            return
        roles = {str(k): str(v) for k, v in root.StructTreeRoot.get("/RoleMap", {}).items()}
        parts = [one for one in self._dictionaries() if one.get("/Type") == "/StructElem"]
        for kind in sorted({str(one.S) for one in parts}):
            if roles.get(kind, kind) not in STANDARD:
                yield f"6.7.3.4: {kind} is no part that is known"
        for number, page in enumerate(self.pdf.pages, 1):
            if "/StructParents" not in page:
                yield f"6.7.3.3: page {number} has no place in the structure"

    def _dictionaries(self) -> Iterator[Any]:
        for one in self.pdf.objects:
            if isinstance(one, pikepdf.Dictionary):
                yield from _within(one)

    def _fonts(self) -> list[Any]:
        return [font for page in self.pdf.pages for font in page.Resources.Font.values()]


DATES = ("/CreationDate", "/ModDate")


def _within(one: Any) -> Iterator[Any]:
    """A dictionary and those written inside it; what it points at is met by itself."""
    yield one
    for value in one.values():
        if isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
            yield from _within(value)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _codes(operands: Any) -> set[int]:
    """The two-byte codes that a text operator shows."""
    strings = [
        bytes(part) for one in operands for part in _listed(one) if isinstance(part, pikepdf.String)
    ]
    return {
        int.from_bytes(text[place : place + 2], "big")
        for text in strings
        for place in range(0, len(text), 2)
    }


def _letters(cmap: str) -> dict[int, str]:
    """The text of every code of a ToUnicode map (ISO 32000-1, 9.10.3)."""
    found: dict[int, str] = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w*)>", part):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for part in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", part):
            start = ord(bytes.fromhex(text).decode("utf-16-be"))
            for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(start + place)
    return found


@cache
def _face(name: str) -> dict[int, float]:
    (path,) = [folder / name for folder in folders() if (folder / name).exists()]
    return _advances(path.read_bytes())


def _told_widths(below: Any) -> Any:
    """Give the width that a font states for a code, in thousandths of its size (9.7.4.3)."""
    found: dict[int, float] = {}
    parts = list(below.get("/W", ()))
    while parts:
        first, second = int(parts.pop(0)), parts.pop(0)
        if isinstance(second, pikepdf.Array):
            found |= {first + place: float(width) for place, width in enumerate(second)}
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), float(parts.pop(0)))
    other = float(below.get("/DW", 1000))
    return lambda code: found.get(code, other)
