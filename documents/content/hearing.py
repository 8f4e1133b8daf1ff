"""Where a paper's preamble says that the steering committee proposed it, agreed to it, or was heard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from documents.content.folding import fold
from documents.content.tree import Citation, Recital

if TYPE_CHECKING:
    from documents.content.tree import Content, Preamble

_COMMITTEE = re.compile(rf"{fold('ban chỉ đạo')}|{fold('bcđ')}")
# A decision that set the committee up is a basis like any other; what the committee said is not.
_SAID = re.compile(
    "|".join(fold(word) for word in ("ý kiến", "thống nhất", "kết luận", "biên bản", "biểu quyết"))
)


def says_committee_was_heard(content: Content) -> tuple[str, ...]:
    """Give the ids of the preamble's parts that name the committee's proposal or opinion, in order."""
    return tuple(part.id for part in content.preamble if _says_so(part))


def _says_so(part: Preamble) -> bool:
    words = fold(part.text)
    if isinstance(part, Recital):
        return bool(_COMMITTEE.search(words))
    if isinstance(part, Citation):
        said = _SAID.search(words)
        return said is not None and bool(_COMMITTEE.search(words, said.end()))
    return bool(_COMMITTEE.search(words) and _SAID.search(words))
