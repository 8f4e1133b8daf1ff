"""Keeping the store of files small: what no row names is swept once it is a day old."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from documents import files
from documents.selectors.files import named_among

if TYPE_CHECKING:
    from datetime import datetime

    from documents.files import Kept

logger = logging.getLogger(__name__)

# A file comes before its row; an act is over in seconds, so a day is no act that still runs.
YOUNG = timedelta(days=1)
MOST_AT_ONCE = 10_000


def sweep_files(*, now: datetime) -> int:
    """Remove files that no row names and that were last stored more than a day ago.

    `now` is the time the machine stamps files with, not a demonstration's. At most `MOST_AT_ONCE`
    files go in one sweep, the rest in the next. Gives how many went. A file that a row names is
    never touched, whatever its age.
    """
    before = (now - YOUNG).timestamp()
    swept = 0
    for folder in files.FOLDERS:
        old = [one for one in files.kept_in(folder) if one.stored_at < before]
        named = named_among({_hash(one) for one in old} - {""}) if old else set()
        for one in old:
            if swept == MOST_AT_ONCE:
                return swept
            if _hash(one) not in named:
                swept += files.discard(one.name, folder=folder, before=before)
            elif one.name.endswith(files.ASIDE):
                files.restore(one.name, folder=folder)
    if swept:
        logger.info("Swept %d files that no row named.", swept)
    return swept


def _hash(one: Kept) -> str:
    return one.name.removesuffix(files.ASIDE) if one.name.endswith(files.ASIDE) else one.sha256
