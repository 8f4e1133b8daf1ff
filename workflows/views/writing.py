"""Writing a draft piece by piece: every paragraph, legal basis, recipient and row in its place.

The page posts all its pieces with every button, so it works without script and two people may
write at once: what comes in is joined with what was kept meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from documents import citing
from documents.content.text import to_text
from documents.exceptions import BadInput, Conflict, Refusal
from documents.models import Kind
from documents.selectors.papers import one
from documents.services import keeping, revisions
from documents.writing import edits, tables
from documents.writing.edits import Edited
from documents.writing.merging import merge
from documents.writing.pieces import Piece, PieceKind, pieces_of, text_of
from offices.dates import local_day
from workflows.forms.writing import BaseForm, Do, asked, damaged, is_too_large, posted, shape_of
from workflows.views.drafting import Shown, editable, frame_context, show
from workflows.views.frame import frame_of
from workflows.views.paper import person, readable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest, HttpResponse

    from documents.models import Document
    from documents.writing.pieces import Section
    from workflows.views.findings import Said

HEADINGS: tuple[tuple[Section, str], ...] = (
    ("form", "Phần mở đầu"),
    ("basis", "Căn cứ ban hành"),
    ("body", "Nội dung"),
    ("recipients", "Nơi nhận, chữ ký"),
    ("annex", "Phụ lục kèm theo"),
)
NAMES: dict[PieceKind, str] = {
    "citation": "Căn cứ", "recital": "Đề nghị", "article": "Điều", "item": "Khoản",
    "point": "Điểm", "bullet": "Gạch đầu dòng", "heading": "Tên mục", "paragraph": "Đoạn",
    "table": "Bảng", "recipient": "Nơi nhận", "annex": "Phụ lục",
}  # fmt: skip
ADDS: dict[Section, tuple[PieceKind, ...]] = {
    "form": (),
    "basis": ("citation", "recital"),
    "body": ("article", "item", "point", "bullet", "paragraph", "table"),
    "recipients": ("recipient", "annex"),
    "annex": ("item", "point", "bullet", "paragraph", "heading", "table", "annex"),
}
# A line of the form holds about so many letters; a box is as high as its words.
LINE = 64


@dataclass(frozen=True, slots=True)
class Line:
    """One piece as the page shows it, with what may be done to it and what is said of it."""

    index: int
    piece: Piece
    name: str
    height: int
    findings: tuple[Said, ...]
    bases: tuple[tuple[Document, str], ...]
    up: bool
    down: bool
    drop: bool
    adds: tuple[tuple[PieceKind, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def pieces(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a draft in its pieces; a POST keeps them all and does what the button asks."""
    document = editable(request, reference)
    if request.method != "POST":
        return _page(request, document)
    form = BaseForm(request.POST)
    if not form.is_valid():
        raise damaged()
    typed = posted(request.POST)
    do = asked(request.POST.get("do", "keep"))
    frame = frame_of(request)
    try:
        edited = _edited(request, document, typed, do)
        text = _filled(edited.pieces)
        kept = keeping.keep_text(
            document=document,
            text=text,
            base=form.began_from,
            aside_id=form.cleaned_data["aside"],
            lock_version=form.cleaned_data["lock_version"],
            by=person(request),
            at=frame.now,
        )
        if do.verb == "save":
            revisions.save_version(document=document, by=person(request), at=frame.now)
            if not request.headers.get("HX-Request"):
                return redirect("pieces", reference=reference)
    except (BadInput, Conflict) as refused:
        return _page(request, document, typed=_filled(typed), refused=refused)
    return _page(
        request,
        document,
        done=Done(
            line=_line_of(edited),
            row=edited.row,
            before=text_of(typed) if do.verb in UNDONE else "",
            after=text if do.verb in UNDONE else "",
            sent=_filled(typed),
            joined_with=kept.joined_with,
            search=request.POST.get("q", "") if do.verb == "find" else None,
        ),
    )


def _filled(typed: Sequence[Piece]) -> str:
    """Give the text of pieces without those that nobody filled in."""
    return text_of([piece for piece in typed if piece.text.strip()])


