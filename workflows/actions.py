"""The audit's sentences for acts of the procedure; loaded when the app is ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.actions import register
from documents.models import Effect, Urgency
from documents.models.objectives import Outcome
from workflows.models import Confirmation, Duty, Opinion, Reassignment, ReviewRound

STEPS = {
    "propose": _("proposing"),
    "allow_urgent": _("letting it go first"),
    "answer_refusal": _("answering the refusal"),
    "open_round": _("opening the round"),
    "conclude": _("concluding"),
    "check_form": _("the check"),
    "sign": _("signing"),
    "register": _("numbering"),
    "issue": _("sealing and issuing"),
    "rework": _("reworking"),
    "receive_return": _("handing on for rework"),
    "opinion": _("giving an opinion"),
}

SENT = {
    "submit": _("the submission"),
    "resubmit": _("the resubmission"),
    "propose": _("the proposal"),
    "check_form": _("the check sent on"),
    "refer": _("the referral up"),
    "assign_rework": _("the handing on for rework"),
    "open_round": _("the opening of the round"),
}

register(
    "paper.submitted",
    _("%(by)s submitted “%(subject)s”, revision %(amendment)s."),
    label=pgettext_lazy("act", "Submission to the head of department"),
)
register(
    "remarks.taken_up",
    _(
        "%(by)s answered the opinions on “%(subject)s”: taken up %(accepted)s, explained %(explained)s."
    ),
    label=pgettext_lazy("act", "Answering the opinions before sending on"),
)
register(
    "paper.proposed",
    _("%(by)s proposed “%(subject)s” by submission note %(note)s."),
    label=pgettext_lazy("act", "Proposal"),
)
register(
    "paper.urgency",
    _("%(by)s proposed “%(subject)s” with this urgency: %(level)s."),
    label=pgettext_lazy("act", "Setting the urgency"),
    words={"level": {"ordinary": _("ordinary"), **dict(Urgency.choices)}},
)
register(
    "paper.put_urgently",
    _("%(by)s asked that “%(subject)s” go before the committee is heard: %(reason)s"),
    label=pgettext_lazy("act", "Asking for the urgent path"),
)
register(
    "paper.let_go_first",
    _(
        "%(by)s let “%(subject)s” go before the committee is heard, by %(basis)s; the reason: %(reason)s"
    ),
    label=pgettext_lazy("act", "Letting an urgent paper go before the committee is heard"),
)
register(
    "paper.to_be_heard_first",
    _("%(by)s decided that the committee is heard on “%(subject)s” first; the reason: %(reason)s"),
    label=pgettext_lazy("act", "Declining the urgent path"),
)
register(
    "confirmation.owed",
    _("By %(due)s the committee is to be heard on “%(subject)s”, which went first."),
    label=pgettext_lazy("act", "Hearing owed after the issue"),
)
register(
    "confirmation.given",
    _("%(by)s confirmed “%(subject)s” after round %(round)s; opinions against: %(dissent)s."),
    label=pgettext_lazy("act", "Confirmation by the committee"),
)
register(
    "confirmation.refused",
    _("%(by)s did not confirm “%(subject)s” after round %(round)s; the reason: %(text)s"),
    label=pgettext_lazy("act", "Refusal to confirm by the committee"),
)
register(
    "confirmation.answered",
    _("%(by)s answered the refusal to confirm “%(subject)s” (%(way)s); the reason: %(reason)s"),
    label=pgettext_lazy("act", "Answering a refusal to confirm"),
    words={"way": dict(Confirmation.Way.choices)},
)
register(
    "paper.returned",
    _("%(by)s returned “%(subject)s” from %(step)s; the reason: %(reason)s"),
    label=pgettext_lazy("act", "Return"),
    words={"step": STEPS},
)
register(
    "paper.taken_back",
    _("%(by)s took back %(step)s of “%(subject)s” before anybody had acted on it."),
    label=pgettext_lazy("act", "Taking back what was sent on"),
    words={"step": SENT},
)
register(
    "signature.recalled",
    _("%(by)s took back the signature on “%(subject)s” before its number; the reason: %(reason)s"),
    label=pgettext_lazy("act", "Taking a signature back"),
)
register(
    "comment.asked",
    _("%(by)s asked for advice on “%(subject)s”: %(question)s"),
    label=pgettext_lazy("act", "Asking for advice"),
)
register(
    "comment.given",
    _("%(by)s gave advice on “%(subject)s”: %(text)s"),
    label=pgettext_lazy("act", "Giving advice"),
)
register(
    "paper.rework_assigned",
    _("%(by)s gave “%(subject)s” to be reworked."),
    label=pgettext_lazy("act", "Handing on for rework"),
)
register(
    "work.reassigned",
    _("%(by)s gave “%(subject)s” (%(work)s) from %(former)s to %(now)s; the reason: %(reason)s"),
    label=pgettext_lazy("act", "Giving work to somebody else"),
    words={"work": dict(Reassignment.Work.choices)},
)
register(
    "opinion.excused",
    _("%(by)s asked %(former)s no more about “%(subject)s”; the reason: %(reason)s"),
    label=pgettext_lazy("act", "Asking a member no more"),
)
register(
    "round.opened",
    _("%(by)s opened round %(round)s on “%(subject)s”, asking %(reviewers)s members."),
    label=pgettext_lazy("act", "Opening a round of opinions"),
)
register(
    "opinion.given",
    _("%(by)s gave an opinion on “%(subject)s” in round %(round)s: %(choice)s."),
    label=pgettext_lazy("act", "Giving an opinion"),
    words={"choice": {code: label for code, label in Opinion.Choice.choices if code}},
)
register(
    "opinion.late",
    _("%(by)s added to round %(round)s on “%(subject)s”, after it was over: %(choice)s."),
    label=pgettext_lazy("act", "Adding a late opinion"),
    words={"choice": {code: label for code, label in Opinion.Choice.choices if code}},
)
register(
    "meeting.held",
    _(
        "%(by)s entered the minutes of round %(round)s on “%(subject)s”, call %(call)s: "
        "%(present)s of %(members)s members present."
    ),
    label=pgettext_lazy("act", "Minutes of a meeting"),
)
register(
    "meeting.called_again",
    _("%(by)s called the meeting of round %(round)s on “%(subject)s” again: it had no quorum."),
    label=pgettext_lazy("act", "Second call of a meeting"),
)
register(
    "round.closed",
    _("%(by)s closed the round on “%(subject)s”: %(how)s."),
    label=pgettext_lazy("act", "Closing a round of opinions"),
    words={"how": dict(ReviewRound.ClosedHow.choices)},
)
register(
    "round.put_off",
    _("%(by)s moved the end of round %(round)s on “%(subject)s” past a day of rest, to %(until)s."),
    label=pgettext_lazy("act", "A round ends later for a day of rest"),
)
# Nobody closes a round that everybody has answered: the last answer is not the closing.
register(
    "round.completed",
    _("Every member asked has answered, so round %(round)s on “%(subject)s” is over."),
    label=pgettext_lazy("act", "End of a round that everybody answered"),
)
register(
    "task.reminded",
    _("%(by)s reminded %(who)s of %(step)s of “%(subject)s”, due %(due)s."),
    label=pgettext_lazy("act", "Reminder before a deadline"),
    words={"step": STEPS},
)
register(
    "task.put_off",
    _("%(by)s moved the term of %(step)s of “%(subject)s” past a day of rest, to %(until)s."),
    label=pgettext_lazy("act", "A term ends later for a day of rest"),
    words={"step": STEPS},
)
register(
    "task.escalated",
    _("%(by)s told %(who)s that %(step)s of “%(subject)s” is late, due %(due)s."),
    label=pgettext_lazy("act", "Telling the superior of a late task"),
    words={"step": STEPS},
)
register(
    "paper.endorsed",
    _("%(by)s endorsed “%(subject)s” after round %(round)s; opinions against: %(dissent)s."),
    label=pgettext_lazy("act", "Endorsement by the committee"),
)
register(
    "paper.checked",
    _("%(by)s checked “%(subject)s” and sent it on by slip %(slip)s."),
    label=pgettext_lazy("act", "Check before signing"),
)
register("paper.signed", _("%(by)s signed “%(subject)s”."), label=pgettext_lazy("act", "Signature"))
register(
    "paper.referred",
    _("%(by)s referred “%(subject)s” up; the reason: %(reason)s"),
    label=pgettext_lazy("act", "Referral up"),
)
register(
    "paper.registered",
    _("%(by)s numbered “%(subject)s”: %(number)s, dated %(dated_on)s."),
    label=pgettext_lazy("act", "Numbering"),
)
register(
    "paper.number_given_up",
    _("%(by)s took number %(number)s off “%(subject)s” before the seal; the reason: %(reason)s"),
    label=pgettext_lazy("act", "Giving a number up before the seal"),
)
register(
    "paper.issued",
    _("%(by)s sealed and issued %(number)s, in force from %(effective_from)s."),
    label=pgettext_lazy("act", "Issue"),
)
register(
    "paper.withdrawn",
    _("%(by)s withdrew “%(subject)s”; the reason: %(reason)s"),
    label=pgettext_lazy("act", "Withdrawal"),
)
register(
    "effect.written",
    _("From %(valid_from)s, “%(subject)s” has this effect on “%(other)s”: %(what)s."),
    label=pgettext_lazy("act", "Effect upon another paper"),
    words={"what": dict(Effect.What.choices)},
)
register(
    "effect.began",
    _("On %(valid_from)s an effect on “%(subject)s” began: %(what)s."),
    label=pgettext_lazy("act", "Beginning of an effect"),
    words={"what": dict(Effect.What.choices)},
)
register(
    "results.lifted",
    _(
        "“%(subject)s” ceased on %(since)s, %(count)s results for periods not over by then are owed "
        "no longer."
    ),
    label=pgettext_lazy("act", "Results owed no longer"),
)
register(
    "duty.done",
    _("%(by)s did a duty about “%(subject)s”: %(sort)s."),
    label=pgettext_lazy("act", "Doing a duty outside the procedure"),
    words={"sort": dict(Duty.Sort.choices)},
)
register(
    "objectives.confirmed",
    _(
        "%(by)s confirmed what the objectives of “%(subject)s” say; places corrected: %(corrected)s."
    ),
    label=pgettext_lazy("act", "Confirming what objectives say"),
)
register(
    "objectives.recorded",
    _(
        "%(by)s recorded what “%(subject)s”, of an office above, asks for; places corrected: %(corrected)s."
    ),
    label=pgettext_lazy("act", "Recording the objectives of an office above"),
)
register(
    "result.reported",
    _("%(by)s reported a result for “%(subject)s”: %(outcome)s."),
    label=pgettext_lazy("act", "Reporting a result"),
    words={"outcome": dict(Outcome.choices)},
)
register(
    "results.asked",
    _("%(by)s asked for %(count)s results of “%(subject)s” by %(due_on)s."),
    label=pgettext_lazy("act", "Asking for results"),
)
register(
    "result.returned",
    _("%(by)s sent a result of “%(subject)s” back; the reason: %(reason)s"),
    label=pgettext_lazy("act", "Sending a result back"),
)
