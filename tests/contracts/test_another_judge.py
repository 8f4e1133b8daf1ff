"""pm4py judges the same cases, from our files alone: the log as XES, the procedure as a net in PNML.

Token replay and alignments are both asked. It runs in an environment of its own, in one process
for all cases, and knows nothing of how ours judges.
"""

from __future__ import annotations

import io
import json
import random
import subprocess
from collections import defaultdict
from dataclasses import replace

import pytest
from django.core.management import call_command

from tests.mining import LAWFUL, a_trace, astray
from tests.skips import find_pm4py
from workflows import mining
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.mining import Fault

JUDGE = """
import json, sys, warnings
warnings.simplefilter("ignore")
import pm4py
net, begins, ends = pm4py.read_pnml(sys.argv[1])
log = pm4py.convert_to_event_log(pm4py.read_xes(sys.argv[2]))
cases = [trace.attributes["concept:name"] for trace in log]
aligned = pm4py.conformance_diagnostics_alignments(log, net, begins, ends)
replayed = pm4py.conformance_diagnostics_token_based_replay(log, net, begins, ends)
json.dump({
    case: [one["fitness"] == 1.0, other["trace_is_fit"]]
    for case, one, other in zip(cases, aligned, replayed, strict=True)
}, open(sys.argv[3], "w"))
"""
STRAIGHT = LAWFUL["straight"]
DEVIATING = {
    "a reviewer skipped": (Fault.SKIPPED_REVIEWER, [*STRAIGHT[:5], *STRAIGHT[6:]]),
    "signed before the check": (
        Fault.SIGNED_BEFORE_CHECK,
        [name for name in STRAIGHT if name != "check_form:passed"],
    ),
    "issued unsigned": (
        Fault.ISSUED_UNSIGNED,
        [name for name in STRAIGHT if name != "sign:signed"],
    ),
}
MANY = 100


def judged(traces, folder, asked=(3,)) -> dict[str, list[bool]]:
    """What alignments and token replay each say of every case; its rounds ask so many."""
    net, log, answer = folder / "net.pnml", folder / "cases.xes", folder / "answer.json"
    net.write_bytes(mining.pnml(mining.unfolded(IssuanceFlowV1, asked=asked)))
    with log.open("wb") as file:
        mining.write_log(traces, file)
    command = [find_pm4py(), "-c", JUDGE, net, log, answer]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(answer.read_text(encoding="utf-8"))


@pytest.mark.pm4py
def test_two_judges_agree_on_every_case_lawful_and_astray(tmp_path):
    named = {**LAWFUL, **{name: acts for name, (_fault, acts) in DEVIATING.items()}}
    chance = random.Random(1849)
    named |= {f"astray {number}": astray(chance) for number in range(MANY)}
    traces = [replace(a_trace(*acts, asked=3), case=name) for name, acts in named.items()]
    ours = {one.case: mining.deviations(one, IssuanceFlowV1) for one in traces}
    theirs = judged(traces, tmp_path)

    assert theirs == {name: [not found, not found] for name, found in ours.items()}
    for name in LAWFUL:
        assert theirs[name] == [True, True]
    for name, (fault, _acts) in DEVIATING.items():
        assert fault in {one.fault for one in ours[name]}
        assert theirs[name] == [False, False]
    kept = sum(not found for name, found in ours.items() if name.startswith("astray"))
    assert 0 < kept < MANY / 2


@pytest.mark.pm4py
def test_what_the_product_exports_keeps_the_net(example, tmp_path):
    file = tmp_path / "exported.xes"
    call_command("export_xes", "--output", str(file), stdout=io.StringIO())
    with file.open("rb") as log:
        traces = list(mining.read_log(log))
    by_rounds = defaultdict(list)
    for one in traces:
        by_rounds[tuple(event.asked for event in one.events if event.asked)].append(one)
    assert by_rounds.keys() >= {(5,), (3,)}, "the example has rounds of several sizes"
    for asked, cases in by_rounds.items():
        said = judged(cases, tmp_path, asked=asked or (1,))
        assert set(map(tuple, said.values())) == {(True, True)}, asked
