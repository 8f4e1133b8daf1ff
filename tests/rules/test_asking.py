"""The language of the search box, as tables; and the one meaning of a condition on a database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.finding import asking, extracts, store
from documents.finding.asking import Dated, Numbered, Unaskable, Words, read
from documents.finding.bags import ANY, MOST_BYTES, Bag, Facts, fill
from documents.finding.conditions import All, Beginning, But, Either, Token, every, holds, needed
from documents.finding.words import tidy, words


def said(terms):
    """Terms in short: a number by its token, words joined, a phrase in quotes, a beginning*."""
    short = []
    for term in terms:
        if isinstance(term, Numbered):
            short.append(f"#{term.number.token}")
            continue
        if isinstance(term, Dated):
            short.append(term.day.isoformat())
            continue
        text = " ".join(word.typed for word in term.words)
        short.append(f'"{text}"' if term.quoted else text + "*" * term.begins)
    return short


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("1073", ["#1073"]),
        ("01073", ["#1073"]),
        ("số 1073", ["#1073"]),
        ("QĐ 1073", ["#1073/qd"]),
        ("qd số 1073", ["#1073/qd"]),
        ("1073/QĐ-CT", ["#1073/qdct"]),
        ("1073 / QĐ - CT", ["#1073/qdct"]),
        ("QĐ 1073/QĐ-CT", ["#1073/qdct"]),
        ("773 /QĐ-TTg", ["#773/qdttg"]),
        ("1073/2023/QĐ-CT", ["#1073/2023/qdct"]),
        ("1073/QĐ-CT năm 2023", ["#1073/2023/qdct"]),
        ("1073/QĐ-CT/2023", ["#1073/2023/qdct"]),
        ("QĐ 1073/QĐ-CT/2023", ["#1073/2023/qdct"]),
        ("1073/QĐ-CT ngày 04/7/2023", ["#1073/2023/qdct"]),
        ("1073/QĐ-CT, ngày 4 tháng 7 năm 2023", ["#1073/2023/qdct"]),
        ("93a/NQ-CP", ["#93a/nqcp"]),
        ("45/2019/QH14", ["#45/2019/qh14"]),
        ("1073-QĐ/TW", ["#1073/qdtw"]),
        ("QT.05", ["#5/qt"]),
        ("QĐ1073", ["#1073/qd"]),
        ("1073QĐ-CT", ["#1073/qdct"]),
        ("qd1073/2023", ["#1073/2023/qd"]),
        # Ð and ð are letters of Iceland that stand for Đ in copied texts
        ("1073/QÐ-CT", ["#1073/qdct"]),
        ("Quyết ðịnh", ["quyết", "định"]),
        # and letters of other alphabets that no eye tells from ours
        ("1073/QĐ-\u0421\u0422", ["#1073/qdct"]),
        ("\u041cục ti\u00eau", ["mục", "tiêu"]),
        ("Quyết định số 1073/qd-ct", ["quyết", "định", "#1073/qdct"]),
        ("mục tiêu 2023", ["mục", "tiêu", "#2023"]),
        # what only looks like a number of a paper
        ("30/02/2023", ["30 2 2023"]),
        ("9001:2015", ["9001 2015"]),
        ("BH-2024-0001", ["bh 2024 1"]),
        ("90%", ["90"]),
        ("1073km", ["1073km"]),
        # days
        ("31/12/2023", ["2023-12-31"]),
        ("ngày 04/7/2023", ["2023-07-04"]),
        ("4.07.2023 kế hoạch", ["2023-07-04", "kế", "hoạch"]),
        ("ngày 4 tháng 7 năm 2023", ["2023-07-04"]),
        ("1073/QĐ-CT 04/7/2023", ["#1073/qdct", "2023-07-04"]),
        # words, phrases, beginnings
        ("Uỷ ban", ["uỷ", "ban"]),
        ("Ủy ban", ["uỷ", "ban"]),
        ('"Ban Chỉ đạo" iso', ['"ban chỉ đạo"', "iso"]),
        ("“Ban Chỉ đạo”", ['"ban chỉ đạo"']),
        ('"chưa đóng', ['"chưa đóng"']),
        ("quy*", ["quy*"]),
        ("QĐ-CT", ["qđ ct"]),
        ("chất chất", ["chất"]),
        ("", []),
        (" ,;  - ", []),
        ("<script>alert(1)</script>", ["script alert 1 script"]),
    ],
)
def test_what_is_typed_is_read_as_a_person_means_it(typed, wanted):
    assert said(read(typed).wanted) == wanted
    assert read(typed).without == ()


def test_what_must_not_be_there_is_told_apart():
    asked = read('mục tiêu -năm -"phòng kinh tế" -812/QĐ-CT')

    assert said(asked.wanted) == ["mục", "tiêu"]
    assert said(asked.without) == ["năm", '"phòng kinh tế"', "#812/qdct"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("a" * 201, asking.TOO_LONG),
        (" ".join(f"từ{one}" for one in range(13)), asking.TOO_MANY),
        ("q*", asking.TOO_SHORT),
        ("ban-hanh*", asking.TOO_SHORT),
        ("-dự", asking.ONLY_WITHOUT),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(Unaskable) as refused:
        read(typed)
    assert refused.value.sentence == sentence
    assert "%(" not in str(refused.value)


def test_letters_of_any_composition_and_hidden_signs_are_one_word():
    composed, decomposed, hidden = "Quyết", "Quyê\u0301t", "Qu\u200byết"
    for text in (composed, decomposed, hidden):
        (word,) = words(tidy(text))
        assert (word.bare, word.typed) == ("quyet", "quyết"), ascii(text)


@given(st.text(max_size=80))
def test_any_text_has_words_that_stand_where_they_say(text):
    plain = tidy(text)
    for word in words(plain):
        stands = plain[word.start : word.end]
        assert stands
        assert len(stands) >= len(word.bare)
        assert not any(one.isspace() for one in word.bare + word.typed)


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_token_holds_nothing_that_a_database_could_take_apart(heading, text):
    """FTS5 is told that these characters belong to a token; quotes and blanks never do."""
    for token in fill(Facts(heading=heading, text=text, own_number=text)).tokens:
        assert all(one.isalnum() or one in "@#=._/:-~" for one in token), token


@given(st.text(max_size=200))
def test_any_question_is_read_or_refused(text):
    try:
        asked = read(text)
    except Unaskable:
        return
    extracts.pattern(asked)
    assert len(asked.levels) >= 1


def test_a_paper_of_any_length_fits_its_row():
    text = " ".join(f"chữ{one}" for one in range(200_000))
    bag = fill(Facts(heading="Quyết định dài", text=text))

    assert sum(len(token.encode()) for token in bag.tokens) <= MOST_BYTES
    assert {"chu0", "=chữ0", "_chu0_chu1", ANY} <= bag.tokens


@given(
    heading=st.lists(st.sampled_from(["quyết", "định", "quy", "mục", "tiêu"]), max_size=5),
    text=st.lists(st.sampled_from(["quyết", "định", "tiêu", "đường"]), max_size=5),
    typed=st.lists(st.sampled_from(["quyết", "dinh", '"mục tiêu"', "qu*", "tiêu"]), min_size=1),
)
def test_what_a_word_of_the_subject_says_already_need_not_be_asked(heading, text, typed):
    """For every paper the shorter condition means what the whole one does."""
    tokens = fill(Facts(heading=" ".join(heading), text=" ".join(text))).tokens
    terms = read(" ".join(typed)).wanted
    parts = [term.binding for term in terms] + [term.plain(".") for term in terms[:2]]
    parts += [every([term.plain(), term.typed(".")]) for term in terms[1:2]]

    assert holds(needed(parts), tokens) == all(holds(part, tokens) for part in parts)
    assert len(store.written(needed(parts))) <= len(store.written(every(parts)))


@pytest.mark.parametrize("typed", ["04/7/2023", "ngày 4 tháng 7 năm 2023", "4-07-2023"])
def test_a_day_is_found_on_the_paper_that_bears_it_and_in_any_spelling_in_a_text(typed):
    asked = read(typed)
    borne = fill(Facts(heading="Quyết định", dated_on=date(2023, 7, 4))).tokens
    assert holds(asked.levels[0], borne)
    for text in ("ngày 04/7/2023 của", "ngày 4 tháng 7\nnăm 2023.", "(04.07.2023)"):
        said_there = fill(Facts(heading="Quyết định", text=text)).tokens
        assert holds(asked.condition, said_there), text
        assert not holds(asked.levels[0], said_there), text
    for text in ("ngày 14/7/2023", "ngày 04/7/20234", "ngày 05 tháng 7 năm 2023", "1/04/7/2023"):
        assert not holds(asked.condition, fill(Facts(heading="", text=text)).tokens), text


def test_an_answer_in_the_subject_is_asked_by_the_subject_alone():
    first = read("quyet dinh").levels[0]
    assert first == All((Token(".quyet"), Token(".dinh")))


# ---------------------------------------------------------------- one meaning on a database

TOKENS = ["quyet", "quy", "=quyết", "_quyet_dinh", ".quyet", "#1073/qdct", "@y:2023", "=đường"]
leaves = st.sampled_from(TOKENS).map(Token) | st.sampled_from(["qu", "=qu", "#10", "@y"]).map(
    Beginning
)
conditions = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(All)
        | st.lists(inner, min_size=1, max_size=3).map(tuple).map(Either)
        | st.builds(But, inner, inner)
    ),
    max_leaves=8,
)
sets_of_tokens = st.lists(st.frozensets(st.sampled_from(TOKENS), min_size=1), max_size=5)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(condition=conditions, kept=sets_of_tokens)
def test_a_condition_means_the_same_to_the_database(condition, kept):
    store.clear()
    store.put([(place, Bag(tokens | {ANY}, "")) for place, tokens in enumerate(kept, start=1)])

    with connection.cursor() as cursor:
        cursor.execute(store.MATCH[connection.vendor], [store.written(condition)])
        found = {row[0] for row in cursor.fetchall()}

    assert found == {p for p, tokens in enumerate(kept, start=1) if holds(condition, tokens)}
    assert store.sound(len(kept))


@pytest.mark.django_db
def test_what_is_forgotten_is_not_found():
    bag = Bag(frozenset({ANY, "quyet", "=quyết"}), " quyet ")
    store.put([(7, bag), (8, bag)])
    assert store.kept([7, 8, 9]) == {7: bag, 8: bag}

    store.drop(7)

    assert store.kept([7, 8]) == {8: bag}
    with connection.cursor() as cursor:
        cursor.execute(store.MATCH[connection.vendor], [store.written(Token("quyet"))])
        assert cursor.fetchall() == [(8,)]
    assert store.sound(1)
    assert not store.sound(2)


# ---------------------------------------------------------------- words marked


def marked(pieces):
    return "".join(f"[{one.text}]" if one.found else one.text for one in pieces)


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("muc tieu", "Mục tiêu năm", "[Mục] [tiêu] năm"),
        ('"muc tieu"', "Mục tiêu, tiêu chí", "[Mục tiêu], tiêu chí"),
        ("QĐ 1073", "Thay Quyết định số 1073/QĐ-CT ngày", "Thay Quyết định số [1073/QĐ-CT] ngày"),
        ("1073/qd-ct", "số 1073/2023/QĐ-CT và 1073", "số [1073/2023/QĐ-CT] và [1073]"),
        ("quy*", "Quyết định này", "[Quyết] định này"),
        ("đinh", "quyết định Đình", "quyết [định] [Đình]"),
        ("muc", "<b>mục</b>", "<b>[mục]</b>"),
        ("3", "ngày 03", "ngày [03]"),
        (
            "04/7/2023",
            "ngày 04 tháng 7 năm 2023, 4.7.2023",
            "ngày [04 tháng 7 năm 2023], [4.7.2023]",
        ),
    ],
)
def test_the_words_asked_for_are_told_apart(typed, text, shown):
    assert marked(extracts.whole(text, extracts.pattern(read(typed)))) == shown


def test_an_extract_is_taken_where_most_of_what_was_asked_stands():
    text = "Mục một. " + "Chữ khác. " * 80 + "Chất lượng của mục tiêu. " + "Chữ khác. " * 80

    shown = marked(extracts.extract(text, extracts.pattern(read("mục tiêu chất"))))

    assert "[Chất] lượng của [mục] [tiêu]" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < extracts.LENGTH + 60


def test_an_extract_is_taken_below_the_subject_which_is_shown_above_it():
    head = "ỦY BAN NHÂN DÂN\n\nQUYẾT ĐỊNH\n\nBAN HÀNH MỤC TIÊU CHẤT LƯỢNG\n\n"
    text = head + "Căn cứ luật. " * 30 + "Các phòng gửi số liệu của mục tiêu. " + "Chữ khác. " * 80
    asked = extracts.pattern(read("mục tiêu chất lượng"))

    below = marked(extracts.extract(text, asked, subject="Ban hành mục tiêu chất lượng"))
    assert "số liệu của [mục] [tiêu]" in below
    assert "[LƯỢNG]" not in below

    alone = marked(extracts.extract(head, asked, subject="Ban hành mục tiêu chất lượng"))
    assert "[MỤC] [TIÊU] [CHẤT] [LƯỢNG]" in alone, "where they stand nowhere else"
    assert marked(extracts.extract(text, asked, subject="Việc khác")).startswith("ỦY BAN")


def test_a_text_without_the_words_shows_nothing_of_itself():
    assert extracts.extract("Không có gì.", extracts.pattern(read("mục"))) == ()
    assert Words(tuple(words("mục"))).in_order == ""
