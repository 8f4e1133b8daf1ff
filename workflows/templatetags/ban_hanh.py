"""The marks of the interface: badges, deadlines, buttons, notes, dates.

Loaded as a builtin, so no template says `{% load %}`. Everything here turns a prepared value
into marks; nothing here asks the database or a policy.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import lucide
from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from documents.effects import State
from documents.lifecycle import ORDER, Stage, place
from documents.selectors import papers
from offices import dates

if TYPE_CHECKING:
    from django.forms import BoundField

    from documents.models import Document

register = template.Library()

# One meaning, one drawing. Templates name the meaning; the kept package holds the drawing.
ICONS = {
    "alert": "triangle-alert",
    "archive": "archive",
    "arrow": "arrow-right",
    "attach": "paperclip",
    "back": "arrow-left",
    "calendar": "calendar",
    "chain": "link",
    "check": "check",
    "clock": "clock",
    "close": "x",
    "compare": "git-compare",
    "components": "component",
    "conclude": "gavel",
    "desk": "inbox",
    "dissent": "x",
    "document": "file-text",
    "down": "arrow-down",
    "download": "download",
    "edit": "pencil",
    "history": "history",
    "info": "info",
    "issue": "send",
    "join": "merge",
    "live": "refresh-cw",
    "lock": "lock",
    "log": "scroll-text",
    "more": "arrow-right",
    "more_acts": "ellipsis",
    "new": "plus",
    "number": "hash",
    "offline": "wifi-off",
    "parts": "layout-list",
    "print": "printer",
    "read": "eye",
    "recall": "undo-2",
    "register": "book",
    "remark": "message-square",
    "return": "undo-2",
    "review": "clipboard-check",
    "round": "users",
    "save": "save",
    "search": "search",
    "sign": "pen-line",
    "sign_in": "log-in",
    "sign_out": "log-out",
    "submit": "arrow-up",
    "theme": "contrast",
    "up": "arrow-up",
    "upload": "upload",
    "verify": "shield-check",
    "withdraw": "file-x",
}

STAGES = {
    Stage.DRAFT: "Dự thảo",
    Stage.PROPOSED: "Đã trình",
    Stage.ENDORSED: "Ban Chỉ đạo đã thống nhất",
    Stage.CHECKED: "Đã thẩm tra",
    Stage.SIGNED: "Đã ký",
    Stage.ISSUED: "Đã phát hành",
    Stage.WITHDRAWN: "Đã rút",
}


class EffectMark(NamedTuple):
    """The word, the colour class and our own drawing of one legal state."""

    words: str
    look: str
    glyph: str


EFFECTS = {
    State.UNISSUED: EffectMark("Chưa phát hành, chưa có hiệu lực", "not", "ring"),
    State.UNKNOWN: EffectMark("Chưa rõ hiệu lực", "not", "query"),
    State.NOT_YET: EffectMark("Chưa có hiệu lực", "not", "ring"),
    State.IN_FORCE: EffectMark("Còn hiệu lực", "on", "full"),
    State.PARTLY_CEASED: EffectMark("Hết hiệu lực một phần", "part", "half"),
    State.SUSPENDED: EffectMark("Ngưng hiệu lực", "hold", "pause"),
    State.CEASED: EffectMark("Hết hiệu lực toàn bộ", "off", "barred"),
    State.RECALLED: EffectMark("Đã thu hồi", "recall", "back"),
}
MOST_PIPS = 5


class Due(Protocol):
    """What `{% due %}` reads: working days left count down to 0 on the last day."""

    due_at: datetime
    working_days_left: int
    overdue: bool


@register.simple_tag
def icon(meaning: str, *, label: str = "") -> SafeString:
    """Draw an icon by its meaning; hidden from readers unless it carries its own `label`."""
    attributes: dict[str, object] = (
        {"class": "i", "role": "img", "aria-label": label}
        if label
        else {"class": "i", "aria-hidden": "true"}
    )
    return mark_safe(lucide._render_icon(ICONS[meaning], 20, **attributes))  # noqa: S308


@register.inclusion_tag("parts/stage.html")
def stage_badge(stage: str, *, returned: bool = False) -> dict[str, Any]:
    """Show where a revision stands: square, with its place of six.

    A returned one keeps its stage in the record, but stands nowhere: it says that it came back.
    """
    known = Stage(stage)
    if returned and known is not Stage.WITHDRAWN:
        return {"place": None, "words": "Bị trả lại", "look": "gone"}
    return {
        "place": place(known),
        "places": len(ORDER),
        "words": STAGES[known],
        "look": {Stage.ISSUED: "done", Stage.WITHDRAWN: "gone"}.get(known, ""),
    }


@register.inclusion_tag("parts/effect.html")
def effect_badge(state: str, *, expected: bool = False) -> dict[str, Any]:
    """Show the legal state of a paper: round, with its glyph; `expected` says it is a forecast."""
    mark = EFFECTS[State(state)]
    shown = f"Dự kiến {mark.words[0].lower()}{mark.words[1:]}" if expected else mark.words
    return {"words": shown, "look": mark.look, "glyph": f"parts/glyphs/{mark.glyph}.svg"}


def clock_time(moment: datetime) -> str:
    """Write `09:42` in Vietnamese time."""
    return f"{moment.astimezone(dates.ZONE):%H:%M}"


def due_words(moment: Due) -> str:
    """Say in words how many working days are left or have passed."""
    left = moment.working_days_left
    if moment.overdue:
        return f"Quá {abs(left)} ngày" if left else "Quá giờ hôm nay"
    if left == 0:
        return f"Trước {clock_time(moment.due_at)}"
    return f"Còn {left} ngày"


@register.inclusion_tag("parts/due.html")
def due(moment: Due) -> dict[str, Any]:
    """Show a deadline: working days in words, pips (one each, at most five), the date."""
    return {
        "words": due_words(moment),
        "overdue": moment.overdue,
        "pips": min(max(moment.working_days_left, 1), MOST_PIPS),
        "due_at": moment.due_at,
    }


@register.simple_tag
def due_line(moment: Due) -> str:
    """Say a deadline in one phrase for a head: `Còn 3 ngày làm việc`."""
    said = due_words(moment)
    return f"{said} làm việc" if said.endswith("ngày") else said


@register.inclusion_tag("parts/act_button.html")
def act_button(
    words: str,
    *,
    refusal: Any = None,
    icon: str = "",
    kind: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    opens: str = "",
    href: str = "",
    key: str = "",
) -> dict[str, Any]:
    """Show one act as a button, or barred with the sentence of the policy that refuses it.

    `refusal` is None (allowed), a `Refusal`, or its sentence. `kind` is "main", "grave" or
    "quiet". `opens` names a dialog, `href` makes it a link. `key` tells two buttons of the same
    words on one page apart.
    """
    return {
        "words": words,
        "why": getattr(refusal, "sentence", refusal) or "",
        "advice": getattr(refusal, "advice", ""),
        "why_id": slugify(f"vi-sao {words} {key}".replace("đ", "d").replace("Đ", "D")),
        "icon_name": icon,
        "kind": kind,
        "name": name,
        "value": value,
        "form": form,
        "opens": opens,
        "href": href,
    }


NOTE_ICONS = {"bad": "alert", "warn": "alert", "good": "check", "soft": "info", "": "info"}
RIBBON_ICONS = {"": "sign", "swap": "chain", "off": "clock", "recall": "recall"}


@register.simple_block_tag
def note(content: str, kind: str, title: str, *, icon: str = "", role: str = "") -> SafeString:
    """Frame a note: `{% note "warn" "Văn bản vừa đổi" icon="live" %}<p>…</p>{% endnote %}`."""
    return render_to_string(
        "parts/note.html",
        {
            "kind": kind,
            "title": title,
            "icon_name": icon or NOTE_ICONS[kind],
            "role": role,
            "content": content,
        },
    )


@register.simple_block_tag
def ribbon(content: str, kind: str = "", *, icon: str = "") -> SafeString:
    """Frame a ribbon on a paper's legal fate: kind "", "swap", "off" or "recall"."""
    context = {"kind": kind, "icon_name": icon or RIBBON_ICONS[kind], "content": content}
    if kind == "off":
        context["glyph"] = "parts/glyphs/barred.svg"
    return render_to_string("parts/ribbon.html", context)


