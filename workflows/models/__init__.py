"""Who acts next: tables of the workflows app, split by noun.

viewflow's process and task rows hold the token; everything a person decided is a row here.
"""

from workflows.models.cases import Act, Case, Referral, Return, TaskDue
from workflows.models.detours import TakeBack
from workflows.models.duties import Duty, Lease
from workflows.models.reassigning import Reassignment
from workflows.models.rounds import (
    ClauseRemark,
    Conclusion,
    LateOpinion,
    Opinion,
    Response,
    ReviewRound,
)
from workflows.models.slips import FormCheck, SubmissionNote

__all__ = [
    "Act",
    "Case",
    "ClauseRemark",
    "Conclusion",
    "Duty",
    "FormCheck",
    "LateOpinion",
    "Lease",
    "Opinion",
    "Reassignment",
    "Referral",
    "Response",
    "Return",
    "ReviewRound",
    "SubmissionNote",
    "TakeBack",
    "TaskDue",
]
