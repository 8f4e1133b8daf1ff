"""Every finding and refusal of the readers: its severity and its sentence as a message id.

The catalogue holds the Vietnamese; the pure readers know the code alone. "stop" bars submitting,
"warn" asks the drafter to look, "note" tells what was done.
"""

from __future__ import annotations

from documents.importing.noted import ON_THE_PAPER, OURS, Code, Severity

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
    "scan": "This file is a scan: it has pictures of pages, but no letters. Take the file it was printed from, or have it recognised (OCR) first.",
    "pdf_letters": "The letters of this PDF have lost their meaning (a font without its table). Take the Word file it was made from.",
    "pdf_pages": "The PDF has %(count)s pages; at most %(pages)s are read. Nothing was stored.",
    "pdf_too_much": "The PDF has more than %(limit)s letters. Nothing was stored.",
    "stopped": "Reading was stopped: it took too long or too much memory. Take the Word file, or save the paper in a simpler form.",
    "busy": "Several large files are being read at this moment. Try again in a minute.",
    "kind_unknown": "The text does not show what kind of paper it is. Choose the kind, or check the file.",
}

# What became of a text while it was carried in.
ON_THE_WAY: dict[str, Code] = {
    "text_normalised": Code(
        "note",
        "Letters written as base and mark apart were joined (Unicode NFC) from line %(line)s.",
        OURS,
        "Letters are kept composed (Unicode NFC), as the decree's TCVN 6909 asks; nothing is to be done.",
    ),
    "invisible_removed": Code(
        "note",
        "Invisible or control characters were removed (%(count)s, first on line %(line)s).",
        OURS,
        "What cannot be seen is not kept; look whether a word was broken there.",
    ),
    "letters_replaced": Code(
        "note",
        "Letters of other alphabets that look like ours were replaced (%(count)s, first on line %(line)s).",
        OURS,
        "A word is written in the letters of one alphabet; look whether the word is right.",
    ),
    "scan_mended": Code(
        "warn",
        "Figures read as letters and torn words of the form were mended (%(count)s lines, first on line %(line)s).",
        OURS,
        "Numbers, dates and the words of the form are held against the original after a scan.",
    ),
    "page_numbers_removed": Code(
        "note",
        "Page numbers between the lines were left out (%(count)s, first on line %(line)s).",
        OURS,
        "Page numbers are set by the print and are no part of the text; nothing is to be done.",
    ),
    "read_as_utf16": Code(
        "note",
        "The text was in UTF-16; the draft holds the same letters in UTF-8.",
        OURS,
        "A text is kept in UTF-8; nothing is to be done.",
    ),
    "lines_as_paragraphs": Code(
        "note",
        "The text has no blank lines between paragraphs: each line was read as a paragraph.",
        OURS,
        "A blank line ends a paragraph; join by hand what belongs together.",
    ),
    "lines_joined": Code(
        "warn",
        "Most lines were paragraphs of their own, as copied from a PDF; they were joined by their words.",
        OURS,
        "Where paragraphs end is held against the original; part or join by hand what is not right.",
    ),
    "table_ragged": Code(
        "note",
        "Line %(line)s: a row has %(found)s cells, the header %(expected)s; kept as printed.",
        OURS,
        "A row has as many cells as the head of its table; join or split its cells.",
    ),
    "table_break": Code(
        "note",
        "Line %(line)s: page break inside a table; rows kept as printed.",
        OURS,
        "A row is not broken by a page; join the two halves where one row was meant.",
    ),
    "typo_suspected": Code(
        "warn",
        "Line %(line)s: «%(found)s» – perhaps «%(instead)s»?",
        OURS,
        "A likely slip of scanning or typing is looked at; nothing is corrected by itself.",
    ),
    "links_left_out": Code(
        "note",
        "The file links to things outside (%(count)s); none was opened or fetched.",
        OURS,
        "Nothing outside the file is opened or fetched; attach what the paper needs.",
    ),
    "pdf_acts": Code(
        "warn",
        "The PDF would act by itself when it is opened (%(acts)s). Nothing of it was carried out; print it to a new PDF before it is passed on.",
        OURS,
        "A paper shows words and does nothing; what acts is left out of the kept file.",
    ),
    "pdf_carries": Code(
        "note",
        "The PDF carries %(count)s files of its own; none was opened or read.",
        OURS,
        "What belongs to a paper is attached to its draft, where everybody sees it.",
    ),
    "pictures_left_out": Code(
        "warn",
        "The file has pictures or embedded objects in its text (%(count)s); what stands on them was not read.",
        OURS,
        "Only letters are read; type what the picture shows, or attach it.",
    ),
    "tracked_accepted": Code(
        "warn",
        "Tracked changes (%(count)s) were read as accepted. Check that this was meant.",
        OURS,
        "A paper is read as it would stand with every tracked change accepted; check that each was meant.",
    ),
    "comments_left_out": Code(
        "note",
        "Comments in the margin (%(count)s) were left out.",
        OURS,
        "Comments are no part of a paper; carry over what still matters.",
    ),
    "hidden_left_out": Code(
        "note",
        "Hidden text (%(count)s places) was left out.",
        OURS,
        "Hidden text is no part of a paper; show it in the file where it was meant.",
    ),
    "notes_moved": Code(
        "note",
        "Footnotes (%(count)s) stand below the paragraph they belong to.",
        OURS,
        "A decision has no footnotes; work each into its paragraph or drop it.",
    ),
    "margins_kept": Code(
        "note",
        "Lines in the page header or footer (%(count)s) stand at the top or the end.",
        OURS,
        "No words are lost from the margins; move or drop what the header and footer said.",
    ),
    "table_nested": Code(
        "note",
        "Tables inside table cells (%(count)s) were written as lines of the cell.",
        OURS,
        "A cell holds words only; make a table inside a table one of its own.",
    ),
    "page_is_picture": Code(
        "warn",
        "Page %(page)s of the file is a picture; what stands on it was not read.",
        OURS,
        "Only letters are read; type what the picture shows, or attach it.",
    ),
    "turned_left_out": Code(
        "note",
        "Letters that stand askew (%(count)s, such as a watermark) were left out.",
        OURS,
        "A watermark is no part of the text; type what was meant as words.",
    ),
    "running_lines_left_out": Code(
        "note",
        "Lines repeated at the edge of the pages (%(count)s) were kept once.",
        OURS,
        "A line that every page repeats is kept once; look whether it belongs to the text.",
    ),
    "not_understood": Code(
        "warn",
        "Line %(line)s: this passage was not understood; it is kept as written: «%(text)s»",
        OURS,
        "Every line is a known part of the paper; move or mend what is not.",
    ),
}

FINDINGS: dict[str, Code] = {**ON_THE_PAPER, **ON_THE_WAY}


# Every sentence by its code, refusals and findings alike.
SENTENCES: dict[str, str] = {
    **REFUSALS,
    **{name: code.sentence for name, code in FINDINGS.items()},
}


def severity_of(code: str) -> Severity:
    """The severity of a finding's code; an unknown code is an error of the reader."""
    return FINDINGS[code].severity


def source_of(code: str) -> str:
    """The clause a finding's code rests on; empty where it is of our own choosing."""
    source = FINDINGS[code].source
    return "" if source == OURS else source
