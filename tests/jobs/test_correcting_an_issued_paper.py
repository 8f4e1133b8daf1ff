"""An issued decision is never edited: a letter corrects its form, a notice recalls it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents import papers
from documents.models import Document, Effect, Kind, Recipient, RegisterEntry, Relation, Rendition
from documents.selectors import state
from documents.services import letters, revisions
from tests.pages import NOW, PLAN, OnTheWay, recorded, said, the_office
from workflows.models import Case

SLIP = {"place": "Điều 1", "wrong": "Chính sách chất lượng", "right": "CHÍNH SÁCH chất lượng"}
WHY = "Ban hành trùng với quyết định của cấp trên"


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def issued(cast):
    return OnTheWay(cast).brought_to("issued")


def address(way, act):
    return f"/van-ban/{way.case.document.reference}/{act}/"


def begins(way, act, who="cv-noivu", **fields):
    return way.browser(who).post(address(way, act), fields)


def letter_about(way, act, **fields):
    """The letter that was begun, with its first version saved."""
    answer = begins(way, act, **fields)
    assert answer.status_code == 302, said(answer)
    letter = OnTheWay(way.cast, at=NOW)
    letter.paper.document = Document.objects.latest("pk")
    revisions.save_version(document=letter.paper.document, by=way.cast.people["cv-noivu"], at=NOW)
    return letter


def issue(letter):
    """Go the letter's own road: no round of opinions."""
    letter.paper.submit("cv-noivu", at=NOW)
    letter.paper.propose("tp-noivu", "Kính trình.", at=NOW)
    assert letter.waits_at() == {"check_form"}
    letter.paper.check("cvp", "Đủ điều kiện ký.", at=NOW)
    letter.paper.sign("pct-kinhte", at=NOW)
    letter._number()
    letter._issue()
    return letter.case.document


def words_once(way):
    """Words of the issued paper that stand on its sheet exactly once."""
    return {**SLIP, "wrong": "Quyết định này có hiệu lực", "right": "Quyết định này có hiệu lực,"}


def test_a_letter_is_drafted_about_the_paper_and_bound_to_it(issued):
    letter = letter_about(issued, "dinh-chinh", **words_once(issued))
    paper = letter.paper.document
    assert paper.subject.startswith(f"Đính chính Quyết định số {issued.case.document.cited_as} ")
    relation = Relation.objects.get(source=paper)
    assert (relation.verb, relation.target) == ("corrects", issued.case.document)


def test_a_correction_has_its_own_number_and_leaves_the_original_byte_for_byte(issued):
    corrected = issued.case.document
    before = [(row.sha256, row.size) for row in Rendition.objects.filter(sort="original")]
    text = bytes(issued.case.revision.canonical)
    paper = issue(letter_about(issued, "dinh-chinh", **words_once(issued)))
    assert paper.cited_as == "01/UBND-VP"
    assert RegisterEntry.objects.get(document=paper).register.symbol == "UBND-VP"
    assert list(Effect.objects.filter(source=paper).values_list("target", "kind")) == [
        (paper.pk, "commences")
    ]
    assert bytes(issued.case.revision.canonical) == text
    kept = Rendition.objects.filter(sort="original", revision__document=corrected)
    assert [(row.sha256, row.size) for row in kept] == before


@pytest.mark.parametrize("room", ["/van-ban/", "/tra-cuu/"])
def test_the_corrected_words_are_marked_where_the_paper_is_read(issued, room):
    paper = issue(letter_about(issued, "dinh-chinh", **words_once(issued)))
    page = issued.browser("cv-noivu").get(f"{room}{issued.case.document.reference}/")
    html, words = page.content.decode(), said(page)
    assert "<del>Quyết định này có hiệu lực</del> <ins>Quyết định này có hiệu lực,</ins>" in html
    assert f"Đã đính chính Công văn {paper.cited_as}" in words
    assert f"Được đính chính bởi {paper.cited_as}" in words


