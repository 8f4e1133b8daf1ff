"""The signature block, generated from authority and post, never typed (Decree 30/2020 art. 13)."""

from __future__ import annotations

from documents.models.papers import AuthorityKind
from offices.roles import Role

BODY = "TM. ỦY BAN NHÂN DÂN"


def signature_block(authority_kind: str, role: str, *, acting: bool = False) -> tuple[str, ...]:
    """Give the lines above the name for a signatory of the leadership.

    A collective authority opens with TM.; a deputy signs KT. for the chairman; an acting
    chairman signs Q. Raises `ValueError` for a role that signs no decision.
    """
    own: tuple[str, ...]
    if role == Role.CHAIRMAN:
        own = ("Q. CHỦ TỊCH",) if acting else ("CHỦ TỊCH",)
    elif role == Role.VICE_CHAIRMAN:
        own = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    else:
        raise ValueError(f"{role} signs no decision of the office")
    return (BODY, *own) if authority_kind == AuthorityKind.COMMITTEE else own
