"""Who confirms a reading of objectives, who reports results, who asks for them and who reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from offices import bodies
from offices import selectors as offices
from offices.roles import Capability
from workflows.exceptions import NotPermitted

if TYPE_CHECKING:
    from datetime import datetime

    from documents.models import Document
    from offices.models import Department, Office, User
    from offices.selectors import Standing

# Whoever drafts for a department may report for it, as its head does.
REPORTERS = (Capability.PROPOSE, Capability.DRAFT)


def reporting_capability(department: Department) -> Capability:
    """The capability by which a result is owed: the head's, or the committee secretary's."""
    return Capability.OPEN_ROUND if department.is_committee else Capability.PROPOSE


def check_can_confirm_objectives(by: User, document: Document, *, at: datetime) -> Standing:
    """The committee's secretary confirms what objectives say; the drafting department before issue."""
    standing = _secretary(by, document, at=at)
    department = document.drafting_department
    if standing is None and department is not None and not document.is_issued:
        standing = _of_department(by, department, at=at)
    if standing is None:
        raise NotPermitted(
            _("The reading is confirmed by the secretary of the ISO committee."),
            advice=_("Before issue the drafting department may confirm it too."),
        )
    return standing


def check_can_record_higher(by: User, office: Office, *, at: datetime) -> Standing:
    """What the offices above ask is recorded by the secretary of the ISO committee."""
    standing = offices.may(by, Capability.OPEN_ROUND, bodies.iso_committee(office), at=at)
    if standing is None:
        raise NotPermitted(
            _(
                "Only the secretary of the ISO committee records the objectives of the offices above."
            )
        )
    return standing


def check_can_report(by: User, department: Department, *, at: datetime) -> Standing:
    """A result is reported by its department: the head or a specialist; a committee's secretary."""
    if department.is_committee:
        standing = offices.may(by, Capability.OPEN_ROUND, department, at=at)
    else:
        standing = _of_department(by, department, at=at)
    if standing is None:
        raise NotPermitted(
            _("This result is reported by %(department)s.") % {"department": department.name},
            advice=_("Who may: the head of that department, or one of its specialists."),
        )
    return standing


def check_can_ask_results(by: User, document: Document, *, at: datetime) -> Standing:
    """Results on demand are asked for, and sent back, by the secretary of the ISO committee."""
    standing = _secretary(by, document, at=at)
    if standing is None:
        raise NotPermitted(
            _("Only the secretary of the ISO committee asks for results or sends them back.")
        )
    return standing


def may_see_results(document: Document, *, office_ids: frozenset[int]) -> bool:
    """Results are for everybody of the office, and for nobody outside it."""
    return document.office_id in office_ids


def _secretary(by: User, document: Document, *, at: datetime) -> Standing | None:
    committee = bodies.iso_committee(document.office)
    return offices.may(by, Capability.OPEN_ROUND, committee, at=at)


def _of_department(by: User, department: Department, *, at: datetime) -> Standing | None:
    held = (offices.may(by, capability, department, at=at) for capability in REPORTERS)
    return next((one for one in held if one is not None), None)
