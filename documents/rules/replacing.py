"""What a draft replaces: known, alive, older, of the same body, by one draft alone, not forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.content.sameness import same_issuer
from documents.effects import EffectKind, State
from documents.models import Document, Effect, Kind, Relation, Revision
from documents.relations import RelationKind
from documents.rules.base import NOTE, Breach, Draft, Rule
from documents.selectors import state
from offices.dates import vn_date
from offices.models import Succession

if TYPE_CHECKING:
    from documents.content.tree import Supersession

LAW_ON_ENDING = "Luật 64/2025/QH15, Điều 57 (theo lối áp dụng tương tự)"
BEFORE_THAT = (
    date(2025, 4, 1),
    "Luật 80/2015/QH13 (sửa đổi, bổ sung bởi Luật 63/2020/QH14), Điều 154 (theo lối áp dụng tương tự)",
)


class ReplacedIsKnown(Rule):
    """What a decision replaces is a paper the office holds."""

    code = "ND30_REPLACED_KNOWN"
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6"
    sentence = gettext_lazy(
        "“%(raw)s”: the office holds no such paper; check number and date, or the archivist "
        "completes it after issue."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look the cited paper up by type, number and date."""
        for clause, found in draft.acted_on:
            if found is None or found.known_by == "citation":
                yield clause.clause_id, {"raw": clause.raw}


class ReplacedIsAlive(Rule):
    """A paper that has ceased as a whole is not replaced again."""

    code = "ND30_REPLACED_ALIVE"
    source = LAW_ON_ENDING
    earlier_source = BEFORE_THAT
    sentence = gettext_lazy("%(paper)s has ceased since %(day)s; it cannot be replaced again.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Ask the ledger whether the target has ceased by today."""
        for clause, target in replaced(draft):
            ceased = (
                Effect.objects.filter(
                    target=target, kind=EffectKind.CEASES.value, valid_from__lte=draft.on
                )
                .exclude(source=draft.document.pk)
                .order_by("valid_from")
                .first()
            )
            if ceased is not None:
                yield (
                    clause.clause_id,
                    {"paper": target.title, "day": vn_date(ceased.valid_from)},
                )


class ReplacedOnce(Rule):
    """Two drafts do not replace the same paper."""

    code = "BH_REPLACED_ONCE"
    source = "Ban Hành"
    sentence = gettext_lazy("Another draft, %(other)s, also replaces %(paper)s.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for living revisions of other unissued papers with the same target."""
        for clause, target in replaced(draft):
            rivals = (
                Relation.objects.filter(
                    target=target,
                    verb=RelationKind.REPLACES.value,
                    source__issued_at__isnull=True,
                    revision__in=Revision.objects.alive(),
                )
                .exclude(source=draft.document.pk)
                .select_related("source")
                .order_by("source_id", "-revision_id")
            )
            others = dict.fromkeys(rival.source for rival in rivals)
            for other in dict.fromkeys(_named(one, draft) for one in others):
                yield clause.clause_id, {"other": other, "paper": target.title}


def _named(paper: Document, draft: Draft) -> str:
    """Name a draft to who may read it; of others it is told that there is one."""
    if draft.readable is not None and draft.readable.filter(pk=paper.pk).exists():
        return paper.reference
    return _("which this account may not read")


class ReplacedIsOlder(Rule):
    """A paper replaces, repeals or amends only what was issued before it."""

    code = "BH_REPLACED_OLDER"
    source = LAW_ON_ENDING
    earlier_source = BEFORE_THAT
    sentence = gettext_lazy("“%(raw)s” is dated %(day)s, after this paper.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the cited date with the day of signing."""
        for clause in draft.content.supersessions:
            dated = clause.target.dated_on
            if dated is not None and dated > draft.on:
                yield clause.clause_id, {"raw": clause.raw, "day": vn_date(dated)}


class ReplacedIsOurs(Rule):
    """A paper is replaced or repealed by the body that issued it, or by one above it."""

    code = "BH_REPLACED_OURS"
    source = LAW_ON_ENDING
    earlier_source = BEFORE_THAT
    sentence = gettext_lazy(
        "“%(raw)s” was issued by %(issuer)s; only that body, its successor or one above it "
        "replaces it."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the cited issuer with the name of the office, then with those it took over from."""
        own = draft.document.office.authority_name
        others = [
            clause
            for clause in draft.content.supersessions
            if clause.target.issuer and not same_issuer(clause.target.issuer, own)
        ]
        taken_over = _taken_over(draft) if others else []
        for clause in others:
            issuer = clause.target.issuer
            if not any(same_issuer(issuer, former) for former in taken_over):
                yield clause.clause_id, {"raw": clause.raw, "issuer": issuer}


def _taken_over(draft: Draft) -> list[str]:
    """The bodies whose place the office has taken by the day; one query."""
    followed = Succession.objects.filter(successor=draft.document.office_id, on__lte=draft.on)
    return list(followed.values_list("predecessor__authority_name", flat=True))


class FormerTargetsAreReplaced(Rule):
    """The objectives of a year past stay in force until a decision replaces them."""

    code = "BH_FORMER_TARGETS"
    severity = NOTE
    source = "Ban Hành; ISO 9001:2015, 6.2.1 g"
    kinds = (Kind.DECISION.value,)
    sentence = gettext_lazy(
        "%(paper)s, whose targets were for %(year)s, is still in force and nothing in this draft "
        "replaces it."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for decisions of the office in force whose period ends before this one begins."""
        begins = draft.document.target_from
        if begins is None or draft.content.supersessions:
            return
        past = Document.objects.filter(
            office=draft.document.office,
            kind=Kind.DECISION,
            issued_at__isnull=False,
            target_until__lte=begins,
            drafting_department=draft.document.drafting_department,
        ).exclude(pk=draft.document.pk)
        in_force = state.in_state(past, State.IN_FORCE, on=draft.on)
        for paper in in_force.order_by("-target_until", "pk")[:3]:
            year = paper.target_from.year if paper.target_from else ""
            yield "", {"paper": paper.title, "year": str(year)}


def replaced(draft: Draft) -> Iterator[tuple[Supersession, Document]]:
    """Give what the draft replaces, where the office holds it."""
    for clause, target in draft.acted_on:
        if clause.verb == "replaces" and target is not None:
            yield clause, target


RULES: tuple[Rule, ...] = (
    ReplacedIsKnown(),
    ReplacedIsAlive(),
    ReplacedOnce(),
    ReplacedIsOlder(),
    ReplacedIsOurs(),
    FormerTargetsAreReplaced(),
)
