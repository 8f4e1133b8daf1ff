"""HTML from the clipboard becomes plain text: Word's own lists and tables, nothing that runs."""

from __future__ import annotations

import pytest

from documents.importing import markup
from documents.importing.findings import Unreadable
from documents.importing.markup import read_markup
from documents.importing.plain import Place
from documents.importing.text import read_text


def blocks(html: str) -> list[str]:
    return read_markup(html).text.rstrip("\n").split("\n\n")


def refusal(html: str) -> str:
    with pytest.raises(Unreadable) as refused:
        read_markup(html)
    return refused.value.code


def test_a_paste_from_word_keeps_its_words_numbers_and_smart_tags():
    html = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {color: red}</style>
    <!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
    <body lang=VI><!--StartFragment-->
    <p class=MsoNormal align=center><b><span style='font-size:14.0pt'>QUYẾT ĐỊNH<o:p></o:p></span></b></p>
    <p class=MsoNormal>Về việc trực
      Tết tại <st1:place w:st="on"><st1:City w:st="on">An Mẫu</st1:City></st1:place></p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
    style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Mục một</p>
    <p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='font-family:Symbol'><span
    style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span></span>Gạch một</p>
    <p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>"""
    assert blocks(html) == [
        "QUYẾT ĐỊNH", "Về việc trực Tết tại An Mẫu", "1. Mục một", "• Gạch một",
    ]  # fmt: skip


def test_tables_with_merged_cells_keep_their_columns():
    html = """<table border=1><thead><tr><th>TT</th><th>Mục tiêu</th><th colspan=2>Chỉ tiêu</th></tr></thead>
    <tbody><tr><td rowspan=2><p>1</p></td><td rowspan=2><p>Đúng hạn<br>tại một cửa</p></td><td>98%</td><td>quý I</td></tr>
    <tr><td>99%</td><td><table><tr><td>quý</td><td>II</td></tr></table></td></tr></tbody></table>"""
    plain = read_markup(html)
    assert plain.text.rstrip("\n").split("\n") == [
        "TT\tMục tiêu\tChỉ tiêu\t",
        "1\tĐúng hạn tại một cửa\t98%\tquý I",
        "\t\t99%\tquý II",
    ]
    assert plain.places[-1] == (3, Place("row", 3, 1))


def test_lists_of_a_web_page_get_the_numbers_a_browser_draws():
    html = "<ol start=3><li>Ba<ol type=a><li>mốt<li>hai</ol><li value=7>Bảy</ol><ul><li>gạch</ul>"
    assert blocks(html) == ["3. Ba", "a) mốt", "b) hai", "7. Bảy", "- gạch"]


def test_a_letterhead_in_a_table_without_lines_comes_apart():
    html = """<table border=0><tr><td><p>ỦY BAN NHÂN DÂN</p><p>QUẬN AN MẪU</p></td>
    <td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p></td></tr></table>"""
    assert blocks(html) == [
        "ỦY BAN NHÂN DÂN\nQUẬN AN MẪU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    ]


def test_what_word_hides_or_deleted_is_left_out_and_what_it_inserted_stays():
    html = """<p>Đạt <del cite="mailto:An">90%</del><ins>92%</ins><span style='display:none'>ẩn</span>
    <span style='mso-element:comment'>ghi chú</span><span style='mso-tab-count:1'>    </span>hết</p>
    <p style="text-transform: uppercase">điều kiện</p>"""
    plain = read_markup(html)
    assert plain.text.split("\n\n") == ["Đạt 92% hết", "ĐIỀU KIỆN\n"]
    assert [(one.code, one.values["count"]) for one in plain.findings] == [("hidden_left_out", 2)]


def test_scripts_pictures_and_frames_are_nothing_and_escaped_code_is_text():
    html = """<p onclick="alert(1)">Một<script>document.write('x')</script><img src="http://x.example/a.png"
    onerror="alert(1)"><iframe src="http://x.example/">y</iframe></p><p>&lt;script&gt;{{ 7*7 }}&lt;/script&gt;</p>
    <link rel=stylesheet href="http://x.example/a.css"><a href="javascript:alert(1)">liên kết</a>"""
    assert blocks(html) == ["Một", "<script>{{ 7*7 }}</script>", "liên kết"]


def test_plain_text_in_no_element_is_a_paragraph_and_nothing_is_empty():
    assert blocks("Một đoạn &amp; hết") == ["Một đoạn & hết"]
    assert refusal("<p> </p><script>x</script>") == "empty"
    assert refusal("") == "empty"


def test_a_frame_around_the_paste_is_no_table():
    assert blocks("<table><tr><td><p>Một</p><p>Hai</p></td></tr></table>") == ["Một", "Hai"]


def test_a_paste_reads_as_the_paper_it_is():
    html = "<p>QUYẾT ĐỊNH</p><p>Về việc họp</p><p>ỦY BAN NHÂN DÂN QUẬN AN MẪU</p><p>QUYẾT ĐỊNH:</p><p>Điều 1. Họp./.</p>"
    content = read_text(read_markup(html).text).content
    assert (content.preface.subject, content.articles[0].text) == ("họp", "Họp./.")


def test_a_paste_over_the_bound_is_refused_unparsed():
    assert refusal("a" * (markup.MAX_MARKUP + 1)) == "file_too_large"


def test_elements_nested_without_end_are_refused():
    assert refusal("<div>" * 1_000 + "x") == "xml_too_deep"
    assert refusal("<table><tr><td>" * 400 + "x") == "xml_too_deep"


@pytest.mark.parametrize(
    "html",
    [
        "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">x</p>",
        "<table>" + "<tr><td rowspan=60000 colspan=60>a" * 30_000,
    ],
    ids=["attributes", "spans"],
)
def test_markup_made_to_be_slow_ends_within_the_bounds_in_a_sentence(monkeypatch, html):
    from dataclasses import replace

    monkeypatch.setattr(markup, "BOUNDS", replace(markup.BOUNDS, seconds=1, deadline=10.0))
    assert refusal(html) in {"stopped", "xml_too_deep", "empty", "too_large"}


def test_rows_that_reach_down_over_each_other_are_bounded(monkeypatch):
    monkeypatch.setattr(markup, "MAX_CELLS", 1_000)
    assert refusal("<table>" + "<tr>" + "<td rowspan=100>a" * 60 + "<tr><td>b" * 99) == "stopped"
