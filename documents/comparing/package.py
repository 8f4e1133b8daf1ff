"""The parts of a .docx around its body: the same bytes for the same comparison.

The look is kept near Decree 30/2020, Appendix I: A4, its margins, Times New Roman of 14 points.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from documents.comparing.tracked import Author, body_of, clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.content.passages import Passage

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPENING = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NEVER = (1980, 1, 1, 0, 0, 0)

_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MEDIA_TYPE}.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType='
    '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_OF_DOCUMENT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
# Twentieths of a point: A4; top and bottom 20 mm, left 30 mm, right 15 mm.
_SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567"'
    ' w:footer="567" w:gutter="0"/></w:sectPr>'
)


def _style(name: str, paragraph: str = "", run: str = "") -> str:
    look = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    face = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{look}{face}</w:style>'
    )


_FACE = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"'
    ' w:eastAsia="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/>'
)
_LINE = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
_LINES = "".join(
    _LINE.format(side) for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_FLAT = '<w:spacing w:before="0" w:after="0"/><w:ind w:firstLine="0"/>'
_STYLES = (
    f'<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{_FACE}</w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>'
    '<w:spacing w:before="120" w:after="0"/><w:ind w:firstLine="720"/><w:jc w:val="both"/></w:pPr></w:style>'
    + _style("centre", f'{_FLAT}<w:jc w:val="center"/>', "<w:b/>")
    + _style("title", '<w:ind w:firstLine="0"/><w:jc w:val="center"/>', "<w:b/>")
    + _style("citation", "", "<w:i/>")
    + _style("small", f'{_FLAT}<w:jc w:val="left"/>', '<w:sz w:val="22"/>')
    + _style("cell", f'{_FLAT}<w:jc w:val="left"/>', '<w:sz w:val="24"/>')
    + '<w:style w:type="table" w:styleId="grid"><w:name w:val="grid"/><w:tblPr>'
    f"<w:tblBorders>{_LINES}</w:tblBorders></w:tblPr></w:style></w:styles>"
)


def tracked_changes(passages: Sequence[Passage], *, title: str, author: Author) -> bytes:
    """The .docx whose changes, all accepted, are the new paper and, all rejected, the old one."""
    return _zipped(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": _RELATIONS,
            "docProps/core.xml": _core(title, author),
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>'
            f"{body_of(passages, author)}{_SECTION}</w:body></w:document>",
            "word/_rels/document.xml.rels": _OF_DOCUMENT,
            "word/styles.xml": _STYLES,
        }
    )


def _core(title: str, author: Author) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(clean(title))}</dc:title>"
        f"<dc:creator>{escape(clean(author.name))}</dc:creator></cp:coreProperties>"
    )


def _zipped(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=_NEVER)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, _OPENING + text)
    return held.getvalue()
