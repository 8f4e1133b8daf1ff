"""What the pages for developers say is so."""

from __future__ import annotations

import re

from tests.source import ROOT

VARIABLE = re.compile(r"BAN_HANH_[A-Z]+(?:_[A-Z]+)*")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "tests" / "README.md"])


def variables(*places: str) -> set[str]:
    files = [path for place in places for path in sorted(ROOT.glob(place))]
    assert files
    return {name for path in files for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}


def test_every_setting_is_listed_and_every_listed_setting_is_read():
    read = variables("config/*.py", "workflows/**/*.py", "documents/**/*.py", "offices/**/*.py")
    assert variables("docs/reference/settings.md") == read


def test_every_variable_of_the_suite_is_listed():
    read = variables("tests/*.py") | {"BAN_HANH_DATABASE", "BAN_HANH_REDIS"}
    assert variables("tests/README.md") == read
    assert read >= variables(".ci/run")


def test_no_page_points_nowhere():
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_decision_record_is_listed_numbered_and_has_a_status():
    folder = ROOT / "docs" / "adr"
    records = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    listed = (folder / "README.md").read_text(encoding="utf-8")
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert f"]({record.name})" in listed
        assert text.startswith(f"# {record.name[:4]} ")
        assert re.search(r"^(Accepted|Superseded by \d{4})", text, re.MULTILINE), record.name


def test_every_command_the_pages_name_is_in_the_makefile():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        name
        for page in PAGES
        for name in re.findall(r"(?:^|`)make ([a-z]+)\b", page.read_text("utf-8"), re.MULTILINE)
        if page.name != "CHANGELOG.md"
    }
    assert {"run", "test", "check"} <= named
    assert named <= targets, "a word after 'make' that is no command"