@dataclass(frozen=True, slots=True)
class Done:
    """What an edit leaves the page to show: where to go on, and the edit that can be taken back.

    `sent` is the text that the pieces made as they came in.
    """

    line: int = 0
    row: int | None = None
    before: str = ""
    after: str = ""
    sent: str = ""
    joined_with: str = ""
    search: str | None = None


def _line_of(edited: Edited) -> int:
    above = text_of([one for one in edited.pieces[: edited.at] if one.text.strip()])
    return len(above.rstrip("\n").split("\n")) if edited.at else 0


# Edits


def _edited(request: HttpRequest, document: Document, typed: tuple[Piece, ...], do: Do) -> Edited:
    if do.verb in {"keep", "save", "check", "find"}:
        return Edited(typed, 0)
    if do.verb in {"tidy", "undo", "cite", "recital"}:
        return _on_the_whole(request, document, typed, do)
    if do.at >= len(typed):
        raise damaged()
    try:
        if do.verb in ON_TABLE:
            return _in_table(typed, do)
        return _on_piece(typed, do)
    except ValueError as error:
        raise BadInput(
            _("This cannot be done at this place of the paper; nothing was changed.")
        ) from error


def _on_piece(typed: tuple[Piece, ...], do: Do) -> Edited:
    if do.verb == "up":
        return edits.move(typed, do.at, "up")
    if do.verb == "down":
        return edits.move(typed, do.at, "down")
    if do.verb == "drop":
        return edits.remove(typed, do.at)
    if do.verb == "add":
        kind = next((kind for kind in edits.NEW if kind == do.more), None)
        if kind is not None:
            return edits.insert(typed, do.at, kind)
    raise damaged()


ON_TABLE: dict[str, Callable[[tables.Rows, int], tables.Rows]] = {
    "row-add": tables.add_row,
    "row-drop": tables.remove_row,
    "row-up": lambda rows, at: tables.move_row(rows, at, "up"),
    "row-down": lambda rows, at: tables.move_row(rows, at, "down"),
    "row-join": tables.join_up,
    "col-add": tables.add_column,
    "col-drop": tables.remove_column,
    "col-left": lambda rows, at: tables.move_column(rows, at, "left"),
    "col-right": lambda rows, at: tables.move_column(rows, at, "right"),
}
# After these the text as it was can be had back.
UNDONE = frozenset({*ON_TABLE, "up", "down", "drop", "add", "tidy", "cite", "recital"})
GOES_ON = {"row-add": 1, "row-up": -1, "row-down": 1, "row-join": -1}


def _in_table(typed: tuple[Piece, ...], do: Do) -> Edited:
    piece, row = typed[do.at], do.row
    if piece.kind != "table" or row >= max(len(piece.rows), len(piece.rows[0])):
        raise damaged()
    rows = ON_TABLE[do.verb](piece.rows, row)
    changed = [*typed]
    changed[do.at] = Piece(piece.kind, tables.text_of_rows(rows), piece.gap, piece.section)
    at_row = row + GOES_ON.get(do.verb, 0) if do.verb.startswith("row") else 0
    return Edited(tuple(changed), do.at, max(0, min(at_row, len(rows) - 1)))


def _on_the_whole(
    request: HttpRequest, document: Document, typed: tuple[Piece, ...], do: Do
) -> Edited:
    frame = frame_of(request)
    if do.verb == "recital":
        words = citing.recital(document)
        if not words:
            raise BadInput(_("The office has no post that proposes papers of this kind."))
        return edits.put_recital(typed, words)
    if do.verb == "cite":
        return edits.put_citation(typed, citing.legal_basis(one(readable(request), do.more)))
    if do.verb == "undo":
        before, after = (
            request.POST.get(name, "").replace("\r\n", "\n") for name in ("before", "after")
        )
        return Edited((_whole(_taken_back(text_of(typed), before=before, after=after)),), 0)
    shown = show(document, text_of(typed), readable=readable(request), at=frame.now)
    if shown.reading is None:
        raise BadInput(_("The text cannot be read as a paper yet; nothing was changed."))
    return Edited((_whole(to_text(shown.reading.content)),), 0)


