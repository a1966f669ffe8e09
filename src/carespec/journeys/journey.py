"""What happens to one person under one service: a pure function of the two.

A definite refusal decides, wherever it stands; then what cannot be told; then what is left to an agreement; then what
an assessor must judge; else the person is seen (docs/decisions/0008).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from carespec.cases.persons import Person, completed
from carespec.journeys.bearing import Gate, excluded, gates_of, of_kind
from carespec.journeys.branches import Asked, branches, doubt_of
from carespec.journeys.edges import tests_at
from carespec.journeys.persons import ordinary, person_from_texts, shown
from carespec.journeys.records import OUTCOMES, Because, Journey, Journeys, Level, Told
from carespec.journeys.verdicts import NOTHING, SILENT, STATES, Verdict, verdict
from carespec.journeys.waiting import said, steps_of, waits
from carespec.model.facts import Fact, Service, State
from carespec.source import stem
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary


class Answered(NamedTuple):
    """A gate with what it says of a person."""

    gate: Gate
    verdict: Verdict


def journey(service: Service, person: Person | Mapping[str, str], day: date | None = None) -> Journey:
    """What happens to the person under the service.

    A person may be described by case fields in words, `{"age": "17 years"}`, and is as usual in all else. Raises
    ValueError, naming the case field, for words that are none.

    `day` decides exceptions that hold for a time; without it that is the day whose law applies to the document. Case
    fields that the person does not have are unknown, and the answer says so where it depends on them.
    """
    if not isinstance(person, Person):
        person = person_from_texts(person, service.vocabulary)
    asked = asked_by(service, person, day)
    answered = [Answered(gate, verdict(gate, asked)) for gate in gates_of(service)]
    level = max((one.verdict.level for one in answered), default=Level.SEEN)
    deciding = [one for one in answered if one.verdict.level == level and one.verdict.spoken != NOTHING]
    if level == Level.CANNOT_TELL or level == Level.SEEN:
        because = [one for one in deciding if level != Level.SEEN or one.verdict.spoken == STATES]
    else:
        because = [one for one in deciding if one.verdict.spoken == STATES]
    destination = next((one.verdict.destination for one in because if one.verdict.destination), None)
    steps = steps_of(service, asked)
    away = level >= Level.REFUSED
    helped = told(service, asked) if away else ()
    led = away and (destination is not None or not any(one.to for one in helped))
    return Journey(
        called(service), service.path, OUTCOMES[level], steps[0] if len(steps) == 1 else None,
        waits(service, asked) if level < Level.REFUSED else (), destination, _label(destination, service),
        leads_to(destination, asked.person, service.vocabulary) if led else "", helped,
        tuple(because_of(one.gate, one.verdict, service) for one in because),
        (*_nothing_said(answered), *_unnamed(service, asked)),
    )  # fmt: skip


def called(service: Service) -> str:
    """The service's name, or that of its file."""
    return service.name or stem(service.path)


def asked_by(service: Service, person: Person, day: date | None) -> Asked:
    """The question that a person asks of a service."""
    return Asked(completed(person, service.vocabulary), service.vocabulary, day or service.as_at()[0])


def _nothing_said(answered: Sequence[Answered]) -> tuple[str, ...]:
    """What the document is silent about, although that turns nobody away."""
    silent = (one for one in answered if one.verdict.spoken == SILENT and one.verdict.level == Level.SEEN)
    return tuple(dict.fromkeys(one.gate.path for one in silent))


def _unnamed(service: Service, asked: Asked) -> tuple[str, ...]:
    """What is so of the person and not of an ordinary one, and could be a reason not to be seen, but is not named."""
    bears = of_kind(service.vocabulary, "excluded")
    keys = service.vocabulary.keys(bears.field) if bears is not None else ()
    usual = ordinary(service.vocabulary).values
    found = []
    for key in keys:
        gate = excluded(bears, key, (), service.vocabulary) if bears is not None else None
        if gate is None or service.fact(gate.bears.field.name, key) is not None:
            continue
        value, known = asked.person.values.get(gate.case), usual.get(gate.case)
        mine = isinstance(value, frozenset) and key in value if gate.word else value == "yes"
        if mine and not (isinstance(known, frozenset) and key in known):
            found.append(gate.path)
    return tuple(found)


