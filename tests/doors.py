"""Every address, and who may look through it or act at it: the table the contract walks."""

from __future__ import annotations

from dataclasses import dataclass

from offices.roles import Role

# One account for each role, and one whose role would do but whose department is another.
ACCOUNTS = {
    Role.SPECIALIST: "cv-noivu",
    Role.DEPARTMENT_HEAD: "tp-noivu",
    Role.ISO_SECRETARY: "thuky-iso",
    Role.COMMITTEE_MEMBER: "tp-kinhte",
    Role.COMMITTEE_HEAD: "pct-vanxa",
    Role.CHIEF_OF_OFFICE: "cvp",
    Role.MANAGEMENT_REPRESENTATIVE: "cvp",
    Role.VICE_CHAIRMAN: "pct-kinhte",
    Role.CHAIRMAN: "chutich",
    Role.OFFICE_MEMBER: "tp-noivu",
    Role.RECORDS_CLERK: "vanthu",
    Role.ARCHIVIST: "luutru",
    Role.INTERNAL_AUDITOR: "danhgia",
    Role.PORTAL_EDITOR: "congtt",
    Role.ADMINISTRATOR: "quantri",
}
ALL = frozenset(ACCOUNTS.values()) | {"cv-tuphap"}
NOBODY: frozenset[str] = frozenset()
ARCHIVE = frozenset({"luutru"})
CLERK, DRAFTER = frozenset({"vanthu"}), frozenset({"cv-noivu"})
# The paper to be signed was asked of the committee, of who checks and of who signs; an
# administrator and the portal's editor have no part in it, though they sit in the secretariat.
INVOLVED = ALL - {"cv-tuphap", "quantri", "congtt"}
# A draft is read by its department, and by those who read every paper of the office.
DRAFT_READERS = frozenset({"cv-noivu", "tp-noivu", "cvp", "vanthu", "luutru", "danhgia"})
# A paper in its round: the committee, its department, and those who read every paper.
ROUND_READERS = frozenset(
    {"thuky-iso", "tp-noivu", "tp-kinhte", "pct-vanxa", "cvp", "vanthu", "luutru", "danhgia"}
)
SIGNATORIES = frozenset({"pct-kinhte", "pct-vanxa", "chutich"})
VERIFIERS = frozenset({"cvp", "danhgia"})


@dataclass(frozen=True)
class Door:
    """One address: who may look (GET), who may act (POST); `by` finds what its parts name.

    `look` is None where there is only an act, `act` None where there is only a page. `public`
    answers visitors too. `goes_on` says that an empty form is enough to be carried out.
    """

    by: str = ""
    look: frozenset[str] | None = ALL
    act: frozenset[str] | None = None
    public: bool = False
    goes_on: bool = False
    leads_on: bool = False


