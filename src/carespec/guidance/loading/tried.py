"""Rules tried out on every combination of what a document may say about the fields that they ask about.

Where there are more combinations than can be tried, nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from carespec.guidance.examples import service_of
from carespec.guidance.loading.candidates import Candidates, candidates
from carespec.guidance.model import Clause
from carespec.model.conditions import Test, tests
from carespec.model.facts import State
from carespec.quantities.numbers import shown
from carespec.rules.asked import Spoken, Subject
from carespec.rules.text import field_named, other_path
from carespec.vocabulary import Vocabulary

MOST = 2048
"""Combinations: beyond these a rule is not tried out."""

Said = dict[str, Spoken]


def asked(clauses: Iterable[Clause]) -> dict[str, list[Test]]:
    """The tests on each path that clauses ask about."""
    found: dict[str, list[Test]] = {}
    for test in (test for clause in clauses for test in tests(clause.condition)):
        found.setdefault(path_of(test.field, test.key), []).append(test)
        other = other_path(test)
        if other is not None:
            found.setdefault(path_of(*other), []).append(test._replace(operand=None))
    return found


def path_of(name: str, key: str | None) -> str:
    """The field, and the key after a blank."""
    return f"{name} {key}" if key else name


def options(found: dict[str, list[Test]], vocabulary: Vocabulary) -> dict[str, Candidates]:
    """What may be said of each path."""
    options = {}
    for path, on_it in found.items():
        field = field_named(path.partition(" ")[0], vocabulary)
        if field is not None:
            options[path] = candidates(path, field, on_it, vocabulary)
    return options


def combinations_of(options: dict[str, Candidates]) -> Iterator[Said]:
    """Every way to say something about each path. Raises OverflowError before the first if there are too many."""
    number = 1
    for one in options.values():
        number *= len(one.spoken)
    if number > MOST:
        raise OverflowError(number)
    for chosen in product(*(one.spoken for one in options.values())):
        yield {spoken.path: spoken for spoken in chosen}


def subject(said: Said, vocabulary: Vocabulary) -> Subject:
    """A service that says just this, in a vocabulary that knows the derived fields."""
    return Subject(service_of((), vocabulary), vocabulary, said, absent=State.NOT_STATED)


def described(said: Said) -> str:
    """What is said, as lines of a service would have it: "programme: iapt, minimum-age: 16 years"."""
    return ", ".join(f"`{path}: {_written(spoken)}`" for path, spoken in said.items())


def _written(spoken: Spoken) -> str:
    if spoken.state != State.STATED or spoken.content is None:
        return spoken.state
    return spoken.content if isinstance(spoken.content, str) else shown(spoken.content)
