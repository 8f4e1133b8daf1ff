"""What the fields of a Word file would do by themselves: start a program, fetch from outside.

The instruction of a field may be cut into any number of runs, hidden or deleted ones too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from documents.importing.findings import Unreadable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# An address that leads out of this machine: the web, a share of a network.
REMOTE = regex.compile(r"(?:https?|ftp|mhtml|ms-[a-z]+|ldap):|\\\\|//|file:/*[^/]*[^/:|]/", regex.I)
_RUNS = regex.compile(r"(?<![\p{L}\d])DDE(?:AUTO)?\s+\S", regex.I)
# A picture from the web is left out like any picture; one on a share asks for the user's password.
_FETCHES = regex.compile(
    rf"\b(?:INCLUDETEXT|IMPORT|LINK|RD)\b[^\n]{{0,300}}?(?<=[\s\"])(?P<from>(?:{REMOTE.pattern})[^\s\"]{{0,120}})"
    r"|\bINCLUDEPICTURE\b\s+\"?(?P<share>(?:\\\\|//|file:)[^\s\"]{1,120})",
    regex.I,
)


class Fields:
    """Gathers the instructions of fields as the parts of a file are parsed."""

    def __init__(self) -> None:
        self._told: list[str] = []

    def hear(self, element: Element) -> None:
        """Take what a closed element says of a field."""
        name = element.tag.rpartition("}")[2]
        if name in {"instrText", "delInstrText"}:
            self._told.append(element.text or "")
        elif name == "fldSimple":
            told = (value for key, value in element.attrib.items() if key.endswith("}instr"))
            self._told.append(f"\n{next(told, '')}\n")
        elif name == "fldChar":
            end = any(value == "end" for value in element.attrib.values())
            self._told.append("\n" if end else "")

    def refuse(self) -> None:
        """Refuse a file whose fields start a program, or fetch text or log on outside."""
        told = "".join(self._told)
        if _RUNS.search(told):
            raise Unreadable("macros")
        fetched = _FETCHES.search(told)
        if fetched is not None:
            raise Unreadable("external", target=fetched["from"] or fetched["share"])
