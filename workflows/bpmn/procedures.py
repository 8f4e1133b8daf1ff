"""Which procedures there are, each under the name of its module."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

from workflows import flows
from workflows.nodes import Procedure

if TYPE_CHECKING:
    from viewflow.workflow.base import Flow


def procedures() -> dict[str, type[Flow]]:
    """Give every released flow class by the name of its module: "issuance_v1"."""
    found: dict[str, type[Flow]] = {}
    for module in pkgutil.iter_modules(flows.__path__, f"{flows.__name__}."):
        held = vars(import_module(module.name)).values()
        for value in held:
            if isinstance(value, type) and _is_own(value, module.name):
                found[module.name.rpartition(".")[2]] = value
    return found


def procedure(name: str) -> type[Flow]:
    """Give the flow class of that name; raise `KeyError` where there is none."""
    return procedures()[name]


def _is_own(cls: type, module: str) -> bool:
    return issubclass(cls, Procedure) and cls.__module__ == module
