"""Whoever looks back on finished cases gets them as a log without names, and learns which went astray."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from offices.dates import local_day
from offices.models import User
from tests.builders import sent
from tests.mining import LAWFUL, a_trace
from tests.pages import OnTheWay, the_office
from workflows import mining
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.models import Case
from workflows.selectors import traces

NAME = "Lò Thị Mai Khôi"


def exported(file, *options: str) -> list[mining.Trace]:
    call_command("export_xes", "--output", str(file), *options, stdout=io.StringIO())
    with file.open("rb") as log:
        return list(mining.read_log(log))


def checked(*arguments: str) -> tuple[int, str]:
    said = io.StringIO()
    try:
        call_command("check_conformance", *arguments, stdout=said)
    except SystemExit as left:
        return int(str(left.code)), said.getvalue()
    return 0, said.getvalue()


@pytest.fixture
def way(db, settings):
    return OnTheWay(the_office(settings))


def withdraws(way: OnTheWay) -> None:
    form = {**way.ticket("rut"), "reason": "Chờ văn bản cấp trên."}
    address = reverse("withdraw", args=[way.case.pk])
    assert way.browser("tp-noivu").post(address, form).status_code == 302


def test_every_finished_case_is_in_the_log_and_kept_its_procedure(example, tmp_path):
    found = exported(tmp_path / "cases.xes")
    ended = Case.objects.exclude(ended_at=None).select_related("document").order_by("pk")
    assert [one.case for one in found] == [f"{one.document.reference}/{one.pk}" for one in ended]
    assert len(found) >= 2
    for trace in found:
        assert trace.flow == "issuance_v1"
        assert trace.events[0].name == "begin:submitted"
        assert all(before.at <= after.at for before, after in pairwise(trace.events))
    assert checked() == (0, f"Đã đối chiếu {len(found)} hồ sơ; đi lệch quy trình: 0.\n")
    assert checked(str(tmp_path / "cases.xes")) == checked()


def test_a_log_names_posts_and_no_person(example, tmp_path):
    User.objects.update(display_name=NAME)
    found = exported(tmp_path / "cases.xes")
    signed = [e for trace in found for e in trace.events if e.name == "sign:signed"]
    assert signed
    assert all("Chủ tịch" in one.resource and one.role == "sign" for one in signed)
    text = (tmp_path / "cases.xes").read_text(encoding="utf-8")
    assert NAME not in text
    usernames = User.objects.values_list("username", flat=True)
    assert [one for one in usernames if f'"{one}"' in text] == []


def test_a_log_of_some_days_holds_the_cases_that_ended_on_them(example, tmp_path):
    days = sorted(
        local_day(at)
        for at in Case.objects.exclude(ended_at=None).values_list("ended_at", flat=True)
    )
    of_first = exported(tmp_path / "a.xes", "--until", days[0].isoformat())
    later = exported(tmp_path / "b.xes", "--from", days[-1].isoformat())
    assert len(of_first) == days.count(days[0])
    assert len(later) == days.count(days[-1])
    with pytest.raises(CommandError, match="Ngày cuối đứng trước ngày đầu"):
        exported(tmp_path / "c.xes", "--from", "2024-02-02", "--until", "2024-02-01")


def test_a_case_is_told_act_by_act(way, tmp_path):
    way.brought_to("check_form")
    assert way.sends("cvp", "tra-lai", reason="Thiếu căn cứ.").status_code == 302
    withdraws(way)
    (trace,) = exported(tmp_path / "one.xes")
    assert [one.name for one in trace.events] == [
        *LAWFUL["straight"][:8], "check_form:returned", "withdraw",
    ]  # fmt: skip
    opened = trace.events[2]
    assert (opened.asked, opened.title) == (3, "Mở lượt lấy ý kiến")
    assert mining.deviations(trace, IssuanceFlowV1) == []


def test_what_was_taken_back_is_told_with_its_step(way, tmp_path):
    way.brought_to("sign")
    form = {**way.ticket(""), "reason": ""}
    assert way.browser("cvp").post(f"/ho-so/{way.case.pk}/lay-lai/", form).status_code == 302
    withdraws(way)
    (trace,) = exported(tmp_path / "one.xes")
    assert [one.name for one in trace.events][-3:] == [
        "check_form:passed", "take_back:check_form", "withdraw",
    ]  # fmt: skip
    assert mining.deviations(trace, IssuanceFlowV1) == []


def test_a_case_that_went_astray_is_named_and_the_command_fails(db, tmp_path):
    names = [name for name in LAWFUL["straight"] if name != "check_form:passed"]
    with (tmp_path / "wrong.xes").open("wb") as file:
        mining.write_log([a_trace(*LAWFUL["straight"]), a_trace(*names)], file)
    code, said = checked(str(tmp_path / "wrong.xes"))
    assert code == 1
    assert "signed_before_check: 15/01/2024" in said
    assert said.endswith("Đã đối chiếu 2 hồ sơ; đi lệch quy trình: 1.\n")


def test_what_cannot_be_read_or_written_is_said_with_what_to_do(db, tmp_path):
    with pytest.raises(CommandError, match=r"Không ghi được nhật ký.*Chọn tệp khác"):
        exported(tmp_path / "none" / "cases.xes")
    with pytest.raises(CommandError, match=r"Không đọc được nhật ký.*quyền đọc"):
        checked(str(tmp_path / "none.xes"))
    (tmp_path / "bad.xes").write_text("<pnml/>", encoding="utf-8")
    with pytest.raises(CommandError, match="không phải nhật ký có thể đối chiếu"):
        checked(str(tmp_path / "bad.xes"))
    with (tmp_path / "other.xes").open("wb") as file:
        mining.write_log([a_trace("begin:submitted", flow="issuance_v9")], file)
    with pytest.raises(CommandError, match=r"issuance_v9.*Các quy trình hiện có: .*issuance_v1"):
        checked(str(tmp_path / "other.xes"))


def test_a_log_takes_four_statements_however_many_cases(example):
    with CaptureQueriesContext(connection) as captured:
        many = len(list(traces.finished()))
    assert many >= 2
    assert len(sent(captured)) == 4
