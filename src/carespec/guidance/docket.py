"""Which rules judge on a day, and which begin or cease to bind before a contract ends: the same for many services."""

from __future__ import annotations

from datetime import date

from carespec.guidance.force import Turn, binds, turns, was_known
from carespec.guidance.law import Law
from carespec.guidance.model import Pack, Rule
from carespec.memory import Memory
from carespec.quantities.dates import Period
from carespec.tuples import NamedTuple


class LeftOut(NamedTuple):
    """A pack or a rule that judges nothing, why, and the reason in a few words where it is another for each day."""

    name: str
    because: str
    group: str = ""


class Listed(NamedTuple):
    """What is heard of services of one vocabulary, day and end of contract; rules by their numbers in the run.

    `left_out` are packs and rules that judge nothing; `turns` are the days on which rules begin
    or cease to bind, up to that end.
    """

    judged: tuple[int, ...]
    not_in_force: int
    left_out: tuple[LeftOut, ...]
    turns: tuple[tuple[int, Turn], ...]


_UNTIMELY = "no version is in force on the day whose law applies"
_BROKEN = "a line of the rule could not be read, so it judges nothing"

Alike = tuple[Pack, Rule, list[int]]
"""A rule, its pack, and the numbers of all rules of that pack that bind on the same days."""


def _alike(chosen: tuple[tuple[Pack, Rule], ...]) -> tuple[Alike, ...]:
    found: dict[tuple[int, Period | None], Alike] = {}
    for number, (pack, rule) in enumerate(chosen):
        found.setdefault((id(pack), rule.in_force), (pack, rule, []))[2].append(number)
    return tuple(found.values())


class Docket:
    """The rules of a law by number, and which of them are heard when."""

    def __init__(self, law: Law) -> None:
        self._law = law
        self.chosen: tuple[tuple[Pack, Rule], ...] = tuple(law.chosen())
        self._packs = tuple({id(pack): pack for pack, _ in self.chosen}.values())
        self._alike = _alike(self.chosen)
        self._listed: Memory[tuple[str, date, date | None], Listed] = Memory()

    def on(self, vocabulary: str, day: date, end: date | None) -> Listed:
        """What is heard of a service whose law is that of `day` and whose contract ends on `end`."""
        key = (vocabulary, day, end)
        found = self._listed.get(key)
        if found is None:
            found = self._new(vocabulary, day, end)
            self._listed.put(key, found)
        return found

    def _new(self, vocabulary: str, day: date, end: date | None) -> Listed:
        foreign = {id(pack): self._why_foreign(pack, vocabulary) for pack in self._packs}
        untimely = {id(pack): "" if foreign[id(pack)] else self._why_untimely(pack, day) for pack in self._packs}
        left_out = [LeftOut(pack.name, foreign[id(pack)]) for pack in self._packs if foreign[id(pack)]]
        left_out += [LeftOut(pack.name, untimely[id(pack)], _UNTIMELY) for pack in self._packs if untimely[id(pack)]]
        judged: list[int] = []
        changing: list[tuple[int, Turn]] = []
        not_in_force = 0
        for pack, rule, numbers in self._alike:
            if foreign[id(pack)]:
                continue
            if end is not None:
                found = turns(rule, pack, day, end)
                changing += [(number, turn) for number in numbers if self.chosen[number][1].whole for turn in found]
            if binds(rule, pack, day):
                judged += numbers
            else:
                not_in_force += len(numbers)
        left_out += [LeftOut(name, _BROKEN) for name in self._broken(judged)]
        heard = sorted(number for number in judged if self.chosen[number][1].whole)
        return Listed(tuple(heard), not_in_force, tuple(left_out), tuple(sorted(changing)))

    def _broken(self, numbers: list[int]) -> list[str]:
        return [rule.name for rule in (self.chosen[number][1] for number in numbers) if not rule.whole]

    def _why_foreign(self, pack: Pack, vocabulary: str) -> str:
        """Why a pack is not about a service at all; "" if it is."""
        if pack.vocabulary != vocabulary:
            return f"its rules are about {pack.vocabulary}, and the document is about {vocabulary}"
        if self._law.known_at is not None and not was_known(pack, self._law.known_at):
            return f"it was published after {self._law.known_at.isoformat()}"
        return ""

    def _why_untimely(self, pack: Pack, day: date) -> str:
        """Why no rule of a pack binds on a day; "" if some version of the pack is in force."""
        versions = (other for other in self._law.packs if other is pack or other.name == pack.name)
        if any(other.in_force is None or other.in_force.contains(day) for other in versions):
            return ""
        return f"no version of it is in force on {day.isoformat()}"
