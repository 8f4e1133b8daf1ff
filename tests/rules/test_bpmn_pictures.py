"""The picture of a procedure: every word as it was given, every step's name, nothing a policy forbids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from offices.roles import Capability
from tests.drawing import a_flow, issuance
from workflows import bpmn
from workflows.bpmn import Note
from workflows.bpmn.picture import ELLIPSIS, wrapped
from workflows.views.procedures import svg

SVG = {"svg": "http://www.w3.org/2000/svg"}
WORDS = st.text(alphabet="aăâđêôơư ỆẬ", min_size=1, max_size=60).filter(str.strip)


def the_step(picture, key):
    (step,) = (step for step in picture.steps if step.key == key)
    return step


def said_in(shape):
    return [line.words for line in shape.lines]


@given(WORDS, st.integers(min_value=30, max_value=300), st.integers(min_value=1, max_value=4))
def test_words_are_broken_between_words_and_never_changed(words, width, most):
    lines = wrapped(words, width, letter=7, most=most)
    assert len(lines) <= most
    given_words, kept = words.split(), " ".join(lines).split(" ")
    if kept[-1].endswith(ELLIPSIS):
        kept[-1] = kept[-1].removesuffix(ELLIPSIS)
        assert len(kept) < len(given_words)
    else:
        assert kept == given_words
    assert kept == given_words[: len(kept)]
    for line in lines:
        assert len(line) <= max(width / 7, *map(len, line.split())) + len(ELLIPSIS)


def test_titles_stand_as_the_procedure_has_them():
    """Engines put every word of them in capitals; an office would not recognise its own words."""
    picture = bpmn.picture(issuance())
    assert said_in(the_step(picture, "check_form")) == ["Thẩm tra, kiểm tra", "thể thức"]
    assert said_in(the_step(picture, "conclude")) == ["Kết luận"]
    assert {label.words for label in picture.labels} >= {"Đã rút", "Hết hạn", "Thống nhất"}


def test_who_and_when_stand_in_the_box_and_are_read_out():
    note = Note("done", "Đã làm", who="Phó Chủ tịch phụ trách kinh tế", when="15/01/2024 09:00")
    step = the_step(bpmn.picture(issuance(), notes={"sign": note}), "sign")
    assert said_in(step) == ["Ký ban hành", "Phó Chủ tịch phụ trách", "kinh tế", "15/01/2024 09:00"]
    assert step.name == "Ký ban hành: Đã làm, Phó Chủ tịch phụ trách kinh tế, 15/01/2024 09:00"
    assert step.look == "done"


def test_what_is_too_long_for_a_box_is_still_read_out_in_full():
    who = "Phó Chủ tịch Ủy ban nhân dân phụ trách khối kinh tế, tài chính, đô thị và môi trường"
    step = the_step(bpmn.picture(issuance(), notes={"sign": Note("done", who=who)}), "sign")
    assert said_in(step)[-1].endswith(ELLIPSIS)
    assert step.name.endswith(who)


@pytest.mark.parametrize("key", ["collect_opinions", "check_form", "rework"])
def test_even_a_full_box_keeps_its_words_off_its_edges_and_events(key):
    note = Note("done", who="Thư ký Ban Chỉ đạo ISO quận An Mẫu", when="15/01/2024 09:00")
    drawn = issuance()
    step = the_step(bpmn.picture(drawn, notes={key: note}), key)
    events = [drawn.boxes[e.key] for e in drawn.diagram.elements if e.host == key]
    for line in step.lines:
        assert step.box.y + 12 < line.y < step.box.bottom - 8
        for event in events:
            beside = line.x >= event.right or line.y < event.y or line.y - 10 > event.bottom
            assert beside, (line.words, event)


def test_the_way_a_case_took_is_marked():
    picture = bpmn.picture(issuance(), taken={"sign--signed", "sign-decided"})
    assert sum(arrow.look == "taken" for arrow in picture.arrows) == 2


def test_the_file_stands_by_itself():
    tree = etree.fromstring(svg(issuance()))
    titles = {title.text for title in tree.iterfind(".//svg:g/svg:title", SVG)}
    assert titles >= {"Ký ban hành", "Lấy ý kiến Ban Chỉ đạo ISO"}
    assert tree.find("svg:style", SVG) is not None
    assert not tree.findall(".//svg:a", SVG), "a file leads nowhere"


@pytest.mark.parametrize("bad", ["<script>x</script>", '"onload="x', "A & B"])
def test_words_are_words_whatever_is_in_them(bad):
    flow = a_flow([(Capability.PROPOSE, [1])])
    flow.process_title = bad
    tree = etree.fromstring(svg(bpmn.drawn(bpmn.read(flow))))
    assert tree.findtext("svg:title", namespaces=SVG) == bad
    assert not tree.findall(".//svg:script", SVG)
