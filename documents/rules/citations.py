"""The legal bases of a draft: in force on the signing day, cited as they are, not from the future."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext

from documents.effects import State
from documents.models import Document, Origin, Relation
from documents.relations import RelationKind
from documents.rules.base import NOTE, Breach, Cited, Draft, Rule
from documents.selectors.papers import cited as cite
from offices.dates import vn_date

DEAD = {State.CEASED, State.RECALLED}
FORM = "Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6"


class BasisIsInForce(Rule):
    """A decision rests on what is in force on the day it is signed."""

    code = "ND30_6_BASIS_DEAD"
    source = FORM
    sentence = gettext_lazy("%(paper)s ceased on %(day)s%(by)s; cite what took its place.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Ask the ledger for the state of every cited paper on the signing day."""
        enders = _papers({one.ended_by for one in draft.legal.values() if one.ended_by})
        for one in draft.cited:
            legal = draft.legal.get(one.document.pk) if one.document is not None else None
            if one.document is None or legal is None or legal.state not in DEAD:
                continue
            ender = enders.get(legal.ended_by) if legal.ended_by else None
            by = (
                pgettext("basis", ", replaced by %(paper)s") % {"paper": cite(ender)}
                if ender
                else ""
            )
            day = vn_date(legal.ends_on) if legal.ends_on else ""
            yield one.clause_id, {"paper": one.document.title, "day": day, "by": by}


class AmendersAreCited(Rule):
    """A legal basis that was amended is cited with what amended it."""

    code = "ND30_6_BASIS_AMENDED"
    severity = NOTE
    source = FORM
    sentence = gettext_lazy("%(paper)s was amended by %(amender)s; cite that too.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for issued papers that amend a cited one and are not cited; one query."""
        cited = {one.document.pk: one for one in draft.cited if one.document is not None}
        if not cited:
            return
        amending = (
            Relation.objects.filter(
                Q(source__issued_at__isnull=False) | Q(source__origin=Origin.EXTERNAL),
                target__in=cited,
                verb=RelationKind.AMENDS.value,
            )
            .exclude(source__in=cited)
            .exclude(source=draft.document.pk)
            .select_related("source", "target")
            .order_by("pk")
        )
        for source, target in dict.fromkeys((one.source, one.target) for one in amending):
            place = cited[target.pk].clause_id
            yield place, {"paper": target.title, "amender": cite(source)}


class BasisIsNotSuspended(Rule):
    """What is suspended, or not in force yet, bears no decision."""

    code = "ND30_6_BASIS_SLEEPS"
    source = FORM
    sentence = gettext_lazy("%(paper)s is suspended or not in force yet on the day of signing.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Ask the ledger for suspensions and days of effect."""
        for one in draft.cited:
            legal = draft.legal.get(one.document.pk) if one.document is not None else None
            if one.document is None or legal is None:
                continue
            if legal.state in {State.SUSPENDED, State.NOT_YET}:
                yield one.clause_id, {"paper": one.document.title}


class BasisHasItsDate(Rule):
    """A paper is cited with the date it bears."""

    code = "ND30_6_BASIS_DATE"
    source = FORM
    sentence = gettext_lazy(
        "%(number)s is cited with the date %(cited)s; the office knows it as dated %(known)s."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for a paper the office holds in full that differs in nothing but the date."""
        unknown = [one for one in draft.cited if _is_dated_stranger(one)]
        numbers = {one.instrument.number for one in unknown}
        held = Document.objects.filter(
            office=draft.document.office, number_key__in=numbers, known_by="text"
        ).exclude(issued_at__isnull=True, origin=Origin.INTERNAL)
        known = list(held) if numbers else []
        for one in unknown:
            twin = next((paper for paper in known if _is_twin(paper, one)), None)
            if twin is not None and twin.dated_on is not None and one.instrument.dated_on:
                yield (
                    one.clause_id,
                    {
                        "number": one.instrument.number_raw,
                        "cited": vn_date(one.instrument.dated_on),
                        "known": vn_date(twin.dated_on),
                    },
                )


class BasisIsNotFromTheFuture(Rule):
    """Nothing is cited that is dated after the day of signing."""

    code = "ND30_6_BASIS_FUTURE"
    source = FORM
    sentence = gettext_lazy("%(number)s is dated %(day)s, after the day of signing.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare every cited date with the signing day."""
        for one in draft.cited:
            dated = one.instrument.dated_on
            if dated is not None and dated > draft.on:
                name = one.instrument.number_raw or one.instrument.name
                yield one.clause_id, {"number": name, "day": vn_date(dated)}


class BasisIsNotItself(Rule):
    """A decision does not rest on what it replaces or repeals."""

    code = "ND30_6_BASIS_REPLACED"
    source = FORM
    sentence = gettext_lazy("%(paper)s is both a legal basis and replaced by this draft.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the bases with what the articles end."""
        ended = {
            found.pk
            for clause, found in draft.acted_on
            if found is not None and clause.scope == "whole" and clause.verb != "amends"
        }
        for one in draft.cited:
            if one.document is not None and one.document.pk in ended:
                yield one.clause_id, {"paper": one.document.title}


def _papers(keys: set[int]) -> dict[int, Document]:
    return Document.objects.in_bulk(keys) if keys else {}


def _is_dated_stranger(one: Cited) -> bool:
    stranger = one.document is None or one.document.known_by == "citation"
    return stranger and one.instrument.number is not None and one.instrument.dated_on is not None


def _is_twin(paper: Document, one: Cited) -> bool:
    cited = one.instrument
    return (
        paper.number_key == cited.number
        and paper.type_name.casefold() == cited.type.casefold()
        and paper.symbol.casefold() == cited.symbol.casefold()
        and paper.dated_on != cited.dated_on
        and paper.dated_on is not None
        and cited.dated_on is not None
        and paper.dated_on.year == cited.dated_on.year
    )


RULES: tuple[Rule, ...] = (
    BasisIsInForce(),
    AmendersAreCited(),
    BasisIsNotSuspended(),
    BasisHasItsDate(),
    BasisIsNotFromTheFuture(),
    BasisIsNotItself(),
)
