"""What a reading of objectives holds: objective, targets, measures, deadlines, parties, doubts.

ISO 9001:2015, 6.2. Every part keeps the words it was read from; what the words do not say is
empty and named by a doubt, so that a person confirms instead of a program guessing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Comparator = Literal[
    "eq", "gte", "gt", "lte", "lt", "range", "increase_by", "decrease_by", "qualitative"
]
DeadlineKind = Literal[
    "date", "month", "quarter", "half_year", "nine_months", "year", "ongoing", "plan", "event",
    "recurring", "unread",
]  # fmt: skip
Every = Literal["week", "month", "quarter", "half_year", "nine_months", "year", "ad_hoc"]
Role = Literal["", "leads", "takes_part", "coordinates", "reports"]
Doubt = Literal[
    "approximate",        # "khoảng 90%": how near is near enough
    "break_unsure",       # a row after a page break: new measure, or the rest of the row above
    "cells_merged",       # one cell printed over several rows was put together again
    "change_unit",        # "tăng 1%": relative, or percentage points
    "conflicting",        # two readings of one phrase exclude each other
    "date_impossible",    # a day that no calendar has
    "deadline_unread",    # words of a deadline that are not understood
    "figures_parted",     # "đúng hạn 98% trước hạn 20%": two targets without a connector
    "fraction",           # "3/4 số phòng": of how many
    "from_alone",         # "từ 95%" without "trở lên"
    "grade",              # "98% hoàn thành nhiệm vụ trở lên": the grade, not the figure, is a floor
    "hard_to_measure",    # a figure about virtue: nobody can count it
    "measure_unsure",     # a point below an objective: what is done, or part of the objective
    "number_in_words",    # "chín mươi phần trăm"; "hai lần" is read behind a comparator alone
    "objective_missing",  # a target or measure that belongs to no objective
    "plan_missing",       # "Theo Kế hoạch": the plan is another paper
    "preposition",        # "trên 15 phường": more than, or in
    "qualitative",        # no figure and no criterion of pass
    "row_ragged",         # more cells than columns
    "several_values",     # figures are left over in the phrase
    "subject_inherited",  # the second half of a sentence speaks of the subject of the first
    "target_differs",     # objective and target column say different figures
    "too_long",           # a clause longer than any target; not searched for figures
    "too_many",           # more objectives than a paper can hold; the rest is not read
    "unit_missing",       # a figure without its unit
    "unwanted",           # "hồ sơ quá hạn 1%": fewer are better, the figure is a ceiling
    "year_missing",       # a deadline without a year, in a paper without one
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to be reached. `raw` says how much, `text` is the whole clause, both as written.

    `value` (and `upper`, the end of a range) counts `unit`; of a change ("tăng 1%") it is the size
    of the change against `baseline`. A qualitative target has no value; `verdict` says that it
    names a judgement somebody passes ("đạt yêu cầu").
    """

    raw: str
    text: str
    comparator: Comparator
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    baseline: str = ""
    verdict: bool = False
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_measurable(self) -> bool:
        """Whether somebody else would find the same result (ISO 9001:2015, 6.2.1 b)."""
        if "hard_to_measure" in self.doubts:
            return False
        return self.value is not None or self.verdict


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, as `raw` says. `on` is the last day that is still in time (inclusive).

    A recurring one has `every`; `day` is a day of the month, `next_period` tells that it is a day
    after the period ("ngày 10 tháng đầu quý sau"), without them the period's last day is meant.
    """

    raw: str
    kind: DeadlineKind
    on: date | None = None
    every: Every | None = None
    day: int | None = None
    next_period: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """A body or post that is responsible, with its role where brackets name one."""

    name: str
    role: Role = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is done to reach an objective, by whom, by when, with what, reported how often.

    `clause_ids` are the printed rows or clauses it was read from.
    """

    text: str
    deadline: Deadline | None = None
    every: Every | None = None
    responsible: str = ""
    parties: tuple[Party, ...] = ()
    method: str = ""
    resources: str = ""
    note: str = ""
    clause_ids: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective of a paper; `order` is its number as printed, `group` the heading above it.

    `is_row` tells that a table parts its words from its targets.
    """

    order: str
    text: str
    targets: tuple[Target, ...] = ()
    measures: tuple[Measure, ...] = ()
    method: str = ""
    baseline: str = ""
    group: str = ""
    clause_id: str = ""
    doubts: tuple[Doubt, ...] = ()
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Cascade:
    """A clause that binds lower bodies to targets not lower than these."""

    raw: str
    clause_id: str


@dataclass(frozen=True, slots=True)
class Objectives:
    """Everything a paper says about its objectives, in its own order.

    `owner` answers for all of them where one article charges one person; `reports` are the periods
    the paper orders reports for; `mandatory_cause` and `advised_cause` tell that it demands a root
    cause below the target and advises one where the target was hardly met.
    """

    objectives: tuple[Objective, ...] = ()
    year: int | None = None
    owner: str = ""
    reports: tuple[Every, ...] = ()
    report_by: Deadline | None = None
    cascade: tuple[Cascade, ...] = ()
    mandatory_cause: bool = False
    advised_cause: bool = False
    doubts: tuple[Doubt, ...] = ()

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every target, in order."""
        return tuple(target for one in self.objectives for target in one.targets)
