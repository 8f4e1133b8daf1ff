"""Gap-free numbers: one row lock, one unique constraint, never dated before the last."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from audit import services as audit
from documents.exceptions import BadInput, Conflict
from documents.models import Register, RegisterEntry
from documents.policies import check_can_keep_registers
from offices.dates import vn_date
from offices.parties import office_key, party

if TYPE_CHECKING:
    from datetime import date, datetime

    from documents.numbering import Series
    from offices.models import Office, User


def open_register(
    *, office: Office, symbol: str, year: int, after: int, by: User, at: datetime
) -> Register:
    """Open the register of a series for a year, continuing the paper book after its last number."""
    check_can_keep_registers(by, office, at=at)
    with transaction.atomic():
        register, created = Register.objects.get_or_create(
            office=office,
            symbol=symbol,
            year=year,
            defaults={"opened_after": after, "last_number": after},
        )
        if not created:
            raise Conflict(
                _("The register %(symbol)s of %(year)s is open already.")
                % {"symbol": symbol, "year": year}
            )
        audit.record(
            "register.opened",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("register", str(register.pk), f"{symbol} {year}"),
            by=party(by),
            at=at,
            office=office_key(office),
            details={"symbol": symbol, "year": year, "after": after},
        )
    return register


def hold(*, office: Office, series: Series, on: date) -> Register:
    """Lock the register of a series for a day, opening it at 0 when the year has none yet."""
    register, _created = Register.objects.get_or_create(
        office=office, symbol=series.symbol, year=series.year(on)
    )
    return Register.objects.select_for_update().get(pk=register.pk)


def next_number(*, office: Office, series: Series, on: date) -> tuple[Register, int]:
    """Take the next number of a series, under the register's row lock.

    The date may not lie before the last number's date (Decree 30/2020 art. 15): `BadInput`.
    """
    register = hold(office=office, series=series, on=on)
    if register.last_dated_on is not None and on < register.last_dated_on:
        raise BadInput(
            _(
                "Number %(number)s of this register is dated %(day)s; a later number cannot be "
                "dated earlier."
            )
            % {"number": register.last_number, "day": vn_date(register.last_dated_on)}
        )
    register.last_number += 1
    register.last_dated_on = on
    register.save(update_fields=["last_number", "last_dated_on"])
    return register, register.last_number


def abandon_number(
    *,
    office: Office,
    series: Series,
    because: str,
    by: User,
    at: datetime,
    on: date,
    expected: int | None = None,
) -> RegisterEntry:
    """Leave the next number unused and say why: the gap stays in the book, the number is burnt.

    `expected` is the number the clerk was shown: a second click, or a number given meanwhile,
    burns no other one (`Conflict`).
    """
    check_can_keep_registers(by, office, at=at)
    if not because.strip():
        raise BadInput(_("Say why the number is not used; the register keeps the reason."))
    with transaction.atomic():
        register, number = next_number(office=office, series=series, on=on)
        if expected is not None and number != expected:
            raise Conflict(
                _("Number %(number)s has been taken meanwhile.") % {"number": expected},
                advice=_("Nothing was recorded now. Look at the register again."),
            )
        entry = RegisterEntry.objects.create(
            register=register,
            number=number,
            dated_on=on,
            registered_by=by,
            registered_at=at,
            abandoned_because=because,
        )
        _record_gap(entry, operation_id=uuid4(), head=True, by=by, at=at)
    return entry


def abandon_entry(
    entry: RegisterEntry, *, because: str, operation_id: UUID, by: User, at: datetime
) -> None:
    """Turn a used number into a gap: its paper goes back before the seal, the number is burnt."""
    entry.abandoned_because = because
    entry.save(update_fields=["abandoned_because"])
    _record_gap(entry, operation_id=operation_id, head=False, by=by, at=at)


def _record_gap(
    entry: RegisterEntry, *, operation_id: UUID, head: bool, by: User, at: datetime
) -> None:
    register = entry.register
    audit.record(
        "register.number_abandoned",
        operation_id=operation_id,
        head=head,
        subject=audit.Subject("register", str(register.pk), f"{register.symbol} {register.year}"),
        by=party(by),
        at=at,
        office=office_key(register.office),
        details={"number": entry.number},
        disclose={"reason": entry.abandoned_because},
    )