DOORS = {
    "home": Door(public=True, leads_on=True),
    "desk": Door(),
    "absences": Door(),
    "record_absence": Door(look=None, act=ALL - {"quantri"}),
    "end_absence": Door("absence", look=None, act=frozenset({"pct-kinhte", "chutich"})),
    "hand_over": Door(
        "member",
        look=frozenset({"tp-kinhte", "chutich", "thuky-iso", "pct-vanxa"}),
        act=frozenset({"tp-kinhte", "chutich", "thuky-iso", "pct-vanxa"}),
    ),
    "duty": Door("duty", act=frozenset({"luutru"})),
    "alarms": Door(look=frozenset({"thuky-iso", "quantri"})),
    "office_terms": Door(act=frozenset({"quantri"})),
    "advance_clock": Door(look=None, act=ALL, goes_on=True),
    "sign_in": Door(public=True, act=ALL),
    "sign_out": Door(look=None, act=ALL, goes_on=True),
    "components": Door(),
    "documents": Door(),
    "document": Door("unsigned", look=INVOLVED),
    "revision": Door("unsigned revision", look=INVOLVED),
    "why": Door("unsigned", look=INVOLVED),
    "rendition": Door("issued"),
    "prints": Door("unsigned", look=INVOLVED, act=INVOLVED, leads_on=True),
    "record_prints": Door("unsigned", look=INVOLVED, act=INVOLVED, leads_on=True),
    "print_file": Door("made print", look=INVOLVED),
    "cancel_print": Door("ordered print", look=None, act=DRAFTER, goes_on=True),
    "attachment": Door("file", look=DRAFT_READERS),
    "compare": Door("unsigned", look=INVOLVED),
    "compare_file": Door("unsigned", look=INVOLVED),
    "correct_completion": Door("completed", look=ARCHIVE, act=ARCHIVE),
    "slips": Door("unsigned", look=INVOLVED),
    "summary_of_remarks": Door("unsigned", look=INVOLVED),
    "correct_paper": Door("issued", look=DRAFTER, act=DRAFTER),
    "recall_paper": Door("issued", look=DRAFTER, act=DRAFTER),
    "document_audit": Door("unsigned", look=INVOLVED),
    "verify_document": Door("unsigned", look=None, act=INVOLVED),
    "objectives": Door("economy", look=ROUND_READERS, act=frozenset({"thuky-iso", "tp-kinhte"})),
    "year_review": Door(),
    "year_review_csv": Door(),
    "higher_objectives": Door(act=frozenset({"thuky-iso"})),
    "results": Door("issued"),
    "results_csv": Door("issued"),
    "ask_results": Door("issued", look=None, act=frozenset({"thuky-iso"})),
    "all_results": Door(),
    "return_result": Door("result", look=None, act=frozenset({"thuky-iso"})),
    "evidence": Door("evidence"),
    "registers": Door(),
    "open_register": Door(look=None, act=CLERK),
    "register": Door("register"),
    "abandon_number": Door("register", look=None, act=CLERK),
    "chains": Door(),
    "chain": Door("issued"),
    "audit_log": Door(look=VERIFIERS),
    "verify_log": Door(look=None, act=VERIFIERS),
    "procedure": Door("procedure"),
    "procedure_file": Door("procedure file"),
    "procedure_pace": Door("procedure", look=frozenset({"cvp", "thuky-iso"}) | VERIFIERS),
    "reading_room": Door(public=True),
    "public_document": Door("issued", public=True),
    "public_print": Door("printed", public=True),
    "new_draft": Door(look=DRAFTER | {"cv-tuphap"}, act=DRAFTER | {"cv-tuphap"}),
    "bring": Door(look=DRAFTER | {"cv-tuphap"}, act=DRAFTER | {"cv-tuphap"}),
    "paste": Door(look=None, act=DRAFTER | {"cv-tuphap"}),
    "intake": Door("intake", look=DRAFTER, act=DRAFTER),
    "draft": Door("draft", look=DRAFTER, act=DRAFTER),
    "pieces": Door("draft", look=DRAFTER, act=DRAFTER),
    "join_text": Door("aside", look=DRAFTER, act=DRAFTER),
    "preview": Door("draft", look=None, act=DRAFTER),
    "keep_text": Door("draft", look=None, act=DRAFTER),
    "attach": Door("draft", look=None, act=DRAFTER),
    "detach": Door("file", look=None, act=DRAFTER, goes_on=True),
    "correct_particulars": Door("draft", look=None, act=DRAFTER),
    "submit_draft": Door("draft", look=None, act=DRAFTER),
    "task": Door("task", look=INVOLVED),
    "task_act": Door(
        "task act", look=INVOLVED, leads_on=True, act=frozenset({"pct-kinhte", "chutich"})
    ),
    "sign_many": Door(look=SIGNATORIES, act=SIGNATORIES),
    "withdraw": Door("case", look=INVOLVED, act=frozenset({"tp-noivu"})),
    "ask_comment": Door("case", look=INVOLVED, act=frozenset({"pct-kinhte", "chutich"})),
    "comment": Door("comment", look=INVOLVED, act=frozenset({"tp-kinhte"})),
    "take_back": Door("case", look=INVOLVED, act=frozenset({"cvp"})),
    "minutes": Door("meeting", look=ROUND_READERS, act=frozenset({"thuky-iso"})),
    "close_round": Door("round", look=ROUND_READERS, act=frozenset({"thuky-iso"})),
}
