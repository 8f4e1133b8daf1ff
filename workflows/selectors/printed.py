"""What the procedure writes about a paper, as it is printed; each of its records, found for an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.models import PrintOrder
from documents.printing import records
from documents.printing.compose import UNDATED, said
from documents.printing.paper import Foot, Paper, PrintedBlock, PrintedSheet
from documents.rendering.html import NATIONAL_HEADING
from documents.selectors.papers import heading
from documents.services import wishes
from offices.dates import local_day, vn_date
from workflows.selectors import minutes, remarks, slips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.models import Document
    from documents.services.wishes import Wish
    from workflows.models import ReviewRound
    from workflows.selectors.minutes import Sheet
    from workflows.selectors.remarks import Remarked, Taken

PRINTS = "Bản in"
TABLE = "BẢNG TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN"
COLUMNS = ("STT", "Người góp ý", "Về", "Nội dung góp ý", "Tiếp thu, giải trình")


def paper_of(order: PrintOrder) -> Paper | None:
    """Compose the record that an order is for; None where it is no more."""
    if order.what == PrintOrder.What.MINUTES:
        sheet = minutes.sheet_of(order.about or 0)
        return None if sheet is None else of_minutes(sheet)
    document = order.revision.document
    if order.what in slips.SLIPS:
        slip = slips.one_of(document, order.what, order.about or 0)
        return None if slip is None else slip.paper
    return of_remarks(document, list(remarks.rounds_of(document)))


def wishes_of_minutes(sheet: Sheet) -> list[Wish]:
    """Give the prints of the minutes of one meeting."""
    one = sheet.minutes
    return wishes.of_record(
        one.round.revision, PrintOrder.What.MINUTES, of_minutes(sheet), about=one.pk
    )


def wishes_of_remarks(document: Document, rounds: list[ReviewRound]) -> list[Wish]:
    """Give the prints of the table of remarks, kept with the text asked about last; none for none."""
    if not rounds:
        return []
    paper = of_remarks(document, rounds)
    return wishes.of_record(rounds[-1].revision, PrintOrder.What.REMARKS, paper)


def of_minutes(sheet: Sheet) -> Paper:
    """Compose the Biên bản of one meeting by Decree 30/2020, Appendix III."""
    one = sheet.minutes
    number = f"{sheet.number}/{sheet.symbol}" if sheet.number else ""
    rows = [
        (str(place), person.who, person.attended, person.said)
        for place, person in enumerate(sheet.people, 1)
    ]
    blocks = [
        *(block for line in sheet.facts for block in records.paragraphs(line)),
        records.table(sheet.columns, rows),
        *records.paragraphs(sheet.result),
        records.heading(minutes.CONTENT),
        *records.paragraphs(one.text),
        *records.paragraphs(sheet.closing),
        records.two_signatures(
            (minutes.SECRETARY, one.by.display_name), (minutes.CHAIR, one.chair.display_name)
        ),
    ]
    agency = tuple(said(line.text) for line in sheet.agency)
    page = PrintedSheet(
        national=NATIONAL_HEADING,
        agency=agency,
        governing=sum(not line.is_issuer for line in sheet.agency),
        number=said(f"Số: {number}") if number else "",
        label=minutes.NAME,
        title=said(sheet.title),
        blocks=tuple(blocks),
        foot=Foot("Nơi nhận:", sheet.goes_to, None),
    )
    return Paper(sheet.name, agency[-1], number, local_day(one.held_at), (page,))


def of_remarks(document: Document, rounds: list[ReviewRound]) -> Paper:
    """Compose the table of every remark on a paper and what became of it, on wide sheets.

    `rounds` are those of `remarks.rounds_of`.
    """
    last = rounds[-1] if rounds else None
    office, department = document.office, document.department
    page = PrintedSheet(
        national=NATIONAL_HEADING,
        agency=(*(said(line) for line in office.header_lines), said(department.name.upper())),
        governing=len(office.header_lines),
        label=TABLE,
        title=said(heading(document)),
        blocks=tuple(block for one in rounds for block in _of_round(one)),
        wide=True,
    )
    day = local_day(last.closed_at or last.opened_at) if last is not None else UNDATED
    title = f"Bảng tổng hợp ý kiến {document.reference}"
    return Paper(title, department.name, document.reference, day, (page,))


def _of_round(round: ReviewRound) -> Iterator[PrintedBlock]:
    until = f" đến {vn_date(local_day(round.closed_at))}" if round.closed_at else ""
    yield records.heading(
        f"Lượt {round.ordinal}, bản sửa đổi {round.revision.amendment} "
        f"(từ {vn_date(local_day(round.opened_at))}{until})"
    )
    found = remarks.of_round(round)
    if found:
        yield records.table(COLUMNS, [_row(*one) for one in enumerate(found, 1)], wide=True)
    else:
        yield from records.paragraphs("Không có góp ý nào.")
    silent = remarks.silent_of(round)
    if silent:
        rule = f" (được coi là đồng ý theo {round.silence_rule})" if round.silence_rule else ""
        yield from records.paragraphs(f"Không có ý kiến{rule}: {'; '.join(silent)}.")


def _row(place: int, one: Remarked) -> tuple[str, ...]:
    marks = [
        word
        for word, holds in (("không đồng ý", one.dissent), ("ý kiến muộn", not one.must))
        if holds
    ]
    who = one.opinion.reviewer_title
    return (
        str(place),
        f"{who} ({', '.join(marks)})" if marks else who,
        one.clause or "Toàn văn bản",
        one.text,
        "\n".join(_taken(row) for row in one.taken) or "Chưa trả lời",
    )


def _taken(row: Taken) -> str:
    where = f" tại {row.place}" if row.place else ""
    words = f": {row.text}" if row.text else ""
    return f"{row.words}{where}{words} ({row.by})"
