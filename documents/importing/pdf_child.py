"""Runs alone in a child process: the words and ruled lines of a PDF with their places, as JSON.

Started by `documents.importing.pdf` with the bytes on standard input; imports nothing of the house,
so that a file that breaks the parser breaks no more than this process. Lengths are points from the
top left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import io
import json
import math
import os
import re
import resource
import sys
import zlib
from itertools import islice
from typing import Any

Box = tuple[float, float, float, float]

THIN = 2.6
# How far letters reach above and below their base line, in sizes.
UP, DOWN = 0.85, 0.2
MOST_RULES = 4_000
ENCRYPTED, DAMAGED, TOO_MANY_PAGES, TOO_LARGE = (
    "encrypted",
    "damaged",
    "too_many_pages",
    "too_large",
)
# What a reader of PDFs would do by itself, or carries beside the text, by the names that order it.
ACTS = {
    "JavaScript": re.compile(rb"/JavaScript\b|/JS\s*(?:\(|<|\d+\s+\d+\s+R)"),
    "Launch": re.compile(rb"/S\s*/Launch\b"),
    "SubmitForm": re.compile(rb"/S\s*/(?:SubmitForm|ImportData)\b"),
    "RichMedia": re.compile(rb"/RichMedia\b|/S\s*/(?:Rendition|Movie|Sound)\b"),
    "XFA": re.compile(rb"/XFA\b"),
}
_OPENS = re.compile(
    rb"/(?:OpenAction|AA)\s*(?:(?P<here><<.{0,400})|(?P<number>\d{1,10})\s+\d{1,5}\s+R)", re.S
)
_FETCHES = re.compile(rb"/S\s*/(?:URI|GoToR|GoToE)\b")
_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s{1,9}\d{1,5}\s{1,9}obj\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# Bytes of packed objects that are looked at, and of one action; actions that are followed.
MOST_UNPACKED, MOST_OF_ACTION, MOST_ACTIONS = 16 * 1024 * 1024, 400, 100
# Bytes before a stream in which its dictionary says what it is.
MOST_OF_HEAD = 600


def confine(seconds: int, memory: int, output: int) -> None:
    """Bound what this process may use: CPU seconds, bytes of address space, bytes written."""
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Read the PDF on standard input within the bounds given; the answer is one JSON object."""
    seconds, memory, output, pages, characters = map(int, arguments)
    confine(seconds, memory, output)
    answer = read(sys.stdin.buffer.read(), pages=pages, characters=characters)
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
    sys.stdout.flush()
    # The parser's own farewells are not worth a crash after the work is done.
    os._exit(0)


def read(data: bytes, *, pages: int, characters: int) -> dict[str, Any]:
    """The pages of a PDF, or the reason why there are none."""
    import pypdfium2  # noqa: PLC0415 - only after the bounds are set

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        return {"refused": ENCRYPTED if "password" in str(error).lower() else DAMAGED}
    if count > pages:
        return {"refused": TOO_MANY_PAGES, "count": count}
    read_pages: list[dict[str, Any]] = []
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            return {"refused": DAMAGED}
        read_pages.append(_page(page))
        characters -= read_pages[-1]["characters"]
        if characters < 0:
            return {"refused": TOO_LARGE}
    return {"pages": read_pages, "acts": acts(_unlocked(data, document)), "files": _files(document)}


def acts(data: bytes) -> list[str]:
    """What would happen by itself in a reader of PDFs, by name; nothing is carried out to find it.

    Objects that are packed are looked at up to MOST_UNPACKED.
    """
    told = _ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), b"\n".join(_objects(data)))
    found = [name for name, form in ACTS.items() if form.search(told)]
    if any(_FETCHES.search(one) for one in _opened(told)):
        found.append("URI")
    return found


