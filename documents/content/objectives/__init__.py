"""Objectives as data: what a paper says is to be reached, by whom, by when, measured how.

Pure Python. `objectives_of` reads a content tree; every phrase it read from is kept, and what it
could not read is named by a doubt. Nothing here enters the digest: it is a reading, not the paper.
"""

from documents.content.objectives.deadlines import deadline, every
from documents.content.objectives.model import (
    Cascade,
    Comparator,
    Deadline,
    Doubt,
    Every,
    Measure,
    Objective,
    Objectives,
    Party,
    Target,
)
from documents.content.objectives.parties import parties
from documents.content.objectives.reading import objectives_of
from documents.content.objectives.targets import targets_in_cell, targets_in_clause

__all__ = [
    "Cascade", "Comparator", "Deadline", "Doubt", "Every", "Measure", "Objective", "Objectives",
    "Party", "Target", "deadline", "every", "objectives_of", "parties", "targets_in_cell",
    "targets_in_clause",
]  # fmt: skip
