"""Rounds of opinions: what was asked of whom, what each answered, and the conclusion."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.cases import Case

USER = settings.AUTH_USER_MODEL


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
        MET = "met", _("At the meeting")
        NO_QUORUM = "no_quorum", _("Two meetings had no quorum")
        TAKEN_BACK = "taken_back", _("Taken back before anybody answered")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rounds")
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="rounds"
    )
    content_digest = models.CharField(max_length=64)
    ordinal = models.PositiveIntegerField()
    task_id = models.PositiveIntegerField(unique=True)
    form = models.CharField(max_length=12, choices=Form.choices)
    message = models.TextField(blank=True)
    # Of a meeting: when and where it is called, and for which time.
    meets_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    call = models.PositiveSmallIntegerField(default=1)
    # The clause by which silence agrees, as it stood when the round was opened; empty where none.
    silence_rule = models.CharField(max_length=300, blank=True)
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    derivation = models.JSONField(default=list)
    # When the clock reminds who has not answered; empty once it did.
    remind_at = models.DateTimeField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=~Q(form="meeting") | Q(meets_at__isnull=False),
                name="a_meeting_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["closed_at", "due_at"], name="open_rounds_by_due"),
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False),
                name="rounds_to_remind_of",
            ),
        ]


class Opinion(models.Model):
    """A reviewer's Phiếu lấy ý kiến: asked, and then answered once or recorded as silence."""

    class Choice(models.TextChoices):
        """The three answers, and silence, which is no agreement."""

        AGREE = "agree", _("Agrees")
        AGREE_WITH_REMARKS = "remarks", _("Agrees, with remarks")
        DISAGREE = "disagree", _("Does not agree")
        SILENT = "silent", _("No opinion")
        EXCUSED = "excused", _("Asked no more")

    class Capacity(models.TextChoices):
        """In which capacity somebody is asked."""

        MEMBER = "member", _("Member of the committee")
        CONSULTED = "consulted", _("Consulted besides the committee")
        OF_THE_BODY = "body", _("Member of the People's Committee")

    # Who answers on a post held, without a grant of the committee.
    BY_NAME = (Capacity.CONSULTED, Capacity.OF_THE_BODY)
    # What somebody said, against what was recorded where nobody did.
    ANSWERS = (Choice.AGREE, Choice.AGREE_WITH_REMARKS, Choice.DISAGREE)

    # Who spoke in the round, late too; silence recorded, and who was asked no more, said nothing.
    SPOKE = Q(choice__in=ANSWERS) | Q(late__isnull=False)

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="opinions")
    capacity = models.CharField(max_length=12, choices=Capacity.choices, default=Capacity.MEMBER)
    reviewer = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reviewer_title = models.CharField(max_length=200)
    # Who answered: the reviewer, or whoever stands in for an absent one; nobody where silent.
    given_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    task_id = models.PositiveIntegerField(unique=True)
    choice = models.CharField(max_length=12, choices=Choice.choices, blank=True)
    remarks = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    # Said at the meeting and entered with its minutes; the standing is then the secretary's.
    at_meeting = models.BooleanField(default=False)
    standing = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "reviewer"], name="nobody_decides_twice_in_one_round"
            ),
            models.UniqueConstraint(
                fields=["round", "given_by"], name="nobody_answers_for_two_in_one_round"
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


class LateOpinion(models.Model):
    """What a silent reviewer said after the round was over: attached to it, counted apart.

    The recorded silence stays, and so does whatever was concluded.
    """

    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="late")
    choice = models.CharField(
        max_length=12,
        choices=[one for one in Opinion.Choice.choices if one[0] not in {"silent", "excused"}],
    )
    remarks = models.TextField(blank=True)
    given_at = models.DateTimeField()
    standing = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(choice="disagree") | ~Q(remarks=""), name="a_late_dissent_says_why"
            ),
            models.CheckConstraint(
                condition=Q(choice__in=["agree", "remarks", "disagree"]),
                name="a_late_opinion_is_one",
            ),
        ]


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
        # On a paper that was issued before the committee was heard.
        CONFIRMED = "confirmed", _("Confirmed")
        UNCONFIRMED = "unconfirmed", _("Not confirmed")

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


class Uptake(models.Model):
    """One line of the drafter's Bảng tổng hợp: what became of a remark in the text sent anew.

    `clause_remark` is empty where the line is about the general words of an opinion. What was
    accepted names its place in the new text by the clause's stable id.
    """

    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="uptakes"
    )
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="uptakes")
    clause_remark = models.ForeignKey(
        ClauseRemark, on_delete=models.PROTECT, null=True, related_name="uptakes"
    )
    sort = models.CharField(max_length=12, choices=Response.Sort.choices)
    place_id = models.CharField(max_length=80, blank=True)
    place_label = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "opinion", "clause_remark"],
                name="one_uptake_per_remark_and_revision",
            ),
            models.UniqueConstraint(
                fields=["revision", "opinion"],
                condition=Q(clause_remark__isnull=True),
                name="one_uptake_per_opinion_and_revision",
            ),
            models.CheckConstraint(
                condition=(Q(sort="accepted") & ~Q(place_id="") & ~Q(place_label=""))
                | (Q(sort="explained") & ~Q(text="") & Q(place_id="", place_label="")),
                name="an_uptake_says_where_or_why",
            ),
        ]


class KeptUptakes(models.Model):
    """The drafter's table as it was left half filled: nobody relies on it before the paper is sent.

    `lines` hold for each remark its key, how it is taken, the place and the words, each perhaps
    empty; `revision` is the one that went back. Kept anew it is overwritten.
    """

    revision = models.OneToOneField(
        "documents.Revision", on_delete=models.PROTECT, related_name="kept_uptakes"
    )
    lines = models.JSONField(default=list)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
