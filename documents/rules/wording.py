"""Words that disagree with one another inside one paper: bodies, years, editions, spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import regex
from django.utils.translation import gettext_lazy

from documents.content.folding import fold
from documents.content.tree import clauses_of
from documents.rules.base import NOTE, Breach, Draft, Rule
from offices.dates import vn_date

_COMMITTEE = regex.compile(r"Ban [Cc]hỉ đạo[^.;:()]{0,200}?\bnăm\s+(?P<year>20\d{2})")
_SECRETARIES = regex.compile(r"(?:Ban Thư ký|Thư ký Ban Chỉ đạo|Thư ký BCĐ|Thư ký Ban)\s+ISO\b")
_EDITION = re.compile(r"ISO\s+9001\s?:\s?(\d{4})")
_TARGETS = regex.compile(r"[Mm]ục tiêu chất lượng\s+năm\s+(?P<year>20\d{2})")


class CommitteeHasOneYear(Rule):
    """The committee a paper rests on is the one of the year it speaks of."""

    code = "BH_COMMITTEE_YEAR"
    source = "Ban Hành"
    sentence = gettext_lazy(
        "The proposer is the committee of %(proposer)s, but the basis set up the one of %(basis)s."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the years behind "Ban Chỉ đạo … năm" in bases and recitals."""
        bases = {
            found["year"]
            for citation in draft.content.citations
            for found in _COMMITTEE.finditer(citation.text)
        }
        for recital in draft.content.recitals:
            found = _COMMITTEE.search(recital.who)
            if found is not None and bases and found["year"] not in bases:
                yield recital.id, {"proposer": found["year"], "basis": ", ".join(sorted(bases))}


class PeriodAgrees(Rule):
    """Everywhere a paper names the year of its own objectives, it is one year."""

    code = "ISO_6_2_2_YEAR"
    source = "ISO 9001:2015, 6.2.2 d"
    sentence = gettext_lazy("“%(raw)s”: the subject says %(year)s.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare "Mục tiêu chất lượng năm" in articles and annex titles with the subject."""
        year = draft.content.preface.period_year
        own = _TARGETS.search(draft.content.preface.subject)
        if year is None or own is None:
            return
        ended = [fold(clause.raw) for clause in draft.content.supersessions]
        titles = [(annex.id, annex.title) for annex in draft.content.annexes]
        texts = [(block.id, block.text) for block in draft.own_words]
        for place, text in [*texts, *titles]:
            for found in _TARGETS.finditer(text):
                if found["year"] != str(year) and not any(
                    fold(found.group()) in one for one in ended
                ):
                    yield place, {"raw": found.group(), "year": str(year)}


class OneEdition(Rule):
    """Outside the names of cited papers one edition of the standard is spoken of."""

    code = "ISO_EDITION"
    severity = NOTE
    source = "ISO 9001:2015; Quyết định 19/2014/QĐ-TTg"
    sentence = gettext_lazy(
        "The paper speaks of ISO 9001:%(odd)s here and of ISO 9001:%(main)s elsewhere."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Count the editions named in subject, articles and annexes."""
        named = [(place, year) for place, text in draft.passages for year in _EDITION.findall(text)]
        named += [("", year) for year in _EDITION.findall(draft.content.preface.subject)]
        counts = Counter(year for _, year in named)
        if len(counts) < 2:
            return
        main = max(counts, key=lambda year: (counts[year], year))
        for place, year in named:
            if year != main:
                yield place, {"odd": year, "main": main}


class OneNameForTheSecretaries(Rule):
    """One body bears one name throughout a paper."""

    code = "BH_BODY_NAMES"
    severity = NOTE
    source = "Ban Hành"
    sentence = gettext_lazy("One body under several names: %(names)s.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Gather the names of the secretariat of the committee."""
        texts = [text for _, text in draft.passages]
        texts += [one.raw for one in draft.content.recipients]
        if draft.content.archive is not None:
            texts.append(draft.content.archive.raw)
        names = dict.fromkeys(
            " ".join(found.group().split())
            for text in texts
            for found in _SECRETARIES.finditer(text)
        )
        if len({fold(name) for name in names}) > 1:
            yield "", {"names": ", ".join(f"“{name}”" for name in names)}


class OneSpelling(Rule):
    """“Ủy” and “Uỷ” are one word; a paper spells it one way."""

    code = "BH_SPELLING"
    severity = NOTE
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục II"
    sentence = gettext_lazy("The paper writes both “Ủy” and “Uỷ”; the first is the usual one.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for both spellings in the whole paper."""
        content = draft.content
        whole = " ".join(
            [
                content.preface.subject,
                content.preface.authority,
                *content.preface.agency_header,
                *(part.text for part in content.preamble),
                *(text for _, text in draft.passages),
                *(one.raw for one in content.recipients),
                *(block.text for block in clauses_of(content.ending) if block.kind != "table"),
            ]
        )
        if re.search("Uỷ|UỶ|uỷ", whole) and re.search("Ủy|ỦY|ủy", whole):
            yield "", {}


class EffectIsNotInThePast(Rule):
    """A decision does not take effect on a day that has passed (it would rewrite what was)."""

    code = "BH_EFFECT_PAST"
    source = "Luật 64/2025/QH15, Điều 53, 55 (theo lối áp dụng tương tự)"
    earlier_source = (
        date(2025, 4, 1),
        "Luật 80/2015/QH13, Điều 151, 152 (theo lối áp dụng tương tự)",
    )
    sentence = gettext_lazy(
        "The decision would take effect on %(day)s, which has passed: what was in force since then "
        "would change."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare a named day of effect with today."""
        effect = draft.content.effectivity
        if effect is not None and effect.on_date is not None and effect.on_date < draft.on:
            yield effect.clause_id, {"day": vn_date(effect.on_date)}


RULES: tuple[Rule, ...] = (
    EffectIsNotInThePast(),
    CommitteeHasOneYear(),
    PeriodAgrees(),
    OneEdition(),
    OneNameForTheSecretaries(),
    OneSpelling(),
)
