"""A condition asks about something that is no part of a person's case.

What it flags: after `when`, a name that is not a case field, a part that the case field does not have, and the part
left out where one is needed; and after `at least` and its like, a name that a case field cannot be compared with.

Why it matters: an exception with a condition that nobody can answer is an exception for nobody: the person whom it was
meant for is turned away.

Instead: a case field, such as `age`, `education`, `cluster` or `route`; or `when in words "…"`, if the document says
something that no case field is for.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, flag_problem, problems_of, tests_of
from carespec.model.conditions import Test
from carespec.model.facts import Except, Fact, Problem, Service, ShareAtRisk, When
from carespec.vocabulary import Field, nearest

TITLE = "a condition about nothing in a person's case"
SEVERITY = "must"
SAFE = True
CONCERNS = (Except, ShareAtRisk, When)
AFFECTS = "the people whom the condition was meant for"
BAD = (
    "minimum-age: 18 years\n  except 16 years when educaton is full-time  #! `educaton`",
    "pay step-2: £40.00 per session\n  when colour is blue  #! `colour`",
    "pay access: £20.00 per course\n  50% only when waited step-9 is at most 28 calendar days  #! `waited step-9`",
    "pay access: £20.00 per course\n  when waited is at most 28 calendar days  #! `waited`",
    "pay step-2: £40.00 per session\n  when sessions is more than sesions  #! `sesions`\n"
    "  when waited step-2 is at most x  #! `x`\n  when booked is less than 2 times sesion  #! `sesion`",
    "pay access: £20.00 per course\n  when waited step-2 is at most waited step-9  #! `waited step-9`",
    "minimum-age: 18 years\n  except 16 years when route gp is gp or rout is midwife  #! `route gp` #! `rout`",
)
GOOD = (
    "minimum-age: 18 years\n  except 16 years when education is not full-time",
    "pay access: £20.00 per course\n  when waited step-2 is at most 28 calendar days",
    'minimum-age: 18 years\n  except 16 years when in words "exceptional circumstances"',
    "pay missed: £40.00 per missed-appointment\n  when sessions is less than booked",
    "pay access: £20.00 per course\n  when waited step-2 is at most 2 times waited assessment",
)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag every test under a fact that asks about no case field."""
    if not fact.under:
        return
    for problem, line in problems_of(fact, "unknown-condition"):
        yield flag_problem(fact, problem, line)
    for test, line in tests_of(fact):
        field = service.vocabulary.case_fields.get(test.field)
        if field is None:
            yield _unknown(test, line, fact, service)
        elif not _has_key(field, test.key, service):
            yield _wrong_key(test, field, line, fact, service)


def _has_key(field: Field, key: str | None, service: Service) -> bool:
    return key is None if field.keyed_by is None else key in service.vocabulary.keys(field)


def _unknown(test: Test, line: int, fact: Fact, service: Service) -> Flag:
    cases = service.vocabulary.case_fields
    near = nearest(test.field, cases)
    of_service = test.field in service.vocabulary.fields
    asked = f"; did you mean `{near}`?" if near else ""
    message = f"`{test.field}` is nothing that a condition can ask about a person{asked}"
    if of_service and near is None:
        message = f"`{test.field}` is said of the service, and a condition here asks about one person's case"
    fix = f"Write `{near}`." if near else 'Write a case field, such as `age` or `route`, or `when in words "…"`.'
    start, end = _place(test)
    return Flag(message, fix, line, start, end, fact.path, f"{near} {test.key}" if near and test.key else near)


def _wrong_key(test: Test, field: Field, line: int, fact: Fact, service: Service) -> Flag:
    start, end = _name_of(test, service.lines[line - 1])
    if field.keyed_by is None:
        message, fix = f"`{field.name}` has no parts, and `{test.key}` stands after it", f"Write `{field.name}` alone."
        return Flag(message, fix, line, start, end, fact.path, field.name)
    keys = service.vocabulary.keys(field)
    near = nearest(test.key, keys) if test.key else None
    kind = field.keyed_by.replace("-", " ")
    message = f"`{field.name}` has no {kind} `{test.key}`"
    if test.key is None:
        message = f"`{field.name}` does not say of which {kind}"
    fix = f"Write `{field.name}` and one of {', '.join(f'`{key}`' for key in keys)}."
    return Flag(message, fix, line, start, end, fact.path, f"{field.name} {near}" if near and test.key else None)


def _place(test: Test) -> tuple[int, int]:
    problem = test.problem
    return (problem.start, problem.end) if isinstance(problem, Problem) else (test.start, test.end)


def _name_of(test: Test, text: str) -> tuple[int, int]:
    """Where the field, and the key if there is one, stand in the test's text."""
    start = text.lower().index(test.field, test.start)
    end = text.lower().index(test.key, start + len(test.field)) + len(test.key) if test.key else start + len(test.field)
    return start, end
