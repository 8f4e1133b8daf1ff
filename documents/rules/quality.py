"""What ISO 9001 asks of documented information: §5.2 policies, §7.5 procedures and their forms."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from django.utils.translation import gettext_lazy

from documents.content.folding import fold
from documents.content.tree import Clause, Table
from documents.models import Document, Kind
from documents.rules.base import NOTE, Breach, Draft, Rule
from documents.selectors import state

# A controlled document named in a text: "QT.03", "BM.05.01", "PL.STCL.06".
CODE = regex.compile(
    r"\b(?:QT|BM|PL|HD|STCL|CSCL|MTCL)(?:[.\-]\p{Lu}+)*[.\-]?\d{2}(?:[.\-]\d{2})*\b"
)
_KEPT = regex.compile(
    r"(?:thời gian|thời hạn) (?:lưu|bảo quản)|(?:lưu|bảo quản)[^.|]{0,40}?(?:\d+ năm|vĩnh viễn)"
)
_PARTS = (
    ("mục đích", gettext_lazy("purpose")),
    ("phạm vi", gettext_lazy("scope")),
    ("trách nhiệm", gettext_lazy("responsibilities")),
    ("nội dung", gettext_lazy("the course of work")),
    ("hồ sơ", gettext_lazy("records and forms")),
)


class ProcedureHasItsParts(Rule):
    """A procedure says its purpose, scope, responsibilities, course of work and records."""

    code = "ISO_7_5_2_B"
    source = "ISO 9001:2015, 4.4.1, 7.5.2 b; Quyết định 101/QĐ-BKHCN (biểu mẫu quy trình)"
    kinds = (Kind.PROCEDURE.value,)
    sentence = gettext_lazy("The procedure has no part on %(part)s.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for each part among the headings and numbered items of the first level."""
        heads = " | ".join(
            fold(block.text) for block in draft.content.body if isinstance(block, Clause)
        )
        for word, words in _PARTS:
            if fold(word) not in heads:
                yield "", {"part": str(words)}


class PolicyCommits(Rule):
    """A quality policy commits to meeting requirements and to continual improvement."""

    code = "ISO_5_2_1"
    source = "ISO 9001:2015, 5.2.1 c, d"
    kinds = (Kind.QUALITY_POLICY.value,)
    sentence = gettext_lazy("The policy does not commit to %(what)s.")
    wanted = (
        (("đáp ứng", "yêu cầu", "đúng"), gettext_lazy("meeting requirements")),
        (("cải tiến",), gettext_lazy("continual improvement")),
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for the words of each commitment."""
        words = " ".join(fold(text) for _, text in draft.passages)
        for signs, what in self.wanted:
            if not any(fold(sign) in words for sign in signs):
                yield "", {"what": str(what)}


class ObjectivesHaveAPolicy(Rule):
    """Quality objectives are set within a policy in force."""

    code = "ISO_6_2_1_A"
    severity = NOTE
    source = "ISO 9001:2015, 6.2.1 a"
    kinds = (Kind.QUALITY_OBJECTIVES.value,)
    sentence = gettext_lazy(
        "The office has no quality policy in force that these objectives follow."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for a policy alone, or a decision that issued one, in force on the day."""
        papers = Document.objects.filter(office=draft.document.office, issued_at__isnull=False)
        policies = papers.filter(kind=Kind.QUALITY_POLICY) | papers.filter(
            kind=Kind.DECISION, folded__contains="chinh sach chat luong"
        )
        if not state.binding(policies, on=draft.on).exists():
            yield "", {}


class ObjectivesHaveAPeriod(Rule):
    """Quality objectives say when they are to be reached."""

    code = "ISO_6_2_2_D"
    source = "ISO 9001:2015, 6.2.2 d"
    kinds = (Kind.QUALITY_OBJECTIVES.value,)
    sentence = gettext_lazy("The objectives do not say for which year they are set.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Ask the title and the period chosen for the paper."""
        if draft.content.preface.period_year is None and draft.document.target_from is None:
            yield "", {}


class NamedFormsAreThere(Rule):
    """A form or procedure named by its code is attached, or is known to the office."""

    code = "ISO_7_5_3_FORMS"
    severity = NOTE
    source = "ISO 9001:2015, 7.5.3.1 a"
    sentence = gettext_lazy("%(code)s is named but is neither attached nor known to the office.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare every code with the annexes, the files and the coded papers of the office."""
        named = {
            found.group(): place
            for place, text in reversed(draft.passages)
            for found in CODE.finditer(text)
        }
        if not named:
            return
        there = " ".join(
            [annex.label + " " + annex.title for annex in draft.content.annexes] + draft.file_names
        )
        coded = Document.objects.filter(
            office=draft.document.office, kind__in=[Kind.PROCEDURE, Kind.QUALITY_POLICY]
        ).exclude(number="")
        known = {f"{symbol}.{number}" for symbol, number in coded.values_list("symbol", "number")}
        for code, place in sorted(named.items()):
            plain = code.replace("-", ".")
            if plain not in known and code not in there:
                yield place, {"code": code}


class RecordsAreKeptForATime(Rule):
    """A procedure says how long the records it leaves are kept."""

    code = "ISO_7_5_3_2_D"
    severity = NOTE
    source = "ISO 9001:2015, 7.5.3.2 d"
    kinds = (Kind.PROCEDURE.value,)
    sentence = gettext_lazy("The procedure does not say how long its records are kept.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for a time of keeping in text or table: years, or for good."""
        words = " | ".join(
            [fold(text) for _, text in draft.passages]
            + [
                fold(column)
                for one in draft.blocks
                if isinstance(one, Table)
                for column in one.columns
            ]
        )
        if not _KEPT.search(words):
            yield "", {}


class UsersAreTold(Rule):
    """Who works by a policy, by objectives or a procedure is among those who receive it."""

    code = "ISO_7_5_3_2_A"
    source = "ISO 9001:2015, 5.2.2 b, 6.2.1 f, 7.5.3.2 a"
    kinds = (
        Kind.PROCEDURE.value,
        Kind.QUALITY_POLICY.value,
        Kind.QUALITY_OBJECTIVES.value,
    )
    sentence = gettext_lazy("Nobody is named who receives the paper; those who work by it must.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for the list of recipients."""
        if not draft.content.recipients:
            yield "", {}


RULES: tuple[Rule, ...] = (
    ProcedureHasItsParts(),
    PolicyCommits(),
    ObjectivesHaveAPolicy(),
    ObjectivesHaveAPeriod(),
    NamedFormsAreThere(),
    RecordsAreKeptForATime(),
    UsersAreTold(),
)
