"""System checks: a flow holds our nodes only, under a real lock, and stored names resolve.

`manage.py check` refuses an unsafe flow; `manage.py check --database default` (and `migrate`)
also reads which nodes and flows the stored rows name: a renamed or removed one would turn open
tasks into dead ones.
"""

from __future__ import annotations

import pkgutil
from collections import deque
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.module_loading import import_string
from viewflow.workflow.base import Flow
from viewflow.workflow.lock import SelectForUpdateLock

from workflows import flows
from workflows.deadlines import WORKING_DAYS
from workflows.flows import versions
from workflows.nodes import Begin, Finish, Instance, MultiInstance, Procedure, UserTask
from workflows.policies import OF_NODE, RULE_OF_NODE
from workflows.selectors.progress import WORK
from workflows.views.desk_rows import VERBS
from workflows.views.offered import WORDS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

MOST_NAMED = 20
# What must know every step somebody does.
STEPS_KNOWN: dict[str, Container[str]] = {
    "workflows.policies.rules.RULE_OF_NODE": RULE_OF_NODE,
    "workflows.policies.checks.OF_NODE": OF_NODE,
    "workflows.deadlines.WORKING_DAYS": WORKING_DAYS,
    "workflows.selectors.progress.WORK": WORK,
    "workflows.views.desk_rows.VERBS": VERBS,
    "workflows.views.offered.WORDS": WORDS,
}
OUR_NODES: tuple[Any, ...] = (Begin, Finish, UserTask, MultiInstance, Instance)


