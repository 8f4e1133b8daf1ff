"""The Biên bản of a meeting: who was present, what each said, and when it meets again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.forms.decisions import DecisionForm, text_field
from workflows.forms.moments import day_input, moment_of, time_input
from workflows.forms.reviewing import THREE_ANSWERS
from workflows.models import Opinion
from workflows.services.meeting import MinutesPlan, Said

if TYPE_CHECKING:
    from datetime import datetime

SAID, WORDS = "said-", "words-"
ABSENT, PRESENT = "absent", "present"


class MinutesForm(DecisionForm):
    """One line for everybody who was asked, the words of the minutes, and a second call."""

    held_on = forms.DateField(label=gettext_lazy("Held on"), widget=day_input())
    held_time = forms.TimeField(label=gettext_lazy("Began at"), widget=time_input())
    ended_time = forms.TimeField(label=gettext_lazy("Ended at"), widget=time_input())
    place = forms.CharField(label=gettext_lazy("Place of the meeting"), max_length=200)
    chair = forms.TypedChoiceField(label=gettext_lazy("Chaired by"), coerce=int)
    text = text_field(gettext_lazy("What was said and concluded"))
    again_on = forms.DateField(
        label=gettext_lazy("Second meeting on"), widget=day_input(), required=False
    )
    again_time = forms.TimeField(
        label=gettext_lazy("Second meeting at"), widget=time_input(), required=False
    )
    again_place = forms.CharField(
        label=gettext_lazy("Place of the second meeting"), max_length=200, required=False
    )

    def __init__(
        self, *args: Any, opinions: list[Opinion], chairs: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        """`opinions` are those of the round, `chairs` who may have chaired."""
        super().__init__(*args, **kwargs)
        self.opinions = opinions
        self.fields["chair"].choices = chairs  # type: ignore[attr-defined]
        for one in opinions:
            there = [(PRESENT, _("Present"))] if one.given_at is not None else THREE_ANSWERS
            self.fields[f"{SAID}{one.pk}"] = forms.ChoiceField(
                label=one.reviewer_title, choices=[(ABSENT, _("Absent")), *there]
            )
            if one.given_at is None:
                self.fields[f"{WORDS}{one.pk}"] = text_field(
                    gettext_lazy("Words of %(who)s") % {"who": one.reviewer_title}, required=False
                )
                self.fields[f"{WORDS}{one.pk}"].widget.attrs["rows"] = 2

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a dissent and the words of a remark at their own fields."""
        data = super().clean() or {}
        for one in self.opinions:
            said, words = data.get(f"{SAID}{one.pk}"), data.get(f"{WORDS}{one.pk}")
            if said == Opinion.Choice.DISAGREE and not words:
                self.add_error(
                    f"{WORDS}{one.pk}",
                    _("Say why you do not agree; the reason goes with the paper to signing."),
                )
            if said == Opinion.Choice.AGREE_WITH_REMARKS and not words:
                self.add_error(
                    f"{WORDS}{one.pk}",
                    _("Write the remark, or choose “Agree” without remarks."),
                )
        return data

    def rows(self) -> list[dict[str, Any]]:
        """Give everybody who was asked with the fields on them."""
        return [
            {
                "opinion": one,
                "said": self[f"{SAID}{one.pk}"],
                "words": self[name] if (name := f"{WORDS}{one.pk}") in self.fields else None,
            }
            for one in self.opinions
        ]

    def plan(self) -> MinutesPlan:
        """Give the minutes as the use case takes them."""
        data = self.cleaned_data
        held: datetime | None = moment_of(data, "held_on", "held_time")
        ended: datetime | None = moment_of(data, "held_on", "ended_time")
        if held is None or ended is None:
            raise TypeError("The form asks for both.")
        return MinutesPlan(
            held_at=held,
            ended_at=ended,
            place=data["place"],
            chair_id=data["chair"],
            text=data["text"],
            said={one.pk: self._said(one) for one in self.opinions},
            again_at=moment_of(data, "again_on", "again_time"),
            again_place=data["again_place"],
        )

    def _said(self, one: Opinion) -> Said:
        said = self.cleaned_data[f"{SAID}{one.pk}"]
        if said in (ABSENT, PRESENT):
            return Said(present=said == PRESENT)
        return Said(present=True, choice=said, remarks=self.cleaned_data[f"{WORDS}{one.pk}"])
