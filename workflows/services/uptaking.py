"""The drafter's Bảng tổng hợp: a line for every remark, before the paper is sent on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from documents import papers
from workflows import engine, policies
from workflows.exceptions import BadInput
from workflows.models import KeptUptakes, Response, Uptake
from workflows.selectors import remarks
from workflows.services.acts import Ticket, load, open_task, refuse_ended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.models import Revision
    from offices.models import User
    from workflows.models import Case
    from workflows.selectors.remarks import Remarked


@dataclass(frozen=True, slots=True)
class TakenUp:
    """One line as the drafter fills it: which remark, how, where in the new text, or why not.

    `key` is the remark's, as `selectors.remarks` gives it; `place_id` a clause of the new text.
    """

    key: str
    sort: str
    place_id: str = ""
    text: str = ""


Line = tuple[TakenUp, "Remarked"]


def checked(case: Case, uptakes: Sequence[TakenUp]) -> list[Line]:
    """Pair every line with its remark; `BadInput` where one is missing, unknown or unfinished."""
    asked = {one.key: one for one in remarks.open_for(case)}
    given = {one.key: one for one in uptakes}
    if len(given) != len(uptakes) or not given.keys() <= asked.keys():
        raise BadInput(_("A line of the table names a remark of another round."))
    missing = [one for key, one in asked.items() if one.must and key not in given]
    if missing:
        titles = dict.fromkeys(one.opinion.reviewer_title for one in missing)
        raise BadInput(
            _("Say for every remark whether it is taken up or explained; still open: %(titles)s.")
            % {"titles": "; ".join(titles)},
            advice=_("Fill the table of opinions, then send the paper on."),
        )
    for one in uptakes:
        _check(one)
    return [(one, asked[one.key]) for one in uptakes]


def keep_uptakes(
    *, case_id: int, ticket: Ticket, uptakes: Sequence[TakenUp], by: User, at: datetime
) -> KeptUptakes:
    """Keep the table as far as it is filled; the next keeping replaces it, sending alone records it.

    Lines may want how, where or why; `BadInput` for a remark of another round.
    """
    with transaction.atomic(), engine.hold(case_id):
        case = load(case_id)
        policies.check_can_submit(by, case, at=at)
        refuse_ended(case)
        open_task(ticket, case=case, node="rework")
        asked = {one.key for one in remarks.open_for(case)}
        if not {one.key for one in uptakes} <= asked:
            raise BadInput(_("A line of the table names a remark of another round."))
        kept, _new = KeptUptakes.objects.update_or_create(
            revision=case.revision,
            defaults={"lines": [asdict(one) for one in uptakes], "by": by, "at": at},
        )
    return kept


def _check(one: TakenUp) -> None:
    if one.sort not in Response.Sort.values:
        raise BadInput(_("Say for each opinion whether it is accepted or explained."))
    if one.sort == Response.Sort.ACCEPTED and not one.place_id:
        raise BadInput(_("Name the place in the new text where the remark was taken up."))
    if one.sort == Response.Sort.EXPLAINED and not one.text.strip():
        raise BadInput(_("Write why the remark was not taken up."))


def keep(lines: Sequence[Line], *, revision: Revision, by: User, at: datetime) -> None:
    """Write the lines beside the revision sent; `BadInput` for a place it does not have."""
    if not lines:
        return
    places = papers.places(papers.content_of(revision))
    strange = [one for one, _of in lines if one.place_id and one.place_id not in places]
    if strange:
        raise BadInput(
            _("A place named in the table is not in the version that is sent."),
            advice=_("Choose the place again; the draft was changed meanwhile."),
        )
    Uptake.objects.bulk_create(
        Uptake(
            revision=revision,
            opinion=remark.opinion,
            clause_remark_id=remark.clause_remark_id,
            sort=one.sort,
            place_id=one.place_id if one.sort == Response.Sort.ACCEPTED else "",
            place_label=places[one.place_id] if one.sort == Response.Sort.ACCEPTED else "",
            text=one.text.strip(),
            by=by,
            at=at,
        )
        for one, remark in lines
    )
