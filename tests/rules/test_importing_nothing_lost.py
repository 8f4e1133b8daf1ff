"""Whatever comes in, every word of it is found again; and no text makes the reader slow."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from hypothesis import assume, given

from documents.content.canonical import canonical_bytes, parse
from documents.content.text import to_text
from documents.importing.decode import MAX_BYTES, MAX_LINE
from documents.importing.text import Unreadable, read_text
from tests.fixtures.papers import hostile
from tests.fixtures.papers.generated import Made, noise, papers


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+|[≥“”%]", text))


@given(papers())
def test_a_made_up_paper_is_read_into_its_parts(made: Made):
    content = read_text(made.text, kind="decision").content
    assert content.preface.subject == made.subject
    assert [citation.text for citation in content.citations] == made.bases
    assert [len(content.citations)] == [len(content.instruments)]
    assert [article.text for article in content.articles] == [a[0] for a in made.articles]
    assert [one.raw for one in content.recipients] == made.recipients
    tables = [annex.blocks[0] for annex in content.annexes]
    assert [
        [list(table.columns), *(list(row.cells) for row in table.rows)] for table in tables
    ] == made.tables


@given(papers())
def test_a_made_up_paper_comes_back_word_for_word_and_reads_the_same(made: Made):
    reading = read_text(made.text)
    written = to_text(reading.content, reading.printed)
    assert re.sub(r"\s", "", written) == re.sub(r"\s", "", made.text)
    assert read_text(to_text(reading.content)).content == reading.content
    assert parse(canonical_bytes(reading.content)) == reading.content


@given(noise)
def test_no_word_of_any_text_is_lost(text: str):
    assume(text.strip())
    try:
        reading = read_text(text, kind="decision", drafting=True)
    except Unreadable as refused:
        assume(refused.code in {"not_of_kind", "empty"})
        return
    assert words(to_text(reading.content, reading.printed)) == words(text)


@given(noise)
def test_any_text_read_and_written_becomes_steady(text: str):
    """Saved again and again a text stops changing; a stray second number line may take a round."""
    seen = []
    for _ in range(12):
        try:
            content = read_text(text, kind="decision", drafting=True).content
        except Unreadable as refused:
            assume(refused.code in {"not_of_kind", "empty"})
            return
        if seen and seen[-1] == content:
            return
        seen.append(content)
        text = to_text(content)
    pytest.fail("the text changes with every reading")


ADVERSARIAL = {
    "spaces": " " * 19_000 + "x",
    "stars": "*" * 19_000,
    "star words": "*a " * 6_000,
    "brackets": "(" * 19_000,
    "numbers": "1." * 9_000,
    "number slashes": "Căn cứ Quyết định số " + "1/" * 9_000,
    "types": "Căn cứ " + "; Quyết định số 1/QĐ-A " * 800,
    "and types": "Căn cứ Quyết định số 1/QĐ-A " + " và Quyết định số 2/QĐ-B" * 700,
    "laws": "Căn cứ Luật " + "của Luật " * 2_000,
    "issuers": "Căn cứ Quyết định số 1/QĐ-A ngày 01/02/2020 của " + "a, " * 6_000,
    "scopes": "Điều 1. Bãi bỏ " + "khoản 1, " * 2_000 + "x",
    "verbs": "Điều 1. " + "thay thế " * 2_000,
    "executors": "Điều 1. " + "Chánh Văn phòng; " * 1_100 + "chịu trách nhiệm",
    "recital": "Theo đề nghị của " + "tại Tờ trình số " * 1_100,
    "reference": "(Ban hành kèm theo Quyết định số " + "ngày của " * 2_000,
    "blanks": "Số: " + "…._ " * 3_800 + "/QĐ",
    "date line": "An Mẫu, ngày " + ".. " * 6_000,
    "modes": "TM. " + "A B " * 4_700,
    "names": "Nguyễn " * 2_700,
    "capitals": "ỦY BAN " * 2_700,
    "mottoes": "“" * 19_000,
    "periods": "Báo cáo định kỳ " * 1_100,
    "effects": "Điều 1. Quyết định này có hiệu lực " * 540,
    "tabs": "a\t" * 9_000,
    "unnamed": "Điều 1. " + "bãi bỏ các quyết định " * 850,
    "combining": "a" + "\u0323" * 18_000,
}  # fmt: skip


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_hostile_lines_of_two_hundred_kilobytes_are_read_in_good_time(name):
    line = ADVERSARIAL[name]
    assert len(line) <= MAX_LINE
    head = "QUYẾT ĐỊNH\n\nVề việc\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU\n\n"
    text = head + "\n\n".join([line] * (200_000 // len(line)))
    started = time.process_time()
    reading = read_text(text, kind="decision", drafting=True)
    assert time.process_time() - started < 10
    assert reading.content.preface.type_word == "QUYẾT ĐỊNH"


HEAD = "QUYẾT ĐỊNH\n\nVề việc\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU\n\n"


@pytest.mark.parametrize("name", hostile.LINES)
def test_a_line_that_repeats_what_a_rule_repeats_is_read_in_good_time(name):
    """A rule that tries all divisions of a line would need hours for twice 20 kilobytes."""
    line = hostile.LINES[name][:MAX_LINE]
    started = time.process_time()
    read_text(f"{HEAD}{line}\n\n{line}", kind="decision", drafting=True)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_a_paper_that_opens_what_it_never_closes_is_read_in_good_time(name):
    started = time.process_time()
    read_text(f"{HEAD}QUYẾT ĐỊNH:\n\n{hostile.TEXTS[name]}", kind="decision", drafting=True)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("piece", "lines"),
    [
        ("1. Một mục của điều này, viết cho đủ dài một dòng.\n", 39_000),
        ("Điều 1. Một.\n\n", 8_000),
        ("- Lưu;\n", 8_000),
        ("1\ta\tb\n\n", 8_000),
        ("a) b;\n\n", 8_000),
        ("KHẨU\n\n", 8_000),
    ],
)
def test_a_paper_of_the_largest_size_is_read_in_good_time(piece, lines):
    many = min((MAX_BYTES - 100) // len(piece.encode()), lines // piece.count("\n"))
    text = "QUYẾT ĐỊNH\n\nVề việc họp\n\nQUYẾT ĐỊNH:\n\n" + piece * many
    started = time.process_time()
    read_text(text, kind="decision", drafting=True)
    assert time.process_time() - started < 15
