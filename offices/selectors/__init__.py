"""Who may do what, when, and on what footing; and who else may.

The truth is the appointment or delegation that lasts on the day, and the grant of the post's
group on the object: never `has_perm`, never membership of a group alone.
"""

from offices.selectors.asking import (
    appointments,
    asked_once,
    every_standing,
    holders,
    in_place_of,
    in_post,
    may,
    off_days,
    post_of,
    reader,
    standings,
)
from offices.selectors.standings import Held, Holder, Reader, Standing, Standings

__all__ = [
    "Held",
    "Holder",
    "Reader",
    "Standing",
    "Standings",
    "appointments",
    "asked_once",
    "every_standing",
    "holders",
    "in_place_of",
    "in_post",
    "may",
    "off_days",
    "post_of",
    "reader",
    "standings",
]
