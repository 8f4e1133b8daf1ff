"""Who is away, and who stands in: a vice-chairman on a journey in the week of the example."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from offices import services
from offices.models import Appointment, Delegation
from workflows.example.scene import Scene, scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflows.example.office import Cast

BASIS = "Thông báo số 05/TB-UBND ngày 12/01/2024 của Chủ tịch Ủy ban nhân dân quận"


def vice_chairman(cast: Cast) -> Iterator[Scene]:
    """From Wednesday to Friday the colleague signs in his place, KT. under his own title."""
    away, stands_in = cast.people["pct-kinhte"], cast.people["pct-vanxa"]
    yield scene(
        "2024-01-12",
        "16:10",
        "Phó Chủ tịch kinh tế đi công tác: phân công người làm thay",
        services.delegate,
        from_appointment=Appointment.objects.filter(user=away).order_by("pk")[0],
        to_user=stands_in,
        kind=Delegation.Kind.SUBSTITUTION,
        begins_on=date(2024, 1, 17),
        ends_on=date(2024, 1, 20),
        legal_basis=BASIS,
        by=cast.people["chutich"],
    )
