"""A new version of the procedure is deployed while papers are on their way: none is lost or led astray."""

from __future__ import annotations

import io
from datetime import date, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.models import Process, Task

from offices.dates import local_day
from offices.roles import Capability
from tests.builders import sent
from tests.pages import NOW, OnTheWay, the_office
from tests.pages import said as said_on
from tests.source import ROOT
from workflows import engine, flows, policies
from workflows.checks import faults_of_flows, faults_of_versions
from workflows.deadlines import WORKING_DAYS
from workflows.flows import versions
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.flows.versions import ISSUANCE, Version, begins_under
from workflows.models import Case
from workflows.selectors import foresight, progress
from workflows.services.acts import Ticket, acting
from workflows.views import desk_rows
from workflows.views import offered as page_of_paper

V1 = "workflows/flows.issuance_v1.IssuanceFlowV1"


@pytest.fixture
def way(db, settings):
    return OnTheWay(the_office(settings))


@pytest.fixture
def second(monkeypatch):
    """The second version as a released module, and the switch to it on a day."""
    places = [*flows.__path__, str(ROOT / "tests" / "fixtures" / "flows")]
    monkeypatch.setattr(flows, "__path__", places)
    flow_class = import_module("workflows.flows.issuance_v2").IssuanceFlowV2

    work = progress.Work(Capability.CHECK_FORM, "thẩm định pháp lý", progress.CHECKING)
    for known, what in (
        (policies.RULE_OF_NODE, policies.RULE_OF_NODE["check_form"]),
        (policies.OF_NODE, policies.check_can_check_form),
        (WORKING_DAYS, 2),
        (progress.WORK, work),
        (desk_rows.VERBS, "Thẩm định"),
        (page_of_paper.WORDS, ("Thẩm định", "review")),
    ):
        monkeypatch.setitem(known, "legal_check", what)

    def counts_from(day: date):
        held = (*versions.VERSIONS[ISSUANCE], Version(flow_class, day))
        monkeypatch.setitem(versions.VERSIONS, ISSUANCE, held)
        return flow_class

    return counts_from


def look_at_the_law(way: OnTheWay) -> None:
    """The use case a second version brings along: its own step, done like any other."""
    task = next(one for one in engine.open_tasks([way.case.pk]))
    at = way.at
    with acting(
        "legal_check",
        case_id=way.case.pk,
        ticket=Ticket(task.pk, way.case.revision.content_digest, uuid4()),
        node="legal_check",
        check=policies.check_can_check_form,
        by=way.cast.people["cvp"],
        at=at,
    ) as act:
        act.record("paper.checked", details={"slip": "TĐ-01"})
        act.complete("lawful")


def waits_at(way: OnTheWay) -> list[str]:
    return [one.flow_task.name for one in engine.open_tasks([way.case.pk])]


def flow_of(case: Case):
    return Process.objects.get(pk=case.pk).flow_class


def told(*options: str) -> str:
    said = io.StringIO()
    call_command("check_flows", *options, stdout=said)
    return said.getvalue()


def test_a_running_case_ends_as_it_began_while_new_ones_begin_under_the_second(way, second):
    way.brought_to("check_form")
    flow_class = second(local_day(way.at))
    assert faults_of_flows([flow_class]) == faults_of_versions() == []
    newer = OnTheWay(way.cast, at=way.at).brought_to("check_form")

    assert (flow_of(way.case), flow_of(newer.case)) == (IssuanceFlowV1, flow_class)
    assert (waits_at(way), waits_at(newer)) == (["check_form"], ["legal_check"])

    said = told("--dry-run")
    assert f"{way.case.document.reference}/{way.case.pk} (issuance_v1) đang chờ ở “Thẩm tra" in said
    assert "(issuance_v2) đang chờ ở “Thẩm định pháp lý”" in said
    assert "Hồ sơ mới của quy trình issuance bắt đầu theo issuance_v2." in said
    assert "Hồ sơ đang chạy: 2; theo phiên bản cũ cho đến khi kết thúc: 1." in said

    page = newer.browser("cvp").get(f"/van-ban/{newer.case.document.reference}/")
    assert "Thẩm định pháp lý: Đang chờ" in page.content.decode()
    desk = said_on(newer.browser("cvp").get("/ban-lam-viec/"))
    assert "(2) Bàn làm việc" in desk
    assert "Thẩm định" in desk

    look_at_the_law(newer)
    for paper, began in ((way, IssuanceFlowV1), (newer, flow_class)):
        assert waits_at(paper) == ["check_form"]
        assert goes_to_its_end(paper) == {began}
    steps = {
        paper.case.pk: [row.flow_task.name for row in engine.trail(paper.case.pk)]
        for paper in (way, newer)
    }
    assert "legal_check" not in steps[way.case.pk]
    assert steps[newer.case.pk].count("legal_check") == 1
    assert all(one.amiss == () for one in foresight.live())


