"""What patterns ask about the payments of a step: when something is due, and on what it hangs.

Several patterns ask the same of a step, one of them in every state, so the last few answers are remembered.
"""

from __future__ import annotations

from functools import lru_cache

from carespec.incentives.episode.actions import REJECT, TREAT, TREAT_UNMEASURED, Moment
from carespec.incentives.episode.step import Step
from carespec.payments.atoms import ASSESSMENT, COURSE, SESSION, Atom
from carespec.payments.conditions import Events


@lru_cache(maxsize=64)
def course_prices(step: Step) -> tuple[Atom, ...]:
    """The prices of a course that hang on no outcome."""
    return tuple(atom for atom in step.machine.atoms if atom.per == COURSE and not atom.on_outcome)


@lru_cache(maxsize=64)
def session_prices(step: Step) -> tuple[Atom, ...]:
    """The prices of a session."""
    return tuple(atom for atom in step.machine.atoms if atom.per == SESSION)


@lru_cache(maxsize=64)
def outcome_prices(step: Step) -> tuple[Atom, ...]:
    """What hangs on an outcome, a price of its own or a share of one."""
    return tuple(atom for atom in step.machine.atoms if atom.on_outcome)


def is_assessed(step: Step) -> bool:
    """Whether an assessment is paid for; where none is, the first session is it."""
    return any(atom.per == ASSESSMENT for atom in step.machine.atoms)


@lru_cache(maxsize=64)
def earned_at(step: Step) -> int | None:
    """The attended sessions at which every price of a course that hangs on no outcome is earned; None without one."""
    prices = course_prices(step)
    return max(atom.minimum for atom in prices) if prices else None


@lru_cache(maxsize=64)
def due_at(step: Step) -> int | None:
    """The attended sessions that earn the last price of a course, whatever it hangs on besides; None without one."""
    return max((atom.minimum for atom in step.machine.atoms if atom.per == COURSE), default=None)


@lru_cache(maxsize=256)
def next_is_paid(step: Step, session: int) -> bool:
    """Whether the session after that many is paid for as a session, or makes the one price that is due higher."""
    alone = [atom for atom in session_prices(step) if atom.at_end and atom.rival is None]
    if any(atom.most is None or session < atom.most for atom in alone):
        return True
    if any(step.machine.atoms[place].per == SESSION for place, _ in step.machine.on_session(session + 1)):
        return True
    return _of_rivals(step, session + 1) > _of_rivals(step, session)


def _of_rivals(step: Step, sessions: int) -> float:
    """What is due, after so many sessions without a reading, of prices of which only one is paid."""
    machine = step.machine._replace(atoms=tuple(atom for atom in step.machine.atoms if atom.rival))
    amounts = machine.amounts()
    due = machine.at_close(Events(sessions, 0, machine.needs.start())) if machine.atoms else ()
    return sum(amounts[place] * number for place, number in due)


def same_but_unmeasured(indicated: int, taken: int) -> bool:
    """One more session, without the reading that is indicated."""
    return indicated == TREAT and taken == TREAT_UNMEASURED


def goes_on(moment: Moment, taken: int) -> bool:
    """One more session, measured as the course says."""
    return taken == (TREAT if moment.step.course.measures(moment.session + 1) else TREAT_UNMEASURED)


def turns_away(moment: Moment, indicated: int, taken: int) -> bool:
    """Rejecting a referral that should be accepted: the departures of every pattern about not taking people on."""
    return taken == REJECT


def paid_regardless(step: Step, chosen: tuple[Atom, ...]) -> Step:
    """The same step, were those payments made whatever comes of the course."""
    atoms = (a._replace(condition=None) if a in chosen else a for a in step.machine.atoms)
    return step.paid_by(tuple(atoms))
