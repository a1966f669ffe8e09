"""How far one gate goes for a person: one function a kind of `bears-on`, and how several values become one answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from carespec.cases.answers import CaseValue, answer
from carespec.cases.persons import Person, has
from carespec.journeys.bearing import Bears, Gate
from carespec.journeys.branches import CERTAIN, JUDGED, Asked, Branch, branches
from carespec.journeys.records import Level
from carespec.model.conditions import Test
from carespec.model.facts import Fact, State, Value
from carespec.quantities.readings import ScaleRange
from carespec.quantities.sets import WordSet
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary

STATES, SILENT, NOTHING = "states", "silent", "nothing"
"""Whether the document speaks of the person here, or is silent, or the gate has nothing to do with the person."""


class Verdict(NamedTuple):
    """How far a gate goes, whether the document spoke of it, on which line, and why in words.

    `destination` is the word for the place that the document sends people to.
    """

    level: int
    spoken: str = STATES
    fact: Fact | None = None
    line: int | None = None
    value: Value | None = None
    why: str = ""
    destination: str | None = None


def verdict(gate: Gate, asked: Asked) -> Verdict:
    """How far the gate goes for the person."""
    met = _met(gate.bears, asked.person)
    if met is False:
        return Verdict(Level.SEEN, NOTHING)
    found = _KINDS.get(gate.bears.kind, _limit)(gate, asked)
    if met is None and found.level > Level.SEEN:
        return found._replace(level=Level.CANNOT_TELL, destination=None)
    return found


def _met(bears: Bears, person: Person) -> bool | None:
    """Whether the gate bears on the person at all."""
    for field, words in bears.when:
        value = person.values.get(field)
        if value is None:
            return None
        if value not in words:
            return False
    return True


# Limits, lists and requirements: one line, or none.


def _limit(gate: Gate, asked: Asked) -> Verdict:
    there = has(asked.person, gate.case, gate.word) if gate.word is not None else True
    if there is False:
        return Verdict(Level.SEEN, NOTHING)
    fact = gate.facts[0] if gate.facts else None
    found = _one_line(fact, gate, asked)
    if found.level < Level.CANNOT_TELL:
        return found
    beside = (_beside(fact, gate, asked) for fact in gate.beside)
    return next((other for other in beside if other is not None), found)


def _one_line(fact: Fact | None, gate: Gate, asked: Asked) -> Verdict:
    if fact is None:
        return _unsought(_silent(gate.bears.field, None), gate, asked)
    followed = branches(fact, asked)
    found = [_of_branch(branch, fact, gate, asked) for branch in followed]
    return found[0] if len(found) == 1 else _joined(found, followed)


def _of_branch(branch: Branch, fact: Fact, gate: Gate, asked: Asked) -> Verdict:
    value = branch.value
    if value is None or value.state == State.NOT_STATED:
        return _unsought(_silent(gate.bears.field, fact)._replace(line=branch.line, value=value), gate, asked)
    level, why = _of_value(value, gate, asked)
    place = _by_ground(_ground(value, gate, asked), gate, asked) if level == Level.REFUSED else None
    return Verdict(Level.SENT if place else level, STATES, fact, branch.line, value, why, place)


def _by_ground(ground: str, gate: Gate, asked: Asked) -> str | None:
    """Where the document sends those turned away on a ground; None if it does not say, or says nowhere."""
    fact = next((fact for fact in gate.grounds if fact.key == ground), None)
    followed = branches(fact, asked) if fact is not None else ()
    value = followed[0].value if len(followed) == 1 else None
    if value is None or value.state != State.STATED:
        return None
    place = str(value.content)
    return None if _leads_nowhere(place, asked.vocabulary) else place


def _leads_nowhere(place: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.destinations.get(place, {}).get("leads") == "nowhere"


def _unsought(silent: Verdict, gate: Gate, asked: Asked) -> Verdict:
    """Silence about what a person does not ask for turns nobody away."""
    field = asked.vocabulary.case_fields.get(gate.case)
    sought = field is None or not field.left_open or gate.case in asked.person.values
    return silent if sought else silent._replace(level=Level.SEEN)


def _silent(field: Field, fact: Fact | None) -> Verdict:
    level = Level.CANNOT_TELL if field.when_silent == "cannot-tell" else Level.SEEN
    return Verdict(level, SILENT, fact)


def _joined(found: Sequence[Verdict], followed: Sequence[Branch]) -> Verdict:
    """One answer of several values that may apply: what they have in common, or what it hangs on."""
    levels = {one.level for one in found}
    first = found[0]
    if len(levels) == 1:
        same = len({one.destination for one in found}) == 1
        return first if same else first._replace(level=min(Level.REFUSED, first.level), destination=None)
    if min(levels) >= Level.REFUSED:
        return next(one for one in found if one.level == Level.REFUSED)._replace(destination=None)
    judged = all(branch.sure in (JUDGED, CERTAIN) for branch in followed)
    if judged and min(levels) <= Level.JUDGED and Level.CANNOT_TELL not in levels:
        return min(found, key=lambda one: one.level)._replace(level=Level.JUDGED, why=followed[0].why)
    why = next((branch.why for branch in followed if branch.why), "")
    return first._replace(level=Level.CANNOT_TELL, spoken=STATES, why=why, destination=None)


def _of_value(value: Value, gate: Gate, asked: Asked) -> tuple[int, str]:
    """How far one value goes, and why where that is not plain from it."""
    bears = gate.bears
    if value.state == State.LOCAL:
        return Level.AGREEMENT, "left to local agreement"
    if value.state == State.NONE:
        return (Level.REFUSED if bears.none_bars else Level.SEEN), ""
    if value.state in (State.TO_BE_CONFIRMED, State.ELSEWHERE, State.UNFIT):
        return Level.CANNOT_TELL, _OPEN[value.state]
    if not _bites(value, bears) or (bears.kind == "any" and value.state == State.STATED):
        return Level.SEEN, ""
    if bears.kind == "any":
        return Level.CANNOT_TELL, "said only in words"
    if bears.kind == "judged":
        return Level.JUDGED, _judged_words(value, bears, asked.vocabulary)
    return _held(value, gate, asked)


_OPEN = {
    State.TO_BE_CONFIRMED: "still to be confirmed",
    State.ELSEWHERE: "said elsewhere",
    State.UNFIT: "what is written there cannot be read",
}


def _bites(value: Value, bears: Bears) -> bool:
    """Whether the value is one of those that bear on persons: "where possible" turns nobody away."""
    if not bears.words or value.state != State.STATED:
        return True
    members = value.content.members if isinstance(value.content, WordSet) else (value.content,)
    return any(word in bears.words for word in members)


def _judged_words(value: Value, bears: Bears, vocabulary: Vocabulary) -> str:
    labels = vocabulary.words.get(bears.field.of or "", {})
    members = value.content.members if isinstance(value.content, WordSet) else (str(value.content),)
    said = [labels.get(word, word) for word in members if word in bears.words]
    return "; ".join(text[:1].lower() + text[1:] for text in said)


def _held(value: Value, gate: Gate, asked: Asked) -> tuple[int, str]:
    """A value held against the person's own."""
    field = asked.vocabulary.case_fields[gate.case]
    mine = asked.person.values.get(gate.case)
    if gate.word is not None and mine is not None:
        mine = frozenset((gate.word,))
    if mine is None:
        if field.left_open:
            return Level.SEEN, ""
        return (Level.JUDGED, field.label) if field.judged else (Level.CANNOT_TELL, f"not described: {field.label}")
    kept = keeps(value, mine, gate, asked.vocabulary)
    if kept is None or (value.hedge is not None and value.state == State.STATED):
        return Level.CANNOT_TELL, "said only in words" if value.state == State.IN_WORDS else "open for this person"
    return (Level.SEEN if kept else Level.REFUSED), ""


