"""What an analysis assumes beside the contract: every cost and chance as an interval with its source.

The data is `specs/assumptions/NAME.yaml`, held to its schema when it is built, so that nothing here reads YAML. A
user's own figures replace an interval and are marked as theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from carespec.built import built
from carespec.tuples import NamedTuple

GRADES = ("contract", "seen", "second-hand", "derived", "given", "assumed")
"""How good the source of a figure is, best first; `given` is a user's own figure."""


class Parameter(NamedTuple):
    """One assumed quantity: from `low` to `high`, most likely `likely`, in `unit` (pounds, a share of 1, sessions)."""

    name: str
    label: str
    unit: str
    low: float
    likely: float
    high: float
    grade: str
    source: str
    note: str = ""

    def show(self) -> str:
        """`£20.00 to £99.00`, `2% to 8%`, one figure where both ends are the same."""
        ends = dict.fromkeys(_shown(end, self.unit) for end in (self.low, self.high))
        return " to ".join(ends)

    def show_likely(self) -> str:
        """The likely figure, in its unit."""
        return _shown(self.likely, self.unit)


Assumptions = Mapping[str, Parameter]


class BadAssumption(ValueError):
    """A figure that cannot be used, with a sentence for whoever wrote it."""


def of(assumptions: Assumptions, name: str) -> Parameter:
    """The parameter of that name, else of the name without its last part: `cost.session.step-2`, `cost.session`.

    Raises KeyError if neither exists.
    """
    while name not in assumptions and "." in name:
        name = name.rpartition(".")[0]
    return assumptions[name]


@cache
def default(vocabulary: str) -> Assumptions:
    """The assumptions that ship for a vocabulary; empty where none do."""
    data = built()["assumptions"].get(vocabulary)
    return from_data(data) if data else {}


@cache
def not_known(vocabulary: str) -> Assumptions:
    """What nothing is assumed about for a vocabulary, by name: labels and units whose figures only a user can give.

    None of them is among the assumptions until then, and what hangs on one is not modelled.
    """
    found = built()["assumptions"].get(vocabulary, {}).get("not-known", {})
    return {
        name: Parameter(name, one["label"], one["unit"], 0.0, 0.0, 1.0, _NOBODY, one["because"])
        for name, one in found.items()
    }


_NOBODY = "not-known"
"""In place of a grade, of what is not known."""


@cache
def reasons(vocabulary: str, kind: str) -> Mapping[str, str]:
    """By a field, or a field with one of its words (`dna-counting: consecutive`), why no analysis follows it: `kind` is
    "not-followed", which a report tells, or "no-bearing"."""
    groups = built()["assumptions"].get(vocabulary, {}).get(kind, ())
    return {name: group["because"] for group in groups for name in group["of"]}


def from_data(data: Mapping[str, Any]) -> Assumptions:
    """Assumptions from the data of a file that its schema has passed. Raises BadAssumption for a crossed interval."""
    found = {}
    for name, entry in data["parameters"].items():
        numbers = {key: float(entry[key]) for key in ("low", "likely", "high")}
        found[name] = _fitting(Parameter(name=name, **{**entry, **numbers}))
    return found


def changed(
    assumptions: Assumptions, changes: Iterable[str], unknown: Assumptions = MappingProxyType({})
) -> Assumptions:
    """With `NAME=35`, `NAME=35..99` or `NAME=35..60..99` (low, likely, high) in place of what is assumed.

    `unknown` are the names that may be given for the first time; the middle of a range is then its likeliest.

    Raises BadAssumption, with a sentence, for what cannot be read or makes no sense.
    """
    found = dict(assumptions)
    for change in changes:
        parameter = _change(change, {**unknown, **assumptions})
        found[parameter.name] = parameter
    return found


_CHANGE = r"\s*([a-z0-9.-]+?)\s*=\s*(.+?)\s*$"
_FIGURE = r"£?(\d+(?:\.\d+)?|\.\d+)(%?)$"


def _change(text: str, assumptions: Assumptions) -> Parameter:
    match = re.match(_CHANGE, text)
    if match is None:
        raise BadAssumption(f"`{text}` is no assumption: write NAME=LOW..HIGH, such as cost.session.step-2=35..99")
    name, figures = match[1], [_figure(part, text) for part in match[2].split("..")]
    known = known_name(name, assumptions)
    if len(figures) > 3:
        raise BadAssumption(f"`{text}` has more than three figures: write LOW..HIGH or LOW..LIKELY..HIGH")
    low, high = figures[0], figures[-1]
    likely = figures[1] if len(figures) == 3 else min(max(known.likely, low), high)
    if known.grade == _NOBODY and len(figures) == 2:
        likely = (low + high) / 2
    return _fitting(
        known._replace(name=name, low=low, likely=likely, high=high, grade="given", source="your own figure")
    )


def known_name(name: str, assumptions: Assumptions) -> Parameter:
    """What is assumed under a name, or under the one before its last part. Raises BadAssumption where nothing is."""
    try:
        return of(assumptions, name)
    except KeyError:
        from carespec.vocabulary import nearest

        near = nearest(name, assumptions)
        hint = f"; did you mean `{near}`?" if near else f"; there are {', '.join(assumptions)}"
        raise BadAssumption(f"nothing is assumed about `{name}`{hint}") from None


def _figure(part: str, text: str) -> float:
    match = re.match(_FIGURE, part.strip())
    if match is None:
        raise BadAssumption(f"`{part}` in `{text}` is no figure from 0 up: write 35, £35.00, 0.05 or 5%")
    return float(match[1]) / (100 if match[2] else 1)


def _fitting(parameter: Parameter) -> Parameter:
    name, low, likely, high = parameter.name, parameter.low, parameter.likely, parameter.high
    for value in (low, likely, high):
        if not 0 <= value <= _MOST:
            raise BadAssumption(f"`{name}` goes from 0 to {_MOST:,.0f}, and {value:g} does not lie between them")
    if not low <= likely <= high:
        raise BadAssumption(f"`{name}` runs from {low:g} over {likely:g} to {high:g}: the lowest figure comes first")
    if parameter.unit == "share" and high > 1:
        raise BadAssumption(f"`{name}` is a share, and {high:g} is more than all: write 0.05 or 5%")
    if parameter.unit in _WHOLE:
        _check_whole(parameter)
    if name == "dna" and high == 1:
        raise BadAssumption("`dna` is all: nobody would ever attend, so there is nothing to work out")
    return parameter


_MOST = 1e9
"""The largest figure that is taken; beyond it sums of pounds and pence are no longer exact."""

_WHOLE = {"sessions": 1, "times": 0}
"""Units that are counted, with the least that makes sense."""

_MOST_TIMES = 60


def _check_whole(parameter: Parameter) -> None:
    name, unit = parameter.name, parameter.unit
    for value in (parameter.low, parameter.likely, parameter.high):
        if not value.is_integer():
            near = f"{int(value)} or {int(value) + 1}"
            raise BadAssumption(f"`{name}` counts whole {unit}, and {value:g} is not whole: write {near}")
    if parameter.low < _WHOLE[unit]:
        raise BadAssumption(f"`{name}` starts at {_WHOLE[unit]}, and {parameter.low:g} is less")
    if unit == "times" and parameter.high > _MOST_TIMES:
        raise BadAssumption(f"`{name}` goes up to {_MOST_TIMES}, and {parameter.high:g} is more")


def _shown(value: float, unit: str) -> str:
    if unit == "pounds":
        return f"£{value:,.2f}"
    return f"{100 * value:.3g}%" if unit == "share" else f"{value:g}"
