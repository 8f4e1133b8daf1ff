"""The press: sets one paper as PDF/A-3 in a process of its own; run as a script, never imported.

Reads one JSON object from standard input: `template`, `paper`, `held`, `parted` and `canonical` as
text, `folders` of faces, `memory` in bytes, `seconds` of processor time, and `asks`. Writes the
number of pages, a line feed and the PDF to standard output, or where it is asked the tables that are
torn from their signature; or what is wrong to standard error, and ends with 2. It knows nothing of
the product: what a paper could do to it ends with it.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

import pypdfium2
import typst

# Archival with a structure tree (ISO 19005-3 level A), and readable by a screen reader.
STANDARDS: Any = ["a-3a", "ua-1"]


def set_pages(order: dict[str, Any]) -> bytes:
    """Set the paper; the same order gives the same bytes."""
    pages = press(order).compile(format="pdf", pdf_standards=STANDARDS, timestamp=0)
    if not isinstance(pages, bytes):
        raise TypeError("a PDF is one file")
    return pages


def torn_in(order: dict[str, Any]) -> bytes:
    """The tables of the paper that end on the page before their signature, as JSON."""
    (torn,) = json.loads(press(order).query("<torn>", field="value"))
    return json.dumps(torn).encode()


def press(order: dict[str, Any]) -> typst.Compiler:
    """The compiler with the paper in it."""
    return typst.Compiler(
        order["template"].encode(),
        root=order["root"],
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=order["folders"],
        ),
        ignore_system_fonts=True,
        sys_inputs={name: order[name] for name in ("paper", "held", "parted", "canonical")},
    )


def looked_through(pdf: bytes, canonical: bytes) -> int:
    """Open the file with another library: how many pages it has, and that it carries its source."""
    with pypdfium2.PdfDocument(pdf) as opened:
        places = range(opened.count_attachments())
        attached = [bytes(opened.get_attachment(place).get_data()) for place in places]
        if attached != [canonical]:
            raise ValueError("the attachment is not what was given")
        return len(opened)


def main() -> int:
    """Obey one order within its limits."""
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    try:
        if order["asks"]:
            sys.stdout.buffer.write(torn_in(order))
            return 0
        pdf = set_pages(order)
        pages = looked_through(pdf, order["canonical"].encode())
    except (typst.TypstError, RuntimeError, ValueError) as failed:
        sys.stderr.write(getattr(failed, "diagnostic", str(failed)))
        return 2
    sys.stdout.buffer.write(b"%d\n" % pages + pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