def test_the_letters_sheet_bears_no_type_and_its_subject_below_the_number(issued):
    letter = letter_about(issued, "dinh-chinh", **words_once(issued))
    page = issued.browser("cv-noivu").get(f"/van-ban/{letter.paper.document.reference}/")
    words = said(page)
    assert "/UBND-VP V/v đính chính Quyết định số" in words
    assert "Kính gửi: Các cơ quan" in words
    assert "Cho ý kiến" not in words


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"wrong": "chữ không có trong bản"}, "Bản đã ban hành không có chữ"),
        ({"right": "Quyết định này có hiệu lực"}, "Chữ đúng giống hệt chữ đã in."),
        ({"wrong": "“Điều 1”"}, "Ghi chữ không kèm dấu ngoặc kép."),
        ({"place": ""}, "bắt buộc"),
    ],
)
def test_what_does_not_stand_in_the_paper_is_not_corrected(issued, change, sentence):
    count, before = Document.objects.count(), recorded()
    answer = begins(issued, "dinh-chinh", **{**words_once(issued), **change})
    assert answer.status_code in {400, 422}
    assert sentence in said(answer)
    assert (Document.objects.count(), recorded()) == (count, before)


def test_a_letter_that_names_no_slip_or_no_paper_is_not_submitted(issued):
    letter = letter_about(issued, "dinh-chinh", **words_once(issued))
    copy = letter.paper.document.working_copy
    by = issued.cast.people["cv-noivu"]
    for change, sentence in (
        (("nay sửa thành", "thay bằng"), "Nêu từng chỗ sai"),
        (("V/v đính chính", "V/v trao đổi"), "Trích yếu phải nêu đúng một văn bản"),
    ):
        copy.text = copy.text.replace(*change)
        copy.save(update_fields=["text"])
        revisions.save_version(document=letter.paper.document, by=by, at=NOW)
        newest = letter.paper.document.revisions.newest_first().first()
        hidden = {"digest": newest.content_digest, "key": issued_key()}
        answer = issued.browser("cv-noivu").post(
            f"/soan/{letter.paper.document.reference}/gui/", hidden
        )
        assert answer.status_code == 400
        assert sentence in said(answer)
    assert not Case.objects.filter(document=letter.paper.document).exists()


def issued_key():
    return "00000000-0000-4000-8000-000000000001"


def test_a_recalled_paper_says_so_everywhere_and_is_not_handed_out(issued):
    recalled = issued.case.document
    paper = issue(letter_about(issued, "thu-hoi", reason=WHY))
    assert paper.cited_as == "01/TB-UBND"
    assert state.legal([recalled], on=NOW.date())[recalled.pk].state == "recalled"
    effect = Effect.objects.get(source=paper, target=recalled)
    assert (effect.kind, effect.valid_from) == ("recalls", paper.dated_on)
    for page in (f"/van-ban/{recalled.reference}/", f"/tra-cuu/{recalled.reference}/"):
        words = said(issued.browser("cv-noivu").get(page))
        assert f"Đã thu hồi theo {paper.cited_as}" in words
    assert WHY in papers.content_of(issued_revision(paper)).body[1].text
    told = list(Recipient.objects.filter(document=paper).values_list("raw", flat=True))
    asked = list(Recipient.objects.filter(document=recalled).values_list("raw", flat=True))
    # "Như Điều 3" is said of the decision, not of the notice.
    assert told == [f"{asked[0]} Quyết định số {recalled.cited_as}", *asked[1:]]
    assert recalled.revisions.filter(stage="issued").exists()


def issued_revision(paper):
    return paper.revisions.get(stage="issued")


def test_a_paper_is_recalled_once_and_what_it_replaced_stays_ceased(issued):
    replaced = Relation.objects.get(source=issued.case.document, verb="replaces").target
    issue(letter_about(issued, "thu-hoi", reason=WHY))
    assert state.legal([replaced], on=NOW.date())[replaced.pk].state == "ceased"
    again = begins(issued, "thu-hoi", reason=WHY)
    assert again.status_code == 409
    assert "Văn bản này đã bị thu hồi." in said(again)


def test_an_unissued_paper_and_a_strangers_hand_begin_nothing(cast):
    way = OnTheWay(cast).brought_to("sign")
    assert "Chỉ đính chính, thu hồi" in said(begins(way, "thu-hoi", reason=WHY))
    assert begins(way, "thu-hoi", who="tp-noivu", reason=WHY).status_code == 403
    assert begins(way, "thu-hoi", who="cv-tuphap", reason=WHY).status_code == 404


