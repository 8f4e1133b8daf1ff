"""What finished cases tell: a log of their acts, its exchange, and whether they kept the procedure.

`log` says what an event is, `xes` writes and reads it as IEEE 1849 XES, `conformance` replays a
case on its flow class, `petri` unfolds a flow into a net for other tools. Nothing here reads the
database or the clock.
"""

from workflows.mining.conformance import Deviation, Fault, deviations, stands_at
from workflows.mining.log import Event, Trace, UnreadableLog
from workflows.mining.petri import Net, pnml, unfolded
from workflows.mining.xes import read_log, write_log

__all__ = [
    "Deviation",
    "Event",
    "Fault",
    "Net",
    "Trace",
    "UnreadableLog",
    "deviations",
    "pnml",
    "read_log",
    "stands_at",
    "unfolded",
    "write_log",
]
