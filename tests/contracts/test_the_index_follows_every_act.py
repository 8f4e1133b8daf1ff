"""After any act the index is what it would be if it were made anew: no use case forgets it."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from documents.finding import index, store
from documents.models import Document
from tests.acting import ACTS


def out_of_date():
    """How many papers a rebuild has to write again."""
    return index.rebuild(list(Document.objects.select_related("office").order_by("pk")))


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_leaves_the_index_as_a_rebuild_would(example, name):
    act = ACTS[name](example)
    assert out_of_date() == 0, "before it"

    act()

    assert out_of_date() == 0
    assert store.sound(Document.objects.count())


def test_a_paper_that_changed_beside_the_use_cases_is_noticed(example):
    """Else the test above could not fail."""
    Document.objects.filter(symbol="QĐ-BKHCN").update(subject="Tiêu đề khác hẳn")

    assert out_of_date() == 1
    assert out_of_date() == 0


def checked():
    """What `manage.py check_index` says, and whether it is content."""
    said = io.StringIO()
    try:
        call_command("check_index", stdout=said)
    except SystemExit as left:
        return said.getvalue(), left.code
    return said.getvalue(), 0


def test_the_index_is_checked_and_made_again_by_commands(example):
    papers = Document.objects.count()
    told, status = checked()
    assert (f"Số văn bản đã so: {papers}; sai khác với chỉ mục: 0." in told, status) == (True, 0)

    paper = example.paper("101/QĐ-BKHCN")
    Document.objects.filter(pk=paper.pk).update(subject="Tiêu đề khác hẳn")
    told, status = checked()
    assert status == 1
    assert paper.reference in told
    assert "Chạy manage.py reindex." in told

    for again, written in (({}, 1), ({}, 0), ({"clear": True}, papers), ({"after": 3}, 0)):
        said = io.StringIO()
        call_command("reindex", stdout=said, **again)
        assert f"đã ghi: {written};" in said.getvalue(), again
    assert checked()[1] == 0


def test_words_kept_for_no_paper_are_noticed(example):
    bag = next(iter(store.kept([example.paper("1073/QĐ-CT").indexed.place]).values()))
    store.put([(1, bag)])

    told, status = checked()

    assert status == 1
    assert "reindex --clear" in told
    call_command("reindex", clear=True, stdout=io.StringIO())
    assert checked()[1] == 0
