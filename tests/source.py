"""The code base as data, for tests that read it: modules, syntax trees, who stands where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Material outside the repository, which not every checkout has.
SHARED = ROOT.parent / "shared"
# From the bottom up: nobody imports what stands to the right.
APPS = ("audit", "offices", "documents", "workflows", "config")


@dataclass(frozen=True)
class Module:
    """A file of the product, with its syntax tree."""

    path: Path
    tree: ast.Module

    @property
    def place(self) -> str:
        """The path from the root of the repository, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def app(self) -> str:
        """The app it belongs to."""
        return self.place.split("/")[0]

    def at(self, node: ast.AST) -> str:
        """`path:line` of a node, as an editor opens it."""
        return f"{self.place}:{getattr(node, 'lineno', 0)}"

    def nodes(self) -> Iterator[ast.AST]:
        """Every node of the tree."""
        return ast.walk(self.tree)

    def imports(self) -> Iterator[tuple[ast.AST, str]]:
        """Every name imported at run time, dotted; what only type checkers read is left out."""
        hidden = {
            id(inside)
            for node in self.nodes()
            if isinstance(node, ast.If) and dotted(node.test).endswith("TYPE_CHECKING")
            for inside in ast.walk(node)
        }
        for node in self.nodes():
            if id(node) in hidden:
                continue
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)

    def calls(self) -> Iterator[ast.Call]:
        """Every call in it."""
        return (node for node in self.nodes() if isinstance(node, ast.Call))


@cache
def modules(*, migrations: bool = False) -> tuple[Module, ...]:
    """Every module of the apps; migrations only where they are asked for."""
    paths = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return tuple(
        Module(path, ast.parse(path.read_text(encoding="utf-8")))
        for path in paths
        if migrations or "migrations" not in path.parts
    )


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of names, empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else node.attr
    return ""
