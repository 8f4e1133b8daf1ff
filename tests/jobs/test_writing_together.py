"""Two people, or two windows, at one draft; the rules of joining are in test_joining_two_hands."""

from __future__ import annotations

import pytest

from documents.exceptions import NotFound
from documents.models import SetAside
from documents.services import keeping
from offices.models import User
from workflows.example.acts import text_of

AUTHOR = "cv-noivu"
PLAN = text_of("ke-hoach-danh-gia-noi-bo-2024")


@pytest.fixture
def author(example):
    return example.who(AUTHOR)


def begun(author):
    """A paper begun from the text of a plan; its reference."""
    return author.begins(way="text", kind="decision", pasted=PLAN)


ARTICLE_2, ARTICLE_3 = "Điều 2.", "Điều 3."


def second_window(author, reference, *, typed, act="keep", address=""):
    """What a window answers that was open while another kept a change of article 2."""
    form = author.opens(f"/soan/{reference}/").form(f"/soan/{reference}/")
    author.writes(reference, PLAN.replace(ARTICLE_2, "Điều 2. Một."), act="keep")
    return author.client.post(
        f"/soan/{reference}/{address}", {**form.values, "text": typed, "act": act}
    )


def test_two_windows_that_change_different_paragraphs_are_joined(author):
    reference = begun(author)
    answer = second_window(
        author, reference, typed=PLAN.replace(ARTICLE_3, "Điều 3. Hai."), address="luu/"
    )
    assert answer.status_code == 200
    assert answer.json()["joined_with"] == "Chuyên viên Phòng Nội vụ"
    text = author.text_of(reference)
    assert "Điều 2. Một." in text
    assert "Điều 3. Hai." in text


def test_the_same_paragraph_changed_in_two_windows_waits_for_its_writer(author):
    reference = begun(author)
    mine = PLAN.replace(ARTICLE_2, "Điều 2. Hai.")
    told = second_window(author, reference, typed=mine, act="save")
    assert told.status_code == 409
    assert "Điều 2. Hai." in told.content.decode()
    assert "Điều 2. Một." in author.text_of(reference)
    page = author.opens(f"/soan/{reference}/")
    assert "Lời văn chưa nhập" in page.words
    (aside,) = SetAside.objects.filter(document__reference=reference)
    assert aside.text.strip() == mine.strip()


def test_typing_on_after_a_clash_keeps_the_newest_words_aside(author):
    reference = begun(author)
    form = author.opens(f"/soan/{reference}/").form(f"/soan/{reference}/")
    author.writes(reference, PLAN.replace(ARTICLE_2, "Điều 2. Một."), act="keep")
    for words in ("Hai.", "Hai, rồi ba."):
        told = author.client.post(
            f"/soan/{reference}/luu/",
            {**form.values, "text": PLAN.replace(ARTICLE_2, f"Điều 2. {words}")},
        )
        assert told.status_code == 409
        assert told.json()["join"].startswith(f"/soan/{reference}/nhap/")
        form.values["aside"] = [str(told.json()["aside"])]
    (aside,) = SetAside.objects.filter(document__reference=reference)
    assert "Hai, rồi ba." in aside.text


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("mine", ["Hai."]), ("theirs", ["Một."]), ("both", ["Hai.", "Một."])],
)
def test_the_writer_chooses_between_two_texts_of_one_paragraph(author, choice, kept):
    reference = begun(author)
    second_window(author, reference, typed=PLAN.replace(ARTICLE_2, "Điều 2. Hai."), address="luu/")
    (aside,) = SetAside.objects.filter(document__reference=reference)
    address = f"/soan/{reference}/nhap/{aside.pk}/"
    page = author.opens(address)
    assert "Điều 2. Hai." in page.words
    assert "Điều 2. Một." in page.words
    author.sends(page.form(address), **{"choice-0": choice})
    text = author.text_of(reference)
    assert [words for words in ("Hai.", "Một.") if f"Điều 2. {words}" in text] == kept
    assert "Lời văn chưa nhập" not in author.opens(f"/soan/{reference}/").words


def test_nothing_is_joined_without_a_choice_or_over_a_newer_text(author):
    reference = begun(author)
    second_window(author, reference, typed=PLAN.replace(ARTICLE_2, "Điều 2. Hai."), address="luu/")
    (aside,) = SetAside.objects.filter(document__reference=reference)
    address = f"/soan/{reference}/nhap/{aside.pk}/"
    form = author.opens(address).form(address)
    assert author.client.post(address, form.values).status_code == 400
    author.writes(reference, PLAN.replace(ARTICLE_2, "Điều 2. Ba."), act="keep")
    told = author.is_told(form, **{"choice-0": "mine"})
    assert told.status == 409
    assert "Điều 2. Ba." in author.text_of(reference)


