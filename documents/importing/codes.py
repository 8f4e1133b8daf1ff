"""Every finding and refusal of the readers: its severity and its sentence as a message id.

The catalogue holds the Vietnamese; the pure readers know the code alone. "stop" bars submitting,
"warn" asks the drafter to look, "note" tells what was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["stop", "warn", "note"]


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says, with named placeholders filled from the finding's values."""

    severity: Severity
    sentence: str


REFUSALS: dict[str, str] = {
    "empty": "The file has no text. Choose another file or paste the text.",
    "binary": "This is not a text file (unreadable byte near line %(line)s). Save it as .txt in UTF-8.",
    "too_large": "The text has %(size)s bytes; at most %(limit)s are accepted. Nothing was stored.",
    "too_many_lines": "The text has %(count)s lines; at most %(limit)s are accepted.",
    "line_too_long": "Line %(line)s has %(count)s characters; at most %(limit)s are accepted.",
    "encoding_mixed": "Line %(line)s is not in the same encoding as the rest. Save the file again as UTF-8.",
    "encoding_unknown": "The file is not in UTF-8 (first seen on line %(line)s). Save it again as UTF-8.",
    "encoding_legacy": "Line %(line)s is written in an old Vietnamese encoding (%(name)s). Convert it to Unicode first.",
    "encoding_garbled": "Line %(line)s was damaged by an earlier conversion. Take the original file.",
    "encoding_lost": "Line %(line)s has lost letters (replacement characters). Take the original file.",
    "secret": "Line %(line)s marks the paper as %(mark)s. Secret papers are not kept in this system.",
    "not_of_kind": "Line %(line)s says that this is %(found)s, not %(kind)s. Choose the right kind or file.",
    "file_too_large": "The file has %(size)s bytes; at most %(limit)s are accepted. Nothing was stored.",
    "zip_bomb": "The file unpacks to more than %(limit)s MB; no paper is so large. Nothing was stored.",
    "damaged": "The file is damaged or was cut off. Open it in the program it came from and save it again.",
    "encrypted": "The file is locked with a password. Save a copy without a password and choose that.",
    "macros": "The file carries macros or commands that run. Save it as .docx without macros.",
    "external": "The file fetches something from outside when it is opened (%(target)s). Remove that link and save it again.",
    "xml_entities": "The file declares entities or a document type inside; no word processor writes that. It was not read.",
    "xml_too_deep": "The parts of the file are nested more than %(limit)s levels deep. It was not read.",
    "not_word": "This is a packed file, but no Word document. Choose the .docx itself.",
    "word_old": "This is an old Word file (.doc). Open it in Word or LibreOffice and save it as .docx.",
    "rich_text": "This is a rich text file (.rtf). Open it in Word or LibreOffice and save it as .docx.",
    "picture": "This is a picture, not a text. Choose the file the paper was written in.",
    "wrong_extension": "The file is named %(named)s, but it is %(found)s. Name it rightly, or choose the right file.",
    "scan": "This PDF is a scan: it has pictures of pages, but no letters. Take the file it was printed from, or have it recognised (OCR) first.",
    "pdf_letters": "The letters of this PDF have lost their meaning (a font without its table). Take the Word file it was made from.",
    "pdf_pages": "The PDF has %(count)s pages; at most %(pages)s are read. Nothing was stored.",
    "pdf_too_much": "The PDF has more than %(limit)s letters. Nothing was stored.",
    "stopped": "Reading was stopped: it took too long or too much memory. Take the Word file, or save the paper in a simpler form.",
    "busy": "Several large files are being read at this moment. Try again in a minute.",
    "kind_unknown": "The text does not show what kind of paper it is. Choose the kind, or check the file.",
}

