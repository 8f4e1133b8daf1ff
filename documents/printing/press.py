"""The press: sets one paper as PDF/A-3 in a process of its own; run as a script, never imported.

Reads one JSON object from standard input: `template`, `paper`, `held` and `canonical` as text,
`may_tear` where a table stands right above a signature, `folders` of faces, `memory` in bytes and `seconds` of processor time. Writes the number of pages, a line feed
and the PDF to standard output; or what is wrong to standard error, and ends with 2. It knows nothing
of the product: what a paper could do to it ends with it.
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
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=order["folders"],
    )
    told = {name: order[name] for name in ("paper", "held", "canonical")}

    def press(parted: list[str]) -> typst.Compiler:
        return typst.Compiler(
            order["template"].encode(),
            root=order["root"],
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={**told, "parted": json.dumps(parted)},
        )

    def pages_of(parted: list[str]) -> Any:
        return press(parted).compile(format="pdf", pdf_standards=STANDARDS, timestamp=0)

    pages = pages_of([])
    # Only the set pages tell where a table ends on the page before its signature: they are set
    # again with its last rows beside the signature.
    if order["may_tear"]:
        (torn,) = json.loads(press([]).query("<torn>", field="value"))
        pages = pages_of(torn) if torn else pages
    if not isinstance(pages, bytes):
        raise TypeError("a PDF is one file")
    return pages


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
        pdf = set_pages(order)
        pages = looked_through(pdf, order["canonical"].encode())
    except (typst.TypstError, ValueError) as failed:
        sys.stderr.write(getattr(failed, "diagnostic", str(failed)))
        return 2
    sys.stdout.buffer.write(b"%d\n" % pages + pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
