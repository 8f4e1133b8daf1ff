"""A specialist writes a draft in its pieces: legal bases picked, articles moved, rows put in."""

from __future__ import annotations

import pytest

from documents import citing
from documents.importing.text import read_text
from documents.models import Document, KindRule, ProposerKind
from tests.cast import Refused
from tests.reading import Page
from workflows.example.acts import text_of

AUTHOR = "cv-noivu"
QUERIES = 28
PLAN = text_of("ke-hoach-danh-gia-noi-bo-2024")


@pytest.fixture
def author(example):
    return example.who(AUTHOR)


@pytest.fixture
def reference(author):
    return author.begins(way="text", kind="decision", pasted=PLAN)


class Writer:
    """The page of a draft in its pieces, and what a person does on it."""

    def __init__(self, author, reference):
        self.author, self.address = author, f"/soan/{reference}/phan/"
        self.open()

    def open(self):
        self.page = self.author.opens(self.address)
        self.form = self.page.form(self.address)
        return self

    @property
    def pieces(self):
        return self.form.values["piece"]

    def at(self, words):
        """The place of a piece, tables counted, as its buttons know it."""
        texts = iter(self.pieces)
        for place, (kind, *_rest) in enumerate(self.shape):
            if kind != "table" and next(texts).lstrip().startswith(words):
                return place
        raise LookupError(words)

    @property
    def shape(self):
        import json

        return json.loads(self.form.values["shape"][0])

    def press(self, do, **typed):
        answer = self.author.client.post(
            self.address, {**self.form.values, **typed, "do": do}, follow=True
        )
        if answer.status_code != 200:
            raise Refused(answer.status_code, answer.content.decode()[:3000])
        return self.open()

    def type(self, words, new):
        """The pieces with one typed anew."""
        return [new if one.lstrip().startswith(words) else one for one in self.pieces]

    @property
    def text(self):
        return self.author.text_of(self.address.split("/")[2])


@pytest.fixture
def writer(author, reference):
    return Writer(author, reference)


def test_a_draft_opened_in_pieces_and_kept_again_is_the_same_text(writer):
    before = writer.text
    writer.press("keep")
    assert writer.text.strip() == before.strip()


def test_what_is_typed_in_one_piece_changes_nothing_else(writer):
    writer.press("keep", piece=writer.type("Điều 2.", "Điều 2. Việc này làm trong tháng 3."))
    changed = [a for a, b in zip(PLAN.split("\n"), writer.text.split("\n"), strict=False) if a != b]
    assert len(changed) == 1
    assert "Điều 2. Việc này làm trong tháng 3." in writer.text


def test_an_article_goes_down_with_everything_and_is_counted_anew(writer):
    second = next(one for one in writer.pieces if one.startswith("Điều 2."))
    writer.press(f"down:{writer.at('Điều 1.')}")
    assert second.replace("Điều 2.", "Điều 1.") in writer.text


def dropped(author, writer, words):
    """The form that a page answers with after a piece was taken out."""
    do = f"drop:{writer.at(words)}"
    answer = author.client.post(writer.address, {**writer.form.values, "do": do})
    assert "Hoàn tác" in answer.content.decode()
    return Page(answer.content.decode(), writer.address).form(writer.address)


def test_an_edit_can_be_taken_back(author, writer):
    before = writer.text
    after = dropped(author, writer, "Điều 2.")
    assert author.client.post(writer.address, {**after.values, "do": "undo"}).status_code == 200
    assert writer.open().text.strip() == before.strip()


def test_taking_an_edit_back_keeps_what_was_typed_and_joined_in_since(author, writer):
    reference = writer.address.split("/")[2]
    second = next(one for one in writer.pieces if one.startswith("Điều 2."))
    author.writes(reference, writer.text.replace("Căn cứ", "Căn cứ Người khác", 1), act="keep")
    after = dropped(author, writer, "Điều 2.")
    pieces = [f"{one} Gõ thêm." if one.startswith("Theo") else one for one in after.values["piece"]]
    told = author.client.post(writer.address, {**after.values, "piece": pieces, "do": "undo"})
    assert told.status_code == 200
    text = writer.open().text
    assert second in text
    assert "Căn cứ Người khác" in text
    assert "Gõ thêm." in text


def test_taking_back_what_was_written_on_since_is_refused_with_a_sentence(author, writer):
    do = f"add:{writer.at('Điều 1.')}:article"
    answer = author.client.post(writer.address, {**writer.form.values, "do": do})
    after = Page(answer.content.decode(), writer.address).form(writer.address)
    pieces = [one.replace("[…]", "Đã viết.") for one in after.values["piece"]]
    told = author.client.post(writer.address, {**after.values, "piece": pieces, "do": "undo"})
    assert told.status_code == 400
    page = Page(told.content.decode(), writer.address)
    assert "đã được viết tiếp" in page.words
    assert any("Đã viết." in one for one in page.form(writer.address).values["piece"])