def keeps(value: Value, mine: CaseValue, gate: Gate, vocabulary: Vocabulary) -> bool | None:
    """Whether the person's value is within what a stated value, or words, let in."""
    field = vocabulary.case_fields[gate.case]
    if gate.bears.kind == "required":
        return True if mine == "yes" else False if value.state == State.STATED else None
    if value.state == State.IN_WORDS:
        return _by_phrase(value, mine, field, vocabulary)
    operator = OPERATORS[gate.bears.kind].get(field.type, "")
    return answer(Test(gate.case, None, operator, value.content, None, 0, 0), mine, field, vocabulary)


OPERATORS = {
    "at-least": {"age": "at least", "duration": "at least", "count": "at least", "percentage": "at least"},
    "at-most": {"age": "at most", "duration": "at most", "count": "at most", "percentage": "at most"},
    "one-of": {"choice": "one of", "scale": "is", "set": "one of"},
}


def _by_phrase(value: Value, mine: CaseValue, field: Field, vocabulary: Vocabulary) -> bool | None:
    """What every reading of the words agrees on; None for words of which nobody wrote that down."""
    phrase = phrase_of(value, field, vocabulary)
    number = _as_number(mine, field)
    if phrase is None or number is None:
        return None
    sure, never = phrase["certainly-includes"], phrase["certainly-excludes"]
    if number < never.get("below", number) or number > never.get("above", number):
        return False
    return True if sure.get("from", number) <= number <= sure.get("to", number) else None


def phrase_of(value: Value, field: Field, vocabulary: Vocabulary) -> dict[str, dict[str, int]] | None:
    """The vocabulary's entry for the words, if it has one for fields of that kind."""
    words = value.content.casefold() if isinstance(value.content, str) else ""
    phrase = vocabulary.phrases.get(" ".join(words.split()))
    if phrase is None or (phrase["type"] == "age") != (field.type == "age"):
        return None
    return phrase if phrase.get("of") in (None, field.of) else None  # type: ignore[return-value]


def _as_number(mine: CaseValue, field: Field) -> int | None:
    if field.type == "age" and isinstance(mine, int):
        return mine // 12
    return int(mine) if isinstance(mine, str) and field.numbers else None


