"""System checks: a flow holds our nodes only, under a real lock, and stored names resolve.

`manage.py check` refuses an unsafe flow; `manage.py check --database default` (and `migrate`)
also reads which nodes and flows the stored rows name: a renamed or removed one would turn open
tasks into dead ones.
"""

from __future__ import annotations

import pkgutil
from collections import deque
from importlib import import_module
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
from workflows.nodes import Begin, Finish, Instance, MultiInstance, Procedure, UserTask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

OUR_NODES: tuple[Any, ...] = (Begin, Finish, UserTask, MultiInstance, Instance)


@register()
def check_flows(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[Error]:
    """Refuse an unsafe flow among all that installed apps hold."""
    return faults_of_flows(installed_flows())


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
    tables = connections[alias].introspection.table_names()
    for model, column in (("Process", "flow_class"), ("Task", "flow_task")):
        model_class = apps.get_model("viewflow", model)
        if model_class._meta.db_table not in tables:
            continue
        # Cast, because reading the field itself turns a lost name into None, or raises.
        stored = model_class._default_manager.using(alias).order_by()
        names = stored.annotate(name=Cast(column, CharField())).values_list("name", flat=True)
        for name in names.distinct():
            if not resolves(name, is_node=column == "flow_task"):
                yield Error(f"Stored rows name {name}, which does not exist.", id="workflows.E007")


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