def test_a_new_article_is_put_in_with_the_next_number(writer):
    writer.press(f"add:{writer.at('Điều 1.')}:article")
    assert "Điều 2. […]." in writer.text


def test_what_is_typed_is_kept_along_with_the_edit(writer):
    typed = writer.type("Theo đề nghị", "Theo đề nghị của Trưởng phòng Nội vụ.")
    writer.press(f"add:{writer.at('Điều 1.')}:item", piece=typed)
    assert "Theo đề nghị của Trưởng phòng Nội vụ." in writer.text
    assert "1. […]." in writer.text


def test_an_edit_of_a_place_that_is_not_there_is_refused_and_nothing_changes(writer):
    before = writer.text
    for do in (
        "up:999",
        "down:0",
        "drop:0",
        "row-up:1:1",
        "add:3:letter",
        "leap:1",
        "up",
        "cite:0",
    ):
        with pytest.raises(Refused) as told:
            writer.press(do)
        assert told.value.status in {400, 404, 409}, do
    assert writer.text == before


@pytest.mark.parametrize(
    "shape", ["", "[1]", '[["table",0,"body",[3]]]', '[["law",0,"body",[]]]', "{"]
)
def test_a_damaged_page_is_refused_with_a_sentence(author, writer, shape):
    answer = author.client.post(
        writer.address, {**writer.form.values, "shape": shape, "do": "keep"}
    )
    assert answer.status_code == 400
    assert writer.text.strip() == PLAN.strip()


def test_two_people_who_write_different_pieces_are_joined(author, reference):
    first, second = Writer(author, reference), Writer(author, reference)
    first.press("keep", piece=first.type("Điều 1.", "Điều 1. Một."))
    second.press("keep", piece=second.type("Điều 2.", "Điều 2. Hai."))
    assert "Điều 1. Một." in first.text
    assert "Điều 2. Hai." in first.text


def test_a_version_is_saved_from_the_pieces(author, reference, writer):
    writer.press("save", piece=writer.type("Điều 1.", "Điều 1. Một."))
    paper = Document.objects.get(reference=reference)
    assert "Điều 1. Một." in paper.revisions.get().text


# Legal bases


def test_a_paper_the_office_holds_is_found_with_its_state_and_cited(example, author, reference):
    writer = Writer(author, reference)
    answer = author.client.post(
        writer.address, {**writer.form.values, "q": "19/2014", "do": "find"}
    ).content.decode()
    assert "Viện dẫn" in answer
    assert "Còn hiệu lực" in answer or "Chưa rõ hiệu lực" in answer
    cited = Document.objects.get(number_key=19, symbol__contains="TTg")
    writer.press(f"cite:0:{cited.reference}")
    added = citing.legal_basis(cited)
    assert added in writer.text
    assert writer.text.index(added) < writer.text.index("Theo đề nghị")


def test_the_picker_says_what_it_cannot_be_asked(author, writer):
    typed = writer.type("Điều 1.", "Điều 1. Một.")
    asked = {**writer.form.values, "piece": typed, "q": "q*", "do": "find"}
    answer = author.client.post(writer.address, asked)
    assert answer.status_code == 200
    assert (
        "Viết ít nhất 2 chữ cái trước dấu sao"
        in Page(answer.content.decode(), writer.address).words
    )
    assert "Điều 1. Một." in writer.text


def test_a_paper_that_ceased_says_so_beside_the_basis(example, author, reference):
    writer = Writer(author, reference)
    writer.press(f"cite:0:{example.paper('812/QĐ-CT').reference}")
    assert "Hết hiệu lực toàn bộ" in writer.page.words


def test_papers_that_may_not_be_read_are_not_offered(example, author, reference):
    writer = Writer(author, reference)
    draft = example.paper("economy objectives")
    with pytest.raises(Refused) as told:
        writer.press(f"cite:0:{draft.reference}")
    assert told.value.status == 404


# The recital


def test_the_recital_follows_the_proposer_of_the_flow(example, author, reference):
    writer = Writer(author, reference)
    writer.press("keep", piece=writer.type("Theo đề nghị", "Theo đề nghị của ai đó."))
    assert "Ghi theo người trình" in writer.page.words
    writer.press("recital")
    assert "Theo đề nghị của Trưởng phòng Nội vụ." in writer.text
    assert "Ghi theo người trình" not in writer.page.words


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        (ProposerKind.DEPARTMENT_HEAD, "Trưởng phòng Nội vụ"),
        (ProposerKind.COMMITTEE, "Ban Chỉ đạo ISO"),
        (ProposerKind.COMMITTEE_HEAD, "Trưởng Ban Chỉ đạo"),
        (ProposerKind.CHIEF_OF_OFFICE, "Chánh Văn phòng"),
        (ProposerKind.MANAGEMENT_REPRESENTATIVE, "Đại diện"),
    ],
)
def test_who_proposes_is_the_offices_rule(example, reference, rule, who):
    paper = Document.objects.get(reference=reference)
    KindRule.objects.update_or_create(
        office=paper.office, kind=paper.kind, defaults={"proposer": rule}
    )
    assert citing.recital(paper).startswith(f"Theo đề nghị của {who}")


