"""The signature block, generated from authority and post, never typed (Decree 30/2020 art. 13)."""

from __future__ import annotations

from documents.models.papers import AuthorityKind
from offices.authority import Mode

BODY = "TM. ỦY BAN NHÂN DÂN"
HEAD = "CHỦ TỊCH"
DEPUTY = "PHÓ CHỦ TỊCH"
# What stands before the head's title (Appendix I), and whether the signatory's own title follows.
MARKS = {Mode.HEAD: "", Mode.ACTING: "Q. ", Mode.DEPUTY: "KT. "}
MARKS |= {Mode.BY_ORDER: "TL. ", Mode.AUTHORISED: "TUQ. "}
UNDER_OWN_TITLE = frozenset({Mode.DEPUTY, Mode.BY_ORDER, Mode.AUTHORISED})
# What the body decides is signed by its head or a deputy of his: nothing says how TM. and TL. or
# TUQ. would stand in one block, so none is made.
FOR_THE_BODY = frozenset({Mode.HEAD, Mode.ACTING, Mode.DEPUTY})


def may_bear(authority_kind: str, mode: Mode) -> bool:
    """Tell whether a paper of this authority can be signed in this mode at all."""
    return authority_kind != AuthorityKind.COMMITTEE or mode in FOR_THE_BODY


def signature_block(
    authority_kind: str, mode: Mode, own_lines: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Give the lines above the name for a signatory in this mode, in capitals.

    A collective authority opens with TM.; a deputy signs KT., an acting head Q., the head of a
    unit TL. or TUQ. under the lines of his own post. Raises `ValueError` for a block that cannot be true: a
    collective authority's by order or authorisation, or one without the title it needs.
    """
    if not may_bear(authority_kind, mode):
        raise ValueError(f"a paper of {authority_kind} is not signed {mode}")
    # A deputy's title is that of the office, whatever fields his post is named after.
    lines = (DEPUTY,) if mode is Mode.DEPUTY else own_lines
    if mode in UNDER_OWN_TITLE and not lines:
        raise ValueError(f"{mode} is signed under a title of one's own")
    above = (BODY,) if authority_kind == AuthorityKind.COMMITTEE else ()
    own = lines if mode in UNDER_OWN_TITLE else ()
    return (*above, f"{MARKS[mode]}{HEAD}", *own)