def _unlocked(data: bytes, document: Any) -> bytes:
    """The bytes of a file; of one whose password only forbids changes, those of a copy without it."""
    import pypdfium2.raw as raw  # noqa: PLC0415 - only after the bounds are set

    if b"/Encrypt" not in data:
        return data
    copy = io.BytesIO()
    document.save(copy, flags=raw.FPDF_REMOVE_SECURITY)
    return copy.getvalue()


def _objects(data: bytes) -> list[bytes]:
    """The objects of a file without their streams, and those that its object streams pack."""
    plain: list[bytes] = []
    left, place = MOST_UNPACKED, 0
    while (begun := _STREAM.search(data, place)) is not None:
        head = data[max(place, begun.start() - MOST_OF_HEAD) : begun.start()]
        plain.append(data[place : begun.start()])
        end = data.find(b"endstream", begun.end())
        if end < 0:
            return plain
        if left > 0 and b"/ObjStm" in head:
            inside = _inflated(data[begun.end() : end], left)
            left -= len(inside)
            plain += _unpacked(inside, head)
        place = end + len(b"endstream")
    return [*plain, data[place:]]


def _inflated(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""


def _unpacked(inside: bytes, head: bytes) -> list[bytes]:
    """The objects of an object stream, each below the line that an object of its own would have."""
    first = re.search(rb"/First\s+(\d+)", head)
    start = int(first[1]) if first else 0
    numbers = [int(one) for one in inside[:start].split() if one.isdigit()]
    starts = [start + offset for offset in numbers[1::2]]
    if not starts:
        return [inside]
    ends = [*starts[1:], len(inside)]
    named = zip(numbers[::2], starts, ends, strict=False)
    return [b"%d 0 obj %s endobj" % (number, inside[a:b]) for number, a, b in named]


def _opened(told: bytes) -> list[bytes]:
    """What the file says to do when it is opened, printed or closed; a place to show is an array."""
    opens = list(islice(_OPENS.finditer(told), MOST_ACTIONS))
    wanted = {int(one["number"]) for one in opens if one["number"]}
    bodies = (
        told[one.end() : one.end() + MOST_OF_ACTION].partition(b"endobj")[0]
        for one in (_OBJECT.finditer(told) if wanted else ())
        if int(one[1]) in wanted
    )
    here = (one["here"].partition(b"endobj")[0] for one in opens if one["here"])
    return [*here, *islice(bodies, MOST_ACTIONS)]


def _files(document: Any) -> int:
    """How many files the paper carries; none is opened."""
    import pypdfium2.raw as raw  # noqa: PLC0415 - only after the bounds are set

    return max(int(raw.FPDFDoc_GetAttachmentCount(document)), 0)


class _View:
    """From the page's own coordinates to what a reader sees."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, right, top = page.get_cropbox()
        self.wide, self.high = right - self.left, top - self.bottom
        self.turn = page.get_rotation() % 360
        turned = self.turn in {90, 270}
        self.width, self.height = (self.high, self.wide) if turned else (self.wide, self.high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.wide - x, y
        if self.turn == 270:
            return self.high - y, self.wide - x
        return x, self.high - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def _page(page: Any) -> dict[str, Any]:
    view = _View(page)
    words, characters, turned = _words(page, view)
    rules, pictures = _drawn(page, view)
    return {
        "width": round(view.width, 1),
        "height": round(view.height, 1),
        "words": words,
        "rules": rules,
        "pictures": round(pictures, 2),
        "characters": characters,
        "turned": turned,
    }


def _words(page: Any, view: _View) -> tuple[list[list[Any]], int, int]:
    """Words as [x0, top, x1, bottom, text]; letters that stand askew are counted, not taken."""
    import pypdfium2.raw as raw  # noqa: PLC0415 - only after the bounds are set

    text = page.get_textpage()
    words: list[list[Any]] = []
    current: list[Any] | None = None
    turned = 0
    count = text.count_chars()
    for place in range(count):
        letter = chr(raw.FPDFText_GetUnicode(text, place) or 0xFFFD)
        if letter in "\x02\ufffe":
            letter = "-"
        if letter.isspace() or (letter == "\ufffd" and raw.FPDFText_IsGenerated(text, place) == 1):
            current = None
            continue
        angle = math.degrees(raw.FPDFText_GetCharAngle(text, place)) + view.turn
        if (
            abs((angle + 180) % 360 - 180) > 8
            and abs((angle - 2 * view.turn + 180) % 360 - 180) > 8
        ):
            turned += 1
            continue
        box = _box(text, place, view, raw)
        if current is not None and _goes_on(current, box):
            current[2] = max(current[2], box[2])
            current[1], current[3] = min(current[1], box[1]), max(current[3], box[3])
            current[4] += letter
        else:
            current = [*box, letter]
            words.append(current)
    return [[*(round(n, 1) for n in one[:4]), one[4]] for one in words], count, turned


def _box(text: Any, place: int, view: _View, raw: Any) -> Box:
    """The box of a letter: its own ends, and a height that only its size and base line decide."""
    x0, y0, x1, y1 = text.get_charbox(place, loose=True)
    matrix = raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    size = raw.FPDFText_GetFontSize(text, place)
    if raw.FPDFText_GetMatrix(text, place, ctypes.byref(matrix)):
        size *= math.hypot(matrix.c, matrix.d)
    if not raw.FPDFText_GetCharOrigin(text, place, ctypes.byref(x), ctypes.byref(y)) or size <= 0:
        return view.box(x0, y0, x1, y1)
    if view.turn in {90, 270}:
        up = 1 if view.turn == 270 else -1
        return view.box(x.value - up * DOWN * size, y0, x.value + up * UP * size, y1)
    up = -1 if view.turn == 180 else 1
    return view.box(x0, y.value - up * DOWN * size, x1, y.value + up * UP * size)


def _goes_on(word: list[Any], box: Box) -> bool:
    """Whether a letter stands right behind a word, on its line."""
    size = max(box[3] - box[1], 1.0)
    level = min(word[3], box[3]) - max(word[1], box[1]) > 0.5 * min(size, word[3] - word[1])
    return bool(level) and -0.5 * size < box[0] - word[2] < 0.22 * size


def _drawn(page: Any, view: _View) -> tuple[list[Box], float]:
    """Straight rules, and the share of the page that pictures cover."""
    import pypdfium2.raw as raw  # noqa: PLC0415 - only after the bounds are set

    rules: list[Box] = []
    pictures = 0.0
    for one in page.get_objects(max_depth=4):
        if one.type == raw.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = one.get_bounds()
            pictures += abs((x1 - x0) * (y1 - y0)) / max(view.wide * view.high, 1.0)
        elif one.type == raw.FPDF_PAGEOBJ_PATH and len(rules) < MOST_RULES:
            rules += _rules(one, view, raw)
    return [tuple(round(n, 1) for n in rule) for rule in rules], min(pictures, 1.0)  # type: ignore[misc]


def _rules(one: Any, view: _View, raw: Any) -> list[Box]:
    """The rules of a path: a thin filled box is one, a stroked path has one for each straight part."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(one, ctypes.byref(fill), ctypes.byref(stroke))
    box = view.box(*one.get_bounds())
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        return [box] if fill.value or stroke.value else []
    if not stroke.value:
        return []
    return _straight(one, view, raw)


def _straight(one: Any, view: _View, raw: Any) -> list[Box]:
    matrix = one.get_matrix()
    points: list[tuple[float, float]] = []
    rules: list[Box] = []
    start = (0.0, 0.0)
    for place in range(min(raw.FPDFPath_CountSegments(one), MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(one, place)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = view.point(*matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and points:
            rules += _rule(points[-1], point)
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            rules += _rule(point, start)
    return rules


def _rule(a: tuple[float, float], b: tuple[float, float]) -> list[Box]:
    box = min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])
    level = min(box[2] - box[0], box[3] - box[1])
    return [box] if level <= THIN and max(box[2] - box[0], box[3] - box[1]) > THIN else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
