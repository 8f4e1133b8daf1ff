"""Who acts next: cases, rounds, opinions and the other records of the procedure.

viewflow's process and task rows hold the token; everything a person decided is a row here.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process

USER = settings.AUTH_USER_MODEL


class Case(models.Model):
    """One run of a procedure over one document; its key is viewflow's process.

    The process row is the lock of every act. viewflow's generic references stay empty.
    """

    class EndedHow(models.TextChoices):
        """How a case came to its end."""

        ISSUED = "issued", _("Issued")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    process = models.OneToOneField(
        Process, on_delete=models.PROTECT, primary_key=True, related_name="case"
    )
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="cases"
    )
    procedure = models.CharField(max_length=60)
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="cases"
    )
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    # Who reworks a returned paper: the author, or whom the head of department gave it to.
    drafter = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    referred_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=12, choices=EndedHow.choices, blank=True)
    # Bumped by every act: what a push announces and a page compares.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "procedure"],
                condition=Q(ended_at__isnull=True),
                name="one_running_case_per_document_and_procedure",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | (Q(ended_at__isnull=False) & ~Q(ended_how="")),
                name="an_ended_case_says_how",
            ),
        ]
        indexes = [models.Index(fields=["ended_at", "document"], name="running_cases")]


class Act(models.Model):
    """That a form was carried out once: its idempotency key and the operation it became."""

    key = models.UUIDField(unique=True)
    name = models.CharField(max_length=40)
    # Nobody where the clock acted.
    by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    operation_id = models.UUIDField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="acts")
    task_id = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    outcome = models.CharField(max_length=20, blank=True)


class TaskDue(models.Model):
    """When a task is due, and the derivation that explains it."""

    task_id = models.PositiveIntegerField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dues")
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    derivation = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="tasks_by_due")]


class SubmissionNote(models.Model):
    """Tờ trình: the head of department proposes, under the department's own number."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="submission_notes")
    revision = models.OneToOneField(
        "documents.Revision", on_delete=models.PROTECT, related_name="submission_note"
    )
    number = models.CharField(max_length=20)
    symbol = models.CharField(max_length=40)
    dated_on = models.DateField()
    proposer = models.CharField(max_length=300)
    text = models.TextField()
    content_digest = models.CharField(max_length=64)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()

    @property
    def cited_as(self) -> str:
        """Number and symbol as the recital cites them."""
        return f"{self.number}/{self.symbol}"


class Return(models.Model):
    """That a paper went back, from which step, to whom, and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="returns")
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="returns"
    )
    task_id = models.PositiveIntegerField(unique=True)
    from_step = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_return_says_why")]
        indexes = [models.Index(fields=["case", "-at"], name="returns_of_a_case")]


class ReviewRound(models.Model):
    """One request for opinions on exactly one content, to named reviewers, until a deadline."""

    class Form(models.TextChoices):
        """How the committee is asked."""

        WRITTEN = "written", _("In writing")
        MEETING = "meeting", _("At a meeting")

    class ClosedHow(models.TextChoices):
        """What ended the round."""

        ANSWERED = "answered", _("Everybody answered")
        EXPIRED = "expired", _("Time was up")
        EARLY = "early", _("Closed early")
        WITHDRAWN = "withdrawn", _("The paper was withdrawn")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rounds")
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="rounds"
    )
    content_digest = models.CharField(max_length=64)
    ordinal = models.PositiveIntegerField()
    task_id = models.PositiveIntegerField(unique=True)
    form = models.CharField(max_length=12, choices=Form.choices)
    message = models.TextField(blank=True)
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    derivation = models.JSONField(default=list)
    standing = models.JSONField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_how = models.CharField(max_length=12, choices=ClosedHow.choices, blank=True)
    closed_because = models.TextField(blank=True)
    closed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "ordinal"], name="rounds_of_a_case_are_counted"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at__isnull=True), name="one_open_round_per_case"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_how="")
                | (Q(closed_at__isnull=False) & ~Q(closed_how="")),
                name="a_closed_round_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(closed_how="early") | ~Q(closed_because=""),
                name="closing_early_says_why",
            ),
        ]
        indexes = [models.Index(fields=["closed_at", "due_at"], name="open_rounds_by_due")]


class Opinion(models.Model):
    """A reviewer's Phiếu lấy ý kiến: asked, and then answered once or recorded as silence."""

    class Choice(models.TextChoices):
        """The three answers, and silence, which is no agreement."""

        AGREE = "agree", _("Agrees")
        AGREE_WITH_REMARKS = "remarks", _("Agrees, with remarks")
        DISAGREE = "disagree", _("Does not agree")
        SILENT = "silent", _("No opinion")

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="opinions")
    reviewer = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reviewer_title = models.CharField(max_length=200)
    task_id = models.PositiveIntegerField(unique=True)
    choice = models.CharField(max_length=12, choices=Choice.choices, blank=True)
    remarks = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    standing = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "reviewer"], name="nobody_decides_twice_in_one_round"
            ),
            models.CheckConstraint(
                condition=~Q(choice="disagree") | ~Q(remarks=""), name="a_dissent_says_why"
            ),
            models.CheckConstraint(
                condition=Q(choice="", given_at__isnull=True)
                | (~Q(choice="") & Q(given_at__isnull=False)),
                name="an_opinion_has_choice_and_time_together",
            ),
        ]
        indexes = [models.Index(fields=["reviewer", "given_at"], name="opinions_by_reviewer")]


