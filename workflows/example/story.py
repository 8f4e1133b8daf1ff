"""What happened in the fictional office until Monday 15 January 2024.

All scenes are played in the order of time, so that registers and the audit read as they would in
a real office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.example import absences, decisions, past, results, system_papers, urgent
from workflows.example.acts import Paper, moment

if TYPE_CHECKING:
    from workflows.example.office import Cast
    from workflows.example.scene import Scene

NOW = moment("2024-01-15", "08:00")


def scenes(cast: Cast, *, password: str) -> list[Scene]:
    """Give the whole story in the order of time."""

    def paper() -> Paper:
        return Paper(cast, password)

    policy_2023, policy_2024 = paper(), paper()
    told = [
        *past.books(cast),
        *past.ticks(),
        *past.objectives_2022(paper()),
        *past.archive(cast),
        *past.policy_2023(policy_2023, cast),
        *results.confirmed(policy_2023, "2023-06-28", "09:20", "Mục tiêu chất lượng 2023"),
        *results.reported(cast),
        *decisions.policy_2024(policy_2024),
        *results.confirmed(policy_2024, "2024-01-08", "14:30", "Mục tiêu chất lượng 2024"),
        *decisions.committee(paper()),
        *decisions.office_objectives(paper()),
        *system_papers.control_procedure(paper()),
        *system_papers.audit_procedure(paper()),
        *system_papers.economy_objectives(paper()),
        *system_papers.reception_objectives(paper()),
        *system_papers.survey_procedure(paper()),
        *decisions.audit_plan(paper()),
        *urgent.civil_status(paper()),
        *absences.vice_chairman(cast),
    ]
    return sorted(told, key=lambda scene: scene.at)