@register()
def check_flows(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[Error]:
    """Refuse an unsafe flow among all that installed apps hold."""
    return [*faults_of_flows(installed_flows()), *faults_of_versions()]


@register(Tags.database)
def check_stored_references(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[Error]:
    """Refuse stored flow and node names that resolve to nothing, in each database asked for."""
    return [error for alias in databases or () for error in _lost_references(alias)]


def installed_flows() -> list[type[Flow]]:
    """Give every flow class an installed app holds, ours and any other, by name."""
    for module in pkgutil.iter_modules(flows.__path__, f"{flows.__name__}."):
        import_module(module.name)
    found, queue = set(), deque(Flow.__subclasses__())
    while queue:
        flow_class = queue.popleft()
        queue.extend(flow_class.__subclasses__())
        if apps.get_containing_app_config(flow_class.__module__):
            found.add(flow_class)
    return sorted(found, key=lambda flow_class: (flow_class.__module__, flow_class.__name__))


def faults_of_flows(flow_classes: Iterable[type[Flow]]) -> list[Error]:
    """Say everything that makes these flows unsafe."""
    return [error for flow_class in flow_classes for error in _faults(flow_class)]


def faults_of_versions() -> list[Error]:
    """Say of each procedure what keeps a new case from beginning under the right version.

    A step that a page or a term does not know would bring down the desk of whoever may do it.
    """
    disorder = [
        Error(f"The versions of {name} do not follow one another by day.", id="workflows.E008")
        for name, held in versions.VERSIONS.items()
        if not held or any(one.since >= after.since for one, after in pairwise(held))
    ]
    released = [one.flow_class for held in versions.VERSIONS.values() for one in held]
    return disorder + [error for flow_class in released for error in _unknown_steps(flow_class)]


def _unknown_steps(flow_class: type[Flow]) -> Iterator[Error]:
    for node in flow_class.instance.nodes():
        for place, known in STEPS_KNOWN.items():
            if isinstance(node, UserTask) and node.name not in known:
                name = f"{flow_class.__name__}.{node.name}"
                yield Error(f"{place} does not know the step {name}.", id="workflows.E009")


def _faults(flow_class: type[Flow]) -> Iterator[Error]:
    name = f"{flow_class.__module__}.{flow_class.__name__}"
    nodes = list(flow_class.instance.nodes())
    if not issubclass(flow_class, Procedure):
        yield Error(
            f"{name} is no Procedure: viewflow's own doors stand open.", id="workflows.E001"
        )
    if not _waits_for_its_row(flow_class.lock_impl):
        yield Error(f"{name} has no lock that waits for its process row.", id="workflows.E002")
    if [type(node) for node in nodes].count(Begin) != 1:
        yield Error(f"{name} has not exactly one beginning.", id="workflows.E004")
    for lost in _unreached(nodes):
        yield Error(f"{name}.{lost} is reached by no step.", id="workflows.E006")
    for node in nodes:
        yield from _faults_of_node(node, f"{name}.{node.name}")


def _faults_of_node(node: Any, name: str) -> Iterator[Error]:
    if type(node) not in OUR_NODES:
        yield Error(f"{name} is a foreign node.", id="workflows.E003")
    elif isinstance(node, UserTask | Instance) and node.lane is None:
        yield Error(f"{name} has no lane.", id="workflows.E005")


def _waits_for_its_row(lock: Any) -> bool:
    return type(lock) is SelectForUpdateLock and (lock.nowait, lock.attempts) == (False, 1)


def _unreached(nodes: list[Any]) -> list[str]:
    reached: set[str] = set()
    queue = deque(node for node in nodes if isinstance(node, Begin))
    while queue:
        node = queue.popleft()
        if node.name not in reached:
            reached.add(node.name)
            queue.extend(edge.dst for edge in node._outgoing())
    return sorted(node.name for node in nodes if node.name not in reached)


def _lost_references(alias: str) -> Iterator[Error]:
    for lost in lost_references(alias):
        yield Error(f"Stored rows name {lost.name}, which does not exist.", id="workflows.E007")


@dataclass(frozen=True, slots=True)
class Lost:
    """A stored name that resolves to nothing, and the public references of papers it is found on.

    `live` are those whose case still runs; at most 20 of either are named.
    """

    name: str
    live: tuple[str, ...]
    ended: tuple[str, ...]


def lost_references(alias: str) -> list[Lost]:
    """Give the flow and node names stored in a database that resolve to nothing, by name."""
    tables = connections[alias].introspection.table_names()
    lost = []
    for model, column, case in (
        ("Process", "flow_class", "case"),
        ("Task", "flow_task", "process__case"),
    ):
        model_class = apps.get_model("viewflow", model)
        if model_class._meta.db_table not in tables:
            continue
        # Cast, because reading the field itself turns a lost name into None, or raises.
        stored = model_class._default_manager.using(alias).order_by()
        named = stored.annotate(name=Cast(column, CharField()))
        for name in named.values_list("name", flat=True).distinct():
            if not resolves(name, is_node=column == "flow_task"):
                rows = named.filter(name=name, **{f"{case}__isnull": False})
                lost.append(
                    Lost(name, _papers(rows, case, ended=False), _papers(rows, case, ended=True))
                )
    return sorted(lost, key=lambda one: one.name)


def _papers(rows: Any, case: str, *, ended: bool) -> tuple[str, ...]:
    papers = rows.filter(**{f"{case}__ended_at__isnull": not ended})
    found = papers.values_list(f"{case}__document__reference", flat=True)
    return tuple(found.distinct().order_by(f"{case}__document__reference")[:MOST_NAMED])


def resolves(reference: str, *, is_node: bool) -> bool:
    """Say whether a stored name still leads to a flow, or to a node of one."""
    label, slash, path = reference.partition("/")
    path, dot, node = path.rpartition(".") if is_node else (path, ".", "")
    if not (slash and dot and path):
        return False
    try:
        flow_class: Any = import_string(f"{apps.get_app_config(label).name}.{path}")
    except (ImportError, LookupError):
        return False
    return _is_flow(flow_class) and (
        not is_node or flow_class.instance.node(node, no_obsolete=True) is not None
    )


def _is_flow(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, Flow)
