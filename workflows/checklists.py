"""The points of the check before signing (Decree 30/2020 art. 12): content, and form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

CONTENT_POINTS: dict[str, str | Promise] = {
    "authority": _("The matter lies within the authority that issues the paper"),
    "bases": _("The legal bases are in force on the day of the check"),
    "consistent": _("The content agrees with law and with decisions in force"),
    "opinions": _("Opinions of the committee are collected, accepted or explained"),
    "replaced": _("What is replaced, amended or repealed is named rightly"),
    "executors": _("Those who carry it out and by when are named"),
}
FORM_POINTS: dict[str, str | Promise] = {
    "heading": _("National heading and motto"),
    "agency": _("Name of the issuing agency"),
    "symbol": _("Place of number and symbol"),
    "place_date": _("Place name and place of the date"),
    "subject": _("Type and subject"),
    "layout": _("Preamble, articles and their numbering"),
    "signature_block": _("Authority, post and name in the signature block"),
    "recipients": _("Recipients and archive line"),
    "annexes": _("Annexes carry their reference to the decision"),
}


def missing_points(points: Mapping[str, object], given: Mapping[str, bool]) -> list[str]:
    """Name the points that are not answered or do not hold, in the order of the list."""
    return [code for code in points if not given.get(code, False)]
