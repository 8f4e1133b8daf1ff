"""What a department reports for a period, what is asked for on demand, why a result goes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms

from documents.content.objectives.judging import Outcome
from documents.services.objectives import LONGEST_WORDS, Given
from workflows.forms.objectives import FigureField

if TYPE_CHECKING:
    from django.forms import BoundField

    from documents.models import StatedTarget

VERDICTS = (
    ("", "Chọn"),
    (Outcome.MET.value, "Đạt"),
    (Outcome.HARDLY_MET.value, "Đạt nhưng chưa cao"),
    (Outcome.UNMET.value, "Chưa đạt"),
    (Outcome.OPEN.value, "Chưa đến kỳ đánh giá"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One target on the page with the field for what was reached."""

    target: StatedTarget
    field: BoundField


class ReportForm(forms.Form):
    """A figure or a verdict for each target, and what was done; below the target, why and what next."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    # Set when the advice for a result that is met but not high was shown.
    advised = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # Shown where a share above the whole was reported.
    beyond_whole = forms.BooleanField(
        label="Số này đúng: tỷ lệ so với kế hoạch hoặc mức được giao, có thể trên 100%",
        required=False,
    )
    words = forms.CharField(
        label="Kết quả thực hiện",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Đã làm gì, số liệu lấy từ đâu.",
    )
    cause = forms.CharField(
        label="Nguyên nhân gốc rễ",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bắt buộc khi chưa đạt; nên ghi khi đạt nhưng chưa cao.",
    )
    action = forms.CharField(
        label="Hành động khắc phục",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bắt buộc khi chưa đạt: ai làm gì để không lặp lại.",
    )
    action_due_on = forms.DateField(
        label="Hạn khắc phục",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, targets: Sequence[StatedTarget], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = targets
        for one in targets:
            if one.value is not None:
                field: forms.Field = FigureField(label=_label(one))
                field.required = True
            else:
                field = forms.ChoiceField(label="Đánh giá", choices=VERDICTS)
            self.fields[f"v{one.pk}"] = field

    @property
    def asked(self) -> Iterator[Asked]:
        """Each target with its field."""
        for one in self.targets:
            yield Asked(one, self[f"v{one.pk}"])

    @property
    def sent_as(self) -> UUID:
        """Give the form's key."""
        return cast("UUID", self.cleaned_data["key"])

    @property
    def given(self) -> Given:
        """Give what is reported."""
        values: dict[int, Decimal] = {}
        verdicts: dict[int, Outcome] = {}
        for one in self.targets:
            said = self.cleaned_data[f"v{one.pk}"]
            if one.value is not None:
                values[one.pk] = said
            else:
                verdicts[one.pk] = Outcome(said)
        return Given(
            values=values,
            verdicts=verdicts,
            words=self.cleaned_data["words"],
            cause=self.cleaned_data["cause"],
            action=self.cleaned_data["action"],
            action_due_on=self.cleaned_data["action_due_on"],
            beyond_whole=self.cleaned_data["beyond_whole"],
        )


def _label(target: StatedTarget) -> str:
    change = {"increase_by": "Mức tăng", "decrease_by": "Mức giảm"}.get(
        target.comparator, "Đạt được"
    )
    return f"{change} ({target.unit})" if target.unit else change


class AskForm(forms.Form):
    """Ask for results up to today, within some working days."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    days = forms.IntegerField(
        label="Hạn báo cáo", min_value=1, max_value=30, initial=3, help_text="Số ngày làm việc."
    )


class ReturnForm(forms.Form):
    """Say what is to be mended in a result."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Cần sửa gì", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