class ClauseRemark(models.Model):
    """A remark of an opinion on one clause, by the clause's stable id."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="clause_remarks")
    clause_id = models.CharField(max_length=80)
    clause_label = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opinion", "clause_id"], name="one_remark_per_clause_and_opinion"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_remark_says_something"),
        ]


class Conclusion(models.Model):
    """The head of the committee concludes a round; dissent stays in the record."""

    class Outcome(models.TextChoices):
        """What the head concluded."""

        ENDORSED = "endorsed", _("Endorsed")
        RETURNED = "returned", _("Returned")

    round = models.OneToOneField(ReviewRound, on_delete=models.PROTECT, related_name="conclusion")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()


class Response(models.Model):
    """One line of the Bảng tổng hợp: how an opinion was taken up or explained."""

    class Sort(models.TextChoices):
        """Taken into the text, or explained why not."""

        ACCEPTED = "accepted", _("Accepted")
        EXPLAINED = "explained", _("Explained")

    conclusion = models.ForeignKey(Conclusion, on_delete=models.PROTECT, related_name="responses")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="responses")
    sort = models.CharField(max_length=12, choices=Sort.choices)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conclusion", "opinion"], name="one_response_per_opinion"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_response_says_something"),
        ]


class FormCheck(models.Model):
    """Thẩm tra and the check of form (Decree 30/2020 art. 12), each recorded, with its slip."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="form_checks")
    revision = models.OneToOneField(
        "documents.Revision", on_delete=models.PROTECT, related_name="form_check"
    )
    content_digest = models.CharField(max_length=64)
    content_points = models.JSONField()
    form_points = models.JSONField()
    number = models.CharField(max_length=20)
    symbol = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()

    @property
    def cited_as(self) -> str:
        """Number and symbol of the routing slip."""
        return f"{self.number}/{self.symbol}"


class Referral(models.Model):
    """That a vice-chairman passed the decision up to the chairman, and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="referrals"
    )
    task_id = models.PositiveIntegerField(unique=True)
    reason = models.TextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_referral_says_why")]


class Duty(models.Model):
    """Work without a flow: complete a stub, find a successor, report a result; one per cause."""

    class Sort(models.TextChoices):
        """What is to be done."""

        COMPLETE_STUB = "complete_stub", _("Complete a paper known only by citation")
        PUT_ON_PORTAL = "put_on_portal", _("Put on the portal")
        REPORT_RESULT = "report_result", _("Report a result")

    sort = models.CharField(max_length=20, choices=Sort.choices)
    cause = models.CharField(max_length=100, unique=True)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="duties"
    )
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    capability = models.CharField(max_length=40)
    # The department in which the capability is held, where it is not held in the office.
    department = models.ForeignKey(
        "offices.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )
    result = models.OneToOneField(
        "documents.MeasureResult", on_delete=models.PROTECT, null=True, related_name="duty"
    )
    opened_at = models.DateTimeField()
    # A result is asked for when its period is over; until then no desk shows it.
    shown_from = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="a_done_duty_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(sort="report_result", result__isnull=False, department__isnull=False)
                | (~Q(sort="report_result") & Q(result__isnull=True)),
                name="a_report_is_owed_by_a_department",
            ),
        ]
        indexes = [
            models.Index(fields=["capability", "office", "done_at"], name="open_duties"),
            models.Index(fields=["department", "done_at", "shown_from"], name="open_reports"),
        ]


class Lease(models.Model):
    """Who runs the tick until when: one row per job, taken over when it lapses."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=100)
    expires_at = models.DateTimeField()
