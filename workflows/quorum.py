"""How many answers a round needs before it may be closed early."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers of a round, counted; `asked` is how many reviewers there are.

    `late` came after the round was over: they stay among the silent and decide nothing.
    """

    asked: int
    agree: int
    remarks: int
    disagree: int
    silent: int
    late: int = 0

    @property
    def answered(self) -> int:
        """Opinions given, dissent included; recorded silence is no opinion."""
        return self.agree + self.remarks + self.disagree

    @property
    def waiting(self) -> int:
        """Reviewers who may still answer."""
        return self.asked - self.answered - self.silent


def needed(asked: int) -> int:
    """The quorum of a round: more than half of those asked."""
    return asked // 2 + 1


@dataclass(frozen=True, slots=True)
class Quorum:
    """Those of a round who count towards its quorum: members asked, and members who answered.

    Whoever is asked by name besides has a word and no seat: as at a meeting, they make no quorum.
    """

    asked: int
    answered: int

    @property
    def needed(self) -> int:
        """How many of the members must have answered."""
        return needed(self.asked)

    @property
    def reached(self) -> bool:
        """Whether enough have answered for the round to be closed before its deadline."""
        return self.answered >= self.needed


@dataclass(frozen=True, slots=True)
class Vote:
    """The vote of the People's Committee: how many members there are, how many agree.

    It is carried by more than half of all members, not of those who answered (Law on the
    organisation of local government).
    """

    members: int
    agree: int

    @property
    def carried(self) -> bool:
        """Whether more than half of all members agree."""
        return self.agree * 2 > self.members
