"""The vocabulary of queries over documents and revisions."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from documents.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


_LISTED = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::bigint FROM jsonb_array_elements_text(%s::jsonb)",
}


def listed(keys: Iterable[int]) -> RawSQL:
    """Give many keys to a look-up `__in` as one parameter: a thousand of them cost no more.

    Django resolves, checks and writes each value of a list by itself.
    """
    return RawSQL(_LISTED[connection.vendor], [json.dumps(list(keys))])  # noqa: S611 - constants


# The cause of a reading that lasts while something is asked; what one took part in is one's own.
ASKED_BY_THE_PROCEDURE = "procedure"


class DocumentQuerySet(models.QuerySet[Any]):
    """Documents, asked in words of the office."""

    def issued(self) -> DocumentQuerySet:
        """Keep papers that exist for the outside: issued here or external."""
        return self.filter(Q(issued_at__isnull=False) | Q(origin="external"))

    def published(self) -> DocumentQuerySet:
        """Keep papers the public may read."""
        return self.filter(self._public())

    def _public(self) -> Q:
        """Match what is open to everybody: issued, for the public, and no secret of a draft.

        A paper known by citation alone is recorded in the words of whoever cited it: until one
        that cites it is issued, those words are a draft's.
        """
        cited = self.model._meta.get_field("relations_in").related_model._default_manager.filter(
            target=OuterRef("pk"), source__issued_at__isnull=False
        )
        issued = Q(issued_at__isnull=False) | Q(origin="external")
        return issued & Q(access_level="public") & (~Q(known_by="citation") | Q(Exists(cited)))

    def readable_by(
        self,
        *,
        user_id: int,
        office_ids: Collection[int],
        department_ids: Collection[int],
        whole_office_ids: Collection[int],
        offices_of: Mapping[str, Collection[int]],
        at: datetime,
        stands_in_for: Collection[int] = (),
    ) -> DocumentQuerySet:
        """Keep what a person may read: published, issued in the own office, own or granted.

        `whole_office_ids` are offices every paper of which the post reads (archive, audit);
        `offices_of` tells on which offices each capability is held that papers may be granted to;
        `stands_in_for` are people who are away, of whom the procedure may have asked something.
        """
        issued = Q(issued_at__isnull=False) | Q(origin="external")
        inside = Q(office_id__in=office_ids) & issued
        involved = self._involved(
            user_id, department_ids, whole_office_ids, offices_of, at, stands_in_for
        )
        return self.filter(inside | self._public() | involved)

    def followed_by(
        self,
        *,
        user_id: int,
        office_ids: Collection[int],
        department_ids: Collection[int],
        whole_office_ids: Collection[int],
        offices_of: Mapping[str, Collection[int]],
        at: datetime,
        stands_in_for: Collection[int] = (),
    ) -> DocumentQuerySet:
        """Keep papers whose way to issue a person may read too: drafts, opinions, timeline."""
        return self.filter(
            self._involved(user_id, department_ids, whole_office_ids, offices_of, at, stands_in_for)
        )

    def _involved(
        self,
        user_id: int,
        department_ids: Collection[int],
        whole_office_ids: Collection[int],
        offices_of: Mapping[str, Collection[int]],
        at: datetime,
        stands_in_for: Collection[int],
    ) -> Q:
        """Match what somebody drafted, was granted, or reads for the whole office."""
        to_whom = Q(user_id=user_id) | Q(department_id__in=department_ids)
        if stands_in_for:
            to_whom |= Q(user_id__in=sorted(stands_in_for), source=ASKED_BY_THE_PROCEDURE)
        for capability, offices in sorted(offices_of.items()):
            to_whom |= Q(capability=capability, document__office_id__in=offices)
        grants = self.model._meta.get_field("read_grants").related_model._default_manager.filter(
            to_whom,
            Q(valid_until__isnull=True) | Q(valid_until__gt=at),
            document=OuterRef("pk"),
            valid_from__lte=at,
        )
        own = Q(author_id=user_id) | Q(drafting_department_id__in=department_ids)
        return own | Q(office_id__in=whole_office_ids) | Q(Exists(grants))


class RevisionQuerySet(models.QuerySet[Any]):
    """Revisions, asked in words of the office."""

    def newest_first(self) -> RevisionQuerySet:
        """Order from the last saved to the first."""
        return self.order_by("-ordinal")

    def alive(self) -> RevisionQuerySet:
        """Keep revisions that have not been ended by a return or a withdrawal."""
        return self.filter(ended_at__isnull=True).exclude(stage=Stage.WITHDRAWN)

    def without_bytes(self) -> RevisionQuerySet:
        """Leave text and canonical bytes in the database: lists need neither."""
        return self.defer("text", "canonical")