def _ground(value: Value, gate: Gate, asked: Asked) -> str:
    """On which ground somebody is turned away who lies outside."""
    bears, mine = gate.bears, asked.person.values.get(gate.case)
    if bears.ground_below and isinstance(value.content, ScaleRange):
        order = asked.vocabulary.choices(asked.vocabulary.case_fields[gate.case])
        if mine in order and order.index(str(mine)) < order.index(value.content.low):
            return bears.ground_below
    return bears.ground


def _beside(fact: Fact, gate: Gate, asked: Asked) -> Verdict | None:
    """Whom another line names is not simply turned away; None for everybody else."""
    may = asked.vocabulary.fields[fact.field].bears_on or {}
    for branch in branches(fact, asked):
        named = _named(branch.value, gate, asked)
        if named is False:
            continue
        agreed = may["as"] == "by-agreement" and named and branch.sure == CERTAIN
        level, why = (Level.AGREEMENT, _MAY_BE_SEEN) if agreed else (Level.CANNOT_TELL, _ON_THE_BOUNDARY)
        return Verdict(level, STATES, fact, branch.line, branch.value, why)
    return None


_MAY_BE_SEEN = "may be seen by agreement"
_ON_THE_BOUNDARY = "whether they are seen is left open"


def _named(value: Value | None, gate: Gate, asked: Asked) -> bool | None:
    """Whether a line beside the gate's own names the person."""
    if value is None or value.state in (State.NONE, State.NOT_STATED):
        return False
    mine = asked.person.values.get(gate.case)
    if value.state == State.LOCAL:
        return True
    if mine is None or value.state not in (State.STATED, State.IN_WORDS):
        return None
    if isinstance(value.content, str) and value.state == State.STATED:
        return mine == value.content
    return keeps(value, mine, gate, asked.vocabulary)


# A reason not to be seen.


def _excluded(gate: Gate, asked: Asked) -> Verdict:
    there = _is_so(gate, asked.person)
    if there is False:
        return Verdict(Level.SEEN, NOTHING)
    if not gate.facts:
        return _silent(gate.bears.field, None)
    fact = gate.facts[0]
    followed = branches(fact, asked)
    found = [_sent(branch, fact, gate, asked) for branch in followed]
    one = found[0] if len(found) == 1 else _joined(found, followed)
    if there is None and one.level > Level.SEEN:
        label = asked.vocabulary.case_fields[gate.case].label
        return one._replace(level=Level.CANNOT_TELL, destination=None, why=f"not described: {label}")
    return one


def _is_so(gate: Gate, person: Person) -> bool | None:
    if gate.word is not None:
        return has(person, gate.case, gate.word)
    value = person.values.get(gate.case)
    return None if value is None else value == "yes"


def _sent(branch: Branch, fact: Fact, gate: Gate, asked: Asked) -> Verdict:
    value = branch.value
    if value is None or value.state == State.NOT_STATED:
        return _silent(gate.bears.field, fact)._replace(line=branch.line, value=value)
    if value.state == State.STATED:
        place = str(value.content)
        nowhere = _leads_nowhere(place, asked.vocabulary)
        level, place_or_none = (Level.REFUSED, None) if nowhere else (Level.SENT, place)
        return Verdict(level, STATES, fact, branch.line, value, destination=place_or_none)
    why = _OPEN.get(value.state, "said only in words")
    level = {State.NONE: Level.SEEN, State.LOCAL: Level.AGREEMENT}.get(value.state, Level.CANNOT_TELL)
    return Verdict(level, STATES, fact, branch.line, value, why if level == Level.CANNOT_TELL else "")


# A line for each word of a choice, one of which must allow it.


def _allowed(gate: Gate, asked: Asked) -> Verdict:
    mine = asked.person.values.get(gate.case)
    facts = [fact for fact in gate.facts if _speaks(fact, mine, gate.bears)]
    found = [_one_line(fact, gate._replace(bears=_ANY), asked) for fact in facts]
    states = [one for one in found if one.spoken == STATES]
    best = min(states, key=lambda one: one.level, default=None)
    if best is not None and (best.level < Level.CANNOT_TELL or not _granted(gate)):
        return best
    if _granted(gate):
        return Verdict(Level.SEEN, STATES, gate.instead, gate.instead and gate.instead.line)
    return _silent(gate.bears.field, found[0].fact if found else None)


_ANY = Bears(Field("", "", "choice"), "any", none_bars=True)


def _speaks(fact: Fact, mine: CaseValue | None, bears: Bears) -> bool:
    """Whether a line speaks for the person's word; every line does for a person who asks for none."""
    return mine is None or fact.key is None or fact.key == mine or fact.key in bears.every


def _granted(gate: Gate) -> bool:
    """Whether the other field certainly names one of the words that the gate is about."""
    value = gate.instead.value if gate.instead is not None and not gate.instead.under else None
    if value is None or not isinstance(value.content, WordSet):
        return False
    return any(word in value.content.members for _, words in gate.bears.when for word in words)


_KINDS: dict[str, Callable[[Gate, Asked], Verdict]] = {"excluded": _excluded, "allowed": _allowed}
