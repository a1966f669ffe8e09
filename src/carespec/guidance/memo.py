"""Judgements remembered by what they rest on: the values of the lines that answer what a rule asks.

Equal lines of a run share one value, so its identity stands for the line. What stands beside a line that could not be
read is judged afresh each time, and so is everything where a run has a single service.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from carespec.guidance.blame import Blame, blamed, is_uncertain
from carespec.guidance.derived import joined
from carespec.guidance.judge import CANNOT_TELL, FAILS, Judgement, judge
from carespec.guidance.model import Pack, Rule
from carespec.memory import Memory
from carespec.model.conditions import Test, tests
from carespec.model.facts import State
from carespec.rules.asked import HEDGED, OPEN, UNANALYSED, Place, Subject, place_of
from carespec.rules.evaluate import Cause
from carespec.rules.text import field_named, other_path
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary, load, names

_EACH = 512

_OPEN = "left open by"
_LEADS = {
    State.IN_WORDS: "said only in words:",
    State.LOCAL: "left to local agreement:",
    State.TO_BE_CONFIRMED: "to be confirmed:",
    State.ELSEWHERE: "said elsewhere:",
    State.NOT_STATED: "written as not stated:",
    State.SILENT: "nothing is said about",
    State.UNREAD: "not in the parts of the document that were read:",
    State.UNFIT: "not understood:",
    HEDGED: "hedged by the document:",
    OPEN: _OPEN,
}
"""What holds a rule up, by the state of what it asks about; the fields follow."""


class Known(NamedTuple):
    """What came of a rule, and what of it does not hang on a place: the paths that it failed on, or waits for.

    `blames` says which test failed on each path; `because` and `group` why nobody can tell, in full and in short;
    `is_uncertain` if a failure rests on a fact that is doubted or hedged.
    """

    judgement: Judgement
    paths: tuple[str, ...] = ()
    blames: tuple[Blame, ...] = ()
    because: str = ""
    group: str = ""
    is_uncertain: bool = False


Judge = Callable[[int, Rule], Known]
"""What comes of the rule of that number for one service."""


class Memo:
    """Remembers, for each of the rules of a run, what came of it for which lines."""

    def __init__(self, chosen: tuple[tuple[Pack, Rule], ...]) -> None:
        vocabularies = {name: load(name) for name in {pack.vocabulary for pack, _ in chosen} & {*names()}}
        self._asked = [_asked(rule, vocabularies.get(pack.vocabulary)) for pack, rule in chosen]
        self._places = {(place.path, place.by_state): place for asked in self._asked for place in asked}
        numbers = {key: number for number, key in enumerate(self._places)}
        self._parts = [_picker([numbers[place.path, place.by_state] for place in asked]) for asked in self._asked]
        self._known: list[Memory[object, tuple[object, Known]]] = [Memory(_EACH) for _ in chosen]
        self._kinds: dict[object, int] = {}

    def judge_of(self, subject: Subject) -> Judge:
        """How to judge one service: what it says of everything that is asked is looked up once."""
        kind = self._kinds.setdefault(subject.kind, len(self._kinds))
        identities = [*subject.identities(self._places.values()), kind]
        parts, known = self._parts, self._known

        def judge_of(number: int, rule: Rule) -> Known:
            key = parts[number](identities)
            found = known[number].get(key)
            return found[1] if found is not None else self._afresh(number, rule, subject, key)

        return judge_of

    def _afresh(self, number: int, rule: Rule, subject: Subject, key: tuple[object, ...]) -> Known:
        known = known_of(rule, subject)
        if subject not in key:
            # The values are kept beside what is known, so that no other can come to have their identity.
            self._known[number].put(key, (subject.values(self._asked[number]), known))
        return known


def _picker(numbers: list[int]) -> Callable[[list[object]], tuple[object, ...]]:
    """Takes what stands at these places of a list, and at its end."""
    return itemgetter(*numbers, -1) if numbers else lambda found: (found[-1],)


def judge_afresh(subject: Subject) -> Judge:
    """How to judge a service that has no other beside it."""
    return lambda number, rule: known_of(rule, subject)


def known_of(rule: Rule, subject: Subject) -> Known:
    """What comes of a rule, judged afresh."""
    judgement = judge(rule, subject)
    if judgement.outcome not in (FAILS, CANNOT_TELL):
        return Known(judgement)
    causes = judgement.causes
    if judgement.outcome == FAILS and not causes:
        blames = blamed(rule, subject)
        uncertain = is_uncertain(rule, subject)
        return Known(judgement, tuple(one.path for one in blames), blames, is_uncertain=uncertain)
    paths = tuple(dict.fromkeys(cause.path for cause in causes if cause.path))
    whys = dict.fromkeys(f"{cause.why}: {cause.path}" if cause.path else cause.why for cause in causes)
    return Known(judgement, paths, (), "; ".join(whys), _group(causes[0]) if causes else "")


def _group(cause: Cause) -> str:
    """What rules that nobody can decide have in common; of what was not analysed, the reason."""
    if cause.state == UNANALYSED:
        return f"{cause.why}, so nobody can tell about"
    return _LEADS.get(cause.state, _OPEN)


def _asked(rule: Rule, vocabulary: Vocabulary | None) -> tuple[Place, ...]:
    """What a rule asks about; nothing where nobody knows its vocabulary, so that it judges nothing."""
    if vocabulary is None:
        return ()
    known = joined(vocabulary)
    derived, by_state = known.fields.keys() - vocabulary.fields.keys(), by_state_alone(rule)
    named = [(field_named(name, known), key, path in by_state) for path, (name, key) in asked_by(rule).items()]
    return tuple(
        place_of(field, key, known, field.name in derived, alone) for field, key, alone in named if field is not None
    )


def asked_by(rule: Rule) -> dict[str, tuple[str, str | None]]:
    """The paths that a rule asks about, each with its field and key, in order."""
    found: dict[str, tuple[str, str | None]] = {}
    for test in _tests_of(rule):
        for name, key in ((test.field, test.key), other_path(test) or (test.field, test.key)):
            found[f"{name} {key}" if key else name] = (name, key)
    return found


def by_state_alone(rule: Rule) -> frozenset[str]:
    """The paths of which a rule asks no more than whether something is stated there, or none."""
    more = [test for test in _tests_of(rule) if test.operator != "state" or test.operand not in _PLAIN_STATES]
    asked = [path for test in more for path in ((test.field, test.key), other_path(test)) if path is not None]
    return frozenset(asked_by(rule)) - {f"{name} {key}" if key else name for name, key in asked}


_PLAIN_STATES = ((State.STATED, None), (State.NONE, None), (State.SILENT, None))


def _tests_of(rule: Rule) -> list[Test]:
    clauses = (*rule.applies, *rule.unless, *rule.requires)
    return [test for clause in clauses for test in tests(clause.condition)]
