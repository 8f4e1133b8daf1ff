"""Whose authority a paper exercises, on whose proposal, with whose signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy

from documents.content.folding import fold
from documents.content.hearing import says_committee_was_heard
from documents.content.sameness import same_issuer
from documents.importing.agencies import body_of, written_out
from documents.models import Kind, KindRule, ProposerKind
from documents.rules.base import NOTE, Breach, Draft, Rule
from offices.dates import vn_date

if TYPE_CHECKING:
    from documents.content.tree import Recital

DECISION = (Kind.DECISION.value,)

# Executors as articles call them, beside how lists of recipients shorten them: "LĐVP", "Phòng CM".
_SHORT_FORMS = tuple(
    (re.compile(executor), re.compile(rf"\b(?:{short})\b"))
    for executor, short in (
        (r"văn phòng", r"vp|lđvp|cvp|văn phòng"),
        (r"ban chỉ đạo", r"bcđ|ban chỉ đạo"),
        (r"trưởng phòng|các phòng|cơ quan|đơn vị", r"phòng|các phòng|ngành|đơn vị|cơ quan|cqcm"),
        (r"(?:uỷ ban nhân dân|ubnd) (?:các )?(?:xã|phường)", r"ubnd (?:các )?(?:xã|phường|thị)"),
    )
)


class AuthorityAgrees(Rule):
    """The authority printed is the authority chosen: the signature block follows from it."""

    code = "ND30_7A_AUTHORITY"
    source = "Nghị định 30/2020/NĐ-CP, Điều 13; Phụ lục I, II.7"
    sentence = gettext_lazy(
        "The paper names another issuing authority than chosen (%(chosen)s); the signature block "
        "follows the choice."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the line above the preamble with the document."""
        printed = draft.content.preface.authority_kind
        if printed != "other" and printed != draft.document.authority_kind:
            yield "", {"chosen": draft.document.get_authority_kind_display()}


class OfficeAgrees(Rule):
    """A paper is headed by the office that issues it, above the number and above the preamble."""

    code = "ND30_II2_OFFICE"
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục I, II.2"
    sentence = gettext_lazy(
        "The paper names “%(named)s” as who issues it; it is drafted here for %(office)s."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the header and the line above the preamble, each once, with the office."""
        preface, office = draft.content.preface, draft.document.office.authority_name
        named = (" ".join(preface.agency_header), body_of(preface.authority))
        other = [name for name in named if name and not same_issuer(name, office)]
        if other:
            yield "", {"named": written_out(other[0]), "office": office}


class ProposerAgrees(Rule):
    """The recital names who proposes by the office's rule for the kind of paper."""

    code = "BH_PROPOSER"
    source = "Quy chế làm việc của cơ quan; Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6"
    sentence = gettext_lazy(
        "The recital names “%(who)s”; by the rule of the office this kind of paper is proposed by: "
        "%(rule)s."
    )
    words: ClassVar[dict[str, tuple[str, ...]]] = {
        ProposerKind.DEPARTMENT_HEAD: ("trưởng phòng", "trưởng bộ phận", "chánh văn phòng"),
        ProposerKind.COMMITTEE: ("ban chỉ đạo",),
        ProposerKind.COMMITTEE_HEAD: ("trưởng ban",),
        ProposerKind.MANAGEMENT_REPRESENTATIVE: ("đại diện",),
        ProposerKind.CHIEF_OF_OFFICE: ("chánh văn phòng",),
    }

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the opening words of each recital with the rule."""
        rule = KindRule.objects.filter(
            office=draft.document.office, kind=draft.document.kind
        ).first()
        proposer = rule.proposer if rule is not None else ProposerKind.DEPARTMENT_HEAD.value
        allowed = tuple(fold(word) for word in self.words[ProposerKind(proposer)])
        for recital in draft.content.recitals:
            if not fold(recital.who).startswith(allowed) and not self._goes_first(draft, recital):
                label = str(ProposerKind(proposer).label)
                yield recital.id, {"who": recital.who, "rule": label}

    def _goes_first(self, draft: Draft, recital: Recital) -> bool:
        """Whether an urgent paper names the head of department in the place of the committee."""
        head = tuple(fold(word) for word in self.words[ProposerKind.DEPARTMENT_HEAD])
        return fold(recital.who).startswith(head) and bool(draft.document.urgency)


class CommitteeIsNotSaidToBeHeard(Rule):
    """A paper that is to go before the committee is heard does not say that it was.

    The urgent path is refused for a text that breaks this; until then it is noted.
    """

    code = "BH_HEARD_LATER"
    severity = NOTE
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6"
    sentence = gettext_lazy(
        "The paper is urgent: if it is to go before the committee is heard, the preamble must not "
        "say that the committee proposed it or was heard."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for the committee's word in the preamble of an urgent paper."""
        for place in says_committee_was_heard(draft.content):
            if draft.document.urgency:
                yield place, {}


class OfficeIsAlive(Rule):
    """A body that has ended issues nothing any more; its successor does."""

    code = "BH_OFFICE_ENDED"
    source = "Luật 72/2025/QH15, Điều 51"
    sentence = gettext_lazy(
        "%(office)s ended on %(day)s; papers are now issued by the body that took over."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the end of the office with the day of signing."""
        office = draft.document.office
        if office.ends_on is not None and office.ends_on <= draft.on:
            yield "", {"office": office.name, "day": vn_date(office.ends_on)}


class ExecutorsAreTold(Rule):
    """Who must carry a decision out is among its recipients."""

    code = "ND30_9B_EXECUTORS"
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục I, II.9"
    kinds = DECISION
    sentence = gettext_lazy(
        "Nobody who carries the decision out stands among the recipients; write “Như Điều "
        "%(article)s” or name them."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for "Như Điều n", "Như trên" or an executor's own words in the list."""
        content = draft.content
        if not content.executors or not content.recipients:
            return
        lines = [fold(one.raw) for one in content.recipients]
        refers = any(
            one.article_ref is not None or line.startswith("như trên")
            for one, line in zip(content.recipients, lines, strict=True)
        )
        named = any(_names(line, fold(who)) for who in content.executors for line in lines)
        if not refers and not named:
            article = content.articles[-1].number if content.articles else 1
            yield "", {"article": str(article)}


def _names(line: str, who: str) -> bool:
    """Whether a recipient's line names an executor, in its words or in the short form of offices."""
    return who[:30] in line or any(
        executor.search(who) and short.search(line) for executor, short in _SHORT_FORMS
    )


class RecipientStandsOnce(Rule):
    """Each recipient stands once in the list."""

    code = "ND30_9B_TWICE"
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục I, II.9"
    sentence = gettext_lazy("“%(raw)s” stands twice among the recipients.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the lines without their annotations."""
        seen: set[str] = set()
        for one in draft.content.recipients:
            words = fold(one.raw)
            if words in seen:
                yield one.id, {"raw": one.raw}
            seen.add(words)


RULES: tuple[Rule, ...] = (
    AuthorityAgrees(),
    OfficeAgrees(),
    ProposerAgrees(),
    CommitteeIsNotSaidToBeHeard(),
    OfficeIsAlive(),
    ExecutorsAreTold(),
    RecipientStandsOnce(),
)
