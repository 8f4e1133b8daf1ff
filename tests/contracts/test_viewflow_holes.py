"""Each known hole of the stock engine, held against ours: none of them can occur here.

Where the stock part still has the hole, the test shows that too; otherwise it could pass for
another reason. Holes of flows and of locks are in `test_engine_checks.py` and
`test_engine_races.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver
from viewflow.fsm.base import TransitionMethod
from viewflow.workflow import signals, timers
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Flow
from viewflow.workflow.exceptions import FlowRuntimeError
from viewflow.workflow.models import Process, Task
from viewflow.workflow.nodes import EndActivation, View

from offices.exceptions import NeverDeleted
from tests.playing import BEGAN, Play, a_person, people, stored
from workflows import engine
from workflows.checks import OUR_NODES
from workflows.exceptions import CaseEnded
from workflows.flows.issuance_v1 import IssuanceFlowV1

STOCK_MOVES = {"assign", "unassign", "reassign", "cancel", "undo", "revive", "error", "resume"}
NODES = list(IssuanceFlowV1.instance.nodes())


def moves_of(activation_class: type) -> set[str]:
    names = dir(activation_class)
    return {n for n in names if isinstance(getattr(activation_class, n), TransitionMethod)}


# --- pages --------------------------------------------------------------------------------


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found = []
    for entry in resolver.url_patterns:
        found += patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def test_no_address_leads_into_viewflow():
    entries = patterns(get_resolver())
    assert entries
    reached = [
        str(entry.pattern)
        for entry in entries
        if (getattr(entry.callback, "view_class", None) or entry.callback).__module__.startswith(
            "viewflow"
        )
    ]
    assert reached == []


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.name)
def test_a_step_has_no_address_of_its_own(node):
    urls, _app, _namespace = node.urls
    assert [found for entry in urls for found in patterns(entry)] == []
    assert [
        name for name in dir(View) if name.endswith("_view_class") and hasattr(node, name)
    ] == []


def test_viewflows_middleware_is_not_installed_behind_our_back():
    assert [name for name in settings.MIDDLEWARE if name.startswith("viewflow")] == []


# --- moves that rewrite or open ------------------------------------------------------------


def test_the_stock_activation_can_still_undo_and_revive():
    assert moves_of(Activation) >= {"undo", "revive"}


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.name)
def test_no_step_can_be_undone_revived_assigned_or_cancelled_past_the_engine(node):
    assert moves_of(node.activation_class) & STOCK_MOVES == set()


@pytest.mark.parametrize("node_class", OUR_NODES)
@pytest.mark.parametrize("hook", ["OnTimeout", "OnError", "OnEscalation", "CompensateWith"])
def test_nothing_can_be_hung_on_a_step(node_class, hook):
    node = next(node for node in NODES if type(node) is node_class)
    with pytest.raises(TypeError, match="nothing is attached"):
        getattr(node, hook)(timedelta(days=1), then=node)
    assert (node._boundary_events, node._boundary_specs) == ([], [])


@pytest.mark.django_db
def test_a_form_for_one_step_cannot_be_used_on_another():
    """The stock view executed any owned task of the flow: a drafter could sign."""
    play = Play.begin(a_person())
    before = stored()
    for node in NODES:
        if node.name != "propose":
            with pytest.raises(engine.NotThisTask), engine.hold(play.process_id):
                engine.open_task(play.first.pk, process_id=play.process_id, node=node.name)
    assert stored() == before


@pytest.mark.django_db
def test_a_task_cannot_be_reached_under_another_process():
    """The stock view took the lock named by the address, not the task's."""
    by = a_person()
    one, other = Play.begin(by), Play.begin(by)
    with pytest.raises(engine.NotThisTask), engine.hold(other.process_id):
        engine.open_task(one.first.pk, process_id=other.process_id, node="propose")
    with pytest.raises(engine.NotHeld), engine.hold(other.process_id):
        engine.open_task(one.first.pk, process_id=one.process_id, node="propose")