@register.simple_block_tag
def ask(content: str, name: str, question: str) -> SafeString:
    """Frame a dialog asked before an act that cannot be undone; opened by `opens=name`."""
    return render_to_string(
        "parts/dialog.html", {"name": name, "question": question, "content": content}
    )


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show a form field: label above, hint and error below; a chosen day is repeated in words."""
    day = getattr(bound.field.widget, "input_type", "") == "date"
    return {"field": bound, "day_in_words": day}


@register.inclusion_tag("parts/choices.html")
def choices(bound: BoundField) -> dict[str, Any]:
    """Show a choice as cards; the form may carry `hints` and `looks`, field → value → words.

    The looks "plain" and "against" switch `.if-remark` and `.if-against` parts of the form.
    """
    hints = getattr(bound.form, "hints", {}).get(bound.name, {})
    looks = getattr(bound.form, "looks", {}).get(bound.name, {})
    chosen = "" if bound.value() is None else str(bound.value())
    options = [
        {
            "value": value,
            "label": label,
            "hint": hints.get(value, ""),
            "look": looks.get(value, ""),
            "chosen": str(value) == chosen,
        }
        for value, label in getattr(bound.field, "choices", ())
        if value != ""
    ]
    return {"field": bound, "options": options, "outside": bound.field.widget.attrs.get("form")}


@register.inclusion_tag("parts/tick.html")
def tick(bound: BoundField) -> dict[str, Any]:
    """Show one check box with its words beside it."""
    return {"field": bound}


@register.filter
def heading(document: Document) -> str:
    """Name a paper by type and subject: "Quyết định ban hành …"."""
    return papers.heading(document)


@register.filter
def cited(document: Document) -> str:
    """Cite a paper as others do: "1073/QĐ-CT ngày 04/7/2023"."""
    return papers.cited(document)


@register.filter
def vn_date(value: date | None) -> str:
    """Write `04/7/2023`; nothing for no date."""
    return dates.vn_date(value) if value else ""


@register.filter
def day_before(value: date) -> date:
    """Give the last day of a half-open period by the day on which it ends."""
    return value - timedelta(days=1)


@register.filter
def vn_short_date(value: date | None) -> str:
    """Write `04/7`."""
    if value is None:
        return ""
    day = dates.local_day(value)
    return f"{day.day:02}/{dates.month_as_written(day.month)}"


@register.filter
def vn_date_words(value: date | None) -> str:
    """Write `ngày 04 tháng 7 năm 2023`."""
    return dates.vn_date_words(value) if value else ""


@register.filter
def vn_time(value: datetime | None) -> str:
    """Write `09:42`."""
    return clock_time(value) if value else ""


@register.filter
def vn_moment(value: datetime | None) -> str:
    """Write `12/01/2024 16:20`."""
    return dates.vn_moment(value) if value else ""


@register.filter
def vn_day(value: date | None) -> str:
    """Write `thứ Hai 15/01/2024`."""
    return dates.vn_weekday(value) if value else ""


@register.filter
def vn_number(value: int | None) -> str:
    """Write `2.140`; nothing for no number."""
    return "" if value is None else f"{value:,}".replace(",", ".")


@register.filter
def iso_local(value: date | None) -> str:
    """Write the machine form of a day or moment at the office, for `<time datetime>`."""
    if isinstance(value, datetime):
        return value.astimezone(dates.ZONE).strftime("%Y-%m-%dT%H:%M")
    return value.isoformat() if value else ""


@register.filter
def short_digest(value: str | None) -> str:
    """Write the first eight hex digits in two groups: `8c41 e07b`."""
    return f"{value[:4]} {value[4:8]}" if value else ""


@register.filter
def lower_first(value: str) -> str:
    """Begin with a small letter and leave the rest as it is: `điều 1`."""
    return f"{value[:1].lower()}{value[1:]}"


@register.filter
def capital(value: str) -> str:
    """Begin with a capital and leave the rest as it is: `Thứ Hai 15/01/2024`."""
    return f"{value[:1].upper()}{value[1:]}"


# 1073/QĐ-CT, 212/TTr-NV, BH-2023-0002: browsers would end a line after the stroke or the hyphen.
NUMBERED = re.compile(r"(?:\w+-)?\d+(?:[/-]\w+)+")


@register.filter
def unbroken(words: str) -> SafeString:
    """Keep every number with its symbol, and every date, whole on one line."""
    marked = NUMBERED.sub(r'<span class="nb">\g<0></span>', conditional_escape(words or ""))
    return mark_safe(marked)  # noqa: S308 - escaped before it was marked
