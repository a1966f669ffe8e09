"""The course that a specification indicates at a step: how long, until what, when to step up, whether to measure.

Where it is silent a named default stands in, and is listed. The indicated course is what the document says should
happen, never the result of a calculation.
"""

from __future__ import annotations

from carespec.assumptions import Assumptions
from carespec.assumptions.silence import OUTCOME_MEASURE, STEP_UP_WHEN, STOP_WHEN, sessions_indicated, up_to
from carespec.incentives.episode.actions import DISCHARGE, RECOVERED, STEP_UP, TREAT, TREAT_UNMEASURED
from carespec.model.facts import Service, State
from carespec.payments.readings import Needs, Readings, needs_of, shows
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count
from carespec.quantities.readings import Reading
from carespec.tuples import NamedTuple

NOTHING_SAID = "nothing is said"
"""Why a default stands in for a field that the document is silent about."""


class Default(NamedTuple):
    """What stands in for a field that says nothing usable: the field's path, why, and what is taken instead."""

    field: str
    because: str
    taken: str


MOST_SESSIONS = 60
"""No course is followed for longer; a payment that asks for more is told as out of reach."""

EVERY_SESSION, EVERY_SECOND, FIRST_AND_LAST, NEVER = (
    "every-session",
    "every-second-session",
    "first-and-last-session",
    "",
)
_AT_THE_END = ("assessment-and-discharge", "discharge")
_OFTEN = (EVERY_SESSION, EVERY_SECOND, FIRST_AND_LAST, *_AT_THE_END)
"""How often measures may have to be taken, the most often first."""


class Course(NamedTuple):
    """The indicated course: at most `limit` sessions, until `stop` is shown (None: no reading ends it).

    `step_up_after`: after that many sessions without recovery on record the next step is indicated. `measured` says in
    which sessions a reading is taken, by the vocabulary's word. `most` is how many sessions the document lets a person
    have at all, None for no limit.
    """

    limit: int
    stop: str | None
    step_up_after: int | None = None
    measured: str = EVERY_SESSION
    most: int | None = None
    defaults: tuple[Default, ...] = ()

    @property
    def needs(self) -> Needs:
        """What of the readings it asks about."""
        return (needs_of(self.stop) if self.stop else None) or Needs()

    def indicated(self, session: int, health: int, record: Readings, needs: Needs) -> int:
        """The action that is indicated after that many attended sessions, for a patient in that health.

        What today's reading shows is what is so, taken down or not; so leaving out a reading does not by itself make
        the course longer. In a session without an indicated reading nothing shows recovery. A run of readings has to
        be on record.
        """
        if self._ends(session, health, record, needs):
            return DISCHARGE
        if self.step_up_after is not None and session >= self.step_up_after and health != RECOVERED:
            return STEP_UP
        if session >= self.limit or (self.most is not None and session >= self.most):
            return DISCHARGE
        return TREAT if self.measures(session + 1) else TREAT_UNMEASURED

    def measures(self, session: int) -> bool:
        """Whether a reading is indicated in that session (from 1); the last session is the last that is indicated."""
        if self.measured in (EVERY_SESSION, NEVER):
            return self.measured == EVERY_SESSION
        if self.measured == EVERY_SECOND:
            return session % 2 == 0
        return session == self.limit or (session == 1 and self.measured == FIRST_AND_LAST)

    def _ends(self, session: int, health: int, record: Readings, needs: Needs) -> bool:
        if self.stop is None or self.stop == "at last reading":
            return self.stop is not None and health == RECOVERED and self.measures(session)
        return shows(self.stop, record, needs) is True


def course_of(service: Service, step: str, assumptions: Assumptions, has_next: bool) -> Course:
    """The indicated course of a step; `has_next` if there is a next step to go to."""
    defaults: list[Default] = []
    limit = _limit(service, step, assumptions, defaults)
    stop = _stop(service, defaults)
    step_up = _step_up(service, defaults) if has_next else None
    measured = _measured(service, defaults)
    most = _most(service, step)
    if most is not None and most < limit:
        limit = most
    if limit > MOST_SESSIONS:
        because = f"no course is followed for more than {MOST_SESSIONS} sessions"
        defaults.append(Default(f"indicated-sessions {step}", because, up_to(MOST_SESSIONS)))
        limit = MOST_SESSIONS
    return Course(limit, stop, step_up, measured, most, tuple(defaults))


def _limit(service: Service, step: str, assumptions: Assumptions, defaults: list[Default]) -> int:
    fact = service.fact("indicated-sessions", step)
    content = fact.value.content if fact and fact.value.state == State.STATED else None
    if isinstance(content, Bound):
        content = content.limit
    if isinstance(content, Count) and content.high >= 1:
        return int(content.high)
    limit = sessions_indicated(assumptions, step)
    because = NOTHING_SAID if fact is None else "what it says is no number of sessions"
    defaults.append(Default(f"indicated-sessions {step}", because, up_to(limit)))
    return limit


def _most(service: Service, step: str) -> int | None:
    """The cap on sessions together with what may be added to it; None where that is open."""
    cap, more = service.fact("session-cap", step), service.fact("session-extension", step)
    most = cap.value.content if cap and cap.value.state == State.STATED else None
    if not isinstance(most, Count) or most.high < 1:
        return None
    if more is None or more.value.state == State.NONE:
        return int(most.high)
    added = more.value.content.limit if isinstance(more.value.content, Bound) else more.value.content
    return int(most.high + added.high) if isinstance(added, Count) else None


def _stop(service: Service, defaults: list[Default]) -> str | None:
    fact = service.fact("stop-when")
    if fact is not None and fact.value.state == State.NONE:
        return None
    content = fact.value.content if fact and fact.value.state == State.STATED else None
    if isinstance(content, Reading) and not content.negated and needs_of(content.at) is not None:
        if content.measure != "recovered":
            defaults.append(Default("stop-when", f"the model knows no `{content.measure}`", "recovery in its place"))
        return content.at
    because = NOTHING_SAID if fact is None else "what it says is nothing that a session shows"
    defaults.append(Default("stop-when", because, STOP_WHEN))
    return "at last reading"


def _step_up(service: Service, defaults: list[Default]) -> int | None:
    fact = service.fact("step-up-when")
    if fact is None:
        defaults.append(Default("step-up-when", NOTHING_SAID, STEP_UP_WHEN))
        return None
    if fact.value.state == State.NONE:
        return None
    content = fact.value.content if fact.value.state == State.STATED else None
    needs = needs_of(content.at) if isinstance(content, Reading) and content.negated else None
    if needs is None or not isinstance(content, Reading):
        defaults.append(Default("step-up-when", "what it says is nothing that a session shows", STEP_UP_WHEN))
        return None
    if content.measure != "recovered":
        defaults.append(Default("step-up-when", f"the model knows no `{content.measure}`", "recovery in its place"))
    return needs.after[0] if needs.after else max(1, needs.run)


def _measured(service: Service, defaults: list[Default]) -> str:
    """How often readings are indicated: as often as the measure that is taken most often."""
    facts = service.family("outcome-measure")
    said = {fact.value.content for fact in facts if fact.value.state == State.STATED}
    often = next((word for word in _OFTEN if word in said), None)
    if often is not None:
        return often
    if facts and all(fact.value.state == State.NONE for fact in facts):
        return NEVER
    because = NOTHING_SAID if not facts else "what it says is no number of sessions"
    defaults.append(Default("outcome-measure", because, OUTCOME_MEASURE))
    return EVERY_SESSION
