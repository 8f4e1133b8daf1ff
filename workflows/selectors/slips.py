"""The Tờ trình and Phiếu trình of a paper, as they are read on its page and as they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from documents.models import PrintOrder
from documents.models.papers import AuthorityKind
from documents.printing import records
from documents.printing.compose import said
from documents.printing.paper import Foot, Paper, PrintedSheet, PrintedSignature
from documents.rendering.html import ADDRESSED, NATIONAL_HEADING
from documents.selectors.papers import heading
from documents.services import wishes
from offices import bodies
from offices.authority import lines_of_a_unit_head
from offices.dates import local_day, vn_date, vn_date_words
from offices.models import Post
from workflows.checklists import CONTENT_POINTS, FORM_POINTS
from workflows.models import FormCheck, SubmissionNote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from documents.models import Document, Revision
    from documents.printing.paper import PrintedBlock
    from documents.services.wishes import Wish
    from offices.models import Department
    from workflows.models import TakeBack

RowT = TypeVar("RowT", SubmissionNote, FormCheck)
SLIPS = (PrintOrder.What.NOTE, PrintOrder.What.SLIP)
NAMES = {PrintOrder.What.NOTE: "Tờ trình", PrintOrder.What.SLIP: "Phiếu trình"}
COLUMNS = ("STT", "Điểm kiểm tra", "Kết quả")
CONTENT, FORM = "Thẩm tra nội dung", "Kiểm tra thể thức"
TAKEN_BACK, ENDS = "ĐÃ LẤY LẠI", "./."


@dataclass(frozen=True, slots=True)
class Points:
    """One list of the check: its name, and each point in words with whether it holds."""

    name: str
    rows: tuple[tuple[str, bool], ...]

    @property
    def held(self) -> int:
        """How many points hold."""
        return sum(holds for _words, holds in self.rows)


@dataclass(frozen=True)
class Slip:
    """One Tờ trình or Phiếu trình with every line of its printed form (Decree 30/2020, Appendix III).

    `issuer` is the department whose paper it is, `title_caps` the title of the post it was signed in.
    """

    what: PrintOrder.What
    row: SubmissionNote | FormCheck
    document: Document
    issuer: Department
    title_caps: str
    lists: tuple[Points, ...] = ()

    @property
    def name(self) -> str:
        """The paper by its number."""
        return f"{NAMES[self.what]} {self.row.cited_as}"

    @property
    def prints_title(self) -> str:
        """What stands above its prints."""
        return f"Bản in {self.name}"

    @property
    def key(self) -> str:
        """Tells it from the others on its page."""
        return f"{self.what}-{self.row.pk}"

    @property
    def day(self) -> date:
        """The day it bears."""
        return self.row.dated_on if isinstance(self.row, SubmissionNote) else local_day(self.row.at)

    @property
    def by_title(self) -> str:
        """The post in whose right it was made."""
        return str(self.row.standing.get("post_title", ""))

    @property
    def in_place_of(self) -> str:
        """Who was away, where somebody stood in; empty otherwise."""
        return self.row.standing.get("on_behalf_of") or ""

    @property
    def urgent_because(self) -> str:
        """Why the paper cannot wait for the committee; empty where it can."""
        return self.row.urgent_because if isinstance(self.row, SubmissionNote) else ""

    @property
    def taken_back(self) -> TakeBack | None:
        """That it was taken back; None where it stands."""
        return self.row.taken_back

    @property
    def revision(self) -> Revision:
        """The content it was made for, also where it was taken back."""
        found = self.row.revision if self.row.taken_back is None else self.row.taken_back.revision
        if found is None:
            raise ValueError(f"{self.name} neither stands nor was taken back")
        return found

    @property
    def wishes(self) -> list[Wish]:
        """Give its prints."""
        return wishes.of_record(self.revision, self.what, self.paper, about=self.row.pk)

    @cached_property
    def paper(self) -> Paper:
        """Compose its sheet; one that was taken back says so above and across every page."""
        office = self.document.office
        agency = (*(said(line) for line in office.header_lines), said(self.issuer.name.upper()))
        number = said(f"Số: {self.row.cited_as}")
        page = PrintedSheet(
            national=NATIONAL_HEADING,
            agency=agency,
            governing=len(office.header_lines),
            number=number,
            place_and_date=said(f"{office.place}, {vn_date_words(self.day)}"),
            label=NAMES[self.what].upper(),
            title=said(f"Về việc ban hành {heading(self.document)}"),
            blocks=tuple(self._blocks()),
            foot=Foot("Nơi nhận:", ("- Như trên;", said(f"- Lưu: VT, {self.issuer.code}.")), self._signature()),
        )  # fmt: skip
        taken = self.taken_back
        ribbon = (
            f"{TAKEN_BACK} ngày {vn_date(local_day(taken.at))} — chỉ lưu trong hồ sơ"
            if taken
            else ""
        )
        return Paper(
            self.name, said(self.issuer.name), number, self.day, (page,),
            ribbon=ribbon, mark=TAKEN_BACK if taken else "",
        )  # fmt: skip

    def _blocks(self) -> Iterator[PrintedBlock]:
        lines = [line.strip() for line in self.row.text.splitlines() if line.strip()]
        # Whom it goes to is a part of the text where its writer says it.
        says_whom = bool(lines) and lines[0].startswith(ADDRESSED)
        yield records.addressee(lines.pop(0) if says_whom else f"{ADDRESSED} {whom(self.document)}")
        if self.urgent_because:
            because = " ".join(self.urgent_because.split())
            lines.append(f"Đề nghị đi trước khi lấy ý kiến: {because}")
        closing = [_counted(self.lists)] if self.lists else lines[-1:]
        for line in lines if self.lists else lines[:-1]:
            yield from records.paragraphs(line)
        for one in self.lists:
            yield records.heading(one.name)
            yield records.table(COLUMNS, _rows(one))
        for line in closing:
            yield from records.paragraphs(line.removesuffix(ENDS).rstrip(".") + ENDS)

    def _signature(self) -> PrintedSignature:
        """Leave room to sign by hand, in the manner in which the post was held.

        Whoever stands in for somebody away is called so: no post says whose deputy they are, and
        KT. is a deputy's alone (Decree 30/2020 art. 13).
        """
        standing = self.row.standing
        if standing.get("delegation_id"):
            lines: tuple[str, ...] = (f"LÀM THAY {self.title_caps}",)
        else:
            lines = lines_of_a_unit_head(
                self.title_caps,
                acting=bool(standing.get("acting")),
                in_charge=bool(standing.get("in_charge")),
            )
        return PrintedSignature(
            tuple(said(line) for line in lines), "", said(self.row.by.display_name)
        )


def of_document(document: Document) -> list[Slip]:
    """Give every Tờ trình and Phiếu trình of a paper, the newest first; at most four queries."""
    return _slips(
        document,
        notes=_whole(SubmissionNote.objects.filter(case__document=document)),
        checks=_whole(FormCheck.objects.filter(case__document=document)),
    )


def one_of(document: Document, what: str, key: int) -> Slip | None:
    """Give one Tờ trình or Phiếu trình of a paper; None where there is none. At most three queries."""
    if what == PrintOrder.What.NOTE:
        notes = _whole(SubmissionNote.objects.filter(case__document=document, pk=key))
        return next(iter(_slips(document, notes=notes)), None)
    checks = _whole(FormCheck.objects.filter(case__document=document, pk=key))
    return next(iter(_slips(document, checks=checks)), None)


def _whole(rows: QuerySet[RowT]) -> list[RowT]:
    read = rows.select_related("by", "revision", "taken_back__revision")
    return list(
        read.defer(
            "revision__text",
            "revision__canonical",
            "taken_back__revision__text",
            "taken_back__revision__canonical",
        )
    )


def _slips(
    document: Document, *, notes: Sequence[SubmissionNote] = (), checks: Sequence[FormCheck] = ()
) -> list[Slip]:
    rows: list[SubmissionNote | FormCheck] = [*notes, *checks]
    held = {row.standing.get("post_id") for row in rows}
    titles = dict(Post.objects.filter(pk__in=held).values_list("pk", "title_caps")) if held else {}
    found = [
        _slip(PrintOrder.What.NOTE, row, document, document.department, titles) for row in notes
    ]
    if checks:
        issuer = bodies.office_secretariat(document.office)
        found += [_slip(PrintOrder.What.SLIP, row, document, issuer, titles) for row in checks]
    return sorted(found, key=lambda one: (one.row.at, one.what), reverse=True)


def _slip(
    what: PrintOrder.What,
    row: SubmissionNote | FormCheck,
    document: Document,
    issuer: Department,
    titles: Mapping[int, str],
) -> Slip:
    standing = row.standing
    caps = titles.get(standing.get("post_id", 0)) or str(standing.get("post_title", "")).upper()
    lists: tuple[Points, ...] = ()
    if isinstance(row, FormCheck):
        lists = (
            _points(CONTENT, CONTENT_POINTS, row.content_points),
            _points(FORM, FORM_POINTS, row.form_points),
        )
    return Slip(what, row, document, issuer, caps, lists)


def _points(name: str, known: Mapping[str, object], kept: Mapping[str, bool]) -> Points:
    """Give the points as the list has them now; one that it has no more is told by its code."""
    codes = [*(code for code in known if code in kept), *sorted(set(kept) - set(known))]
    return Points(name, tuple((str(known.get(code, code)), bool(kept[code])) for code in codes))


def _counted(lists: Sequence[Points]) -> str:
    """Say in a sentence how many points of each list hold."""
    words = "; ".join(f"{one.name.lower()}: {one.held}/{len(one.rows)} điểm đạt" for one in lists)
    return words[:1].upper() + words[1:]


def _rows(points: Points) -> list[tuple[str, str, str]]:
    return [
        (str(place), words, "Đạt" if holds else "Không đạt")
        for place, (words, holds) in enumerate(points.rows, 1)
    ]


def whom(document: Document) -> str:
    """Say who decides on the paper: the body, or its chairman."""
    name = document.office.authority_name
    return name if document.authority_kind == AuthorityKind.COMMITTEE else f"Chủ tịch {name}"
