"""The steps of a service as problems to be solved, one for each step and care cluster that its payments tell apart.

What cannot be analysed is kept beside them: payments left out, fields that are silent and what stands in for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.assumptions import Assumptions
from carespec.cases.answers import answer
from carespec.incentives.episode.course import MOST_SESSIONS, NOTHING_SAID, Course, Default, course_of
from carespec.incentives.episode.step import Step
from carespec.model.conditions import Test, tests
from carespec.model.facts import Service, State
from carespec.payments.atoms import COURSE, MISSED, SESSION, Atom, LeftOut, Place, joined, numbers
from carespec.payments.compile import Compiled, clusters_priced, compiled
from carespec.payments.conditions import Person
from carespec.payments.machine import MOST_MISSED, machine
from carespec.quantities.counts import Count
from carespec.quantities.sets import WordSet
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, Vocabulary

_STEPS = ("level-1", "step-2", "step-3", "step-3-plus", "counselling")
"""Steps that a course of treatment can be at, in the order in which people go up them."""

_USUAL = ("step-2", "step-3")


class Contract(NamedTuple):
    """A service with its steps, lowest first, and what was left out at any of them."""

    service: Service
    steps: tuple[Step, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every payment that bears on treatment was analysed."""
        return not self.left_out


def contract_of(service: Service, assumptions: Assumptions) -> Contract:
    """The problems that a service's payments set whoever is paid."""
    names = _step_names(service)
    clusters = clusters_priced(service) or (None,)
    steps: list[Step] = []
    left_out: dict[LeftOut, None] = {}
    for number, name in enumerate(names):
        onward = _onward(service, names[number + 1 :])
        for cluster in clusters:
            pays = compiled(service, name, Person(cluster))
            course = _scored(course_of(service, name, assumptions, bool(onward)), pays, service)
            pays, beyond = _within_reach(pays, course, service.vocabulary)
            left_out.update(dict.fromkeys((*pays.left_out, *beyond)))
            if any(atom.per in (SESSION, COURSE, MISSED) for atom in pays.atoms):
                steps.append(_step(service, name, cluster, pays.atoms, onward, course))
    return Contract(service, tuple(steps), (*left_out, *_unread(service)))


def why_nothing(service: Service, assumptions: Assumptions) -> str:
    """Why a service has no step that could be worked out."""
    if not assumptions:
        return f"nothing is assumed about services of `{service.vocabulary.name}`"
    if not service.family(PAY):
        return "no line that can be read says what is paid" if service.damaged else "no line says what is paid"
    return "nothing that is paid for treatment could be worked out"


def _scored(course: Course, pays: Compiled, service: Service) -> Course:
    """With what is taken where payment hangs on readings and nothing is said of missing ones."""
    fact = service.fact("unpaired-scores")
    if not any(atom.readings for atom in pays.atoms) or (fact and fact.value.state in (State.STATED, State.NONE)):
        return course
    because = NOTHING_SAID if fact is None else "what it says is no rule that can be followed"
    default = Default("unpaired-scores", because, "a course without readings is paid as one without recovery")
    return course._replace(defaults=(*course.defaults, default))


def _unread(service: Service) -> Iterator[LeftOut]:
    """Lines that could not be read: any of them may have been about a payment."""
    for number in sorted({*service.damaged, *service.below_damage}):
        place = Place(f"line {number}", number, 0, len(service.lines[number - 1]))
        yield LeftOut(place, "it cannot be read, and may be about what is paid", "`carespec check` says what to write.")


def _step(
    service: Service, name: str, cluster: str | None, atoms: tuple[Atom, ...], onward: str, course: Course
) -> Step:
    if course.step_up_after is None:
        onward = ""
    needs = course.needs
    return Step(name, machine(atoms, needs, service.vocabulary), course, onward, _dna_limit(service, name), cluster)


def _within_reach(pays: Compiled, course: Course, vocabulary: Vocabulary) -> tuple[Compiled, tuple[LeftOut, ...]]:
    """Payments that nobody can earn are told: for more sessions than anybody can have or any course is followed for,
    or under conditions that cannot hold together."""
    most = MOST_SESSIONS if course.most is None else min(course.most, MOST_SESSIONS)
    told = {atom: why for atom in pays.atoms if (why := _unearned(atom, most, vocabulary))}
    if not told:
        return pays, ()
    atoms = tuple(atom for atom in pays.atoms if atom not in told)
    return pays._replace(atoms=atoms), tuple(LeftOut(atom.place, *why, True) for atom, why in told.items())


def _unearned(atom: Atom, most: int, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Why nobody can earn it, and what to write instead."""
    asked = tests(atom.condition) if atom.condition else ()
    booked = [number for test in asked if test.field == "booked" for number in _least(test)]
    if max(booked, default=0) > most + MOST_MISSED:
        appointments = f"{max(booked)} appointments, and no course is followed for more than {most + MOST_MISSED}"
        return f"it asks for {appointments}", f"Write at most {most} sessions."
    sessions = max(atom.minimum, atom.needs.run, *atom.needs.after, 0)
    if sessions > most:
        why = "no course is followed for more" if most == MOST_SESSIONS else "nobody may have more"
        return f"it asks for {sessions} sessions, and {why} than {most}", f"Write at most {most} sessions."
    if not _can_hold(atom, vocabulary):
        return "no number of sessions meets all of its conditions", "Write conditions that can hold together."
    return None


def _can_hold(atom: Atom, vocabulary: Vocabulary) -> bool:
    """Whether some number of attended sessions meets everything that it asks of sessions."""
    asked = [part for part in joined(atom.condition) if isinstance(part, Test) and part.field == "sessions"]
    if len(asked) < 2:
        return True
    field = vocabulary.case_fields["sessions"]
    return any(all(answer(test, n, field, vocabulary) for test in asked) for n in range(1, MOST_SESSIONS + 1))


def _least(test: Test) -> tuple[int, ...]:
    return numbers(test.operand) if test.operator in ("at least", "more than", "is") else ()


def _step_names(service: Service) -> tuple[str, ...]:
    """The steps that are offered, where that is said; else those that a payment names, else the usual two."""
    offered = service.stated("steps-offered")
    if isinstance(offered, WordSet):
        return tuple(step for step in _STEPS if step in offered.members)
    words = {word for fact in service.family("pay") for word in _named(fact.key or "", fact.value.content)}
    return tuple(step for step in _STEPS if step in words) or _USUAL


def _named(key: str, content: object) -> tuple[str, ...]:
    scope = getattr(content, "scope", ())
    return (key.removeprefix("recovery-").removeprefix("performance-"), *scope)


def _onward(service: Service, higher: tuple[str, ...]) -> str:
    """Where a step up leads: to the same provider if every one of them offers every step, else to another."""
    if not higher:
        return ""
    return "own" if service.stated("steps-each-provider-must-offer") == "all" else "other"


def _dna_limit(service: Service, step: str) -> int | None:
    """The missed appointment that ends the course."""
    for key in (step, "treatment"):
        fact = service.fact("dna-limit", key)
        if fact is not None and fact.value.state == State.STATED and isinstance(fact.value.content, Count):
            limit = max(1, int(fact.value.content.high))
            return limit if limit <= MOST_MISSED else None
    return None
