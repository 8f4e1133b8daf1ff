"""What objectives are taken to say, place by place: proposed by the reader, settled by a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from documents.content.objectives.figures import written
from documents.models.objectives import Comparator, Every
from documents.selectors.objectives import (
    MeasureStated,
    ObjectiveStated,
    ReadingStated,
    TargetStated,
)

if TYPE_CHECKING:
    from django.forms import BoundField

    from offices.models import Department

COMPARATORS = (
    (Comparator.GTE, "Ít nhất (≥)"),
    (Comparator.GT, "Trên (>)"),
    (Comparator.EQ, "Đạt mức (=)"),
    (Comparator.LTE, "Không quá (≤)"),
    (Comparator.LT, "Dưới (<)"),
    (Comparator.RANGE, "Trong khoảng"),
    (Comparator.INCREASE_BY, "Tăng thêm"),
    (Comparator.DECREASE_BY, "Giảm bớt"),
    (Comparator.QUALITATIVE, "Định tính"),
)
PERIODS = (
    (Every.WEEK, "Hằng tuần"),
    (Every.MONTH, "Hằng tháng"),
    (Every.QUARTER, "Hằng quý"),
    (Every.HALF_YEAR, "6 tháng"),
    (Every.NINE_MONTHS, "9 tháng"),
    (Every.YEAR, "Cả năm"),
)


# Points between groups of three digits, as Vietnamese figures are written.
WHOLE_DIGITS, DECIMALS = 12, 4
WHOLE = Decimal(100)
THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")


class FigureField(forms.DecimalField):
    """A figure as people write it here, with a comma or a point before the decimals."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "size": 8}))
        said = _("Write a figure: at most 12 digits, then 4 after a comma, like 98,5.")
        bounds = ("invalid", "max_digits", "max_decimal_places", "max_whole_digits")
        super().__init__(
            max_digits=WHOLE_DIGITS + DECIMALS,
            decimal_places=DECIMALS,
            required=False,
            error_messages=dict.fromkeys(bounds, said),
            **kwargs,
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Take "98,5" like "98.5", and "1.250" as the thousand that it is written for here."""
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.isascii():
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if THOUSANDS.fullmatch(value.strip()):
            value = value.replace(".", "")
        return super().to_python(value.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        """Write a figure without zeros that say nothing, with a comma."""
        return written(value) if isinstance(value, Decimal) else value


# By objective and target: what a person found in the same words besides what was read.
Further = Mapping[tuple[int, int], TargetStated]


def settled_over(read: ReadingStated, confirmed: ReadingStated) -> tuple[ReadingStated, Further]:
    """Lay what was confirmed over the places of what is read, so that it can be settled again.

    Where the words are parted otherwise today, what is read begins anew, with nothing further.
    """
    shown, further = [], {}
    if len(confirmed.objectives) != len(read.objectives):
        return read, {}
    for place, (now, then) in enumerate(zip(read.objectives, confirmed.objectives, strict=True)):
        added = len(then.targets) - len(now.targets)
        targets: list[TargetStated] = []
        for one in then.targets:
            if added and targets and (one.raw, one.text) == (targets[-1].raw, targets[-1].text):
                further[place, len(targets) - 1] = one
                added -= 1
            else:
                targets.append(one)
        if added or len(then.measures) != len(now.measures):
            return read, {}
        shown.append(replace(then, targets=tuple(targets)))
    return replace(confirmed, objectives=tuple(shown)), further


@dataclass(frozen=True, slots=True)
class TargetFields:
    """The fields of one target."""

    comparator: BoundField
    value: BoundField
    upper: BoundField
    unit: BoundField
    baseline: BoundField

    @property
    def has_errors(self) -> bool:
        """Whether a field of it needs mending."""
        return any(one.errors for one in (self.comparator, self.value, self.upper, self.unit))


@dataclass(frozen=True, slots=True)
class TargetPlace:
    """One target on the page: what was read, its fields, and those of another in the same words."""

    stated: TargetStated
    also: TargetStated | None
    fields: TargetFields
    further: TargetFields

    @property
    def has_errors(self) -> bool:
        """Whether a field of either needs mending."""
        return self.fields.has_errors or self.further.has_errors


@dataclass(frozen=True, slots=True)
class MeasurePlace:
    """One measure on the page: what was read, and its fields."""

    stated: MeasureStated
    due_on: BoundField
    every: BoundField
    departments: BoundField


@dataclass(frozen=True, slots=True)
class ObjectivePlace:
    """One objective on the page with the places below it."""

    stated: ObjectiveStated
    targets: tuple[TargetPlace, ...]
    measures: tuple[MeasurePlace, ...]


class ReadingForm(forms.Form):
    """Every target and measure of a paper with its fields; sent with the digest it was read from."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    key = forms.UUIDField(widget=forms.HiddenInput)
    year = forms.IntegerField(
        label="Năm thực hiện",
        min_value=1990,
        max_value=2200,
        help_text="Kỳ báo cáo tính trong năm này.",
    )
    reports = forms.MultipleChoiceField(
        label="Kỳ báo cáo chung",
        choices=PERIODS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Dùng cho biện pháp không ghi kỳ riêng; không chọn thì báo cáo một lần cuối năm.",
    )

    def __init__(
        self,
        *args: Any,
        stated: ReadingStated,
        further: Further | None = None,
        departments: Sequence[Department],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.read, self.further = stated, further or {}
        self.fields["year"].initial = stated.year
        self.fields["reports"].initial = list(stated.reports)
        bodies = [(str(one.pk), one.name) for one in departments]
        self.proposed: dict[str, TargetStated] = {}
        for place, one in enumerate(stated.objectives):
            for at, target in enumerate(one.targets):
                self._add_target(f"t{place}_{at}", target)
                self._add_further(f"t{place}_{at}x", target, self.further.get((place, at)))
            for at, measure in enumerate(one.measures):
                self._add_measure(f"m{place}_{at}", measure, bodies)

    def _add_further(self, name: str, beside: TargetStated, one: TargetStated | None) -> None:
        nothing = replace(beside, comparator="", value=None, upper=None, unit="", baseline="")
        self._add_target(name, one or nothing)
        chosen = cast("forms.ChoiceField", self.fields[f"{name}_comparator"])
        chosen.choices = [("", "Không có"), *COMPARATORS]
        chosen.required = False

    def _add_target(self, name: str, one: TargetStated) -> None:
        self.proposed[name] = one
        self.fields[f"{name}_comparator"] = forms.ChoiceField(
            label="So sánh", choices=COMPARATORS, initial=one.comparator
        )
        self.fields[f"{name}_value"] = FigureField(label="Mức", initial=one.value)
        self.fields[f"{name}_upper"] = FigureField(label="Đến (khoảng)", initial=one.upper)
        self.fields[f"{name}_unit"] = forms.CharField(
            label="Đơn vị tính", max_length=40, required=False, initial=one.unit,
            widget=forms.TextInput(attrs={"size": 12}),
        )  # fmt: skip
        self.fields[f"{name}_baseline"] = forms.CharField(
            label="So với", max_length=200, required=False, initial=one.baseline
        )

    def _add_measure(self, name: str, one: MeasureStated, bodies: list[tuple[str, str]]) -> None:
        self.fields[f"{name}_due_on"] = forms.DateField(
            label="Hạn cuối", required=False, initial=one.due_on,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )  # fmt: skip
        self.fields[f"{name}_every"] = forms.ChoiceField(
            label="Kỳ báo cáo", choices=[("", "Theo kỳ chung"), *PERIODS], required=False,
            initial=one.every,
        )  # fmt: skip
        self.fields[f"{name}_departments"] = forms.MultipleChoiceField(
            label="Đơn vị báo cáo", choices=bodies, required=False,
            widget=forms.CheckboxSelectMultiple, initial=[str(key) for key in one.departments],
        )  # fmt: skip

    @property
    def objectives(self) -> Iterator[ObjectivePlace]:
        """Every objective with its bound fields, in the order of the paper."""
        for place, one in enumerate(self.read.objectives):
            yield ObjectivePlace(
                stated=one,
                targets=tuple(
                    TargetPlace(
                        target,
                        self.further.get((place, at)),
                        self._fields(f"t{place}_{at}"),
                        self._fields(f"t{place}_{at}x"),
                    )
                    for at, target in enumerate(one.targets)
                ),
                measures=tuple(
                    MeasurePlace(
                        measure,
                        *(self[f"m{place}_{at}_{part}"] for part in _MEASURE_PARTS),
                    )
                    for at, measure in enumerate(one.measures)
                ),
            )

    def _fields(self, name: str) -> TargetFields:
        return TargetFields(*(self[f"{name}_{part}"] for part in _TARGET_PARTS))

    def clean(self) -> dict[str, Any]:
        """A figure is compared, a target without one is not; a range has two ends in order."""
        cleaned = super().clean() or {}
        for name in [
            field.removesuffix("_comparator")
            for field in self.fields
            if field.endswith("_comparator")
        ]:
            self._check_target(name, cleaned)
        return cleaned

    def _check_target(self, name: str, cleaned: dict[str, Any]) -> None:
        comparator = cleaned.get(f"{name}_comparator")
        value, upper = cleaned.get(f"{name}_value"), cleaned.get(f"{name}_upper")
        if f"{name}_value" in self.errors or f"{name}_upper" in self.errors:
            return
        self._check_size(name, cleaned)
        if not comparator:
            if value is not None or upper is not None:
                self.add_error(f"{name}_comparator", _("Say how this figure is compared."))
            return
        if comparator == Comparator.QUALITATIVE:
            if value is not None:
                self.add_error(f"{name}_value", _("A target without a figure has none here."))
        elif value is None:
            self.add_error(f"{name}_value", _("Give the figure, or choose “without a figure”."))
        elif comparator == Comparator.RANGE and (upper is None or upper < value):
            self.add_error(f"{name}_upper", _("A range needs its upper end."))

    def _check_size(self, name: str, cleaned: dict[str, Any]) -> None:
        """Nothing is less than none; a share is above the whole only where the paper says so."""
        read = self.proposed[name]
        share = cleaned.get(f"{name}_unit", "").strip() == "%"
        rises = cleaned.get(f"{name}_comparator") == Comparator.INCREASE_BY
        for part, as_read in (("value", read.value), ("upper", read.upper)):
            given = cleaned.get(f"{name}_{part}")
            if given is None or given == as_read:
                continue
            if given < 0:
                self.add_error(f"{name}_{part}", _("A target is no negative figure."))
            elif share and not rises and given > WHOLE:
                self.add_error(
                    f"{name}_{part}", _("The paper names no share above 100%; look again.")
                )

    @property
    def sent_as(self) -> UUID:
        """Give the form's key."""
        return cast("UUID", self.cleaned_data["key"])

    @property
    def stated(self) -> ReadingStated:
        """What the person settled."""
        return ReadingStated(
            year=self.cleaned_data["year"],
            reports=tuple(self.cleaned_data.get("reports", ())),
            objectives=tuple(
                replace(
                    one,
                    targets=tuple(
                        settled
                        for at, target in enumerate(one.targets)
                        for settled in self._settled(f"t{place}_{at}", target)
                    ),
                    measures=tuple(
                        self._measure(f"m{place}_{at}", measure)
                        for at, measure in enumerate(one.measures)
                    ),
                )
                for place, one in enumerate(self.read.objectives)
            ),
        )

    def _settled(self, name: str, one: TargetStated) -> Iterator[TargetStated]:
        """What was read as one target, and what a person found beside it in the same words."""
        yield self._target(name, one)
        if self.cleaned_data[f"{name}x_comparator"]:
            yield self._target(f"{name}x", one)

    def _target(self, name: str, one: TargetStated) -> TargetStated:
        got = {part: self.cleaned_data[f"{name}_{part}"] for part in _TARGET_PARTS}
        if got["comparator"] not in {
            Comparator.RANGE,
            Comparator.INCREASE_BY,
            Comparator.DECREASE_BY,
        }:
            got["upper"] = None
        return replace(one, **got)

    def _measure(self, name: str, one: MeasureStated) -> MeasureStated:
        due_on = self.cleaned_data[f"{name}_due_on"]
        chosen = frozenset(int(key) for key in self.cleaned_data[f"{name}_departments"])
        every = self.cleaned_data[f"{name}_every"]
        return replace(one, due_on=due_on, every=every, departments=chosen)

    @property
    def corrected(self) -> int:
        """How many targets and measures differ from what was proposed, or were added to it."""
        pairs: list[tuple[object, object]] = []
        for place, one in enumerate(self.read.objectives):
            for at, target in enumerate(one.targets):
                settled, *added = self._settled(f"t{place}_{at}", target)
                pairs += [(target, settled), *((None, further) for further in added)]
            pairs += [
                (measure, self._measure(f"m{place}_{at}", measure))
                for at, measure in enumerate(one.measures)
            ]
        return sum(read != now for read, now in pairs)


_TARGET_PARTS = ("comparator", "value", "upper", "unit", "baseline")
_MEASURE_PARTS = ("due_on", "every", "departments")
