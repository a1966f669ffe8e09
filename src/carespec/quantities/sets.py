"""Sets of words: who may refer, which problems, which clusters. A document may name some "among others"."""

from __future__ import annotations

import re
from typing import Final

from carespec.quantities import truth
from carespec.tuples import NamedTuple

_WORD: Final = "[A-Za-z0-9]+(-[A-Za-z0-9]+)*"
# Fewer than this many in a row stay a list: "1, 2" is not shorter as "1 to 2".
_SHORTEST_RANGE: Final = 3
# Longer rows of digits are codes or damage, never part of a range (and Python refuses to count with 5,000).
_LONGEST_NUMBER: Final = 9


class WordSet(NamedTuple):
    """The words named, in the document's order; `among_others` if it says that there are more.

    Two sets are equal if they name the same words: order and repeats do not matter.
    """

    members: tuple[str, ...]
    among_others: bool = False

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WordSet):
            return False
        return self.among_others == other.among_others and set(self.members) == set(other.members)

    def __ne__(self, other: object) -> bool:
        # A tuple brings its own, which would go by order.
        return not self == other

    def __hash__(self) -> int:
        return hash((frozenset(self.members), self.among_others))

    def show(self) -> str:
        """`gp, midwife`, `1 to 4`, `depression, panic among others`; `none` for the empty set."""
        if not self.members and not self.among_others:
            return "none"
        words = ", ".join(_items(self.members))
        return f"{words} among others" if self.among_others else words


def includes(value: WordSet, listed: WordSet) -> bool | None:
    """Whether all the words listed are in the set; a word it does not name may be among its others."""
    return truth.every((*(_has(value, word) for word in listed.members), _others(listed)))


def includes_any(value: WordSet, listed: WordSet) -> bool | None:
    """Whether at least one of the words listed is in the set."""
    if not value.members and not value.among_others:
        return False
    found = truth.some(_has(value, word) for word in listed.members)
    return None if found is False and listed.among_others else found


def one_of(value: WordSet, listed: WordSet) -> bool | None:
    """Whether all members of the set are among those listed: True for the empty set."""
    return includes(listed, value)


def equal(value: WordSet, listed: WordSet) -> bool | None:
    """Whether the set is exactly the words listed: never certain while either has others."""
    return truth.every((includes(value, listed), includes(listed, value)))


def _has(value: WordSet, word: str) -> bool | None:
    if word in value.members:
        return True
    return None if value.among_others else False


def _others(listed: WordSet) -> bool | None:
    """What the unnamed words of a list add to "all of them are …": nothing, or doubt."""
    return None if listed.among_others else True


def _items(members: tuple[str, ...]) -> list[str]:
    """The words as written in a list, each once; whole numbers in a row become "1 to 4"."""
    items: list[str] = []
    for run in _runs(list(dict.fromkeys(members))):
        items += [f"{run[0]} to {run[-1]}"] if len(run) >= _SHORTEST_RANGE else map(_word, run)
    return items


def _runs(words: list[str]) -> list[list[str]]:
    """The words parted so that those in one run count upwards by one."""
    runs: list[list[str]] = []
    for word in words:
        if runs and _follows(runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _follows(one: str, next_one: str) -> bool:
    return _is_number(one) and _is_number(next_one) and int(next_one) == int(one) + 1


def _is_number(word: str) -> bool:
    return len(word) <= _LONGEST_NUMBER and word.isascii() and word.isdecimal()


def _word(word: str) -> str:
    if re.fullmatch(_WORD, word):
        return word
    return '"' + word.replace('"', '""') + '"'
