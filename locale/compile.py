"""Merge the translators' fragments into one catalogue and compile it, without system gettext.

`locale/vi/fragments/*.po` are written by hand, one a part of the house. From them this script
writes `locale/vi/LC_MESSAGES/django.po` and `django.mo`, which are build products.

    python locale/compile.py

A sentence translated twice with different words, an empty or doubtful translation, or a
placeholder that differs between the two languages stops the build with file and line.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LOCALE_DIR = Path(__file__).resolve().parent
LANGUAGE = "vi"
# Vietnamese does not inflect for number: one form.
HEADER = (
    "Project-Id-Version: Ban Hanh\n"
    "Language: vi\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=1; plural=0;\n"
)
MO_MAGIC = 0x950412DE
# gettext's own separators inside a .mo key
CONTEXT_GLUE, PLURAL_GLUE = "\x04", "\x00"
KEYWORD = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[0\])?)\s+(".*")$')
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%%|%[sdr]|\{(\w*)\}")


class CatalogueError(Exception):
    """A fragment that cannot be merged; the text names the file and the line."""


@dataclass(frozen=True)
class Message:
    """One sentence, its translation and where the translation stands."""

    context: str
    singular: str
    plural: str
    translation: str
    place: str

    @property
    def key(self) -> str:
        """The key under which gettext looks the sentence up."""
        key = f"{self.context}{CONTEXT_GLUE}{self.singular}" if self.context else self.singular
        return f"{key}{PLURAL_GLUE}{self.plural}" if self.plural else key


def placeholders(sentence: str) -> set[str]:
    """The placeholders of a sentence, each as it is written."""
    return {match.group(0) for match in PLACEHOLDER.finditer(sentence)} - {"%%"}


def read_fragment(path: Path) -> list[Message]:
    """The messages of one fragment; raises `CatalogueError` at the first line not understood."""
    messages: list[Message] = []
    fields: dict[str, str] = {}
    current, began = "", 0
    for number, text, place in _meaningful_lines(path):
        if text.startswith('"') and current:
            fields[current] += _unquote(text, place)
            continue
        keyword = KEYWORD.match(text)
        if keyword is None:
            raise CatalogueError(f"{place}: not understood: {text}")
        current = keyword.group(1).removesuffix("[0]")
        if "msgstr" in fields and current != "msgstr":
            messages.append(_message(fields, f"{path.name}:{began}"))
            fields = {}
        if current in fields:
            raise CatalogueError(f"{place}: {current} stands twice")
        began = began if fields else number
        fields[current] = _unquote(keyword.group(2), place)
    if fields:
        messages.append(_message(fields, f"{path.name}:{began}"))
    return messages


def _meaningful_lines(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line number, text and place of every line that is neither blank nor a comment."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text, place = line.strip(), f"{path.name}:{number}"
        if text.startswith("#,") and "fuzzy" in text:
            raise CatalogueError(f"{place}: a fuzzy translation is no translation")
        if text and not text.startswith("#"):
            yield number, text, place


def _unquote(text: str, place: str) -> str:
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError) as error:
        raise CatalogueError(f"{place}: broken quotes: {text}") from error
    return str(value)


def _message(fields: dict[str, str], place: str) -> Message:
    singular, translation = fields.get("msgid", ""), fields.get("msgstr", "")
    if not singular or not translation:
        raise CatalogueError(f"{place}: a sentence or its translation is missing")
    if placeholders(singular) != placeholders(translation):
        wanted = ", ".join(sorted(placeholders(singular))) or "none"
        raise CatalogueError(f"{place}: placeholders differ (wanted: {wanted})")
    return Message(
        fields.get("msgctxt", ""), singular, fields.get("msgid_plural", ""), translation, place
    )


def merge(paths: list[Path]) -> dict[str, Message]:
    """All messages by key; the same sentence with two translations raises `CatalogueError`."""
    merged: dict[str, Message] = {}
    for path in sorted(paths):
        for message in read_fragment(path):
            known = merged.setdefault(message.key, message)
            if known.translation != message.translation:
                raise CatalogueError(
                    f"{message.place}: {message.singular!r} is translated otherwise at {known.place}"
                )
    return merged


def catalogue() -> dict[str, Message]:
    """The merged catalogue of the house."""
    return merge(list((LOCALE_DIR / LANGUAGE / "fragments").glob("*.po")))


def to_po(messages: dict[str, Message]) -> str:
    """The merged catalogue as a .po file, sorted by sentence."""
    header = "\n".join(f'"{_escape(line)}"' for line in HEADER.splitlines(keepends=True))
    blocks = [f'msgid ""\nmsgstr ""\n{header}']
    for message in sorted(messages.values(), key=lambda message: message.key):
        lines = [f"#: {message.place}"]
        if message.context:
            lines.append(f'msgctxt "{_escape(message.context)}"')
        lines.append(f'msgid "{_escape(message.singular)}"')
        if message.plural:
            lines.append(f'msgid_plural "{_escape(message.plural)}"')
        index = "[0]" if message.plural else ""
        lines.append(f'msgstr{index} "{_escape(message.translation)}"')
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _escape(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return escaped.replace("\n", "\\n").replace("\t", "\\t")


def to_mo(messages: dict[str, Message]) -> bytes:
    """The merged catalogue in GNU gettext's binary form (revision 0, little-endian)."""
    pairs = {"": HEADER} | {key: message.translation for key, message in messages.items()}
    keys = sorted(pairs, key=lambda key: key.encode())
    originals = [key.encode() for key in keys]
    translations = [pairs[key].encode() for key in keys]
    count, header_size = len(keys), 28
    offset = header_size + 16 * count
    tables = b""
    for texts in (originals, translations):
        for text in texts:
            tables += struct.pack("<II", len(text), offset)
            offset += len(text) + 1
    header = struct.pack(
        "<7I", MO_MAGIC, 0, count, header_size, header_size + 8 * count, 0, header_size + 16 * count
    )
    return header + tables + b"".join(text + b"\0" for text in originals + translations)


def _replace(path: Path, content: bytes) -> None:
    """Write beside and rename, so that a server reading now sees the old file or the new one."""
    if path.exists() and path.read_bytes() == content:
        return
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def compile_catalogue() -> int:
    """Write django.po and django.mo; answers the number of sentences."""
    messages = catalogue()
    folder = LOCALE_DIR / LANGUAGE / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / "django.po", to_po(messages).encode())
    _replace(folder / "django.mo", to_mo(messages))
    return len(messages)


if __name__ == "__main__":
    try:
        print(f"{compile_catalogue()} sentences compiled.")
    except CatalogueError as error:
        sys.exit(f"locale: {error}")
