"""Whether a condition holds for a service: yes, no, or cannot tell, with every reason why not.

Tests about the document (`is stated`, `is in words`, `is silent`) are always decided, save where a line cannot be
read. Tests about the service can be unknown, because absence has kinds and none of them is a value. Connectives
follow the strong Kleene tables (docs/language.md, "The ways to say something").
"""

from __future__ import annotations

from typing import Final

from carespec.model import conditions
from carespec.model.conditions import Condition, InWords, Not, Test
from carespec.model.facts import Service, State
from carespec.quantities import truth as kleene
from carespec.quantities.sets import WordSet
from carespec.quantities.truth import Number
from carespec.rules.asked import (
    HEDGED,
    OPEN,
    UNANALYSED,
    Spoken,
    Subject,
    because,
    is_family,
)
from carespec.rules.compare_values import ORDERED, Side, compare, none_as, undecided
from carespec.rules.text import condition_from_text, field_named, other_path
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary

EVERY: Final = "every"
SOME: Final = "some"
NO: Final = "no"
_OPPOSITE: Final = {EVERY: SOME, SOME: EVERY}


class Cause(NamedTuple):
    """Why nobody can tell: the path of the field ("wait step-3"), its `State` (or HEDGED, OPEN), words for a reader."""

    path: str
    state: str
    why: str


class Answer(NamedTuple):
    """True, False or None for cannot tell; then `causes` has every reason. `notes` are remarks for whoever reads it."""

    value: bool | None
    causes: tuple[Cause, ...] = ()
    notes: tuple[str, ...] = ()


class Asked(NamedTuple):
    """One thing said about a field, with that field, taken so many times."""

    spoken: Spoken
    field: Field
    factor: Number = 1

    @property
    def side(self) -> Side:
        """Its value, for a comparison; `none` as the value that it is for this field."""
        content = none_as(self.field) if self.spoken.state == State.NONE else self.spoken.content
        return Side(content, self.field, self.factor)


def holds(condition_text: str, service: Service) -> bool | None:
    """Whether a condition about a service's fields holds for it; None for cannot tell.

    A test without `every` or `some` holds if some value does. Raises ValueError for a text that is no condition.
    """
    return truth(condition_from_text(condition_text, service.vocabulary), service, SOME).value


def truth(condition: Condition, about: Service | Subject, quantifier_default: str = EVERY) -> Answer:
    """The answer of a condition for a service, or for a subject: a service with what was derived from it.

    `quantifier_default` is what a test without a quantifier means where a fact has exceptions or a family several
    lines: "every" in what a rule requires, "some" in when it applies. It is about the whole test, so that
    `minimum-age is not 16 years` by "every" asks every value not to be 16 years.
    """
    subject = about if isinstance(about, Subject) else Subject(about)
    if isinstance(condition, Test):
        return _of_test(condition, subject, quantifier_default)
    if isinstance(condition, InWords):
        return Answer(None, (Cause("", State.IN_WORDS, f'the condition is only in words: "{condition.text}"'),))
    if isinstance(condition, Not):
        answer = truth(condition.part, subject, _OPPOSITE[quantifier_default])
        return answer._replace(value=kleene.negate(answer.value))
    answers = [truth(part, subject, quantifier_default) for part in condition.parts]
    joined = kleene.every if isinstance(condition, conditions.All) else kleene.some
    return _joined(joined(answer.value for answer in answers), answers)


def _joined(value: bool | None, answers: list[Answer]) -> Answer:
    """An answer with the causes and notes of the parts that decided it, each once."""
    if len(answers) == 1:
        return answers[0]
    deciding = [answer for answer in answers if answer.value is value]
    causes = dict.fromkeys(cause for answer in deciding for cause in answer.causes)
    notes = dict.fromkeys(note for answer in deciding for note in answer.notes)
    return Answer(value, tuple(causes), tuple(notes))


def _of_test(test: Test, subject: Subject, default: str) -> Answer:
    field, path = field_named(test.field, subject.vocabulary), _path(test.field, test.key)
    if field is None or test.problem is not None:
        return Answer(None, (Cause(path, State.UNFIT, "this is no question that the field can be asked"),))
    spoken = subject.said(field, test.key)
    if not spoken and test.quantifier and is_family(field, test.key) and subject.has_none_of(path):
        return _nothing_matched(test, path, subject.service)
    return _quantified(test.quantifier or default, [answer for _, answer in _answers(test, field, subject)])


def _answers(test: Test, field: Field, subject: Subject) -> list[tuple[Spoken, Answer]]:
    """What a test comes to for each thing said: whoever finds out why a rule failed asks for it again."""
    known = subject.answers.get(id(test))
    if known is None:
        known = subject.answers[id(test)] = (test, _answered(test, field, subject))
    return known[1]


def _answered(test: Test, field: Field, subject: Subject) -> list[tuple[Spoken, Answer]]:
    spoken = subject.said(field, test.key) or (subject.nothing(_path(test.field, test.key)),)
    if _about_document(test):
        return [(one, _of_document(test, one)) for one in spoken if not one.beyond]
    others = _others(test, field, subject)
    return [(one, _of_service(test, Asked(one, field), others, subject.vocabulary)) for one in spoken]


