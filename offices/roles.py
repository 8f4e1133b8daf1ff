"""Roles and what each may do, on which kind of object; what no one person may join.

Pure: English only, marked with `_` for the catalogue and translated in `offices.models.labels`.
A grant of these capabilities to a post's group is made once, when the post is created.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; the caller above translates it."""
    return sentence


class Scope(StrEnum):
    """The kind of object a capability is granted on."""

    DEPARTMENT = "department"
    COMMITTEE = "committee"
    OFFICE = "office"


class Capability(StrEnum):
    """What a post may do; the value is the codename of the permission that stores the grant."""

    DRAFT = "draft"
    PROPOSE = "propose"
    RECEIVE_RETURN = "receive_return"
    WITHDRAW = "withdraw"
    OPEN_ROUND = "open_round"
    GIVE_OPINION = "give_opinion"
    CONCLUDE = "conclude"
    CHECK_FORM = "check_form"
    SIGN = "sign"
    REFER_TO = "refer_to"
    REGISTER = "register"
    ISSUE = "issue"
    OPEN_REGISTER = "open_register"
    KEEP_ARCHIVE = "keep_archive"
    VERIFY_AUDIT = "verify_audit"
    EDIT_PORTAL = "edit_portal"
    ADMINISTER = "administer"


class Role(StrEnum):
    """What a post is for."""

    SPECIALIST = "specialist"
    DEPARTMENT_HEAD = "department_head"
    ISO_SECRETARY = "iso_secretary"
    COMMITTEE_MEMBER = "committee_member"
    COMMITTEE_HEAD = "committee_head"
    CHIEF_OF_OFFICE = "chief_of_office"
    MANAGEMENT_REPRESENTATIVE = "management_representative"
    VICE_CHAIRMAN = "vice_chairman"
    CHAIRMAN = "chairman"
    OFFICE_MEMBER = "office_member"
    RECORDS_CLERK = "records_clerk"
    ARCHIVIST = "archivist"
    INTERNAL_AUDITOR = "internal_auditor"
    PORTAL_EDITOR = "portal_editor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class CapabilityFacts:
    """What a capability is called and on which kind of object it is granted."""

    label: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What a role is called, what it is for in one sentence, and what it may do."""

    label: str
    sentence: str
    capabilities: tuple[Capability, ...]


CAPABILITIES: Mapping[Capability, CapabilityFacts] = MappingProxyType(
    {
        Capability.DRAFT: CapabilityFacts(_("Draft papers"), Scope.DEPARTMENT),
        Capability.PROPOSE: CapabilityFacts(_("Propose papers"), Scope.DEPARTMENT),
        Capability.RECEIVE_RETURN: CapabilityFacts(_("Receive returned papers"), Scope.DEPARTMENT),
        Capability.WITHDRAW: CapabilityFacts(_("Withdraw papers"), Scope.DEPARTMENT),
        Capability.OPEN_ROUND: CapabilityFacts(_("Open rounds of opinions"), Scope.COMMITTEE),
        Capability.GIVE_OPINION: CapabilityFacts(_("Give opinions"), Scope.COMMITTEE),
        Capability.CONCLUDE: CapabilityFacts(_("Conclude rounds"), Scope.COMMITTEE),
        Capability.CHECK_FORM: CapabilityFacts(_("Check content and form"), Scope.OFFICE),
        Capability.SIGN: CapabilityFacts(_("Sign papers"), Scope.OFFICE),
        Capability.REFER_TO: CapabilityFacts(_("Decide papers referred up"), Scope.OFFICE),
        Capability.REGISTER: CapabilityFacts(_("Number papers"), Scope.OFFICE),
        Capability.ISSUE: CapabilityFacts(_("Seal and issue papers"), Scope.OFFICE),
        Capability.OPEN_REGISTER: CapabilityFacts(_("Open registers"), Scope.OFFICE),
        Capability.KEEP_ARCHIVE: CapabilityFacts(_("Keep the archive"), Scope.OFFICE),
        Capability.VERIFY_AUDIT: CapabilityFacts(_("Verify the audit"), Scope.OFFICE),
        Capability.EDIT_PORTAL: CapabilityFacts(_("Publish on the portal"), Scope.OFFICE),
        Capability.ADMINISTER: CapabilityFacts(_("Administer accounts and posts"), Scope.OFFICE),
    }
)

# Administering is no decision about any paper; keeping, verifying and publishing change none.
DECISIONS = frozenset(
    {
        Capability.DRAFT,
        Capability.PROPOSE,
        Capability.RECEIVE_RETURN,
        Capability.WITHDRAW,
        Capability.OPEN_ROUND,
        Capability.GIVE_OPINION,
        Capability.CONCLUDE,
        Capability.CHECK_FORM,
        Capability.SIGN,
        Capability.REFER_TO,
        Capability.REGISTER,
        Capability.ISSUE,
        Capability.OPEN_REGISTER,
    }
)

ROLES: Mapping[Role, RoleFacts] = MappingProxyType(
    {
        Role.SPECIALIST: RoleFacts(
            _("Specialist"),
            _("Drafts the papers of the department and reworks what is returned."),
            (Capability.DRAFT,),
        ),
        Role.DEPARTMENT_HEAD: RoleFacts(
            _("Head of department"),
            _(
                "Answers for the content (Decree 30/2020 art. 12), proposes the department's "
                "papers, withdraws them and receives what is returned."
            ),
            (Capability.PROPOSE, Capability.RECEIVE_RETURN, Capability.WITHDRAW),
        ),
        Role.ISO_SECRETARY: RoleFacts(
            _("Secretary of the ISO committee"),
            _("Checks that a paper is complete and asks the committee for its opinions."),
            (Capability.OPEN_ROUND,),
        ),
        Role.COMMITTEE_MEMBER: RoleFacts(
            _("Member of the ISO committee"),
            _("Gives an opinion on each paper before the round ends."),
            (Capability.GIVE_OPINION,),
        ),
        Role.COMMITTEE_HEAD: RoleFacts(
            _("Head of the ISO committee"),
            _("Concludes the round: endorses or returns; dissent stays in the record."),
            (Capability.CONCLUDE,),
        ),
        Role.CHIEF_OF_OFFICE: RoleFacts(
            _("Chief of office"),
            _(
                "Checks content and form before the signature (Decree 30/2020 art. 12) and sees "
                "to it that the paper reaches the right signatory."
            ),
            (Capability.CHECK_FORM,),
        ),
        Role.MANAGEMENT_REPRESENTATIVE: RoleFacts(
            _("Management representative"),
            _("Watches over the quality management system and verifies its records."),
            (Capability.VERIFY_AUDIT,),
        ),
        Role.VICE_CHAIRMAN: RoleFacts(
            _("Vice-chairman"),
            _("Signs for the chairman in the assigned fields of work, returns, or refers up."),
            (Capability.SIGN,),
        ),
        Role.CHAIRMAN: RoleFacts(
            _("Chairman"),
            _("Signs any paper of the office and decides what a vice-chairman refers up."),
            (Capability.SIGN, Capability.REFER_TO),
        ),
        Role.OFFICE_MEMBER: RoleFacts(
            _("Member of the People's Committee"),
            _(
                "Votes, beside the Chairman and the Vice-Chairmen, on what the People's Committee "
                "decides as a body."
            ),
            (),
        ),
        Role.RECORDS_CLERK: RoleFacts(
            _("Records clerk"),
            _(
                "Keeps the registers, numbers and dates signed papers, seals and dispatches them "
                "(Decree 30/2020 art. 14 to 18)."
            ),
            (Capability.REGISTER, Capability.ISSUE, Capability.OPEN_REGISTER),
        ),
        Role.ARCHIVIST: RoleFacts(
            _("Archivist"),
            _("Keeps issued papers and completes those known only by citation."),
            (Capability.KEEP_ARCHIVE,),
        ),
        Role.INTERNAL_AUDITOR: RoleFacts(
            _("Internal auditor"),
            _("Reads the history of every paper and verifies the audit; changes nothing."),
            (Capability.VERIFY_AUDIT,),
        ),
        Role.PORTAL_EDITOR: RoleFacts(
            _("Portal editor"),
            _("Publishes on the portal what its list of recipients says."),
            (Capability.EDIT_PORTAL,),
        ),
        Role.ADMINISTRATOR: RoleFacts(
            _("Administrator"),
            _("Keeps accounts, posts and appointments; may decide nothing about any paper."),
            (Capability.ADMINISTER,),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Separation:
    """Two acts on one paper that are never one person's, and the sentence that says so."""

    first: Capability
    second: Capability
    sentence: str


