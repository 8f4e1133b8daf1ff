"""In whose place somebody signs: the modes of Decree 30/2020 art. 13 and their blocks."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.models import AuthorityKind
from documents.signing import may_bear, signature_block
from offices.authority import (
    SIGNATORIES,
    UNIT_HEADS,
    Footing,
    Mode,
    assigns,
    fittest,
    lines_of_a_unit_head,
    mode_for_another,
    own_mode,
)
from offices.roles import Role
from offices.selectors import Standing
from workflows.policies import RULE_OF_NODE, Bar

CHAIRMAN, DEPUTY = Role.CHAIRMAN, Role.VICE_CHAIRMAN
CHIEF, HEAD, CLERK = Role.CHIEF_OF_OFFICE, Role.DEPARTMENT_HEAD, Role.RECORDS_CLERK


@pytest.mark.parametrize(
    ("whose", "footing", "own", "mode"),
    [
        (CHAIRMAN, Footing.SUBSTITUTION, DEPUTY, Mode.DEPUTY),
        (DEPUTY, Footing.SUBSTITUTION, DEPUTY, Mode.DEPUTY),
        (DEPUTY, Footing.SUBSTITUTION, CHAIRMAN, Mode.HEAD),
        (CHAIRMAN, Footing.BY_ORDER, CHIEF, Mode.BY_ORDER),
        (CHAIRMAN, Footing.UNDER_DELEGATION, HEAD, Mode.AUTHORISED),
        # What art. 13 does not know makes no signature.
        (CHAIRMAN, Footing.SUBSTITUTION, CHIEF, None),
        (CHAIRMAN, Footing.UNDER_DELEGATION, DEPUTY, None),
        (CHAIRMAN, Footing.UNDER_DELEGATION, CLERK, None),
        (DEPUTY, Footing.UNDER_DELEGATION, HEAD, None),
        (DEPUTY, Footing.BY_ORDER, CHIEF, None),
        (HEAD, Footing.SUBSTITUTION, DEPUTY, None),
        (CHAIRMAN, Footing.BY_ORDER, None, None),
    ],
)
def test_the_mode_follows_from_whose_right_on_what_footing_and_ones_own_post(
    whose, footing, own, mode
):
    assert mode_for_another(whose, footing, own) is mode


def test_an_acting_head_signs_q_and_a_deputy_in_charge_of_a_vacancy_signs_kt():
    assert own_mode(CHAIRMAN) is Mode.HEAD
    assert own_mode(CHAIRMAN, acting=True) is Mode.ACTING
    assert own_mode(CHAIRMAN, in_charge=True) is Mode.DEPUTY
    assert own_mode(DEPUTY) is Mode.DEPUTY
    assert own_mode(HEAD) is None


@pytest.mark.parametrize(
    ("mode", "own", "block"),
    [
        (Mode.HEAD, (), ["CHỦ TỊCH"]),
        (Mode.ACTING, (), ["Q. CHỦ TỊCH"]),
        (Mode.DEPUTY, ("PHÓ CHỦ TỊCH VĂN XÃ",), ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (Mode.BY_ORDER, ("CHÁNH VĂN PHÒNG",), ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
        (Mode.AUTHORISED, ("TRƯỞNG PHÒNG",), ["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG"]),
        (
            Mode.BY_ORDER,
            ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"),
            ["TL. CHỦ TỊCH", "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"],
        ),
    ],
)
def test_the_block_of_each_mode_is_that_of_appendix_i(mode, own, block):
    assert list(signature_block(AuthorityKind.CHAIRMAN, mode, own)) == block
    if not may_bear(AuthorityKind.COMMITTEE, mode):
        with pytest.raises(ValueError, match=mode.value):
            signature_block(AuthorityKind.COMMITTEE, mode, own)
    else:
        of_the_body = signature_block(AuthorityKind.COMMITTEE, mode, own)
        assert list(of_the_body) == ["TM. ỦY BAN NHÂN DÂN", *block]


@pytest.mark.parametrize(
    ("acting", "in_charge", "lines"),
    [
        (False, False, ("TRƯỞNG PHÒNG",)),
        (True, False, ("Q. TRƯỞNG PHÒNG",)),
        (False, True, ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")),
    ],
)
def test_who_heads_a_unit_for_a_time_says_so_below_tl(acting, in_charge, lines):
    assert lines_of_a_unit_head("TRƯỞNG PHÒNG", acting=acting, in_charge=in_charge) == lines
    assert lines_of_a_unit_head("", acting=acting, in_charge=in_charge) == ()


def test_nobody_signs_by_order_or_authorisation_without_a_title_of_his_own():
    for mode in (Mode.BY_ORDER, Mode.AUTHORISED):
        with pytest.raises(ValueError, match="title"):
            signature_block(AuthorityKind.CHAIRMAN, mode)


@given(st.sampled_from(Role), st.sampled_from(Footing), st.sets(st.sampled_from(Role)))
def test_no_delegation_makes_a_signatory_of_a_post_that_may_not_be_one(whose, footing, roles):
    own = fittest(roles)
    mode = mode_for_another(whose, footing, own)
    if mode is None:
        return
    assert whose in SIGNATORIES
    assert own in SIGNATORIES | UNIT_HEADS
    assert (mode in {Mode.BY_ORDER, Mode.AUTHORISED}) == (own in UNIT_HEADS)
    assert own in roles


def test_the_superior_assigns_in_his_own_body_and_the_chairman_in_all():
    assert assigns(HEAD, Role.SPECIALIST, same_body=True)
    assert not assigns(HEAD, Role.SPECIALIST, same_body=False)
    assert assigns(CHAIRMAN, DEPUTY, same_body=False)
    assert not assigns(DEPUTY, CHAIRMAN, same_body=True)
    assert not any(assigns(Role.ADMINISTRATOR, role, same_body=True) for role in Role)


people = st.integers(1, 4)


@given(
    by=people,
    principal=st.none() | people,
    author=people,
    drafter=people,
    saved=st.frozensets(people),
    signatory=people,
    signed_for=st.none() | people,
)
def test_the_hard_separations_hold_for_both_hands_of_a_delegation(
    by, principal, author, drafter, saved, signatory, signed_for
):
    """Who drafted does not sign, who signed does not seal: in person, for another, by another."""
    hands = {by, principal} - {None}
    standing = standing_of(by, principal)
    signature = SimpleNamespace(signatory_id=signatory, standing={"principal_id": signed_for})
    case = SimpleNamespace(
        document=SimpleNamespace(
            author_id=author, authority_kind=AuthorityKind.CHAIRMAN, field_of_work="kinh_te"
        ),
        drafter_id=drafter,
        referred_at=None,
        revision=SimpleNamespace(signature=signature),
    )
    facts = SimpleNamespace(by_id=by, drafted=lambda key: key in saved)
    signing = RULE_OF_NODE["sign"].bar(standing, case, facts)
    assert isinstance(signing, Bar) == bool(hands & ({author, drafter} | saved))
    sealing = RULE_OF_NODE["issue"].bar(standing, case, facts)
    assert isinstance(sealing, Bar) == bool(hands & {signatory, signed_for})


def standing_of(by: int, principal: int | None) -> Standing:
    """A vice-chairman's own footing, or that of one who stands in for another."""
    return Standing(
        user_id=by,
        appointment_id=1,
        post_id=1,
        post_title="Phó Chủ tịch",
        role=DEPUTY,
        office_id=1,
        department_id=1,
        grant_id=1,
        delegation_id=None if principal is None else 1,
        delegation_kind="" if principal is None else Footing.SUBSTITUTION.value,
        on_behalf_of=None if principal is None else "Phó Chủ tịch kinh tế",
        fields_of_work=("kinh_te",),
        principal_id=principal,
        own_role=DEPUTY,
    )
