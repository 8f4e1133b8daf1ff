"""The version these contracts speak of, and the parts of viewflow that our nodes stand on.

Underscored names may change with any release: an upgrade begins by making this file pass.
"""

from __future__ import annotations

import inspect
import re
from importlib.metadata import version

import pytest
from django.apps import apps
from django.conf import settings
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Flow, Node
from viewflow.workflow.lock import NoLock, SelectForUpdateLock
from viewflow.workflow.models import Task
from viewflow.workflow.status import PROCESS, STATUS
from viewflow.workflow.token import Token


def test_the_installed_version_is_the_one_these_contracts_were_written_for():
    assert version("django-viewflow") == "2.4.0"


def test_the_requirement_is_pinned_exactly():
    pinned = (settings.BASE_DIR / "requirements.txt").read_text(encoding="utf-8")
    assert re.search(r"^django-viewflow==2\.4\.0\b", pinned, re.MULTILINE)


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (Node._resolve, ["self", "instance"]),
        (Node._outgoing, ["self"]),
        (Node._create, ["self", "prev_activation", "token", "data", "seed"]),
        (Activation.create, ["flow_task", "prev_activation", "token", "data", "seed"]),
        (Edge.__init__, ["self", "src", "dst", "edge_class", "label"]),
        (SelectForUpdateLock.__init__, ["self", "nowait", "attempts"]),
        (Token.split_token_source, ["prev_token", "task_pk"]),
    ],
)
def test_what_our_nodes_override_or_call_has_the_shape_they_expect(function, parameters):
    assert list(inspect.signature(function).parameters) == parameters


def test_a_token_names_its_round():
    tokens = Token.split_token_source("start", 12)
    assert [str(next(tokens).token), str(next(tokens).token)] == ["start/12_1", "start/12_2"]


def test_the_rows_have_the_columns_that_are_written():
    columns = {field.attname for field in Task._meta.concrete_fields}
    assert columns >= {
        "process_id", "flow_task", "flow_task_type", "status", "token", "owner_id", "data",
        "created", "assigned", "started", "finished",
    }  # fmt: skip
    through = {field.attname for field in Task.previous.through._meta.concrete_fields}
    assert through == {"id", "from_task_id", "to_task_id"}


def test_no_state_was_added_that_the_engine_does_not_know():
    assert set(STATUS.values) == {
        "ASSIGNED", "CANCELED", "DONE", "ERROR", "NEW", "REVIVED", "SCHEDULED", "STARTED",
    }  # fmt: skip
    assert set(PROCESS.values) == {"CANCELED", "DONE", "NEW"}


def test_the_stock_default_is_still_no_lock_and_must_still_be_replaced():
    assert isinstance(Flow.lock_impl, NoLock)


def test_viewflow_comes_without_pending_changes_and_under_the_label_stored_rows_name():
    assert apps.get_app_config("viewflow").name == "viewflow.workflow"
