"""What a plan is for: all gaps, what the gates wait for, a share of the score, or both of these."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from hmis_standards.tabular import typed

__all__ = ["Goal", "goal_of"]

_GATES = "gates"


@frozen(kw_only=True)
class Goal:
    """``everything``: close all gaps. Otherwise close those under ``gates``, and as many as ``target`` takes."""

    everything: bool
    gates: bool
    target: Fraction | None

    def __str__(self) -> str:
        if self.everything:
            return "all gaps"
        named = ("target" if self.target is not None else "", _GATES if self.gates else "")
        return " and ".join(name for name in named if name)


def goal_of(target: Fraction | float | str | None, gates: bool) -> Goal:
    """The goal that the arguments of ``plan`` mean. Raises ValueError if they mean none."""
    if target == _GATES and not gates:
        raise ValueError("target 'gates' asks for the gates, and gates=False leaves them out")
    share = None if target is None or target == _GATES else _share(target)
    return Goal(everything=target is None, gates=gates, target=share)


def _share(target: Fraction | float | str) -> Fraction:
    try:
        share = Fraction(-1) if isinstance(target, bool) else typed(target)
    except ValueError:
        share = Fraction(-1)
    if not 0 <= share <= 1:
        raise ValueError(f"target {str(target)!r} is not a share between 0 and 1, such as '0.80', and not 'gates'")
    return share
