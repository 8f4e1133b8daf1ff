"""Meetings of a round: the Biên bản, who was present, and whether they were enough."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflows.models.rounds import Opinion, ReviewRound

USER = settings.AUTH_USER_MODEL


class Minutes(models.Model):
    """The Biên bản of one meeting of a round, entered by the secretary; one for each call.

    It bears the committee's own number. Minutes entered before they were numbered, and before
    they said when the meeting ended, have neither.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="minutes")
    call = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    held_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200)
    chair = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    chair_title = models.CharField(max_length=200)
    text = models.TextField()
    # Members asked and members present: what the quorum was judged by.
    members = models.PositiveSmallIntegerField()
    members_present = models.PositiveSmallIntegerField()
    quorate = models.BooleanField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=200)
    at = models.DateTimeField()
    standing = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "call"], name="one_minutes_a_call"),
            models.CheckConstraint(condition=~Q(text=""), name="minutes_say_something"),
            models.CheckConstraint(
                condition=Q(members_present__lte=models.F("members")),
                name="no_more_members_are_present_than_asked",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=models.F("held_at")),
                name="a_meeting_ends_after_it_began",
            ),
        ]


class Attendance(models.Model):
    """Whether one of those asked was at a meeting."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="attendances")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="attendances")
    present = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "opinion"], name="one_attendance_a_person_and_meeting"
            )
        ]