FINDINGS: dict[str, Code] = {
    "text_normalised": Code(
        "note",
        "Letters written as base and mark apart were joined (Unicode NFC) from line %(line)s.",
    ),
    "invisible_removed": Code(
        "note", "Invisible or control characters were removed (%(count)s, first on line %(line)s)."
    ),
    "letters_replaced": Code(
        "note",
        "Letters of other alphabets that look like ours were replaced (%(count)s, first on line %(line)s).",
    ),
    "page_numbers_removed": Code(
        "note", "Page numbers between the lines were left out (%(count)s, first on line %(line)s)."
    ),
    "read_as_utf16": Code(
        "note", "The text was in UTF-16; the draft holds the same letters in UTF-8."
    ),
    "lines_as_paragraphs": Code(
        "note", "The text has no blank lines between paragraphs: each line was read as a paragraph."
    ),
    "type_missing": Code("stop", "The name of the document type (%(expected)s) was not found."),
    "subject_missing": Code("stop", "The subject (trích yếu) was not found."),
    "subject_prefix": Code(
        "note", "Line %(line)s: «%(prefix)s» before the subject is the form of an official letter."
    ),
    "authority_missing": Code("stop", "The issuing authority was not found above the legal bases."),
    "authority_incomplete": Code(
        "warn", "Line %(line)s: the authority is cut short («%(raw)s»); read as %(full)s."
    ),
    "number_blank": Code(
        "note", "Line %(line)s: the number is blank; it is given on registration."
    ),
    "number_early": Code(
        "warn", "Number %(number)s on %(date)s, in the first days of the year, is unusually high."
    ),
    "date_blank": Code(
        "note", "Line %(line)s: day or month is blank; it is given on registration."
    ),
    "date_padding": Code(
        "note",
        "Line %(line)s: «%(raw)s» – days below 10 and months 1 and 2 take a 0, other months none.",
    ),
    "date_impossible": Code("warn", "Line %(line)s: «%(raw)s» is not a day of the calendar."),
    "bases_missing": Code("warn", "No legal basis (Căn cứ) was found."),
    "basis_not_understood": Code(
        "warn",
        "Line %(line)s: no instrument could be read in this legal basis; it is kept as written.",
    ),
    "basis_duplicate": Code(
        "warn", "Line %(line)s: %(number)s is cited twice (also on line %(other)s)."
    ),
    "basis_inversion": Code(
        "warn",
        "Line %(line)s: %(number)s is dated before %(other_number)s (line %(other)s), though its number is higher.",
    ),
    "basis_weekend": Code("warn", "Line %(line)s: %(number)s is dated on a weekend (%(raw)s)."),
    "basis_terminator": Code(
        "note",
        "Line %(line)s: a legal basis ends with «;», the last line of the preamble with «.».",
    ),
    "recital_other": Code(
        "note", "Line %(line)s: this paragraph of the preamble is neither a basis nor a proposer."
    ),
    "proposer_missing": Code("warn", "On whose proposal the decision is issued was not found."),
    "proposer_terminator": Code(
        "note", "Line %(line)s: the last line of the preamble ends with «.» (found «%(found)s»)."
    ),
    "enacting_missing": Code("stop", "The enacting word «QUYẾT ĐỊNH:» was not found."),
    "articles_missing": Code("stop", "No article (Điều 1.) was found."),
    "article_order": Code(
        "warn", "Line %(line)s: article %(found)s stands where article %(expected)s is expected."
    ),
    "effect_missing": Code("warn", "No clause says from when the decision has effect."),
    "effect_not_understood": Code(
        "warn",
        "Line %(line)s: the day of effect could not be read; write a day or «kể từ ngày ký».",
    ),
    "effect_several": Code(
        "warn", "There are %(count)s clauses of effect; the first one was taken."
    ),
    "supersession_unnamed": Code(
        "note", "Line %(line)s: «%(verb)s» names no earlier document by number and date."
    ),
    "executors_missing": Code("warn", "Who carries out the decision was not found."),
    "end_mark_missing": Code("note", "The end mark «./.» was not found."),
    "recipients_missing": Code("warn", "The distribution list (Nơi nhận) was not found."),
    "recipient_article": Code(
        "warn", "Line %(line)s: article %(article)s, to which «%(raw)s» refers, names no executor."
    ),
    "archive_missing": Code("warn", "The archive line (Lưu: VT) was not found."),
    "archive_without_vt": Code("warn", "Line %(line)s: the archive line must begin with VT."),
    "signature_dot": Code("note", "Line %(line)s: «%(raw)s» lacks the dot after the abbreviation."),
    "signature_noise": Code(
        "warn", "Line %(line)s: «%(noise)s» after the signature line is probably noise of a scan."
    ),
    "signature_authority": Code(
        "warn",
        "Line %(line)s: the signature block does not agree with the authority (TM. stands for the committee only).",
    ),
    "annex_signature": Code(
        "warn",
        "Line %(line)s: this block signs %(name)s as «%(role)s», the decision as «%(main)s».",
    ),
    "annex_reference": Code(
        "note",
        "Line %(line)s: number or date of the decision is blank; it is filled on registration.",
    ),
    "annex_reference_differs": Code(
        "warn", "Line %(line)s: the annex names decision %(found)s, this is decision %(main)s."
    ),
    "annex_without_title": Code(
        "warn", "Line %(line)s: this part after the signature has no title."
    ),
    "table_ragged": Code(
        "note",
        "Line %(line)s: a row has %(found)s cells, the header %(expected)s; kept as printed.",
    ),
    "table_break": Code("note", "Line %(line)s: page break inside a table; rows kept as printed."),
    "typo_suspected": Code("warn", "Line %(line)s: «%(found)s» – perhaps «%(instead)s»?"),
    "links_left_out": Code(
        "note", "The file links to things outside (%(count)s); none was opened or fetched."
    ),
    "tracked_accepted": Code(
        "warn", "Tracked changes (%(count)s) were read as accepted. Check that this was meant."
    ),
    "comments_left_out": Code("note", "Comments in the margin (%(count)s) were left out."),
    "hidden_left_out": Code("note", "Hidden text (%(count)s places) was left out."),
    "notes_moved": Code("note", "Footnotes (%(count)s) stand below the paragraph they belong to."),
    "margins_kept": Code(
        "note", "Lines in the page header or footer (%(count)s) stand at the top or the end."
    ),
    "table_nested": Code(
        "note", "Tables inside table cells (%(count)s) were written as lines of the cell."
    ),
    "page_is_picture": Code(
        "warn", "Page %(page)s of the file is a picture; what stands on it was not read."
    ),
    "turned_left_out": Code(
        "note", "Letters that stand askew (%(count)s, such as a watermark) were left out."
    ),
    "running_lines_left_out": Code(
        "note", "Lines repeated at the edge of the pages (%(count)s) were kept once."
    ),
    "not_understood": Code(
        "warn", "Line %(line)s: this passage was not understood; it is kept as written: «%(text)s»"
    ),
}


# Every sentence by its code, refusals and findings alike.
SENTENCES: dict[str, str] = {
    **REFUSALS,
    **{name: code.sentence for name, code in FINDINGS.items()},
}


def severity_of(code: str) -> Severity:
    """The severity of a finding's code; an unknown code is an error of the reader."""
    return FINDINGS[code].severity