# The hard ones only; every other joining of hats is allowed, warned about and recorded.
SEPARATIONS = (
    Separation(Capability.DRAFT, Capability.SIGN, _("Whoever drafted a paper does not sign it.")),
    Separation(
        Capability.SIGN, Capability.REGISTER, _("Whoever signed a paper does not number it.")
    ),
    Separation(
        Capability.SIGN, Capability.ISSUE, _("Whoever signed a paper does not seal and issue it.")
    ),
)

# Who makes up the body that decides "TM. ỦY BAN NHÂN DÂN": named in a round, without a grant.
OF_THE_BODY = frozenset({Role.CHAIRMAN, Role.VICE_CHAIRMAN, Role.OFFICE_MEMBER})

# One person at a time: where two heads of one body would each decide.
HELD_BY_ONE = frozenset(
    {
        Role.DEPARTMENT_HEAD,
        Role.COMMITTEE_HEAD,
        Role.CHIEF_OF_OFFICE,
        Role.MANAGEMENT_REPRESENTATIVE,
        Role.VICE_CHAIRMAN,
        Role.CHAIRMAN,
    }
)


def granted_to(role: Role) -> tuple[Capability, ...]:
    """What a post of this role may do."""
    return ROLES[role].capabilities


def scope_of(capability: Capability) -> Scope:
    """On which kind of object a capability is granted."""
    return CAPABILITIES[capability].scope


def separation(done: Capability, wanted: Capability) -> Separation | None:
    """Tell why who did one act on a paper may not do another on it; the order does not matter."""
    pair = {done, wanted}
    return next((rule for rule in SEPARATIONS if {rule.first, rule.second} == pair), None)


def may_be_joined(first: Role, second: Role) -> bool:
    """Tell whether one person may hold posts of both roles at once.

    An administrator holds nothing else; all other hats may be joined.
    """
    return first is second or Role.ADMINISTRATOR not in {first, second}
