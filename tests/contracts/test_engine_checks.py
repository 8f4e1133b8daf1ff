"""No unsafe flow starts: the system checks, and what a flow class refuses to be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from viewflow import this
from viewflow.workflow import flow as stock
from viewflow.workflow import lock
from viewflow.workflow.base import Flow, Node
from viewflow.workflow.models import Process, Task

from offices.roles import Capability
from tests.playing import Play, a_person
from workflows.checks import faults_of_flows, installed_flows, resolves
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.nodes import Begin, Finish, Procedure, UserTask

NAMES = "workflows/flows.issuance_v1.IssuanceFlowV1"


def nothing(*args, **kwargs):
    """Stand for whatever a stock node wants to call."""


FOREIGN = {
    "Start": lambda: stock.Start(nothing).Next(this.finish),
    "StartHandle": lambda: stock.StartHandle().Next(this.finish),
    "StartTimer": lambda: stock.StartTimer(interval=timedelta(days=1)).Next(this.finish),
    "View": lambda: stock.View(nothing).Next(this.finish),
    "ManualTask": lambda: stock.ManualTask(nothing).Next(this.finish),
    "Function": lambda: stock.Function(nothing).Next(this.finish),
    "BusinessRule": lambda: stock.BusinessRule(nothing).Next(this.finish),
    "Handle": lambda: stock.Handle().Next(this.finish),
    "SendHandle": lambda: stock.SendHandle(nothing).Next(this.finish),
    "MessageCatch": lambda: stock.MessageCatch().Next(this.finish),
    "MessageThrow": lambda: stock.MessageThrow(nothing).Next(this.finish),
    "If": lambda: stock.If(nothing).Then(this.finish).Else(this.finish),
    "Switch": lambda: stock.Switch().Default(this.finish),
    "Split": lambda: stock.Split().Next(this.finish),
    "SplitFirst": lambda: stock.SplitFirst().Next(this.finish),
    "Join": lambda: stock.Join().Next(this.finish),
    "Timer": lambda: stock.Timer(delay=timedelta(days=1)).Next(this.finish),
    "ConditionalCatch": lambda: stock.ConditionalCatch(nothing).Next(this.finish),
    "SignalThrow": lambda: stock.SignalThrow("any").Next(this.finish),
    "SignalCatch": lambda: stock.SignalCatch("any").Next(this.finish),
    "EscalationThrow": lambda: stock.EscalationThrow("any").Next(this.finish),
    "CompensateThrow": lambda: stock.CompensateThrow().Next(this.finish),
    "End": stock.End,
    "TerminateEnd": stock.TerminateEnd,
    "ErrorEnd": lambda: stock.ErrorEnd("code"),
    "Obsolete": stock.Obsolete,
}


def codes(flow_class: type[Flow]) -> set[str]:
    return {error.id.removeprefix("workflows.") for error in faults_of_flows([flow_class])}


def a_flow(*bases: type, **attributes: object) -> type[Flow]:
    """A sound little flow, except for what is given."""
    sound = {
        "begin": Begin(lane=Capability.DRAFT).TakenBackTo(this.step).Next(this.step),
        "step": UserTask(lane=Capability.SIGN).On("done", this.finish),
        "finish": Finish(),
    }
    return type("SomeFlow", bases or (Procedure, Flow), {**sound, **attributes})


def test_a_sound_flow_passes():
    assert codes(a_flow()) == set()


def test_every_installed_flow_is_sound():
    assert IssuanceFlowV1 in installed_flows()
    assert faults_of_flows(installed_flows()) == []
    call_command("check")


@pytest.mark.parametrize("name", FOREIGN)
def test_no_stock_node_passes(name):
    """Views anybody can post to, timers that outlive their host, signals sent after a rollback,
    gateways whose conditions run several times, ends that stamp wall time."""
    step = UserTask(lane=Capability.SIGN).On("done", this.finish).On("other", this.foreign)
    assert codes(a_flow(foreign=FOREIGN[name](), step=step)) == {"E003"}, name


def test_every_stock_node_there_is_was_tried():
    offered = {name for name in stock.__all__ if issubclass(getattr(stock, name), Node)}
    assert offered == set(FOREIGN)


def test_a_subclass_of_our_own_node_is_foreign_too():
    class Sly(UserTask):
        """A step with a page of its own."""

    step = Sly(lane=Capability.SIGN).On("done", this.finish)
    assert codes(a_flow(step=step)) == {"E003"}


@pytest.mark.parametrize(
    "unsafe",
    [
        lock.no_lock,
        lock.cache_lock,
        lock.select_for_update_lock,
        lock.SelectForUpdateLock(nowait=True, attempts=1),
        lock.SelectForUpdateLock(nowait=False, attempts=5),
    ],
)
def test_no_other_lock_passes(unsafe):
    """No lock doubled tasks in every race; one that does not wait answers with an error page."""
    assert codes(a_flow(lock_impl=unsafe)) == {"E002"}


def test_a_flow_with_viewflows_own_doors_does_not_pass():
    assert codes(a_flow(Flow)) == {"E001", "E002"}


def test_a_flow_begins_once():
    begin = Begin(lane=Capability.DRAFT).TakenBackTo(this.step).Next(this.step)
    assert codes(a_flow(second=begin)) == {"E004"}


def test_every_step_of_a_person_has_a_lane():
    assert codes(a_flow(step=UserTask(lane=None).On("done", this.finish))) == {"E005"}


def test_no_step_stands_apart():
    apart = UserTask(lane=Capability.SIGN).On("done", this.finish)
    assert codes(a_flow(apart=apart)) == {"E006"}


def test_an_edge_to_nothing_is_no_flow():
    with pytest.raises(AttributeError, match="nowhere"):
        a_flow(step=UserTask(lane=Capability.SIGN).On("done", this.nowhere))


def test_an_outcome_leads_one_way():
    step = UserTask(lane=Capability.SIGN).On("done", this.finish)
    with pytest.raises(ValueError, match="twice"):
        step.On("done", this.other)


def test_a_flow_cannot_inherit_nodes():
    """Edges of inherited nodes led into the flow they came from."""
    with pytest.raises(TypeError, match="share nodes"):
        type("Version2", (IssuanceFlowV1,), {})
    mixin = type("Mixin", (), {"step": UserTask(lane=Capability.SIGN).On("done", this.finish)})
    with pytest.raises(TypeError, match="share nodes"):
        type("Mixed", (Procedure, mixin, Flow), {"finish": Finish()})


def test_two_flows_do_not_share_the_nodes_they_were_declared_with():
    one, other = a_flow(), a_flow()
    assert one.step is not other.step
    assert one.step.following("done") is one.finish
    assert other.step.following("done") is other.finish


@pytest.mark.parametrize("node", IssuanceFlowV1.instance.nodes(), ids=lambda node: node.name)
def test_a_stored_name_of_a_step_resolves(node):
    assert resolves(f"{NAMES}.{node.name}", is_node=True)


@pytest.mark.parametrize(
    "lost",
    [
        "",
        "nonsense",
        "workflows/IssuanceFlowV1",
        f"{NAMES}.approve",
        "workflows/flows.issuance_v0.IssuanceFlowV0.sign",
        "workflows/nodes.UserTask.sign",
        "removed/flows.issuance_v1.IssuanceFlowV1.sign",
    ],
)
def test_a_stored_name_that_leads_nowhere_is_found(lost):
    assert not resolves(lost, is_node=True)


@pytest.mark.django_db
def test_the_check_names_the_step_that_stored_rows_would_lose():
    """A renamed node made pages fail for everybody who had a task there."""
    play = Play.begin(a_person())
    play.to_round([play.by])
    call_command("check", databases=["default"])
    Task.objects.filter(pk=play.first.pk).update(flow_task=f"{NAMES}.approve")
    with pytest.raises(SystemCheckError, match=r"IssuanceFlowV1\.approve.*E007|E007.*approve"):
        call_command("check", databases=["default"])


@pytest.mark.django_db
def test_the_check_names_the_flow_that_stored_rows_would_lose():
    Play.begin(a_person())
    Process.objects.update(flow_class="workflows/flows.issuance_v0.IssuanceFlowV0")
    with pytest.raises(SystemCheckError, match=r"issuance_v0\.IssuanceFlowV0"):
        call_command("check", databases=["default"])
