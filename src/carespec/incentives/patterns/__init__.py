"""The incentives that are looked for: one file each, and the folder is the registry.

A file's name is the pattern's name. Its docstring is its page. It defines

- `CATALOGUE`, its number in the catalogue of the design, printed nowhere ("" for what has none there); `TITLE`;
  `REWARDS`, which completes "The contract rewards …"; `FIELDS`, the lines that decide it; `STUDY`, pairs of a section
  of the study and a sentence or less of it, exactly;
- `EXAMPLE`, a contract whose figures are known: it is the pattern's test and stands on its page;
- `applies(case) -> str | None`: why a step cannot show it, or None;
- and one of `departs(moment, indicated, taken) -> bool`, the departures from the indicated course that it consists of
  (which sessions and courses are paid for, when and on what condition may decide them; how much may not, and
  `text` does not show it),
  or `gain(case, figure) -> Range`, bounds of the pounds that it earns, from bounds of each figure assumed.

It may define `WHO` (`any`: it is there if one kind of patient shows it; `every`; `some-not-all`), `WHEN` (`waiting`: it
can only show where people wait), `GAMING` (True: it changes records, not care, and is looked for only when asked),
`HARM` (what a `gain` does to patients; that of departures is computed), `paid_by(step)`, other payments to look at it
under, `relieved(step)` or `RELIEVED`, what would have to take the loss away for it to be this and not another,
`TEXT` (True: its `gain` needs no figure to have a sign), `OF_DOCUMENT` (True: payments that were left out do not
bear on it) and `says(case) -> str`, what the document says beside its payments that bears on it, printed where found.

Nothing in this folder imports numpy: `text` proves from the same files what needs no figures.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module

from carespec.incentives.episode.actions import Moment
from carespec.incentives.episode.contract import Contract
from carespec.incentives.episode.step import Step
from carespec.tuples import NamedTuple

Figure = Callable[[str], tuple[float, float]]
"""Bounds of a figure by its name in the assumptions, without the step: `cost.session`, `coachable`."""


class Case(NamedTuple):
    """What a pattern is asked about: one step of a contract; `value` bounds what the indicated course earns over its
    costs with patients of a kind (`hard`, or `well` for somebody who is not ill), in pounds; `beside` does so for
    another step. Where only the text is looked at, `value` spans every path of events, and `beside` is None."""

    contract: Contract
    step: Step
    value: Callable[[str], tuple[float, float]] | None = None
    beside: Callable[[Step, str], tuple[float, float]] | None = None


class Example(NamedTuple):
    """A contract whose figures are known. `lines` are those of a service; `expect` names what must come out.

    `given` replaces assumptions, by a figure or by (low, likely, high); what it does not name is left out of account
    (tests/incentives/test_patterns.py). `gain` is that of `kind`.
    """

    lines: str
    expect: Mapping[str, str]
    given: Mapping[str, float | tuple[float, float, float]] = {}
    kind: str = "middle"
    horizon: int | None = None


class Pattern(NamedTuple):
    """One pattern as registered; see the folder's docstring."""

    name: str
    catalogue: str
    title: str
    rewards: str
    page: str
    fields: tuple[str, ...]
    study: tuple[tuple[str, str], ...]
    example: Example
    applies: Callable[[Case], str | None]
    departs: Callable[[Moment, int, int], bool] | None
    gain: Callable[[Case, Figure], tuple[float, float] | None] | None
    who: str = "any"
    when: str = "both"
    gaming: bool = False
    harm: str = ""
    paid_by: Callable[[Step], Step] | None = None
    relieved: Callable[[Step], Step] | None = None
    relieved_figures: Mapping[str, float] = {}
    text: bool = False
    of_document: bool = False
    says: Callable[[Case], str] | None = None

    @property
    def main_slot(self) -> str:
        """The slot price at which its verdict is given."""
        return "waiting" if self.when == "waiting" else "idle"

    @property
    def is_provable_from_text(self) -> bool:
        """Whether the contract's text alone can show it: by departures of its own, or by a gain that needs no data."""
        if self.gain is not None:
            return self.text
        conditional = self.relieved is not None or self.relieved_figures or self.who == "some-not-all"
        return not conditional and self.when == "both"


@cache
def names() -> tuple[str, ...]:
    """The names of all patterns, sorted; loads none of them."""
    folder = os.path.dirname(os.path.abspath(__file__))
    entries = sorted(entry[:-3] for entry in os.listdir(folder) if entry.endswith(".py") and entry != "__init__.py")
    return tuple(entry.replace("_", "-") for entry in entries)


@cache
def pattern(name: str) -> Pattern:
    """The pattern of that name. Raises KeyError for one that does not exist, AttributeError for a file that is none."""
    if name not in names():
        raise KeyError(name)
    module = import_module(f"carespec.incentives.patterns.{name.replace('-', '_')}")
    departs, gain = getattr(module, "departs", None), getattr(module, "gain", None)
    if (departs is None) == (gain is None):
        raise AttributeError(f"{module.__file__} defines neither of departs and gain, or both")
    return Pattern(
        name, module.CATALOGUE, module.TITLE, module.REWARDS, module.__doc__ or "", module.FIELDS, module.STUDY,
        module.EXAMPLE, module.applies, departs, gain,
        who=getattr(module, "WHO", "any"),
        when=getattr(module, "WHEN", "both"),
        gaming=getattr(module, "GAMING", False),
        harm=getattr(module, "HARM", ""),
        paid_by=getattr(module, "paid_by", None),
        relieved=getattr(module, "relieved", None),
        relieved_figures=getattr(module, "RELIEVED", {}),
        text=getattr(module, "TEXT", False),
        of_document=getattr(module, "OF_DOCUMENT", False),
        says=getattr(module, "says", None),
    )  # fmt: skip


def all_patterns() -> tuple[Pattern, ...]:
    """Every pattern, by name."""
    return tuple(pattern(name) for name in names())