@pytest.mark.django_db
def test_a_step_cannot_be_done_without_holding_its_process():
    play = Play.begin(a_person())
    with engine.hold(play.process_id):
        held = engine.open_task(play.first.pk, process_id=play.process_id, node="propose")
    with pytest.raises(engine.NotHeld):
        engine.complete(held, "proposed", by=play.by, at=play.tick())
    assert play.open_names() == ["propose"]


@pytest.mark.django_db
def test_a_caller_with_a_stale_row_does_not_win():
    play = Play.begin(a_person())
    with engine.hold(play.process_id):
        stale = engine.open_task(play.first.pk, process_id=play.process_id, node="propose")
        engine.complete(play.first, "proposed", by=play.by, at=play.tick())
        with pytest.raises(engine.StepDone) as refused:
            engine.complete(stale, "returned", by=a_person(), at=play.tick())
    assert refused.value.task.owner == play.by
    assert play.open_names() == ["open_round"]


@pytest.mark.django_db
def test_a_second_click_does_not_find_the_next_task_of_the_same_step():
    """Refer loops to the same node with the same digest: the act names its task."""
    play = Play.begin(a_person())
    sign = play.to("sign")
    (again,) = play.act(sign, "referred")
    with pytest.raises(engine.StepDone) as refused:
        play.act(sign, "referred")
    assert refused.value.task.pk == sign.pk
    assert [task.pk for task in engine.open_tasks([play.process_id])] == [again.pk]


# --- who may --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_row_is_open_to_everybody_in_the_stock_queue():
    """A stock row without owner permission stood in every user's queue."""
    somebody = a_person()
    play = Play.begin(somebody)
    play.to_round([somebody])
    for listing in ("inbox", "queue", "archive"):
        assert list(getattr(Task.objects, listing)([IssuanceFlowV1], somebody)) == []
    assert list(Task.objects.user_queue(somebody)) == []
    assert set(Task.objects.values_list("owner_permission", flat=True)) == {None}


@pytest.mark.django_db
def test_viewflow_lets_nobody_see_or_manage_a_process():
    somebody = a_person()
    play = Play.begin(somebody)
    flow = IssuanceFlowV1.instance
    for process in (None, play.process):
        assert not flow.has_view_permission(somebody, process)
        assert not flow.has_manage_permission(somebody, process)


@pytest.mark.django_db
def test_an_account_that_acted_cannot_be_deleted_with_what_it_did():
    """The stock task falls with its owner: deleting a person deleted what they had done."""
    play = Play.begin(a_person())
    play.to_the_end()
    before = stored()
    for delete in (play.by.delete, type(play.by).objects.filter(pk=play.by.pk).delete):
        with pytest.raises(NeverDeleted):
            delete()
    table = connection.ops.quote_name(type(play.by)._meta.db_table)
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [play.by.pk])
        connection.check_constraints()
    assert stored() == before


# --- the clock ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nothing_played_in_2024_carries_the_time_of_today():
    """Stock start, end, `process.finished` and cancel stamp wall time."""
    play = Play.begin(a_person())
    (step,) = play.act(play.first, "returned")
    (step,) = play.act(step, "resubmitted")
    play.act(step, "proposed")
    play.take_back(step)
    ended = Play.begin(play.by, play.tick())
    ended.to_the_end()
    silent = Play.begin(play.by, ended.tick())
    round_, _asked = silent.to_round(people(2))
    silent.close(round_)
    play.at = silent.at
    play.withdraw()
    last = play.at
    times = [t for row in Process.objects.values_list("created", "finished") for t in row if t]
    columns = ("created", "assigned", "started", "finished", "scheduled")
    times += [t for row in Task.objects.values_list(*columns) for t in row if t]
    assert len(times) > 60
    assert (min(times), max(times)) == (BEGAN, last)


@pytest.mark.django_db
def test_a_process_ends_at_the_time_of_the_act_that_ended_it():
    play = Play.begin(a_person())
    play.to_the_end()
    assert (play.process.status, play.process.finished) == ("DONE", play.at)
    other = Play.begin(play.by)
    other.withdraw()
    assert (other.process.status, other.process.finished) == ("CANCELED", other.at)


