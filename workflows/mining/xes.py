"""A log as an XES file (IEEE 1849-2016) and back: streamed out, bounded on the way in.

Standard extensions concept, time, organizational and lifecycle; what they have no word for stands
under the prefix `banhanh`. Every event is a whole act, hence `lifecycle:transition` "complete".
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from workflows.mining.log import Event, Trace, UnreadableLog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

NAMESPACE = "http://www.xes-standard.org/"
EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Organizational", "org"),
    ("Lifecycle", "lifecycle"),
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<log xes.version="1849-2016" xes.features="" xmlns="{NAMESPACE}">\n'
    + "".join(
        f'  <extension name="{name}" prefix="{prefix}" uri="{NAMESPACE}{prefix}.xesext"/>\n'
        for name, prefix in EXTENSIONS
    )
    + '  <global scope="trace">\n    <string key="concept:name" value="?"/>\n  </global>\n'
    '  <global scope="event">\n    <string key="concept:name" value="?"/>\n'
    '    <date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>\n'
    '    <string key="lifecycle:transition" value="complete"/>\n  </global>\n'
    '  <classifier name="Act" keys="concept:name"/>\n'
)
# A year of a large office is a few thousand cases; what is longer was not written by us.
MOST_TRACES, MOST_EVENTS, LONGEST_VALUE = 200_000, 5_000, 2_000


def write_log(traces: Iterable[Trace], file: BinaryIO) -> int:
    """Write traces as XES in UTF-8, one at a time; give how many there were."""
    many = 0
    file.write(HEAD.encode())
    for many, trace in enumerate(traces, start=1):  # noqa: B007 - counted for the answer
        file.write("".join(_trace(trace)).encode())
    file.write(b"</log>\n")
    return many


def read_log(file: BinaryIO) -> Iterator[Trace]:
    """Read an XES file trace by trace; what other tools added is passed over.

    Raises `UnreadableLog` for what is no XES, for an event without a name or an aware time, and
    beyond 200,000 traces, 5,000 events a trace or 2,000 characters a value.
    """
    try:
        yield from _read(file)
    except (ParseError, DefusedXmlException) as error:
        raise UnreadableLog(f"no well-formed XES ({error})") from error


def _trace(trace: Trace) -> Iterator[str]:
    yield "  <trace>\n"
    yield _attribute("string", "concept:name", trace.case, 4)
    yield _attribute("string", "banhanh:flow", trace.flow, 4)
    for event in trace.events:
        yield "    <event>\n"
        yield _attribute("string", "concept:name", event.name, 6)
        yield _attribute("date", "time:timestamp", event.at.isoformat(), 6)
        yield _attribute("string", "lifecycle:transition", "complete", 6)
        for key, value in (
            ("org:resource", event.resource),
            ("org:role", event.role),
            ("banhanh:title", event.title),
        ):
            if value:
                yield _attribute("string", key, value, 6)
        if event.asked is not None:
            yield _attribute("int", "banhanh:asked", str(event.asked), 6)
        yield "    </event>\n"
    yield "  </trace>\n"


def _attribute(sort: str, key: str, value: str, indent: int) -> str:
    return f"{' ' * indent}<{sort} key={quoteattr(key)} value={quoteattr(value)}/>\n"


def _read(file: BinaryIO) -> Iterator[Trace]:
    many, root = 0, None
    for moment, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        if root is None:
            root = element
            if _tag(root) != "log":
                raise UnreadableLog(f"its root is {_tag(root)}, not log")
        if moment == "end" and _tag(element) == "trace":
            many += 1
            if many > MOST_TRACES:
                raise UnreadableLog(f"more than {MOST_TRACES} traces")
            yield _trace_of(element, many)
            root.clear()


def _trace_of(element: Any, place: int) -> Trace:
    values = _values(element)
    case = values.get("concept:name") or str(place)
    events = [one for one in element if _tag(one) == "event"]
    if len(events) > MOST_EVENTS:
        raise UnreadableLog(f"trace {case} has more than {MOST_EVENTS} events")
    return Trace(
        case=case,
        flow=values.get("banhanh:flow", ""),
        events=tuple(_event_of(one, case) for one in events),
    )


def _event_of(element: Any, case: str) -> Event:
    values = _values(element)
    asked = values.get("banhanh:asked", "")
    try:
        at = datetime.fromisoformat(values["time:timestamp"])
        name = values["concept:name"]
    except (KeyError, ValueError) as error:
        raise UnreadableLog(f"an event of trace {case} has no name or no time") from error
    if at.tzinfo is None:
        raise UnreadableLog(f"a time of trace {case} has no zone")
    return Event(
        name=name,
        at=at,
        resource=values.get("org:resource", ""),
        role=values.get("org:role", ""),
        title=values.get("banhanh:title", ""),
        asked=int(asked) if asked.isdecimal() and len(asked) < 6 else None,
    )


def _values(element: Any) -> dict[str, str]:
    """Give the attributes of a trace or an event; of a key that comes twice, the first."""
    found: dict[str, str] = {}
    for one in element:
        key, value = one.get("key"), one.get("value")
        if key is not None and value is not None:
            if len(value) > LONGEST_VALUE:
                raise UnreadableLog(f"a value of {key} is longer than {LONGEST_VALUE} characters")
            found.setdefault(key, value)
    return found


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
