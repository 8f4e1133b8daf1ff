"""What a reader notes of a paper itself: its form, its numbers and dates, its signature blocks.

`documents.rules` holds a draft against what its text alone cannot tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["stop", "warn", "note"]

DECREE = "Nghị định 30/2020/NĐ-CP"
ANNEX_I = f"{DECREE}, Phụ lục I"
MODELS = f"{DECREE}, Phụ lục III, mẫu 1.2 và 1.3"
EFFECT = f"{MODELS}; Luật 64/2025/QH15, Điều 53 (theo lối áp dụng tương tự)"
OURS = "Ban Hành"


@dataclass(frozen=True, slots=True)
class Code:
    """One thing a reader notes: its words, the clause it rests on, and what a paper should be.

    `sentence` has named placeholders filled from the finding's values; `rule` tells in one
    sentence what holds, or what is to be done.
    """

    severity: Severity
    sentence: str
    source: str
    rule: str


ON_THE_PAPER: dict[str, Code] = {
    "type_missing": Code(
        "stop",
        "The name of the document type (%(expected)s) was not found.",
        f"{ANNEX_I}, II.5",
        "A paper names its type on a line above its subject.",
    ),
    "subject_missing": Code(
        "stop",
        "The subject (trích yếu) was not found.",
        f"{ANNEX_I}, II.5",
        "A paper states its subject under its type.",
    ),
    "subject_prefix": Code(
        "note",
        "Line %(line)s: «%(prefix)s» before the subject is the form of an official letter.",
        f"{ANNEX_I}, II.5",
        "“V/v” stands in letters; the subject of a decision begins with what it does.",
    ),
    "authority_missing": Code(
        "stop",
        "The issuing authority was not found above the legal bases.",
        MODELS,
        "A decision names who decides above its legal bases.",
    ),
    "authority_incomplete": Code(
        "warn",
        "Line %(line)s: the authority is cut short («%(raw)s»); read as %(full)s.",
        f"{ANNEX_I}, II.2",
        "The authority is written with the name of its place.",
    ),
    "number_blank": Code(
        "note",
        "Line %(line)s: the number is blank; it is given on registration.",
        f"{DECREE}, Điều 15",
        "The number is given when the paper is registered; leave it open.",
    ),
    "number_early": Code(
        "warn",
        "Number %(number)s on %(date)s, in the first days of the year, is unusually high.",
        f"{DECREE}, Điều 15",
        "Numbers begin with 01 on 1 January; check a high one of the first days.",
    ),
    "date_blank": Code(
        "note",
        "Line %(line)s: day or month is blank; it is given on registration.",
        f"{ANNEX_I}, II.4",
        "The date is that of registration; leave it open.",
    ),
    "date_padding": Code(
        "note",
        "Line %(line)s: «%(raw)s» – days below 10 and months 1 and 2 take a 0, other months none.",
        f"{ANNEX_I}, II.4",
        "Days below 10 and the months 1 and 2 are written with a 0, other months without.",
    ),
    "date_impossible": Code(
        "warn",
        "Line %(line)s: «%(raw)s» is not a day of the calendar.",
        f"{ANNEX_I}, II.4",
        "A date is a day of the calendar.",
    ),
    "bases_missing": Code(
        "warn",
        "No legal basis (Căn cứ) was found.",
        f"{ANNEX_I}, II.6",
        "A decision names the legal bases it rests on.",
    ),
    "basis_not_understood": Code(
        "warn",
        "Line %(line)s: no instrument could be read in this legal basis; it is kept as written.",
        f"{ANNEX_I}, II.6",
        "A legal basis names type, number, date and issuer, a law its name and date.",
    ),
    "basis_duplicate": Code(
        "warn",
        "Line %(line)s: %(number)s is cited twice (also on line %(other)s).",
        f"{ANNEX_I}, II.6",
        "Each legal basis is cited once; drop one of the two.",
    ),
    "basis_inversion": Code(
        "warn",
        "Line %(line)s: %(number)s is dated before %(other_number)s (line %(other)s), though its number is higher.",
        f"{DECREE}, Điều 15",
        "In one register of one year a higher number has no earlier date; check both.",
    ),
    "basis_weekend": Code(
        "warn",
        "Line %(line)s: %(number)s is dated on a weekend (%(raw)s).",
        OURS,
        "Papers are seldom dated on a day of rest; check the date.",
    ),
    "basis_terminator": Code(
        "note",
        "Line %(line)s: a legal basis ends with «;», the last line of the preamble with «.».",
        f"{ANNEX_I}, II.6",
        "Each legal basis ends with a semicolon, the last line of the preamble with a full stop.",
    ),
    "basis_law_number": Code(
        "note",
        "Line %(line)s: a law is cited by name and date; drop number and issuer («%(number)s»).",
        f"{ANNEX_I}, II.6",
        "A law or ordinance in a legal basis has its name and date, no number and no issuer.",
    ),
    "recital_other": Code(
        "note",
        "Line %(line)s: this paragraph of the preamble is neither a basis nor a proposer.",
        f"{ANNEX_I}, II.6",
        "The preamble holds legal bases and who proposes, nothing else.",
    ),
    "proposer_missing": Code(
        "warn",
        "On whose proposal the decision is issued was not found.",
        MODELS,
        "A decision says on whose proposal it is issued.",
    ),
    "proposer_terminator": Code(
        "note",
        "Line %(line)s: the last line of the preamble ends with «.» (found «%(found)s»).",
        f"{ANNEX_I}, II.6",
        "The last line of the preamble ends with a full stop.",
    ),
    "enacting_missing": Code(
        "stop",
        "The enacting word «QUYẾT ĐỊNH:» was not found.",
        MODELS,
        "“QUYẾT ĐỊNH:” stands on a line between preamble and articles.",
    ),
    "articles_missing": Code(
        "stop",
        "No article (Điều 1.) was found.",
        MODELS,
        "A decision has at least one article.",
    ),
    "article_order": Code(
        "warn",
        "Line %(line)s: article %(found)s stands where article %(expected)s is expected.",
        f"{ANNEX_I}, II.6",
        "Articles are numbered on from 1.",
    ),
    "articles_unnamed": Code(
        "warn",
        "Line %(line)s: the articles are numbered «%(marker)s» without the word «Điều»; they were read as articles.",
        f"{ANNEX_I}, II.6",
        "An article is named «Điều» with its number.",
    ),
    "effect_missing": Code(
        "warn",
        "No clause says from when the decision has effect.",
        EFFECT,
        "A decision says from when it has effect.",
    ),
    "effect_not_understood": Code(
        "warn",
        "Line %(line)s: the day of effect could not be read; write a day or «kể từ ngày ký».",
        EFFECT,
        "The beginning of effect is a day, or counts from the signing.",
    ),
    "effect_open": Code(
        "warn",
        "Line %(line)s: the paper takes effect when it is published («%(raw)s»). Write a day instead: without one it cannot be issued.",
        EFFECT,
        "A decision names the day it takes effect, or takes effect when it is signed; without a day it is not issued.",
    ),
    "effect_workdays": Code(
        "warn",
        "Line %(line)s: «%(raw)s» counts working days; the ledger counts every day. Write the day of effect instead.",
        EFFECT,
        "Days until the effect are counted as days of the calendar; a day written out needs no counting.",
    ),
    "suspends_part": Code(
        "note",
        "Line %(line)s: only a part is suspended («%(raw)s»); the suspension is noted beside that paper, which stays in force for the rest.",
        EFFECT,
        "The ledger knows the suspension of a whole paper; that of a part is a note beside it.",
    ),
    "effect_period": Code(
        "warn",
        "Line %(line)s: «%(raw)s» names a period, not a day. Write from which day the decision has effect.",
        EFFECT,
        "A school year or a budget year is no day; the day of effect is written beside it.",
    ),
    "effect_applied": Code(
        "note",
        "Line %(line)s: «%(raw)s» stays words; the decision is held to be in force from its day of effect.",
        OURS,
        "In force is counted by days; the period a decision is applied to is read in its text.",
    ),
    "effect_ends": Code(
        "note",
        "Line %(line)s: the decision has effect up to and including %(day)s; check the day.",
        OURS,
        "A last day of effect in the text ends the effect of the decision when that day is over.",
    ),
    "effect_ends_with": Code(
        "note",
        "Line %(line)s: the effect ends with an event («%(raw)s»); no day is known, so it is held to be in force until a later decision ends it.",
        OURS,
        "The end of effect is a day; an event has no place in the calendar until it comes.",
    ),
    "effect_several": Code(
        "warn",
        "There are %(count)s clauses of effect; the first one was taken.",
        EFFECT,
        "One clause says from when a decision has effect.",
    ),
    "supersession_unnamed": Code(
        "note",
        "Line %(line)s: «%(verb)s» names no earlier document by number and date.",
        f"{ANNEX_I}, II.6",
        "What is replaced or repealed is named by number and date.",
    ),
    "executors_missing": Code(
        "warn",
        "Who carries out the decision was not found.",
        MODELS,
        "An article says who carries the decision out.",
    ),
    "end_mark_missing": Code(
        "note",
        "The end mark «./.» was not found.",
        f"{ANNEX_I}, II.6",
        "The text ends with “./.”.",
    ),
    "recipients_missing": Code(
        "warn",
        "The distribution list (Nơi nhận) was not found.",
        f"{ANNEX_I}, II.9",
        "A paper lists who receives it.",
    ),
    "recipient_article": Code(
        "warn",
        "Line %(line)s: article %(article)s, to which «%(raw)s» refers, names no executor.",
        f"{ANNEX_I}, II.9",
        "“Như Điều n” points at the article that names who carries the decision out.",
    ),
    "archive_missing": Code(
        "warn",
        "The archive line (Lưu: VT) was not found.",
        f"{ANNEX_I}, II.9",
        "The last line of the list says where the paper is kept.",
    ),
    "archive_without_vt": Code(
        "warn",
        "Line %(line)s: the archive line must begin with VT.",
        f"{ANNEX_I}, II.9",
        "The line of what is kept begins with the records office (VT).",
    ),
    "signature_dot": Code(
        "note",
        "Line %(line)s: «%(raw)s» lacks the dot after the abbreviation.",
        f"{ANNEX_I}, II.7",
        "TM., KT., TL., TUQ. and Q. are written with a full stop.",
    ),
    "signature_handed_on": Code(
        "warn",
        "Line %(line)s: who signs TUQ. does so in person and does not hand it on («%(raw)s»).",
        f"{DECREE}, Điều 13",
        "Who was authorised (TUQ.) signs himself; nobody signs KT. for him.",
    ),
    "signature_title": Code(
        "note",
        "Line %(line)s: «%(raw)s» is no post of the State; the office held is written alone.",
        f"{ANNEX_I}, II.7",
        "The post is the one held, without “thường trực” or “phụ trách”; before a name stands no degree.",
    ),
    "signature_noise": Code(
        "warn",
        "Line %(line)s: «%(noise)s» after the signature line is probably noise of a scan.",
        f"{ANNEX_I}, II.7",
        "Nothing but body or post stands behind the mark of the capacity; drop the rest.",
    ),
    "signature_further": Code(
        "warn",
        "Line %(line)s: a further signature block; it is kept as written, the first one counts.",
        OURS,
        "A paper of one office is signed once; a joint paper is kept with every signature.",
    ),
    "signature_authority": Code(
        "warn",
        "Line %(line)s: the signature block does not agree with the authority (TM. stands for the committee only).",
        f"{DECREE}, Điều 13; Phụ lục I, II.7",
        "TM. opens the block of who decides as a body, and no other.",
    ),
    "signature_capacity": Code(
        "warn",
        "Line %(line)s: «%(raw)s» – TM. stands before the name of a body, KT., TL., TUQ. and Q. before a post.",
        f"{DECREE}, Điều 13; Phụ lục I, II.7",
        "TM. stands before the name of a body; KT., TL., TUQ. and Q. before the post of its head.",
    ),
    "signature_deputy": Code(
        "warn",
        "Line %(line)s: a deputy signs with KT. and the superior's post, and KT. is followed by a deputy's post (found «%(raw)s»).",
        f"{DECREE}, Điều 13; Phụ lục I, II.7",
        "Who signs KT. is a deputy of the post named, and a deputy signs KT.",
    ),
    "annex_signature": Code(
        "warn",
        "Line %(line)s: this block signs %(name)s as «%(role)s», the decision as «%(main)s».",
        f"{DECREE}, Điều 13; Phụ lục I, II.7",
        "One person signs paper and annex in one capacity.",
    ),
    "annex_reference": Code(
        "note",
        "Line %(line)s: number or date of the decision is blank; it is filled on registration.",
        f"{ANNEX_I}, III.1",
        "An annex bears number and date of its decision; leave them open until registration.",
    ),
    "annex_reference_differs": Code(
        "warn",
        "Line %(line)s: the annex names decision %(found)s, this is decision %(main)s.",
        f"{ANNEX_I}, III.1",
        "An annex bears number and date of its own decision.",
    ),
    "annex_without_title": Code(
        "warn",
        "Line %(line)s: this part after the signature has no title.",
        f"{ANNEX_I}, III.1",
        "An annex has a title.",
    ),
}
