"""Acts outside the graph: withdrawing, and closing a round before its deadline."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows.forms.decisions import DecisionForm, text_field


class WithdrawForm(DecisionForm):
    """Why the paper is withdrawn."""

    reason = text_field(_("Reason for withdrawing"))


class CloseRoundForm(DecisionForm):
    """Why the round ends before its deadline."""

    reason = text_field(_("Reason for closing before the deadline"))


class TakeBackForm(DecisionForm):
    """Taking back what one sent; a word why may be left."""

    reason = text_field(_("Reason for taking it back, if any"), required=False)


class RecallForm(DecisionForm):
    """Why a signature is taken back."""

    reason = text_field(_("Reason for taking the signature back"))