def because_of(gate: Gate, found: Verdict, service: Service) -> Because:
    """The fact behind a verdict, with its place."""
    line, value = found.line, found.value
    if found.spoken == SILENT:
        fact = found.fact
        why = "not stated" if fact is not None else _unsaid(gate, service)
        return Because(gate.path, "", fact.line if fact is not None else None, OUTCOMES[found.level], why)
    name = found.fact.path if found.fact is not None else gate.path
    says = said(value, line, service) if line is not None and value is not None else ""
    doubt = doubt_of(found.fact) if found.fact is not None else ""
    return Because(name, says, line, OUTCOMES[found.level], found.why, doubt)


def _unsaid(gate: Gate, service: Service) -> str:
    if gate.bears.field.name in service.damaged_words:
        return "a line of it could not be read"
    family = service.family(gate.bears.field.name)
    if family:
        return "no line for this case"
    return "not in the parts that were read" if service.read_in_part else "nothing is said"


# Where people are sent who are turned away, and what they are told.


def _label(destination: str | None, service: Service) -> str:
    if destination is None:
        return ""
    bears = of_kind(service.vocabulary, "destination") or of_kind(service.vocabulary, "excluded")
    words = service.vocabulary.words.get(bears.field.of or "", {}) if bears is not None else {}
    return words.get(destination, destination)


def leads_to(destination: str | None, person: Person, vocabulary: Vocabulary) -> str:
    """Where a destination leads that is no way on: `back` to whoever referred, or `nowhere`; empty for a real place."""
    if destination is None:
        return "nowhere"
    # Whoever the GP referred, and who is sent to the GP, is where they were.
    routes = (v for f, v in person.values.items() if vocabulary.case_fields[f.split(" ")[0]].of == "route")
    return "back" if destination in routes else vocabulary.destinations.get(destination, {}).get("leads", "")


def told(service: Service, asked: Asked) -> tuple[Told, ...]:
    """How the document has those told, or helped on, who are turned away."""
    fields = [field.name for field in service.vocabulary.fields.values() if field.tells]
    facts = [fact for name in fields for fact in service.family(name)]
    return tuple(one for fact in facts if (one := _told(fact, service, asked)) is not None)


def _told(fact: Fact, service: Service, asked: Asked) -> Told | None:
    first = branches(fact, asked)[0]
    if first.value is None or first.value.state in (State.NONE, State.NOT_STATED, State.UNFIT):
        return None
    label = service.vocabulary.label(fact.field, fact.key)
    places = of_kind(service.vocabulary, "destination")
    names_place = places is not None and service.vocabulary.fields[fact.field].keyed_by == places.field.of
    to = (fact.key or "") if names_place else ""
    return Told(fact.path, label, said(first.value, first.line, service), first.line, to)


def journeys(
    services: Sequence[Service], described: Mapping[str, str], vocabulary: Vocabulary, day: date | None = None
) -> Journeys:
    """One person, described by case fields in words, under several services of one vocabulary.

    What is not described is taken as usual; of that, what makes a difference to one of the services is told as assumed.
    Raises ValueError, naming the case field, for words that are none.
    """
    person = person_from_texts(described, vocabulary)
    bears_on = {
        test.field for service in services for gate in gates_of(service) if gate.lines
        for test in tests_at(gate, vocabulary)
    }  # fmt: skip
    assumed = [name for name in person.values if name in bears_on and name not in described]
    return Journeys(
        person, shown(person, vocabulary, described), shown(person, vocabulary, assumed),
        tuple(journey(service, person, day) for service in services),
    )  # fmt: skip
