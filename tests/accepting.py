"""A .docx after every tracked change in it was accepted, or rejected.

`paragraphs` knows the standard alone (ECMA-376 part 1, 17.13.5) and nothing of what writes the
file; `written` asks LibreOffice.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from documents.content.outline import Entry, entries

if TYPE_CHECKING:
    from documents.content.tree import Content

BELOW = {"recipient", "archive", "annex"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMES, GOES = ("ins", "moveTo"), ("del", "moveFrom")


def pieces(content: Content) -> list[Entry]:
    """Every piece of a paper in its order, the heading of the recipients where it is printed."""
    made = entries(content)
    heading = content.recipients_heading
    if not heading:
        return made
    place = next((n for n, one in enumerate(made) if _is_below_articles(one)), len(made))
    return [*made[:place], Entry("recipient", (), heading), *made[place:]]


def _is_below_articles(entry: Entry) -> bool:
    return entry.role in BELOW or entry.label[:1] == (("Phần cuối", ""),)


def paragraphs(docx: bytes, *, accepted: bool) -> list[str]:
    """The texts that are left, one for each paragraph or cell that is not empty."""
    archive = zipfile.ZipFile(io.BytesIO(docx))
    body = ElementTree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    dropped = GOES if accepted else COMES
    texts: list[str] = []
    held = ""
    for paragraph in _left(body, dropped):
        held += "".join(_text(paragraph, dropped))
        if not _has(paragraph, "pPr/rPr", dropped):
            texts.append(held)
            held = ""
    # A mark that is gone joins its paragraph to the next one; after the last there is none.
    return [" ".join(text.split()) for text in [*texts, held] if text.strip()]


def _left(block: ElementTree.Element, dropped: tuple[str, ...]) -> Iterator[ElementTree.Element]:
    for child in block:
        if child.tag == f"{W}p":
            yield child
        elif child.tag != f"{W}tr" or not _has(child, "trPr", dropped):
            yield from _left(child, dropped)


def _has(element: ElementTree.Element, path: str, names: tuple[str, ...]) -> bool:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return found is not None and any(found.find(f"{W}{name}") is not None for name in names)


def _text(element: ElementTree.Element, dropped: tuple[str, ...]) -> Iterator[str]:
    for child in element:
        if child.tag in {f"{W}{name}" for name in dropped}:
            continue
        if child.tag in {f"{W}t", f"{W}delText"}:
            yield child.text or ""
        elif child.tag == f"{W}br":
            yield "\n"
        else:
            yield from _text(child, dropped)


@dataclass(frozen=True)
class Written:
    """What LibreOffice made of some files in one start."""

    accepted: bytes
    rejected: bytes
    printed: dict[str, bytes]


def written(tracked: bytes, prints: dict[str, bytes], folder: Path) -> Written:
    """Have LibreOffice settle a file's changes both ways, and set others as PDF: one start.

    A macro does it, for the command line alone can convert but not settle changes.
    """
    (folder / "made.docx").write_bytes(tracked)
    for name, docx in prints.items():
        (folder / f"{name}.docx").write_bytes(docx)
    basic = folder / "profile" / "user" / "basic"
    (basic / "Standard").mkdir(parents=True)
    (basic.parent / "registrymodifications.xcu").write_text(_SET_UP, encoding="utf-8")
    (basic / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (basic / "Standard" / "Module1.xba").write_text(_MODULE, encoding="utf-8")
    program = shutil.which("soffice")
    assert program is not None
    names = " ".join(prints)
    subprocess.run(
        [
            program, "--headless", "--norestore", "--nologo",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            f'macro:///Standard.Module1.Settle("{folder.as_uri()}","{names}")',
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    settled = [folder / f"{verb}AllTrackedChanges.docx" for verb in ("Accept", "Reject")]
    return Written(
        *(path.read_bytes() for path in settled),
        {name: (folder / f"{name}.pdf").read_bytes() for name in prints},
    )


_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
)
# A profile that is set up already: into a new one the program copies its own empty library.
_SET_UP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted"'
    ' oor:op="fuse"><value>true</value></prop></item></oor:items>'
)
_LIBRARIES = (
    _HEAD.format("library:libraries", "libraries")
    + '<library:libraries xmlns:library="http://openoffice.org/2000/library"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard"'
    ' xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>'
    "</library:libraries>"
)
_LIBRARY = (
    _HEAD.format("library:library", "library")
    + '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
    ' library:readonly="false" library:passwordprotected="false">'
    '<library:element library:name="Module1"/></library:library>'
)
_BASIC = """
Sub Settle(folder As String, names As String)
  Dim quiet(0) As New com.sun.star.beans.PropertyValue
  Dim written(0) As New com.sun.star.beans.PropertyValue
  quiet(0).Name = "Hidden"
  quiet(0).Value = True
  written(0).Name = "FilterName"
  written(0).Value = "MS Word 2007 XML"
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  For Each verb In Array("AcceptAllTrackedChanges", "RejectAllTrackedChanges")
    paper = StarDesktop.loadComponentFromURL(folder &amp; "/made.docx", "_blank", 0, quiet())
    dispatcher.executeDispatch(paper.CurrentController.Frame, ".uno:" &amp; verb, "", 0, Array())
    paper.storeToURL(folder &amp; "/" &amp; verb &amp; ".docx", written())
    paper.close(True)
  Next
  written(0).Value = "writer_pdf_Export"
  For Each name In Split(names, " ")
    paper = StarDesktop.loadComponentFromURL(folder &amp; "/" &amp; name &amp; ".docx", "_blank", 0, quiet())
    paper.storeToURL(folder &amp; "/" &amp; name &amp; ".pdf", written())
    paper.close(True)
  Next
End Sub
"""
_MODULE = (
    _HEAD.format("script:module", "module")
    + '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"'
    f' script:language="StarBasic">{_BASIC}</script:module>'
)
