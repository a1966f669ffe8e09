"""The judge against a slow one that is plainly right: every unknown replaced by every value that it could have.

Rules and services are made by chance and written out as text, so reading them is tested too. The slow judge knows no
third value: it looks whether all the ways to fill in the unknowns agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from math import inf
from random import Random
from typing import NamedTuple

import pytest

from carespec.guidance.judge import judge, outcome_of
from carespec.guidance.model import Pack
from carespec.model.facts import Service

MakePack = Callable[[str], Pack]
MakeService = Callable[[str], Service]

AGES = (16, 18, 65)
STEPS = ("step-2", "step-3", "counselling")
SUBSETS = tuple(frozenset(s for s, keep in zip(STEPS, mask, strict=True) if keep) for mask in product((0, 1), repeat=3))
UNIVERSE: dict[str, tuple[object, ...]] = {
    "maximum-age": (*AGES, inf),
    "minimum-age": (*AGES, 0),
    "programme": ("iapt", "primary-care-counselling", None),
    "steps-offered": SUBSETS,
}
"""All that each field can be here; the last of an age is what `none` is, and the empty set is `none` too."""
NONE = {"maximum-age": inf, "minimum-age": 0, "programme": None, "steps-offered": frozenset()}
UNKNOWN = ("not stated", 'in words "it depends"', "by local agreement", 'elsewhere in "Schedule 4"', "")


class Asked(NamedTuple):
    """A test as it is written, and as a function of one value."""

    field: str
    text: str
    holds: Callable[[object], bool]


class Several(NamedTuple):
    """Parts joined by a word, or one part denied."""

    word: str
    parts: tuple[Asked | Several, ...]


Tree = Asked | Several
Known = dict[str, tuple[object, ...]]
"""The values of each field that are known; several where it has an exception."""


def a_test(random: Random, field: str) -> Asked:
    if field.endswith("age"):
        age = random.choice(AGES)
        operator = random.choice(("is", "is at most", "is at least", "is more than", "is less than", "is none"))
        if operator == "is none":
            return Asked(field, f"{field} is none", lambda value: value == NONE[field])
        return Asked(field, f"{field} {operator} {age} years", _ordered(operator, age))
    if field == "programme":
        words = random.sample(UNIVERSE[field][:2], random.choice((1, 2)))
        return Asked(field, f"programme is one of {', '.join(map(str, words))}", lambda value: value in words)
    words = random.sample(STEPS, random.choice((1, 2)))
    asked = random.choice(("includes", "includes any of", "is one of", "is"))
    return Asked(field, f"{field} {asked} {', '.join(words)}", _of_sets(asked, frozenset(words)))


def _ordered(operator: str, age: int) -> Callable[[object], bool]:
    def holds(value: object) -> bool:
        assert isinstance(value, int | float)
        return {
            "is": value == age, "is at most": value <= age, "is at least": value >= age, "is more than": value > age,
            "is less than": value < age,
        }[operator]  # fmt: skip

    return holds


def _of_sets(asked: str, words: frozenset[str]) -> Callable[[object], bool]:
    def holds(value: object) -> bool:
        assert isinstance(value, frozenset)
        return {
            "includes": words <= value, "includes any of": bool(words & value), "is one of": value <= words,
            "is": value == words,
        }[asked]  # fmt: skip

    return holds


def a_tree(random: Random, fields: list[str], depth: int = 2) -> Tree:
    """A condition; each field once where `fields` is used up as it grows."""
    if depth == 0 or len(fields) < 2 or random.random() < 0.3:
        test = a_test(random, fields.pop(random.randrange(len(fields))))
        return Several("not", (test,)) if random.random() < 0.3 else test
    left = a_tree(random, fields, depth - 1)
    if not fields:
        return left
    return Several(random.choice(("and", "or")), (left, a_tree(random, fields, depth - 1)))


def written(tree: Tree) -> str:
    if isinstance(tree, Asked):
        return tree.text
    if tree.word == "not":
        return f"not ({written(tree.parts[0])})"
    return "(" + f" {tree.word} ".join(written(part) for part in tree.parts) + ")"


def holds(tree: Tree, values: Known, every: bool) -> bool:
    """Two-valued: a test holds if it does for every value of its field, or for some."""
    if isinstance(tree, Asked):
        each = [tree.holds(value) for value in values[tree.field]]
        return all(each) if every else any(each)
    if tree.word == "not":
        return not holds(tree.parts[0], values, not every)
    return (all if tree.word == "and" else any)(holds(part, values, every) for part in tree.parts)


def fields_of(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Asked):
        yield tree.field
    else:
        for part in tree.parts:
            yield from fields_of(part)


def a_service(random: Random) -> tuple[str, Known]:
    """Lines, and what they make known."""
    lines, known = ["status: draft"], Known()
    for field, values in UNIVERSE.items():
        if random.random() < 0.4:
            unknown = random.choice(UNKNOWN)
            lines += [f"{field}: {unknown}"] if unknown else []
            continue
        value = random.choice(values)
        lines.append(f"{field}: {_shown(field, value)}")
        known[field] = (value,)
        if random.random() < 0.25:
            other = random.choice(values)
            lines.append(f"  except {_shown(field, other)} when education is full-time")
            known[field] = (value, other)
    return "\n".join(lines), known


def _shown(field: str, value: object) -> str:
    if value == NONE[field]:
        return "none"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    return f"{value} years" if isinstance(value, int) else str(value)


def filled_in(known: Known, fields: Iterable[str]) -> Iterator[Known]:
    """Every way to fill in the fields that are asked about and not known."""
    missing = [field for field in dict.fromkeys(fields) if field not in known]
    for chosen in product(*(UNIVERSE[field] for field in missing)):
        yield {**known, **{field: (value,) for field, value in zip(missing, chosen, strict=True)}}


class Case(NamedTuple):
    """A rule by its three conditions, and a service by what it makes known."""

    applies: Tree
    unless: Tree
    requires: Tree
    known: Known

    def answers(self) -> set[tuple[bool, bool, bool]]:
        """What the three conditions are, for every way to fill in what is not known."""
        fields = [*fields_of(self.applies), *fields_of(self.unless), *fields_of(self.requires)]
        return {
            (holds(self.applies, each, False), holds(self.unless, each, True), holds(self.requires, each, True))
            for each in filled_in(self.known, fields)
        }


SEEN = {"does-not-apply": 0, "exempt": 0, "passes": 0, "fails": 0, "cannot-tell": 0}
ALLOWED = {
    "does-not-apply": {"does-not-apply"},
    "exempt": {"exempt", "does-not-apply"},
    "passes": {"passes", "exempt", "does-not-apply"},
    "fails": {"fails"},
}
"""What may come of filling in the unknowns where the outcome is certain: an exemption or a pass may turn out not to be
needed."""


def judged(case: Case, lines: str, pack: MakePack, service: MakeService) -> str:
    """The outcome before silence is made anything of."""
    text = (
        f'rule one "One"\n  applies-when: {written(case.applies)}\n  unless: {written(case.unless)}\n'
        f"  require: {written(case.requires)}"
    )
    (rule,) = pack(text).rules
    assert rule.whole, text
    found = judge(rule, service(lines))
    if found.outcome == "fails" and found.causes:
        assert {cause.state for cause in found.causes} <= {"silent", "not stated"}
        return "cannot-tell"
    return found.outcome


@pytest.mark.parametrize("seed", range(4))
def test_what_is_certain_holds_for_every_value(seed: int, pack: MakePack, service: MakeService) -> None:
    """Fields may be asked about several times: the judge may then see less than all values together, never more."""
    random, seen = Random(seed), dict(SEEN)
    for _ in range(300):
        lines, known = a_service(random)
        trees = [a_tree(random, [*UNIVERSE, *UNIVERSE][: random.randrange(1, 6)]) for _ in range(3)]
        case = Case(*trees, known)
        outcome = judged(case, lines, pack, service)
        seen[outcome] += 1
        if outcome != "cannot-tell":
            assert {outcome_of(*each) for each in case.answers()} <= ALLOWED[outcome], (lines, case)
    assert min(seen.values()) >= 10, "the cases must show every outcome"


@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_is_certain_is_missed(seed: int, pack: MakePack, service: MakeService) -> None:
    """Where every condition asks about a field once, the judge sees all that the values together show."""
    random = Random(seed)
    for _ in range(300):
        lines, known = a_service(random)
        case = Case(*(a_tree(random, random.sample(list(UNIVERSE), random.choice((1, 2)))) for _ in range(3)), known)
        values = [_agreed(each) for each in zip(*case.answers(), strict=True)]
        if all(_can_be_both(tree) for tree in case[:3]):
            assert judged(case, lines, pack, service) == outcome_of(*values), (lines, case)


def _agreed(values: tuple[bool, ...]) -> bool | None:
    return values[0] if len(set(values)) == 1 else None


def _can_be_both(tree: Case | Tree) -> bool:
    """Whether each test in a condition holds for some values of its field and not for others."""
    if isinstance(tree, Asked):
        return len({tree.holds(value) for value in UNIVERSE[tree.field]}) == 2
    assert isinstance(tree, Several)
    return all(_can_be_both(part) for part in tree.parts)
