"""Somebody lays two versions side by side: what changed, where it went, what is the same."""

from __future__ import annotations

import re

import pytest

from documents.comparing.package import MEDIA_TYPE
from tests.accepting import paragraphs
from workflows.example.acts import text_of
from workflows.views import comparing

PLAN = text_of("ke-hoach-danh-gia-noi-bo-2024")


@pytest.fixture
def author(example):
    return example.who("cv-noivu")


def written(author, old: str, new: str) -> str:
    """Two saved versions of one draft; the address that compares them."""
    reference = author.begins(way="text", kind="decision", pasted=old)
    author.writes(reference, old)
    author.writes(reference, new)
    return f"/van-ban/{reference}/so-sanh/?tu=1&den=2"


def html_of(author, address: str) -> str:
    return author.client.get(address).content.decode()


def policy(example, query: str = "") -> str:
    return f"/van-ban/{example.paper('policy 2024').reference}/so-sanh/{query}"


def with_articles_swapped(text: str) -> str:
    """The second and the third article change places, and their numbers with them."""
    head, second, third, rest = re.split(r"(?m)^(?=Điều [234]\. )", text)
    return (
        head
        + third.replace("Điều 3.", "Điều 2.", 1)
        + second.replace("Điều 2.", "Điều 3.", 1)
        + rest
    )


def test_a_moved_article_is_told_at_both_places_that_lead_to_each_other(author):
    text = PLAN.replace("Điều 3.", "Điều 4.").replace("Điều 2.", "Điều 3.")
    text = text.replace("Điều 3.", "Điều 2. Các phòng lập sổ theo dõi riêng.\n\nĐiều 3.", 1)
    page = author.opens(written(author, text, with_articles_swapped(text)))
    links = {link.words: link.href for link in page.links if link.href.startswith("#")}
    (there,) = (words for words in links if words.startswith("chuyển đến Điều"))
    (back,) = (words for words in links if words.startswith("từ Điều"))
    html = html_of(author, page.address)
    assert f'id="{links[there][1:]}"' in html
    assert f'id="{links[back][1:]}"' in html
    assert "Chuyển chỗ: 1" in page.words
    assert "Thêm:" not in page.words
    assert "Bỏ:" not in page.words


def test_each_change_is_listed_and_the_list_leads_to_it(example):
    luutru = example.who("luutru")
    html = html_of(luutru, policy(example, "?tu=thay-the"))
    listed = re.findall(r'<li><a href="#(s-\d+)">', html)
    assert listed == [f"s-{n}" for n in range(1, len(listed) + 1)]
    assert re.findall(r'id="(s-\d+)" tabindex="-1" data-change', html) == listed
    assert f"{len(listed)} chỗ khác nhau" in html


def test_a_changed_share_is_marked_in_its_cell_under_its_column(example):
    html = html_of(example.who("luutru"), policy(example, "?tu=thay-the"))
    assert re.search(
        r'<span class="cell differs"><span class="meta">Chỉ tiêu</span><span>[^<]*'
        r"<del>98%</del><ins>99%</ins>",
        html,
    )


def test_what_is_the_same_is_there_for_who_asks(author):
    address = written(author, PLAN, PLAN.replace("Phòng Tư pháp", "Phòng Kinh tế"))
    html = html_of(author, address)
    kept = re.findall(r'<article class="passage kept quiet"', html)
    assert kept
    assert f"{len(kept)} chỗ giữ nguyên" in html


def test_two_versions_alike_to_the_letter_are_said_to_be(author):
    page = author.opens(written(author, PLAN, PLAN + "\n"))
    assert "Hai bản giống nhau từng chữ" in page.words


def test_text_that_looks_like_html_is_shown_as_text(author):
    hostile = PLAN.replace("Phòng Tư pháp", "<ins onclick=x>Phòng</ins> {{ settings }}")
    html = html_of(author, written(author, PLAN, hostile))
    assert "onclick=x>" not in html.replace("onclick=x&gt;", "")
    assert "&lt;ins onclick=x&gt;" in html
    assert "{{ settings }}" in html


def test_the_list_names_a_bounded_number_of_changes(author, monkeypatch):
    monkeypatch.setattr(comparing, "LISTED", 1)
    new = PLAN.replace("Phòng Tư pháp", "Phòng Kinh tế").replace("Nơi nhận:", "Nơi nhận:\n- Sở;")
    html = html_of(author, written(author, PLAN, new))
    assert len(re.findall(r'<li><a href="#s-', html)) == 1
    assert re.search(r"và \d+ chỗ nữa trong văn bản", html)


@pytest.mark.parametrize("query", ["?tu=thay-the-9", "?tu=999", "?tu=khac&den=abc"])
def test_a_version_that_is_not_there_gives_the_one_before(example, query):
    asked, plain = (example.who("luutru").opens(policy(example, q)).words for q in (query, ""))
    assert asked == plain


def test_a_paper_that_may_not_be_read_is_not_offered_as_the_one_replaced(example):
    reader = example.who("cv-tuphap")
    assert reader.is_refused(policy(example, "?tu=thay-the")) == 404


@pytest.mark.parametrize("query", ["", "?tu=thay-the"])
def test_the_page_asks_the_database_a_fixed_number_of_times(
    example, query, django_assert_num_queries
):
    client, address = example.who("luutru").client, policy(example, query)
    client.get(address)
    with django_assert_num_queries(11):
        client.get(address)


@pytest.mark.parametrize("query", ["", "?tu=thay-the"])
def test_the_same_comparison_is_given_as_a_file_for_word(example, query):
    person = example.who("luutru")
    page = person.opens(policy(example, query))
    (link,) = (one for one in page.links if one.words == "Tải bản Word có dấu sửa")
    answer = person.client.get(link.href)
    assert link.href.endswith(f"/so-sanh/tep/{query}")
    assert answer["Content-Type"] == MEDIA_TYPE
    assert ".docx" in answer["Content-Disposition"]
    old, new = (paragraphs(answer.content, accepted=accepted) for accepted in (False, True))
    assert old != new
    assert any("Mục tiêu chất lượng năm 2024" in text for text in new)
    assert answer.content == person.client.get(link.href).content


def test_a_paper_that_may_not_be_read_is_not_given_as_a_file(example):
    assert example.who("cv-tuphap").is_refused(policy(example).replace("sanh/", "sanh/tep/")) == 404


def test_the_file_asks_the_database_a_fixed_number_of_times(example, django_assert_num_queries):
    client, address = example.who("luutru").client, policy(example).replace("sanh/", "sanh/tep/")
    client.get(address)
    with django_assert_num_queries(11):
        client.get(address)


@pytest.mark.parametrize("paper", ["policy 2024", "1073/QĐ-CT"])
def test_a_paper_and_the_one_it_replaces_lead_to_their_comparison(example, paper):
    person = example.who("luutru")
    page = person.opens(f"/van-ban/{example.paper(paper).reference}/")
    links = [one.href for one in page.links if one.words == "So hai văn bản"]
    new, old = (example.paper(name).reference for name in ("policy 2024", "1073/QĐ-CT"))
    assert f"/van-ban/{new}/so-sanh/?tu={old}" in links
    for link in links:
        assert "bị thay thế" in person.opens(link).words
