"""The nodes of a procedure: each step is one row, moved once, at the time of the act.

Nothing here has a view, a URL, an owner permission, a timer or a signal. The stock nodes have
them (ADR 0002): `workflows/checks.py` refuses them in a flow, and
`tests/contracts/test_viewflow_*.py` holds each of their known holes against these nodes.

A step knows its lane (the capability it asks for) but decides nothing about people: whether
somebody may act is asked in `workflows/policies.py` before the engine is called.
"""

from workflows.nodes.procedure import Procedure
from workflows.nodes.rows import OPEN_STATUSES, Deed, LostRace, OrphanedTask, end_process, move
from workflows.nodes.steps import Begin, Finish, Instance, MultiInstance, Step, UserTask

__all__ = [
    "OPEN_STATUSES",
    "Begin",
    "Deed",
    "Finish",
    "Instance",
    "LostRace",
    "MultiInstance",
    "OrphanedTask",
    "Procedure",
    "Step",
    "UserTask",
    "end_process",
    "move",
]
