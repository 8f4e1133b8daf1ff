"""What happens to a paper outside the graph: a sender takes it back, somebody is asked for advice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflows.models.cases import Case

USER = settings.AUTH_USER_MODEL


class TakeBack(models.Model):
    """That a sender took a paper back before anybody acted on what was sent.

    `undone` is the use case taken back, `sent_task_id` the step it did (nothing for the
    submission), `task_id` the step it had offered, which was cancelled.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="take_backs")
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="take_backs"
    )
    undone = models.CharField(max_length=40)
    sent_task_id = models.PositiveIntegerField(unique=True)
    task_id = models.PositiveIntegerField(unique=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()


class Comment(models.Model):
    """Advice asked of somebody by name while a paper waits: shown, blocking nothing, never counted.

    `node` is the step it was asked from; `given_at` is empty until it is answered.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="advice_asked")
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="advice_asked"
    )
    content_digest = models.CharField(max_length=64)
    node = models.CharField(max_length=40)
    question = models.TextField()
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    standing = models.JSONField()
    asked_of = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_of_title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    given_standing = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(question=""), name="whoever_asks_for_advice_says_what"
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, text="")
                | (Q(given_at__isnull=False) & ~Q(text="")),
                name="a_comment_has_words_and_time_together",
            ),
            models.UniqueConstraint(
                fields=["revision", "asked_of"],
                condition=Q(given_at__isnull=True),
                name="one_open_question_a_person_and_content",
            ),
        ]
        indexes = [models.Index(fields=["asked_of", "given_at"], name="comments_by_person")]
