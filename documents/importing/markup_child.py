"""Runs alone in a child process: pasted HTML as a flat list of its marks and words, as JSON.

Started by `documents.importing.markup` with the bytes on standard input; imports nothing of the
house. A mark is [1, tag, attributes] where an element begins, [2, tag] where it ends, a word is text.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any

KEPT = ("style", "class", "colspan", "rowspan", "type", "start", "value", "hidden")
LONGEST = 300
SILENT = {
    "script", "style", "head", "title", "xml", "template", "noscript", "svg", "math", "object",
    "iframe", "select", "textarea", "button", "o:wrapblock", "del",
}  # fmt: skip


def confine(seconds: int, memory: int, output: int) -> None:
    """Bound what this process may use: CPU seconds, bytes of address space, bytes written."""
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Read the HTML on standard input within the bounds given; the answer is one JSON object."""
    seconds, memory, output, levels, marks = map(int, arguments)
    confine(seconds, memory, output)
    answer = read(sys.stdin.buffer.read(), levels=levels, marks=marks)
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
    sys.stdout.flush()
    os._exit(0)


def read(data: bytes, *, levels: int, marks: int) -> dict[str, Any]:
    """The marks of a fragment or a page of HTML, or the reason why there are none."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only after the bounds are set

    tree = LexborHTMLParser(data.decode("utf-8", errors="replace"))
    found: list[Any] = []
    path: list[Any] = []
    node = tree.body.child if tree.body is not None else None
    while node is not None or path:
        if node is None:
            done = path.pop()
            found.append([2, done.tag])
            node = done.next
            continue
        if len(path) > levels:
            return {"refused": "levels"}
        if len(found) > marks:
            return {"refused": "marks"}
        if node.tag == "-text":
            found.append(node.text(deep=False))
        elif node.tag and node.tag[0] not in "-_!" and node.tag not in SILENT:
            found.append([1, node.tag, _kept(node)])
            path.append(node)
            node = node.child
            continue
        node = node.next
    return {"marks": found}


def _kept(node: Any) -> dict[str, str]:
    known = node.attributes
    return {name: str(known[name] or "")[:LONGEST] for name in KEPT if name in known}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
