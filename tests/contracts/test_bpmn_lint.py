"""Every exported diagram keeps the recommended rules of bpmnlint, warnings included."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.skips import BPMNLINT
from workflows import bpmn


def linted(data: bytes, folder) -> subprocess.CompletedProcess[str]:
    """What the linter says of a file, and whether it is content."""
    file = folder / "drawn.bpmn"
    file.write_bytes(data)
    linter = BPMNLINT / "node_modules" / "bpmnlint" / "bin" / "bpmnlint.js"
    command = ["node", linter, "--max-warnings=0", "--config", BPMNLINT / ".bpmnlintrc", file]
    return subprocess.run(command, cwd=BPMNLINT, capture_output=True, text=True, check=False)


@pytest.mark.bpmnlint
@pytest.mark.parametrize("name", sorted(bpmn.procedures()))
def test_every_procedure_keeps_every_rule(name, tmp_path):
    said = linted(bpmn.bpmn(bpmn.drawn(bpmn.read(bpmn.procedure(name)))), tmp_path)
    assert said.returncode == 0, said.stdout + said.stderr
    assert said.stdout.strip() == ""


@pytest.mark.bpmnlint
@pytest.mark.parametrize(
    ("rule", "written", "instead"),
    [
        ("label-required", 'name="Kết quả?"', 'name=""'),
        ("no-overlapping-elements", '<dc:Bounds x="', '<dc:Bounds x="3'),
    ],
)
def test_a_diagram_that_breaks_a_rule_is_found(rule, written, instead, tmp_path):
    drawn = bpmn.bpmn(bpmn.drawn(bpmn.read(bpmn.procedure("issuance_v1"))))
    broken = drawn.replace(written.encode(), instead.encode())
    assert broken != drawn
    said = linted(broken, tmp_path)
    assert said.returncode == 1, said.stderr
    assert rule in said.stdout


def test_the_linter_is_locked_by_digest_and_names_no_host():
    lock = json.loads((BPMNLINT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert "node_modules/bpmnlint" in packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert package["integrity"].startswith("sha512-"), name
