"""Every "may I act?" of the procedure: one rule a step, asked by acts, buttons and the desk alike.

Acts and buttons call the checks, which raise the sentence or give the standing; the desk asks the
same rules of many cases at once, with what it has read of them.
"""

from workflows.policies.checks import (
    OF_NODE,
    Asked,
    check_can_check_form,
    check_can_close_round,
    check_can_conclude,
    check_can_do_duty,
    check_can_give_opinion,
    check_can_issue,
    check_can_open_round,
    check_can_propose,
    check_can_receive_return,
    check_can_refer,
    check_can_register,
    check_can_sign,
    check_can_submit,
    check_can_withdraw,
    check_is_asked,
    committee_of,
    object_of,
    refusal,
)
from workflows.policies.objectives import (
    REPORTERS,
    check_can_ask_results,
    check_can_confirm_objectives,
    check_can_report,
    may_see_results,
    reporting_capability,
)
from workflows.policies.rules import RULE_OF_NODE, Bar, Facts, Rule

__all__ = [
    "OF_NODE",
    "REPORTERS",
    "RULE_OF_NODE",
    "Asked",
    "Bar",
    "Facts",
    "Rule",
    "check_can_ask_results",
    "check_can_check_form",
    "check_can_close_round",
    "check_can_conclude",
    "check_can_confirm_objectives",
    "check_can_do_duty",
    "check_can_give_opinion",
    "check_can_issue",
    "check_can_open_round",
    "check_can_propose",
    "check_can_receive_return",
    "check_can_refer",
    "check_can_register",
    "check_can_report",
    "check_can_sign",
    "check_can_submit",
    "check_can_withdraw",
    "check_is_asked",
    "committee_of",
    "may_see_results",
    "object_of",
    "refusal",
    "reporting_capability",
]
