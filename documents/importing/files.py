"""One door for every file: what it is by its bytes, then the reader that turns it into plain text."""

from __future__ import annotations

from itertools import groupby

from documents.importing.archive import MAX_FILE, looks_encrypted
from documents.importing.decode import decode
from documents.importing.findings import Findings, Unreadable
from documents.importing.markdown import strip_markdown
from documents.importing.pdf import read_pdf
from documents.importing.plain import Plain
from documents.importing.word import read_word

_MARKDOWN = (".md", ".markdown")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("pdf", (b"%PDF-",)),
    ("zip", (b"PK\x03\x04", b"PK\x05\x06")),
    ("ole", (_OLE,)),
    ("rtf", (b"{\\rtf",)),
    (
        "picture",
        (
            b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM",
            b"RIFF",
        ),
    ),
)  # fmt: skip
_BY_NAME = {
    ".docx": "zip", ".doc": "ole", ".rtf": "rtf", ".pdf": "pdf", ".md": "text", ".markdown": "text", ".txt": "text",
}  # fmt: skip
_CALLED = {"zip": ".docx", "pdf": ".pdf", "text": ".txt"}
_SEARCHED = 1024


def read_file(data: bytes, *, filename: str) -> Plain:
    """The plain text of an uploaded file, whatever it is called; Unreadable says what to do.

    A name that claims another sort of file than the bytes show is refused, so that the kept
    original opens for everybody. Text files pass with their line numbers as they are.
    """
    if len(data) > MAX_FILE:
        raise Unreadable("file_too_large", size=len(data), limit=MAX_FILE)
    sort = sort_of(data)
    if sort in _REFUSED:
        raise Unreadable(_REFUSED[sort])
    if sort == "ole":
        raise Unreadable("encrypted" if looks_encrypted(data) else "word_old")
    _check_name(filename, sort)
    if sort == "zip":
        return read_word(data)
    if sort == "pdf":
        return read_pdf(data)
    findings = Findings()
    text = decode(data, findings)
    if filename.lower().endswith(_MARKDOWN):
        text = _unmarked(text)
    return Plain(text, (), tuple(findings.found))


_REFUSED = {"rtf": "rich_text", "picture": "picture"}


def sort_of(data: bytes) -> str:
    """What a file is by its first bytes: "pdf", "zip", "ole", "rtf", "picture" or "text"."""
    head = data[:_SEARCHED]
    if b"%PDF-" in head and not head.startswith(b"PK"):
        return "pdf"
    return next((sort for sort, marks in _MAGIC if head.startswith(marks)), "text")


def _unmarked(text: str) -> str:
    """Markdown as plain text, line by line; a paragraph is what blank lines part."""
    lines: list[str] = []
    for blank, block in groupby(text.split("\n"), key=lambda line: not line.strip()):
        held = list(block)
        lines += [""] * len(held) if blank else strip_markdown(held, escapes=True)
    return "\n".join(lines)


def _check_name(filename: str, sort: str) -> None:
    extension = f".{filename.rpartition('.')[2].lower()}" if "." in filename else ""
    if extension == ".docm":
        raise Unreadable("macros")
    claimed = _BY_NAME.get(extension)
    if claimed is not None and claimed != sort:
        raise Unreadable("wrong_extension", named=extension, found=_CALLED[sort])