def _whole(text: str) -> Piece:
    return Piece("form", text.strip("\n"), 0, "form")


def _taken_back(typed: str, *, before: str, after: str) -> str:
    """Take one edit back out of a text; what was typed or joined in since stays."""
    without = merge(after, typed, before)
    if without.conflicts:
        raise BadInput(
            _("The place of this edit was written on since; taking it back would lose words."),
            advice=_("Change the place by hand."),
        )
    return without.text


# The page


def _page(
    request: HttpRequest,
    document: Document,
    *,
    typed: str | None = None,
    refused: Refusal | None = None,
    done: Done | None = None,
) -> HttpResponse:
    frame = frame_of(request)
    done = done or Done()
    context = frame_context(request, document, typed=typed)
    shown = show(document, context["text"], readable=readable(request), at=frame.now)
    cut = pieces_of(shown.reading) if shown.reading is not None else ()
    too_large = is_too_large(cut)
    lines = [] if too_large else list(_lines(document, cut, shown))
    context |= {
        "refused": refused,
        "shown": shown,
        "too_large": too_large,
        "shape": shape_of(cut),
        "groups": [
            (heading, section, [line for line in lines if line.piece.section == section])
            for section, heading in HEADINGS
        ],
        "done": done,
        "at": _place(cut, done.line),
        **_found(request, done.search),
        "proposal": citing.recital(document) if document.kind == Kind.DECISION else "",
        "recital": next((one.text for one in cut if one.kind == "recital"), ""),
        "is_decision": document.kind == Kind.DECISION,
    }
    status = refused.status if refused else 200
    answer = render(request, "drafting/pieces.html", context, status=status)
    if refused:
        # htmx puts a refusal among the notes; this one comes with the whole page, nothing lost.
        answer.headers["HX-Retarget"] = "#noi-dung"
        answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def _place(cut: Sequence[Piece], line: int) -> int:
    """The piece on or below a line."""
    return next((at for at, piece in enumerate(cut) if line and piece.last_line > line), -1)


def _found(request: HttpRequest, search: str | None) -> dict[str, Any]:
    """Give the papers that the picker found, or why it could not look for them."""
    if search is None or not search.strip():
        return {}
    on = local_day(frame_of(request).now)
    try:
        return {"found": citing.citable(readable(request), search, on=on)}
    except BadInput as unaskable:
        return {"unaskable": unaskable}


def _lines(document: Document, cut: Sequence[Piece], shown: Shown) -> list[Line]:
    said = _said(cut, shown.findings)
    bases = _bases(shown)
    decision = document.kind == Kind.DECISION
    return [
        Line(
            index=at,
            piece=piece,
            name=piece.label or NAMES.get(piece.kind, "Dòng thể thức"),
            height=sum(1 + len(line) // LINE for line in piece.text.split("\n")),
            findings=tuple(said.get(at, ())),
            bases=tuple(bases.get(piece.clause_id, ())),
            up=edits.can_move(cut, at, "up"),
            down=edits.can_move(cut, at, "down"),
            drop=piece.kind not in {"form", "enacting"},
            adds=tuple(
                (kind, NAMES[kind])
                for kind in ADDS[piece.section]
                if decision or kind not in {"article", "citation", "recital"}
            ),
        )
        for at, piece in enumerate(cut)
    ]


def _said(cut: Sequence[Piece], findings: Sequence[Said]) -> dict[int, list[Said]]:
    """The findings of each piece, by its place."""
    said: dict[int, list[Said]] = {}
    for finding in findings:
        if finding.line is None:
            continue
        for at, piece in enumerate(cut):
            if piece.line <= finding.line <= piece.last_line:
                said.setdefault(at, []).append(finding)
                break
    return said


def _bases(shown: Shown) -> dict[str, list[tuple[Document, str]]]:
    """The papers that each legal basis means, with their state on the day of signing."""
    found: dict[str, list[tuple[Document, str]]] = {}
    if shown.draft is None:
        return found
    for cited in shown.draft.cited:
        if cited.document is not None:
            state = shown.draft.legal[cited.document.pk].state.value
            found.setdefault(cited.clause_id, []).append((cited.document, state))
    return found
