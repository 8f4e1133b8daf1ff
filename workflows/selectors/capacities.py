"""In which capacities one person has acted on a paper already: allowed, said and recorded.

Real offices deadlock where every hat needs a head of its own (`architecture.md` §4): only the
separations of `workflows.policies` bar an act. All else is told to whoever acts, and recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.models import Act

if TYPE_CHECKING:
    from workflows.models import Case

# What an act makes of whoever does it, by the name of its use case.
CAPACITIES = {
    "submit": "drafted",
    "resubmit": "drafted",
    "propose": "proposed",
    "allow_urgent": "let_go_first",
    "open_round": "opened_round",
    "give_opinion": "gave_opinion",
    "conclude": "concluded",
    "check_form": "checked",
    "sign": "signed",
    "register": "registered",
    "issue": "issued",
}
# How the page says it, in the order of the procedure.
WORDS = {
    "drafted": "soạn",
    "proposed": "trình",
    "let_go_first": "cho đi trước khi lấy ý kiến",
    "opened_round": "mở lượt lấy ý kiến",
    "gave_opinion": "cho ý kiến",
    "concluded": "kết luận",
    "checked": "thẩm tra",
    "signed": "ký",
    "registered": "cấp số",
    "issued": "phát hành",
}
# One hat: the clerk who numbers a paper seals it.
SAME = {"registered": {"registered", "issued"}, "issued": {"registered", "issued"}}


def earlier(case: Case, *, by_id: int, act: str) -> tuple[str, ...]:
    """Give the other capacities in which a person acted in a case, by codes; one query.

    `act` is the use case that comes now; nothing for one that makes nobody anything.
    """
    now = CAPACITIES.get(act)
    # Submitting begins the case: nobody has acted in it.
    if now is None or act == "submit":
        return ()
    names = Act.objects.filter(case=case, by=by_id, name__in=CAPACITIES).values_list(
        "name", flat=True
    )
    done = {CAPACITIES[name] for name in names} - SAME.get(now, {now})
    return tuple(code for code in WORDS if code in done)
