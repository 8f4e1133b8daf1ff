"""What a duty asks to be found out: about a paper known by citation, about the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _

from documents.services.externals import Completion
from workflows.forms.reading import EARLIEST, LATEST, NO_SUCH_DAY

if TYPE_CHECKING:
    from datetime import date


class DutyForm(forms.Form):
    """A form of a duty: it carries its key, so that sending it twice changes nothing."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def sent_as(self) -> UUID:
        """Give the form's key."""
        return UUID(str(self.cleaned_data["key"]))


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        validators=[
            MinValueValidator(EARLIEST, NO_SUCH_DAY),
            MaxValueValidator(LATEST, NO_SUCH_DAY),
        ],
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class FoundForm(forms.Form):
    """What stands on a paper that was known by its citation alone."""

    subject = forms.CharField(
        label="Trích yếu",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi đúng như trên bản giấy.",
    )
    issuer_name = forms.CharField(label="Cơ quan ban hành", max_length=300)
    dated_on = _day("Ngày ban hành")
    effective_from = _day(
        "Ngày có hiệu lực", "Lấy từ điều khoản thi hành; không ghi thì là ngày ban hành."
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a paper that would take effect before its own date."""
        cleaned = super().clean() or {}
        dated: date | None = cleaned.get("dated_on")
        effective: date | None = cleaned.get("effective_from")
        if dated and effective and effective < dated:
            self.add_error("effective_from", _("A paper does not take effect before its own date."))
        return cleaned

    @property
    def found(self) -> Completion:
        """Give what was found out."""
        return Completion(
            subject=self.cleaned_data["subject"],
            issuer_name=self.cleaned_data["issuer_name"],
            dated_on=self.cleaned_data["dated_on"],
            effective_from=self.cleaned_data["effective_from"],
            date_compared=self.cleaned_data.get("date_compared", False),
        )


class CompleteStubForm(FoundForm, DutyForm):
    """The duty to complete a paper: a date that is not the cited one is compared first."""

    date_compared = forms.BooleanField(
        label="Ngày trên bản giấy khác ngày trong viện dẫn; đã đối chiếu với bản giấy",
        required=False,
    )


class CorrectionForm(FoundForm):
    """What was completed wrongly, as it should have been, and what was wrong."""

    because = forms.CharField(
        label="Sai ở đâu, sửa theo tài liệu nào",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi vào nhật ký. Dòng hiệu lực cũ vẫn còn, được ghi là đã bỏ.",
    )


class PortalForm(DutyForm):
    """Where on the portal the paper can be read."""

    address = forms.URLField(
        label="Địa chỉ trên Cổng",
        max_length=500,
        assume_scheme="https",
        help_text="Trang đăng tải văn bản, ví dụ https://anmau.example.gov.vn/van-ban/1073",
    )
    confirmed = forms.BooleanField(
        label="Đã mở trang và thấy đúng văn bản, đúng số và ngày",
    )
