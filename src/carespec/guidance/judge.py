"""One rule held against one service: the outcome, every reason why nobody can tell, and what silence makes of it.

The table is that of docs/language.md, "Outcomes", with A for all of `applies-when`, E for any of `unless`, R for all
of `require`. Whether the rule is in force on a day, and whether a waiver covers it, are decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from carespec.guidance.derived import joined
from carespec.guidance.model import Clause, Rule
from carespec.model.facts import Service, State
from carespec.quantities import truth as kleene
from carespec.records import SEVERITIES
from carespec.rules.asked import Spoken, Subject
from carespec.rules.evaluate import EVERY, SOME, Answer, Cause, truth
from carespec.tuples import NamedTuple

PASSES: Final = "passes"
FAILS: Final = "fails"
CANNOT_TELL: Final = "cannot-tell"
DOES_NOT_APPLY: Final = "does-not-apply"
EXEMPT: Final = "exempt"

_AT_MOST: Final = {"fail": "must", "warn": "should", "advise": "may"}
"""How loudly silence is reported at most, by `if-not-stated`."""


class Judgement(NamedTuple):
    """What came of holding a rule against a service.

    `severity` is that of a failure. `causes` has every reason why nobody can tell; of a failure it has them only where
    the document's silence is the failure. `notes` are remarks, such as that a quantifier matched nothing.
    """

    outcome: str
    severity: str
    causes: tuple[Cause, ...] = ()
    notes: tuple[str, ...] = ()


class Parts(NamedTuple):
    """The three answers that an outcome follows from: it applies, it exempts, what it requires holds."""

    applies: Answer
    exempts: Answer
    holds: Answer


def judge(rule: Rule, about: Service | Subject, derived: Mapping[str, Spoken] | None = None) -> Judgement:
    """The outcome of a rule for a service, with what silence makes of it.

    `derived` gives what engines know of a path that no line can say ("incentive stop-at-minimum"); what is not in it is
    not analysed. A subject serves several rules.
    """
    subject = about if isinstance(about, Subject) else subject_of(about, derived)
    applies = answer_all(rule.applies, subject, SOME)
    if applies.value is False:
        return Judgement(DOES_NOT_APPLY, rule.severity, notes=applies.notes)
    exempts = answer_any(rule.unless, subject)
    parts = Parts(applies, exempts, answer_all(rule.requires, subject, EVERY))
    return judged(rule, parts, subject.is_silence)


def subject_of(service: Service, derived: Mapping[str, Spoken] | None = None) -> Subject:
    """A service as rules see it: with the fields that engines derive."""
    return Subject(service, joined(service.vocabulary), derived)


def judged(rule: Rule, parts: Parts, is_silence: Callable[[str], bool]) -> Judgement:
    """The outcome that follows from the three answers.

    `is_silence` says of a path that no line is about whether that is the document's own silence.
    """
    applies, exempts, holds = parts
    notes = (*applies.notes, *exempts.notes, *holds.notes)
    notes = tuple(dict.fromkeys(notes)) if notes else ()
    outcome = outcome_of(applies.value, exempts.value, holds.value)
    if outcome != CANNOT_TELL:
        return Judgement(outcome, rule.severity, notes=notes)
    causes = tuple(dict.fromkeys(cause for part in parts if part.value is None for cause in part.causes))
    if applies.value is True and causes and all(_is_silence(cause, is_silence) for cause in causes):
        return Judgement(FAILS, _quieter(rule.severity, _AT_MOST[rule.if_not_stated]), causes, notes)
    return Judgement(CANNOT_TELL, rule.severity, causes, notes)


def outcome_of(applies: bool | None, exempts: bool | None, holds: bool | None) -> str:
    """The outcome by the table, before silence is considered."""
    if applies is False:
        return DOES_NOT_APPLY
    if exempts is True:
        return EXEMPT
    if holds is True:
        return PASSES
    return FAILS if (applies, exempts, holds) == (True, False, False) else CANNOT_TELL


def answer_all(clauses: Iterable[Clause], subject: Subject, quantifier: str) -> Answer:
    """Whether all clauses hold; no clause at all holds. The causes are those of the clauses that decide it."""
    return _together([truth(clause.condition, subject, quantifier) for clause in clauses], every=True)


def answer_any(clauses: Iterable[Clause], subject: Subject) -> Answer:
    """Whether any clause holds; no clause at all does not."""
    return _together([truth(clause.condition, subject, EVERY) for clause in clauses], every=False)


_OF_NOTHING: Final = {True: Answer(True), False: Answer(False)}
"""No clause at all: all of nothing holds, and none of it does."""


def _together(answers: list[Answer], every: bool) -> Answer:
    if len(answers) < 2:
        return answers[0] if answers else _OF_NOTHING[every]
    join = kleene.every if every else kleene.some
    value = join(answer.value for answer in answers)
    deciding = [answer for answer in answers if answer.value is value]
    return Answer(
        value,
        tuple(dict.fromkeys(cause for answer in deciding for cause in answer.causes)),
        tuple(dict.fromkeys(note for answer in deciding for note in answer.notes)),
    )


def _is_silence(cause: Cause, is_silence: Callable[[str], bool]) -> bool:
    """Whether a cause is that the document does not say."""
    return cause.state == State.NOT_STATED or (cause.state == State.SILENT and is_silence(cause.path))


def _quieter(severity: str, most: str) -> str:
    return max(severity, most, key=SEVERITIES.index)
