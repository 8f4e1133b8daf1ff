"""The page about changes as data, against the code."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from typing import get_args

from documents.content import changes, words
from documents.content.changes import Changes, apply, invert
from documents.content.codec import from_json, to_json
from documents.content.diff import diff
from documents.content.lines import Line
from documents.content.passages import PassageKind
from documents.importing.text import read_text
from tests.source import ROOT

PAGE = (ROOT / "docs" / "reference" / "change-data.md").read_text(encoding="utf-8")
PAPER = """\
QUYẾT ĐỊNH

Về việc trực cơ quan

CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU

Căn cứ Luật Cán bộ, công chức ngày 13/11/2008;

Theo đề nghị của Văn phòng.

QUYẾT ĐỊNH:

Điều 1. Trả hồ sơ đúng hạn 90 %.

Điều 2. Văn phòng chịu trách nhiệm thi hành Quyết định này./.
"""


def test_the_page_names_every_object_with_all_its_members():
    rows = {
        name: re.findall(r"`(\w+)`", members)
        for name, members in re.findall(r"^\| `(\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE)
    }
    made = [one for one in vars(changes).values() if is_dataclass(one)]
    written = {
        one.__name__: [field.name for field in fields(one)]
        for one in (*made, Line, words.Run)
        if one.__module__ in {changes.__name__, Line.__module__, words.__name__}
    }
    assert rows == written


def test_the_example_is_what_the_code_says():
    old, new = read_text(PAPER).content, read_text(PAPER.replace("90 %", "92 %")).content
    found = diff(old, new)
    example = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert example
    assert to_json(found)["steps"][1] == json.loads(example[1])
    assert from_json(Changes, to_json(found)) == found
    assert apply(found, old) == new
    assert apply(invert(found), new) == old


def test_the_bound_and_the_kinds_of_passages_are_those_of_the_code():
    assert f"{words.MOST_STEPS:,} steps" in PAGE
    kinds = PAGE.partition("one of seven kinds:")[2].partition(".\nRead")[0]
    assert set(re.findall(r"`(\w+)`", kinds)) == set(get_args(PassageKind))
