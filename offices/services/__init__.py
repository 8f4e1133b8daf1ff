"""The use cases of the offices app: one verb each, with who acts and when."""

from __future__ import annotations

from offices.services.accounts import close_account, open_account
from offices.services.days import close_day, make_up_day
from offices.services.delegating import delegate, end_delegation, hold_delegation
from offices.services.demonstration import advance_demo_clock, set_demo_clock
from offices.services.organisation import (
    OfficeFacts,
    add_department,
    add_post,
    end_department,
    found_office,
    succeed_office,
)
from offices.services.regulations import (
    cite_silence_rule,
    end_silence_rule,
    set_terms,
    withdraw_silence_rule,
    withdraw_terms,
)
from offices.services.terms import appoint, end_appointment

__all__ = [
    "OfficeFacts",
    "add_department",
    "add_post",
    "advance_demo_clock",
    "appoint",
    "cite_silence_rule",
    "close_account",
    "close_day",
    "delegate",
    "end_appointment",
    "end_delegation",
    "end_department",
    "end_silence_rule",
    "found_office",
    "hold_delegation",
    "make_up_day",
    "open_account",
    "set_demo_clock",
    "set_terms",
    "succeed_office",
    "withdraw_silence_rule",
    "withdraw_terms",
]
