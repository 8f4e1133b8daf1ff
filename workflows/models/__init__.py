"""Who acts next: tables of the workflows app, split by noun.

viewflow's process and task rows hold the token; everything a person decided is a row here.
"""

from workflows.models.cases import Act, Case, Referral, Return, TaskDue
from workflows.models.detours import Comment, TakeBack
from workflows.models.duties import Duty, Lease
from workflows.models.meetings import Attendance, Minutes
from workflows.models.reassigning import Reassignment
from workflows.models.rounds import (
    ClauseRemark,
    Conclusion,
    KeptUptakes,
    LateOpinion,
    Opinion,
    Response,
    ReviewRound,
    Uptake,
)
from workflows.models.slips import FormCheck, SubmissionNote
from workflows.models.timers import Chase, StuckTimer
from workflows.models.waivers import Confirmation, Waiver

__all__ = [
    "Act",
    "Attendance",
    "Case",
    "Chase",
    "ClauseRemark",
    "Comment",
    "Conclusion",
    "Confirmation",
    "Duty",
    "FormCheck",
    "KeptUptakes",
    "LateOpinion",
    "Lease",
    "Minutes",
    "Opinion",
    "Reassignment",
    "Referral",
    "Response",
    "Return",
    "ReviewRound",
    "StuckTimer",
    "SubmissionNote",
    "TakeBack",
    "TaskDue",
    "Uptake",
    "Waiver",
]