def goes_to_its_end(paper):
    """Check, sign, number and issue a paper; the flows its steps belong to."""
    paper.paper.check("cvp", "Đủ điều kiện ký.", at=paper.at)
    paper.paper.sign("pct-kinhte", at=paper.at)
    paper.carried_by_hand("vanthu", "register", "cap-so", dated_on=NOW.date().isoformat())
    assert waits_at(paper) == ["issue"]
    sealed = {"copies": "9", "sealed": "on", "compared": "on"}
    paper.carried_by_hand("vanthu", "issue", "phat-hanh", **sealed)
    assert (waits_at(paper), paper.case.ended_how) == ([], "issued")
    rows = engine.trail(paper.case.pk)
    assert rows[-1].flow_task.name == "finish"
    return {row.flow_task.flow_class for row in rows}


def test_a_version_counts_from_its_day_and_not_before(second):
    flow_class = second(date(2024, 3, 1))
    assert begins_under(ISSUANCE, on=date(2024, 2, 29)) is IssuanceFlowV1
    assert begins_under(ISSUANCE, on=date(2024, 3, 1)) is flow_class
    with pytest.raises(LookupError, match="1999-12-31"):
        begins_under(ISSUANCE, on=date(1999, 12, 31))


def test_versions_out_of_order_are_no_deploy(second):
    second(date(2000, 1, 1))
    assert [one.id for one in faults_of_versions()] == ["workflows.E008"]


def test_a_step_that_a_page_or_a_term_does_not_know_is_no_deploy(second, monkeypatch):
    """It would bring down the desk of everybody who may do it."""
    second(date(2024, 3, 1))
    monkeypatch.delitem(desk_rows.VERBS, "legal_check")
    monkeypatch.delitem(WORKING_DAYS, "legal_check")
    said = [f"{one.id} {one.msg}" for one in faults_of_versions()]
    step = "does not know the step IssuanceFlowV2.legal_check."
    assert said == [
        f"workflows.E009 workflows.deadlines.WORKING_DAYS {step}",
        f"workflows.E009 workflows.views.desk_rows.VERBS {step}",
    ]


def test_a_deploy_without_a_stored_step_is_refused_naming_the_papers(way):
    way.brought_to("sign")
    assert "Mọi quy trình và bước đã lưu đều có" in told()
    task = engine.open_tasks([way.case.pk])[0]
    Task.objects.filter(pk=task.pk).update(flow_task=f"{V1}.approve")
    said = io.StringIO()
    with pytest.raises(CommandError, match="Không triển khai bản này"):
        call_command("check_flows", stdout=said)
    assert f"{V1}.approve không có trong mã nguồn này" in said.getvalue()
    assert f"hồ sơ đang chạy: {way.case.document.reference};" in said.getvalue()


def test_a_deploy_without_the_class_of_an_ended_case_is_refused_too(way):
    way.brought_to("sign")
    Case.objects.update(ended_at=way.at + timedelta(days=1), ended_how="withdrawn")
    Process.objects.update(flow_class="workflows/flows.issuance_v0.IssuanceFlowV0")
    said = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_flows", stdout=said)
    assert f"đã kết thúc: {way.case.document.reference}." in said.getvalue()


def test_a_released_class_changed_in_meaning_is_refused_with_the_case_it_leads_astray(
    way, monkeypatch
):
    """The same names, another order: everything resolves, and the case could never have come here."""
    way.brought_to("check_form")
    node = IssuanceFlowV1.instance.node("conclude")
    ways = dict(node._ways) | {"endorsed": IssuanceFlowV1.instance.node("sign")}
    monkeypatch.setattr(node, "_ways", ways)
    said = io.StringIO()
    with pytest.raises(CommandError, match="viết phiên bản mới"):
        call_command("check_flows", stdout=said)
    assert "đang chờ ở “Thẩm tra, kiểm tra thể thức”" in said.getvalue()
    assert "dẫn đến “Ký ban hành”" in said.getvalue()


def test_foreseeing_takes_three_statements_and_writes_nothing(way):
    way.brought_to("opinion")
    with CaptureQueriesContext(connection) as captured:
        (one,) = foresight.live()
    assert len(sent(captured)) == 3
    assert all(sql.startswith("SELECT") for sql in sent(captured))
    assert one.waits == "Lấy ý kiến Ban Chỉ đạo ISO"
    assert one.ways[:2] == ("đủ ý kiến → Kết luận", "Rút văn bản → Đã rút")
    assert "Hết hạn → Kết luận" in one.ways
