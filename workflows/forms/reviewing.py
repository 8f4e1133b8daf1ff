"""Opening a round, one member's opinion, and the head's conclusion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.forms.decisions import DecisionForm, text_field
from workflows.forms.moments import day_input, moment_of, time_input
from workflows.models import Opinion, Response, ReviewRound
from workflows.services.concluding import Answer
from workflows.services.reviewing import Remark, RoundPlan

if TYPE_CHECKING:
    from documents.content.passages import Passage
    from workflows.deadlines import Term

THREE_ANSWERS = [choice for choice in Opinion.Choice.choices if choice[0] in Opinion.ANSWERS]
# The remarks stand beside their clauses, outside the element of the form.
FORM_ID = "f-y-kien"
REMARK, SORT, TEXT = "remark-", "sort-", "text-"


class OpenRoundForm(DecisionForm):
    """Whom the secretary asks, how, and until when."""

    reviewers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Members asked"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    consulted = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Others asked besides the committee"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    the_body = forms.BooleanField(
        label=gettext_lazy("All members of the People's Committee"), required=False
    )
    working_days = forms.TypedChoiceField(label=gettext_lazy("Working days to answer"), coerce=int)
    working_hours = forms.TypedChoiceField(
        label=gettext_lazy("Working hours to answer"), coerce=int
    )
    form = forms.ChoiceField(
        label=gettext_lazy("How the committee is asked"),
        choices=ReviewRound.Form.choices,
        initial=ReviewRound.Form.WRITTEN,
        widget=forms.RadioSelect,
    )
    message = text_field(gettext_lazy("Message to the members"), required=False)
    meets_on = forms.DateField(
        label=gettext_lazy("Day of the meeting"), widget=day_input(), required=False
    )
    meets_time = forms.TimeField(
        label=gettext_lazy("Hour of the meeting"), widget=time_input(), required=False
    )
    place = forms.CharField(
        label=gettext_lazy("Place of the meeting"), max_length=200, required=False
    )

    def __init__(
        self,
        *args: Any,
        members: list[tuple[int, str]],
        others: list[tuple[str, list[tuple[int, str]]]],
        terms: list[tuple[int, str]],
        body: list[str],
        first: Term,
        **kwargs: Any,
    ) -> None:
        """`members` are people by their keys, `others` those outside the committee by department.

        `terms` say in words when each term would end, in days or in hours as the one shown
        `first` is; `body` names the members of the People's Committee where the paper is of its
        authority.
        """
        super().__init__(*args, **kwargs)
        self.body = body
        if body:
            self.fields["reviewers"].required = False
        else:
            del self.fields["the_body"]
        self.others = others
        cast("forms.ChoiceField", self.fields["consulted"]).choices = others
        self.counts = "working_hours" if first.hours else "working_days"
        del self.fields["working_days" if first.hours else "working_hours"]
        cast("forms.ChoiceField", self.fields[self.counts]).choices = terms
        self.fields[self.counts].initial = first.hours or first.days
        cast("forms.ChoiceField", self.fields["reviewers"]).choices = members
        self.fields["reviewers"].initial = [key for key, _name in members]

    @property
    def term(self) -> forms.BoundField:
        """The field in which the length of the round is chosen."""
        return self[self.counts]

    def plan(self) -> RoundPlan:
        """Give the round as the use case takes it."""
        data = self.cleaned_data
        return RoundPlan(
            reviewer_ids=tuple(data["reviewers"]),
            working_days=data.get("working_days", 0),
            working_hours=data.get("working_hours", 0),
            form=data["form"],
            message=data["message"],
            consulted_ids=tuple(data["consulted"]),
            the_body=data.get("the_body", False),
            **(
                {"meets_at": moment_of(data, "meets_on", "meets_time"), "place": data["place"]}
                if data["form"] == ReviewRound.Form.MEETING
                else {}
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a meeting without day, hour or place, each at its own field."""
        data = super().clean() or {}
        if self.body and not data.get("reviewers") and not data.get("the_body"):
            self.add_error("reviewers", _("Choose at least one member of the committee."))
        if data.get("form") == ReviewRound.Form.MEETING:
            for name in ("meets_on", "meets_time", "place"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Say when and where the committee meets."))
        return data

    def consulted_by_department(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Give the people outside the committee, by department, with what was ticked."""
        ticked = {str(key) for key in self["consulted"].value() or ()}
        return [
            (name, [{"key": key, "name": who, "on": str(key) in ticked} for key, who in people])
            for name, people in self.others
        ]


class OpinionForm(DecisionForm):
    """One of three answers, a reason, remarks, and a remark on any clause."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Opinion"), choices=THREE_ANSWERS, widget=forms.RadioSelect
    )
    reason = text_field(gettext_lazy("Reason for not agreeing"), required=False)
    remarks = text_field(gettext_lazy("General remarks"), required=False)

    looks: ClassVar = {"choice": {"agree": "plain", "disagree": "against"}}

    hints: ClassVar = {
        "choice": {
            "agree": gettext_lazy("Without remarks."),
            "remarks": gettext_lazy("The head of the committee accepts or explains each remark."),
            "disagree": gettext_lazy("Say why. The reason goes with the paper to the signatory."),
        }
    }

    def __init__(self, *args: Any, clauses: Sequence[tuple[Passage, str]], **kwargs: Any) -> None:
        """`clauses` are the paper against the revision submitted before, each with its tag."""
        super().__init__(*args, **kwargs)
        self.clauses = clauses
        for one, _tag in clauses:
            if one.id and one.kind != "removed":
                self.fields[f"{REMARK}{one.id}"] = text_field(
                    _("Remark on %(clause)s") % {"clause": one.label},
                    required=False,
                    form_id=FORM_ID,
                )

    def rows(self) -> list[dict[str, Any]]:
        """Give each clause, its label where the text does not say it, and the field on it."""
        return [
            {
                "passage": one,
                "tag": tag,
                "label": "" if _says_its_place(one) else one.label,
                "field": self[name]
                if one.kind != "removed" and (name := f"{REMARK}{one.id}") in self.fields
                else None,
            }
            for one, tag in self.clauses
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse an answer whose words do not fit it; nothing typed is dropped in silence."""
        data = super().clean() or {}
        choice = data.get("choice")
        written = bool(data.get("remarks")) or any(
            value for name, value in data.items() if name.startswith(REMARK)
        )
        if choice == Opinion.Choice.AGREE and written:
            self.add_error(
                "choice", _("Remarks are written: choose “Agrees, with remarks”, or clear them.")
            )
        if choice == Opinion.Choice.AGREE_WITH_REMARKS and not written:
            self.add_error("remarks", _("Write the remark, or choose “Agree” without remarks."))
        if choice == Opinion.Choice.DISAGREE and not data.get("reason"):
            self.add_error(
                "reason",
                _("Say why you do not agree; the reason goes with the paper to signing."),
            )
        return data

    def words(self) -> str:
        """Give the reason and the general remarks as one text."""
        data = self.cleaned_data
        reason = data["reason"] if data["choice"] == Opinion.Choice.DISAGREE else ""
        return "\n\n".join(part for part in (reason, data["remarks"]) if part)

    def clause_remarks(self) -> list[Remark]:
        """Give the remarks on clauses, in the order of the paper."""
        return [
            Remark(clause_id=one.id, clause_label=one.label, text=text)
            for one, _tag in self.clauses
            if one.kind != "removed" and (text := self.cleaned_data.get(f"{REMARK}{one.id}"))
        ]


def _says_its_place(passage: Passage) -> bool:
    """Whether a reader sees from the clause itself where it stands: by marker or first words."""
    noun = (passage.label_parts or passage.old_label_parts)[-1][0]
    return bool(passage.marker) or passage.new_text.startswith(noun)


class EndorseForm(DecisionForm):
    """Endorsing: the conclusion, with an answer to every dissent and every remark."""

    text = text_field(gettext_lazy("Conclusion"), required=False)

    def __init__(self, *args: Any, opinions: list[Opinion], **kwargs: Any) -> None:
        """`opinions` are those that need an answer."""
        super().__init__(*args, **kwargs)
        self.opinions = opinions
        for opinion in opinions:
            self.fields[f"{SORT}{opinion.pk}"] = forms.ChoiceField(
                label=gettext_lazy("How the opinion is taken"),
                choices=Response.Sort.choices,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"{TEXT}{opinion.pk}"] = text_field(
                gettext_lazy("Answer to %(who)s") % {"who": opinion.reviewer_title},
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Name each opinion still without an answer, at its own field."""
        data = super().clean() or {}
        for opinion in self.opinions:
            sort, text = f"{SORT}{opinion.pk}", f"{TEXT}{opinion.pk}"
            if not data.get(sort):
                self.add_error(sort, _("Say for each opinion whether it is accepted or explained."))
            if not data.get(text):
                self.add_error(text, _("Write how this opinion is accepted or explained."))
        return data

    def rows(self) -> list[dict[str, Any]]:
        """Give each opinion that needs an answer with its two fields."""
        return [
            {
                "opinion": opinion,
                "sort": self[f"{SORT}{opinion.pk}"],
                "text": self[f"{TEXT}{opinion.pk}"],
            }
            for opinion in self.opinions
        ]

    def answers(self) -> list[Answer]:
        """Give the answers that were written."""
        data = self.cleaned_data
        return [
            Answer(opinion.pk, data[f"{SORT}{opinion.pk}"], data[f"{TEXT}{opinion.pk}"])
            for opinion in self.opinions
            if data[f"{TEXT}{opinion.pk}"]
        ]