def test_a_text_set_aside_is_its_writers_alone(example, author):
    reference = begun(author)
    second_window(author, reference, typed=PLAN.replace(ARTICLE_2, "Điều 2. Hai."), address="luu/")
    (aside,) = SetAside.objects.filter(document__reference=reference)
    other = User.objects.get(username="tp-noivu")
    SetAside.objects.update(by=other)
    aside.refresh_from_db()
    answer = author.client.get(f"/soan/{reference}/nhap/{aside.pk}/")
    assert answer.status_code == 302
    with pytest.raises(NotFound):
        keeping.settle(
            aside=aside, choices=["mine"], lock_version=2, by=User.objects.get(username=AUTHOR),
            at=example.now,
        )  # fmt: skip


def test_words_joined_in_stay_when_the_same_window_types_on(author):
    reference = begun(author)
    form = author.opens(f"/soan/{reference}/").form(f"/soan/{reference}/")
    author.writes(reference, PLAN.replace(ARTICLE_2, "Điều 2. Một."), act="keep")
    for words, is_new in (("Hai.", True), ("Hai, rồi ba.", False)):
        typed = PLAN.replace(ARTICLE_3, f"Điều 3. {words}")
        told = author.client.post(f"/soan/{reference}/luu/", {**form.values, "text": typed}).json()
        assert told["is_more"]
        assert ("joined_with" in told) is is_new
        form.values |= {"base": typed, "lock_version": [str(told["lock_version"])]}
    text = author.text_of(reference)
    assert "Điều 2. Một." in text
    assert "Điều 3. Hai, rồi ba." in text


def test_a_page_gone_back_to_goes_on_from_what_was_kept_when_it_was_left(author):
    reference = begun(author)
    form = author.opens(f"/soan/{reference}/").form(f"/soan/{reference}/")
    for words in ("Hai.", "Hai, rồi ba."):
        typed = PLAN.replace(ARTICLE_2, f"Điều 2. {words}")
        told = author.client.post(f"/soan/{reference}/luu/", {**form.values, "text": typed})
        assert told.status_code == 200
    assert "Điều 2. Hai, rồi ba." in author.text_of(reference)


def test_a_page_gone_back_to_is_read_anew_and_filled_in_by_no_browser(author):
    """Words of an older reading beside a newer base would take out what others wrote meanwhile."""
    reference = begun(author)
    for page in (f"/soan/{reference}/", f"/soan/{reference}/phan/"):
        answer = author.client.get(page)
        assert "no-store" in answer.headers["Cache-Control"], page
        assert 'data-draft autocomplete="off"' in answer.content.decode(), page


def test_two_windows_of_one_person_keep_what_each_could_not_join(author):
    reference = begun(author)
    windows = [author.opens(f"/soan/{reference}/").form(f"/soan/{reference}/") for _two in "12"]
    author.writes(reference, PLAN.replace(ARTICLE_2, "Điều 2. Một."), act="keep")
    for words in ("Hai.", "Hai, rồi ba."):
        for number, form in enumerate(windows):
            typed = PLAN.replace(ARTICLE_2, f"Điều 2. Thẻ {number}: {words}")
            told = author.client.post(f"/soan/{reference}/luu/", {**form.values, "text": typed})
            form.values["aside"] = [str(told.json()["aside"])]
    kept = SetAside.objects.filter(document__reference=reference).order_by("pk")
    for number, aside in enumerate(kept):
        assert f"Điều 2. Thẻ {number}: Hai, rồi ba." in aside.text
    assert len(kept) == len(windows)


def test_what_was_typed_while_a_colleague_submitted_waits_beside_the_draft(author):
    reference = begun(author)
    form = author.opens(f"/soan/{reference}/").form(f"/soan/{reference}/")
    author.writes(reference, PLAN, act="save")
    author.submits(reference)
    typed = PLAN.replace(ARTICLE_2, "Điều 2. Hai.")
    told = author.client.post(f"/soan/{reference}/luu/", {**form.values, "text": typed})
    assert told.status_code == 409
    assert "đã gửi trình" in told.json()["sentence"]
    (aside,) = SetAside.objects.filter(document__reference=reference)
    assert "Điều 2. Hai." in aside.text
    assert "Điều 2. Hai." not in author.text_of(reference)
    assert "Lời văn chưa nhập" in author.opens(f"/soan/{reference}/").words
    address = told.json()["join"]
    page = author.opens(address)
    assert "Điều 2. Hai." in page.words
    assert "không sửa được lúc này" in page.words
    refused = author.is_told(page.form(address))
    assert refused.status == 409
    aside.refresh_from_db()
    assert aside.settled_at is None
