"""What the desk is asked to show: a deadline, a sort of work, a department, words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERY_WORK, EVERY_DEPARTMENT = "Mọi việc", "Mọi đơn vị"


class DeskFilter(forms.Form):
    """The choices are what the desk holds; anything else is passed over and shows everything."""

    tim = forms.CharField(
        label="Tìm",
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": "Số, ký hiệu hoặc trích yếu"}
        ),
    )

    def __init__(
        self,
        *args: Any,
        verbs: Iterable[str],
        departments: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["viec"] = forms.ChoiceField(
            label="Việc",
            required=False,
            choices=[("", EVERY_WORK), *((verb, verb) for verb in verbs)],
        )
        self.fields["don_vi"] = forms.ChoiceField(
            label="Đơn vị soạn",
            required=False,
            choices=[("", EVERY_DEPARTMENT), *((str(key), name) for key, name in departments)],
        )
        self.order_fields(("viec", "don_vi", "tim"))

    @property
    def wanted(self) -> dict[str, str]:
        """Give what was asked for and understood, by field."""
        if not self.is_bound:
            return {}
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}
