"""What a flow of ours is before it has nodes."""

from __future__ import annotations

from typing import Any, NoReturn

from viewflow.workflow.base import Node
from viewflow.workflow.lock import SelectForUpdateLock


class Procedure:
    """What every flow has before it has nodes: a real lock, and viewflow's own doors shut.

    To be named before `Flow` among the bases. It holds no node and is no flow itself, because
    nodes shared by inheritance get edges across flows. The lock waits; the database bounds it.
    """

    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        inherited = [base for base in cls.__mro__[1:] if _holds_nodes(base)]
        if inherited:
            raise TypeError(f"{cls.__name__} would share nodes with {inherited[0].__name__}.")
        super().__init_subclass__(**kwargs)

    def has_view_permission(self, user: Any, obj: Any = None) -> bool:
        """Refuse everybody: who may read a case is asked of its document."""
        return False

    def has_manage_permission(self, user: Any, obj: Any = None) -> bool:
        """Refuse everybody: nobody manages a process past the use cases."""
        return False

    def cancel(self, process: Any) -> NoReturn:
        """Refuse: viewflow's cancel stamps wall time and writes no record."""
        raise TypeError("A case ends by the use case `withdraw`.")


def _holds_nodes(cls: type) -> bool:
    return any(isinstance(value, Node) for value in vars(cls).values())