# Tables


@pytest.fixture
def tabled(author):
    reference = author.begins(way="blank", blank="decision_annexes", year="2025")
    return Writer(author, reference)


def table_of(writer):
    return next(at for at, (kind, *_rest) in enumerate(writer.shape) if kind == "table")


def rows(writer):
    return [line for line in writer.text.split("\n") if "\t" in line]


def test_a_row_is_typed_added_moved_joined_and_taken_out(tabled):
    at = table_of(tabled)
    tabled.press(f"row-add:{at}:1")
    cells = [*tabled.form.values["cell"]]
    cells[6:12] = ["1", "Hồ sơ đúng hẹn", "95 %", "Nhắc hạn", "Văn phòng", "Quý"]
    tabled.press("keep", cell=cells)
    assert rows(tabled)[1] == "1\tHồ sơ đúng hẹn\t95 %\tNhắc hạn\tVăn phòng\tQuý"
    tabled.press(f"row-down:{at}:1")
    assert rows(tabled)[2].startswith("2\tHồ sơ đúng hẹn")
    tabled.press(f"row-join:{at}:2")
    assert len(rows(tabled)) == 2
    assert "Hồ sơ đúng hẹn" in rows(tabled)[1]
    tabled.press(f"row-drop:{at}:1")
    assert len(rows(tabled)) <= 1


def test_columns_are_added_moved_and_taken_out(tabled):
    at = table_of(tabled)
    head = rows(tabled)[0].split("\t")
    tabled.press(f"col-right:{at}:1")
    assert rows(tabled)[0].split("\t")[1:3] == [head[2], head[1]]
    tabled.press(f"col-add:{at}:5")
    assert len(rows(tabled)[0].split("\t")) == len(head) + 1
    tabled.press(f"col-drop:{at}:6")
    assert len(rows(tabled)[0].split("\t")) == len(head)


def test_the_page_asks_the_database_a_fixed_number_of_times(
    author, tabled, django_assert_max_num_queries
):
    with django_assert_max_num_queries(QUERIES):
        author.client.get(tabled.address)
    twice = tabled.text.replace(
        "Điều 3.", "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;\n\nĐiều 3."
    )
    author.writes(tabled.address.split("/")[2], twice, act="keep")
    with django_assert_max_num_queries(QUERIES):
        author.client.get(tabled.address)


# What cannot be shown in pieces


def test_a_text_that_is_no_paper_yet_says_so_and_is_not_lost(author, reference):
    author.writes(reference, "TỜ TRÌNH\nVề kế hoạch\n\nKính gửi: ai đó", act="keep")
    page = author.opens(f"/soan/{reference}/phan/")
    assert "Chưa chia được thành từng phần" in page.words
    assert "Kính gửi: ai đó" in author.text_of(reference)


def test_a_very_long_paper_is_written_as_text(author, reference):
    items = "\n\n".join(f"{n}. Việc thứ {n};" for n in range(1, 620))
    author.writes(reference, PLAN.replace("Điều 2.", f"{items}\n\nĐiều 2.", 1), act="keep")
    assert "Văn bản dài quá" in author.opens(f"/soan/{reference}/phan/").words


def test_a_submitted_draft_is_not_changed_piece_by_piece(author, reference):
    author.writes(reference, PLAN)
    writer = Writer(author, reference)
    author.submits(reference)
    with pytest.raises(Refused) as told:
        writer.press("keep", piece=writer.type("Điều 1.", "Điều 1. Một."))
    assert told.value.status == 409
    assert "đang được xử lý" in writer.open().page.words


def test_what_looks_like_html_stays_words(author, writer):
    writer.press("keep", piece=writer.type("Điều 1.", "Điều 1. <script>alert(1)</script> {{ x }}"))
    assert "Điều 1. <script>alert(1)</script> {{ x }}" in writer.text
    raw = author.client.get(writer.address).content.decode()
    assert "<script>alert(1)" not in raw


def test_the_text_set_in_order_reads_as_the_same_paper(writer):
    before = read_text(writer.text).content
    writer.press("tidy")
    assert read_text(writer.text).content == before


@pytest.mark.parametrize("stranger", ["cv-kinhte", "chutich", "quantri"])
def test_nobody_outside_the_department_writes_in_its_pieces(example, reference, stranger):
    somebody = example.who(stranger)
    assert somebody.is_refused(f"/soan/{reference}/phan/") in {403, 404}
    assert somebody.client.post(f"/soan/{reference}/phan/", {}).status_code in {403, 404}
