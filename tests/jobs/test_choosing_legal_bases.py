"""Papers that a decision can rest on: how they are found, and how they are cited."""

from __future__ import annotations

import pytest

from documents import citing, policies
from documents.content.numbers import LAW_TYPES
from documents.importing.text import read_text
from documents.models import Document, Origin
from documents.services import externals
from workflows.example.acts import text_of

AUTHOR = "cv-noivu"
PLAN = text_of("ke-hoach-danh-gia-noi-bo-2024")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("QĐ1073", "1073/QĐ-CT"),
        ("1073/QĐ-CT ngày 04/7/2023", "1073/QĐ-CT"),
        ("Quyết định số 19/2014/QĐ-TTg ngày 05 tháng 3 năm 2014", "19/2014/QĐ-TTg"),
        ("luat to chuc chinh quyen dia phuong", "Luật"),
    ],
)
def test_the_picker_is_asked_as_the_search_is(example, typed, first):
    papers = policies.readable(example.people[AUTHOR], at=example.now)
    found = citing.citable(papers, typed, on=example.today)
    assert next(one.cited_as or one.type_name for one in found) == first


def test_every_citable_paper_is_written_so_that_it_is_read_as_itself(example):
    papers = policies.readable(example.people[AUTHOR], at=example.now)
    found = [
        one for words in ("luật", "nghị định", "quyết định", "chất lượng", "10")
        for one in citing.citable(papers, words, on=example.today)
    ]  # fmt: skip
    assert len({one.pk for one in found}) >= 5
    for paper in found:
        text = PLAN.replace("Theo đề nghị", f"{citing.legal_basis(paper)}\n\nTheo đề nghị", 1)
        basis = read_text(text).content.citations[-1]
        (means,) = externals.find_all(basis.instruments, office=example.paper("policy 2024").office)
        assert means == paper, citing.legal_basis(paper)


def test_laws_are_cited_by_name_and_the_rest_by_number(example):
    law = Document.objects.filter(origin=Origin.EXTERNAL, type_name__in=LAW_TYPES).first()
    assert citing.legal_basis(law).startswith(f"Căn cứ {law.type_name} {law.subject} ngày ")
    ours = citing.legal_basis(example.paper("1073/QĐ-CT"))
    assert ours.startswith("Căn cứ Quyết định số 1073/QĐ-CT ngày 04 tháng 7 năm 2023 của Chủ tịch ")