def each_alone(test: Test, subject: Subject) -> dict[str, bool | None]:
    """What a test about a whole family comes to for the lines of each key alone, by path, in their order."""
    field = field_named(test.field, subject.vocabulary)
    if field is None or test.problem is not None:
        return {}
    keyed = {fact.path for fact in subject.family(test.field) if fact.key}
    answers: dict[str, list[Answer]] = {}
    for one, answer in _answers(test, field, subject):
        if one.path in keyed:
            answers.setdefault(one.path, []).append(answer)
    return {path: _quantified(EVERY, each).value for path, each in answers.items()}


def _path(field: str, key: str | None) -> str:
    return f"{field} {key}" if key else field


def _quantified(quantifier: str, answers: list[Answer]) -> Answer:
    join = kleene.every if quantifier == EVERY else kleene.some
    answer = answers[0] if len(answers) == 1 else _joined(join(answer.value for answer in answers), answers)
    return answer._replace(value=kleene.negate(answer.value)) if quantifier == NO else answer


def _nothing_matched(test: Test, path: str, service: Service) -> Answer:
    """`every` and `no` hold of nothing at all, and `some` does not: true, but worth a remark."""
    where = "the parts of the document that were read have" if service.read_in_part else "the document has"
    return Answer(test.quantifier != SOME, notes=(f"nothing matched `{test.quantifier} {path}`: {where} no such line",))


def _about_document(test: Test) -> bool:
    """Whether a test asks how the document says something; `is none` asks what the service does."""
    return test.operator == "state" and _asked_state(test)[0] != State.NONE


def _asked_state(test: Test) -> tuple[str, str | None]:
    operand: tuple[str, str | None] = test.operand  # type: ignore[assignment]
    return operand


def _of_document(test: Test, one: Spoken) -> Answer:
    state, words = _asked_state(test)
    if state == State.SILENT:
        return Answer(one.state == State.SILENT)
    if one.state == State.UNFIT:
        return Answer(None, (_cause(one),))
    if state == State.STATED:
        return Answer(one.state in (State.STATED, State.NONE))
    if state == HEDGED:
        return Answer(one.hedged)
    return Answer(one.state == state and (words is None or _same_words(words, one.content)))


def _same_words(asked: str, written: object) -> bool:
    """Whether two phrases are the same but for case and spacing."""
    return isinstance(written, str) and asked.casefold().split() == written.casefold().split()


def _of_service(test: Test, mine: Asked, others: tuple[Asked, ...], vocabulary: Vocabulary) -> Answer:
    one = mine.spoken
    if not _applies(one):
        return Answer(False) if _is_ruled_out(test, one) else Answer(None, (_cause(one),))
    if test.operator == "state":
        return Answer(one.state == State.NONE)
    answers = [_against(test.operator, mine, other, vocabulary) for other in others]
    if len(answers) == 1:
        return answers[0]
    values = {answer.value for answer in answers}
    if values == {True, False}:
        return Answer(None, (Cause(one.path, OPEN, "what it is compared with has several values"),))
    return _joined(values.pop() if len(values) == 1 else None, answers)


def _is_ruled_out(test: Test, one: Spoken) -> bool:
    """Whether it is known to be none of the words asked for, though not which word it is."""
    if not one.never or test.operator not in ("is", "one of"):
        return False
    asked = test.operand.members if isinstance(test.operand, WordSet) else (test.operand,)
    return one.never.issuperset(asked)


def _against(operator: str, mine: Asked, other: Asked, vocabulary: Vocabulary) -> Answer:
    """One value held against one other, either of which may be `none`."""
    if not _applies(other.spoken):
        return Answer(None, (_cause(other.spoken),))
    if operator in ORDERED and (mine.spoken.hedged or other.spoken.hedged):
        hedged = mine.spoken if mine.spoken.hedged else other.spoken
        return Answer(None, (Cause(hedged.path, HEDGED, "the document hedges it"),))
    a, b = mine.side, other.side
    none = State.NONE in (mine.spoken.state, other.spoken.state)
    if none and operator not in ORDERED and mine.field.type != "set":
        return Answer(False)
    value = compare(operator, a, b, vocabulary)
    if value is not None:
        return _PLAINLY[value]
    why = "none is no measure that this could be held against" if none else undecided(a.content, b.content)
    return Answer(None, (Cause(mine.spoken.path, OPEN, why),))


_PLAINLY: Final = {True: Answer(True), False: Answer(False)}


def _applies(spoken: Spoken) -> bool:
    """Whether what is said can be applied: something stated, or expressly none, and nothing lost beside it."""
    return spoken.state in (State.STATED, State.NONE) and not spoken.unsure


def _cause(spoken: Spoken) -> Cause:
    unread = State.UNFIT if spoken.state != UNANALYSED else UNANALYSED
    state = OPEN if spoken.beyond else unread if spoken.unsure else spoken.state
    return Cause(spoken.path, state, because(spoken))


def _others(test: Test, field: Field, subject: Subject) -> tuple[Asked, ...]:
    """What a test compares with: the value that it gives, or every value of the field that it names."""
    path = other_path(test)
    if path is None:
        return (Asked(Spoken("", State.STATED, test.operand), field),)
    other = field_named(path[0], subject.vocabulary)
    assert other is not None, "a condition that names an unknown field is refused when it is read"
    operand: tuple[object, object] = test.operand  # type: ignore[assignment]
    factor: Number = operand[0] if isinstance(operand[1], tuple) else 1  # type: ignore[assignment]
    spoken = subject.said(other, path[1]) or (subject.nothing(_path(*path)),)
    return tuple(Asked(one, other, factor) for one in spoken)
