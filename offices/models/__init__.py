"""Who people are: offices, departments, posts, and who holds them when."""

from __future__ import annotations

from offices.models.calendar import DemoClock, MakeUpDay, WorkingDayClosure
from offices.models.granted import DepartmentGroupPermission, OfficeGroupPermission
from offices.models.organisation import Department, Office, Post, Succession
from offices.models.people import User
from offices.models.regulations import SilenceRule, StepTerms
from offices.models.terms import Appointment, Delegation

__all__ = [
    "Appointment",
    "Delegation",
    "DemoClock",
    "Department",
    "DepartmentGroupPermission",
    "MakeUpDay",
    "Office",
    "OfficeGroupPermission",
    "Post",
    "SilenceRule",
    "StepTerms",
    "Succession",
    "User",
    "WorkingDayClosure",
]