@pytest.mark.django_db
def test_a_time_without_a_zone_is_refused():
    play = Play.begin(a_person())
    play.at = datetime(2024, 1, 15, 8, 0)  # noqa: DTZ001
    for act in (
        lambda: play.act(play.first, "proposed"),
        play.withdraw,
        lambda: play.take_back(play.rows()[0]),
    ):
        with pytest.raises(ValueError, match="aware"):
            act()
    assert play.open_names() == ["propose"]


# --- ends, timers, signals, errors ----------------------------------------------------------


@pytest.mark.django_db
def test_viewflows_own_cancel_is_refused_and_would_find_nothing_to_cancel_with():
    play = Play.begin(a_person())
    before = stored()
    with pytest.raises(TypeError, match="withdraw"):
        IssuanceFlowV1.instance.cancel(play.process)
    with pytest.raises(FlowRuntimeError, match="Can't cancel"):
        Flow.cancel(IssuanceFlowV1.instance, play.process)
    assert stored() == before


@pytest.mark.django_db
def test_not_one_signal_of_viewflow_is_sent():
    """A stock end sends `task_finished` twice, the first time unfinished."""
    heard = []

    def listen(**facts):
        heard.append(facts)

    channels = [
        signals.flow_started, signals.flow_finished,
        signals.task_started, signals.task_finished, signals.task_failed,
    ]  # fmt: skip
    for channel in channels:
        channel.connect(listen)
    try:
        Play.begin(a_person()).to_the_end()
        signals.task_finished.send(sender=EndActivation)
    finally:
        for channel in channels:
            channel.disconnect(listen)
    assert len(heard) == 1


@pytest.mark.django_db
def test_viewflows_timers_find_nothing_to_fire():
    play = Play.begin(a_person())
    play.to_round(people(2))
    later = datetime(2100, 1, 1, tzinfo=UTC)
    before = stored()
    assert timers.fire_due_timers() == timers.fire_due_conditions() == 0
    assert not Task.objects.filter(scheduled__lte=later).exists()
    assert stored() == before


@pytest.mark.django_db
def test_a_failing_act_leaves_no_error_row_with_its_variables():
    """A stock background failure stored the frame's variables, personal data with them."""
    play = Play.begin(a_person())
    (step,) = play.act(play.first, "proposed")
    before = stored()
    nobody = type(play.by)(pk=10**6)
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012
        play.act(step, "opened", owners=[nobody])
        connection.check_constraints()
    assert stored() == before
    assert not Task.objects.filter(status="ERROR").exists()


@pytest.mark.django_db
def test_a_finished_process_has_no_open_task_and_takes_no_act():
    """A stock end leaves a process running when another row is open, or over when one failed."""
    play = Play.begin(a_person())
    play.to_the_end()
    assert play.open_names() == []
    last = play.rows()[-2]
    before = stored()
    for act in (
        lambda: play.act(last, "issued"),
        play.withdraw,
        lambda: play.take_back(last),
    ):
        with pytest.raises(CaseEnded):
            act()
    assert stored() == before


@pytest.mark.django_db
def test_a_process_that_would_end_beside_an_open_task_is_refused():
    play = Play.begin(a_person())
    step = play.to("issue")
    stray = Task(process_id=play.process_id, flow_task=IssuanceFlowV1.sign, created=play.at)
    stray.save()
    before = stored()
    with pytest.raises(engine.OrphanedTask), transaction.atomic():
        play.act(step, "issued")
    assert stored() == before


@pytest.mark.django_db
def test_no_generic_reference_is_stored():
    """They hold 32 bits, bind nothing, and cost a look-up of the content type each."""
    Play.begin(a_person()).to_the_end()
    columns = [
        field.attname
        for field in Task._meta.concrete_fields
        if field.attname.startswith(("seed_", "artifact_", "owner_permission", "external_"))
    ]
    assert len(columns) == 8
    assert {value for row in Task.objects.values_list(*columns) for value in row} == {None}