def test_the_buttons_stand_on_the_issued_paper_for_its_drafters_alone(issued):
    page = f"/van-ban/{issued.case.document.reference}/"
    assert f'href="{page}dinh-chinh/"' in issued.browser("cv-noivu").get(page).content.decode()
    assert f'href="{page}thu-hoi/"' not in issued.browser("vanthu").get(page).content.decode()


def test_the_notice_names_the_paper_whose_article_named_its_recipients(issued):
    letter = letter_about(issued, "thu-hoi", reason=WHY)
    cited = f"Quyết định số {issued.case.document.cited_as}"
    lines = letter.paper.document.working_copy.text.splitlines()
    (as_article,) = [line for line in lines if line.startswith("- Như Điều")]
    assert as_article.endswith(f"{cited};")


def objectives_of_the_office(cast):
    """Quality objectives alone, issued under their own number."""
    plan = replace(PLAN, kind=Kind.QUALITY_OBJECTIVES, subject="Mục tiêu chất lượng năm 2024")
    return OnTheWay(cast, plan=plan, text="muc-tieu-phong-kinh-te-2024").brought_to("issued")


def test_objectives_with_a_number_of_their_own_are_corrected_by_a_letter_too(cast):
    """Decree 30/2020 art. 18 speaks of issued papers, not of decisions alone."""
    way = objectives_of_the_office(cast)
    about = way.case.document
    assert about.kind == Kind.QUALITY_OBJECTIVES
    words = papers.content_of(way.case.revision).title.split()[-1]
    slip = {"place": "Tiêu đề", "wrong": words, "right": f"{words},"}
    letter = letter_about(way, "dinh-chinh", **slip)
    assert Relation.objects.get(source=letter.paper.document).target == about
    paper = issue(letter)
    assert f"Đã đính chính Công văn {paper.cited_as}" in said(
        way.browser("cv-noivu").get(f"/van-ban/{about.reference}/")
    )


@pytest.mark.parametrize(
    ("kind", "letter", "advice"),
    [
        ("procedure", "official_letter", "Tài liệu kiểm soát thì ban hành lần mới."),
        ("quality_policy", "notice", "Tài liệu kiểm soát thì ban hành lần mới."),
        (
            "official_letter",
            "official_letter",
            "Đính chính tiếp văn bản ấy bằng một công văn khác.",
        ),
        ("notice", "notice", "Muốn áp dụng lại thì ban hành quyết định khác."),
        ("decision", "official_letter", None),
        ("quality_objectives", "notice", None),
        ("notice", "official_letter", None),
    ],
)
def test_a_paper_that_no_letter_answers_says_what_to_do_instead(kind, letter, advice):
    why = letters.unfit(Document(kind=kind), letter)
    assert (why[1] if why else None) == advice


def test_a_letter_keeps_its_kind_when_its_particulars_are_corrected(issued):
    letter = letter_about(issued, "dinh-chinh", **words_once(issued)).paper.document
    page = issued.browser("cv-noivu").get(f"/soan/{letter.reference}/")
    assert '<option value="decision"' not in page.content.decode()
    sent = {
        "kind": "official_letter", "authority_kind": letter.authority_kind,
        "field_of_work": letter.field_of_work, "access_level": "internal",
    }  # fmt: skip
    address = f"/soan/{letter.reference}/thong-tin/"
    browser = issued.browser("cv-noivu")
    assert browser.post(address, sent).status_code == 302
    letter.refresh_from_db()
    assert (letter.kind, letter.access_level) == ("official_letter", "internal")
    assert browser.post(address, sent | {"kind": "decision"}).status_code == 422


def test_a_slip_corrected_once_is_not_corrected_again(issued):
    paper = issue(letter_about(issued, "dinh-chinh", **words_once(issued)))
    again = letter_about(issued, "dinh-chinh", **words_once(issued)).paper.document
    hidden = {"digest": again.revisions.get().content_digest, "key": issued_key()}
    answer = issued.browser("cv-noivu").post(f"/soan/{again.reference}/gui/", hidden)
    assert answer.status_code == 409
    assert f"đã được đính chính tại {paper.cited_as}." in said(answer)
