"""What a paper is: tables of the documents app, split by noun."""

from documents.models.access import Distribution, ReadGrant, Recipient, Viewing
from documents.models.evidence import Rendition, Signature
from documents.models.finding import IndexedPaper
from documents.models.intakes import Intake
from documents.models.links import Effect, EffectStart, Relation
from documents.models.objectives import (
    ConfirmedReading,
    Evidence,
    MeasureResult,
    ResultValue,
    StatedMeasure,
    StatedObjective,
    StatedTarget,
)
from documents.models.papers import (
    AccessLevel,
    Attachment,
    AuthorityKind,
    Document,
    Kind,
    KindRule,
    KnownBy,
    Origin,
    ProposerKind,
    Revision,
    StageLabel,
    WorkingCopy,
)
from documents.models.prints import PrintOrder
from documents.models.registers import Register, RegisterEntry
from documents.models.urgency import Urgency, UrgencyMark
from documents.models.writing import SetAside, Writer

__all__ = [
    "AccessLevel",
    "Attachment",
    "AuthorityKind",
    "ConfirmedReading",
    "Distribution",
    "Document",
    "Effect",
    "EffectStart",
    "Evidence",
    "IndexedPaper",
    "Intake",
    "Kind",
    "KindRule",
    "KnownBy",
    "MeasureResult",
    "Origin",
    "PrintOrder",
    "ProposerKind",
    "ReadGrant",
    "Recipient",
    "Register",
    "RegisterEntry",
    "Relation",
    "Rendition",
    "ResultValue",
    "Revision",
    "SetAside",
    "Signature",
    "StageLabel",
    "StatedMeasure",
    "StatedObjective",
    "StatedTarget",
    "Urgency",
    "UrgencyMark",
    "Viewing",
    "WorkingCopy",
    "Writer",
]
