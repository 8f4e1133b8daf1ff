"""Every barred button carries its sentence: on the pages as they are served, and in every template."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from offices.models import User
from tests.source import ROOT
from workflows import engine
from workflows.models import Case

BARRED = re.compile(r"<[a-z]+[^>]*aria-disabled=\"true\"[^>]*>")
DESCRIBED = re.compile(r'aria-describedby="([^"]+)"')
READERS = ("vanthu", "danhgia", "cvp", "tp-noivu", "chutich", "pct-vanxa", "thuky-iso")


def test_no_template_bars_a_button_without_naming_the_sentence():
    found = [
        (path.name, tag)
        for path in (ROOT / "templates").rglob("*.html")
        for tag in BARRED.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(found) >= 2, "the button's own template, and the pieces of a draft"
    assert [one for one in found if not DESCRIBED.search(one[1])] == []


@pytest.mark.once
@pytest.mark.parametrize("who", READERS)
def test_on_the_page_of_every_task_and_paper_a_barred_button_says_a_sentence(example, who):
    client = Client()
    client.force_login(User.objects.get(username=who))
    cases = Case.objects.filter(ended_at__isnull=True).select_related("document")
    pages = [f"/viec/{task.pk}/" for task in engine.open_tasks([case.pk for case in cases])]
    pages += [f"/van-ban/{case.document.reference}/" for case in cases]
    pages += ["/so/", "/vang-mat/"]
    barred = 0
    for address in pages:
        answer = client.get(address, follow=True)
        if answer.status_code == 404:
            continue
        html = answer.content.decode()
        for tag in BARRED.findall(html):
            barred += 1
            named = DESCRIBED.search(tag)
            assert named is not None, f"{address}: {tag}"
            sentence = re.search(rf'id="{named[1]}"[^>]*>([^<]+)', html)
            assert sentence is not None, f"{address}: nothing has the id {named[1]}"
            assert re.search(r"\w.{15,}[.!?]", sentence[1].strip()), (address, sentence[1])
    assert barred, "this reader is barred from something somewhere"
