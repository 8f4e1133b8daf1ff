"""What a Word file is allowed to be before a word of it is read: its parts, its sizes, its links.

Nothing is unpacked to disk, no link is followed, no declared size is believed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

import regex
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from documents.importing.fields import REMOTE, Fields
from documents.importing.findings import Unreadable

if TYPE_CHECKING:
    from documents.importing.findings import Findings

MAX_FILE = 10 * 1024 * 1024
MAX_PARTS = 3_000
MAX_PART = 24 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_DEPTH = 120
MAX_ELEMENTS = 400_000
# Bytes given to the parser at once; so many empty elements are held before they are counted.
PIECE = 512 * 1024

# What zipfile raises of a package that lies or was cut: RuntimeError is a password.
_UNSOUND = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MACROS = regex.compile(r"vbaproject\.bin|vbadata\.xml|/activex/|\.(?:vbs|js|exe|dll)$", regex.I)
_MACRO_TYPE = b"macroEnabled"
_OF_THE_TEXT = "word/_rels/document.xml.rels"
# Drawn in the text, and no letters of it: a picture stands before every object that is embedded.
_DRAWN = frozenset({"image", "chart", "diagramData"})
# What Word opens by itself together with the file; a picture or a link waits for a person.
_OPENED_BY_WORD = ("attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk", "control")


class Archive:
    """The parts of one Word file; every part is read by size, never as large as it claims."""

    def __init__(self, data: bytes, findings: Findings) -> None:
        if len(data) > MAX_FILE:
            raise Unreadable("file_too_large", size=len(data), limit=MAX_FILE)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*_UNSOUND, ValueError) as error:
            raise Unreadable("damaged") from error
        self._entries = self._checked_entries()
        self.names = frozenset(self._entries)
        self._fields = Fields()
        # How many pictures, charts and objects stand in the text.
        self.drawn = 0
        self._refuse_macros()
        self._look_at_links(findings)

    def has(self, name: str) -> bool:
        """Whether the file has a part of this name."""
        return name in self.names

    def events(self, name: str) -> Iterator[tuple[str, Element]]:
        """The start and end events of a part of XML; Unreadable where it is no plain XML.

        Bounds: MAX_PART bytes unpacked, MAX_DEPTH levels, MAX_ELEMENTS elements; no document
        type, no entity, no external reference.
        """
        depth = count = 0
        with _sound(), self._zip.open(self._entries[name]) as part:
            for event, element in iterparse(
                _Bounded(part), events=("start", "end"), forbid_dtd=True
            ):
                depth += 1 if event == "start" else -1
                count += event == "start"
                if depth > MAX_DEPTH:
                    raise Unreadable("xml_too_deep", limit=MAX_DEPTH)
                if count > MAX_ELEMENTS:
                    raise Unreadable("zip_bomb", limit=MAX_PART // (1024 * 1024))
                yield event, element
                if event == "end":
                    self._fields.hear(element)
        self._fields.refuse()

    def tree(self, name: str) -> Element | None:
        """A small part as a tree; None where the file has no such part."""
        if not self.has(name):
            return None
        root: Element | None = None
        for _, element in self.events(name):
            root = element if root is None else root
        return root

    def _checked_entries(self) -> dict[str, zipfile.ZipInfo]:
        entries = self._zip.infolist()
        declared = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_PARTS or declared > MAX_UNPACKED:
            raise Unreadable("zip_bomb", limit=MAX_UNPACKED // (1024 * 1024))
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise Unreadable("encrypted")
        # Some tools of Windows write the names of parts with backslashes.
        named = {entry.filename.replace("\\", "/"): entry for entry in entries}
        if len(named) != len(entries):
            raise Unreadable("damaged")
        return named

    def _refuse_macros(self) -> None:
        if any(_MACROS.search(name) for name in self.names):
            raise Unreadable("macros")
        if self.has("[Content_Types].xml"):
            with _sound(), self._zip.open(self._entries["[Content_Types].xml"]) as part:
                if _MACRO_TYPE in part.read(MAX_PART // 8):
                    raise Unreadable("macros")

    def _look_at_links(self, findings: Findings) -> None:
        """Refuse what Word would fetch when somebody opens the kept file; note other links."""
        outside = 0
        for name, link in self._links():
            kind = link.get("Type", "").rpartition("/")[2]
            if link.get("TargetMode") != "External":
                self.drawn += name == _OF_THE_TEXT and kind in _DRAWN
                continue
            if kind in _OPENED_BY_WORD and REMOTE.match(link.get("Target", "")):
                raise Unreadable("external", target=link.get("Target", "")[:120])
            outside += kind != "hyperlink"
        if outside:
            findings.add("links_left_out", count=outside)
        if self.drawn:
            findings.add("pictures_left_out", count=self.drawn)

    def _links(self) -> Iterator[tuple[str, Element]]:
        """Every link of every part, with the part that keeps it."""
        for name in sorted(self.names):
            if name.endswith(".rels"):
                for event, link in self.events(name):
                    if event == "end" and link.tag == _RELATIONS:
                        yield name, link


@contextmanager
def _sound() -> Iterator[None]:
    """Say of a part that cannot be unpacked or is no plain XML what is wrong with it."""
    try:
        yield
    except DefusedXmlException as error:
        raise Unreadable("xml_entities") from error
    except (*_UNSOUND, ParseError, LookupError, UnicodeError) as error:
        raise Unreadable("damaged") from error


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than MAX_PART bytes."""

    def __init__(self, part: IO[bytes]) -> None:
        super().__init__()
        self._part = part
        self._given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        # The parser begins a tag or comment that is not closed yet anew with each piece: the
        # pieces are as large as memory allows, whatever it asks for.
        data = self._part.read(max(size, PIECE))
        self._given += len(data)
        if self._given > MAX_PART:
            raise Unreadable("zip_bomb", limit=MAX_PART // (1024 * 1024))
        return data


def looks_encrypted(data: bytes) -> bool:
    """Whether an OLE container is a Word file under a password, not an old .doc."""
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data
