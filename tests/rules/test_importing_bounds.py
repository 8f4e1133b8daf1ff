"""The page that states the bounds of the readers states those that hold."""

from __future__ import annotations

import pytest

from documents.importing import archive, confined, decode, markup, pdf
from documents.services import intakes
from tests.source import ROOT

PAGE = (ROOT / "docs" / "reference" / "reading-files.md").read_text(encoding="utf-8")
MIB = 1024 * 1024

SAID = {
    "MAX_FILE": f"{archive.MAX_FILE // MIB} MiB",
    "MAX_BYTES": f"{decode.MAX_BYTES:,} bytes",
    "MAX_LINES": f"{decode.MAX_LINES:,} lines",
    "MAX_LINE": f"{decode.MAX_LINE:,} characters a line",
    "MAX_PARTS": f"{archive.MAX_PARTS:,}",
    "MAX_UNPACKED": f"{archive.MAX_UNPACKED // MIB} MiB as declared",
    "MAX_PART": f"{archive.MAX_PART // MIB} MiB",
    "MAX_ELEMENTS": f"{archive.MAX_ELEMENTS:,} elements",
    "MAX_DEPTH": f"{archive.MAX_DEPTH} levels",
    "MAX_PAGES": f"{pdf.MAX_PAGES}",
    "MAX_CHARACTERS": f"{pdf.MAX_CHARACTERS:,} letters",
    "MAX_MARKUP": f"{markup.MAX_MARKUP // MIB} MiB",
    "MAX_MARKS": f"{markup.MAX_MARKS:,} marks",
    "MAX_LEVELS": f"{markup.MAX_LEVELS} levels",
    "MAX_CELLS": f"{markup.MAX_CELLS:,} cells",
    "AT_ONCE": f"{confined.AT_ONCE} in each process of the server",
    "WAIT": f"the next waits {confined.WAIT:.0f} s",
    "MOST": f"{intakes.MOST} a person",
}


@pytest.mark.parametrize("name", SAID)
def test_the_page_says_the_bound_that_holds(name):
    assert f"{SAID[name]} (`{name}`)" in PAGE


@pytest.mark.parametrize(("form", "bounds"), [("a PDF", pdf.BOUNDS), ("HTML", markup.BOUNDS)])
def test_the_page_says_what_the_children_may_use(form, bounds):
    assert (
        f"| the child that reads {form} | {bounds.seconds} s of CPU, {bounds.deadline:.0f} s on the "
        f"clock, {bounds.memory // MIB:,} MiB of memory, an answer of {bounds.answer // MIB} MiB |"
    ) in PAGE


def test_a_file_that_passes_may_be_kept_beside_its_draft():
    from documents.services.drafting import ATTACHMENT_LIMIT

    assert archive.MAX_FILE <= ATTACHMENT_LIMIT
