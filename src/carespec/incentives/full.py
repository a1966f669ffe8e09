"""The verdicts that figures about patients and costs decide, as rules ask for them: those of `report`, without a page.

Only what is asked is worked out: no size, no break-even, no witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from carespec.assumptions import Assumptions, default, of
from carespec.incentives.episode.contract import contract_of
from carespec.incentives.episode.terms import due_at
from carespec.incentives.gains import Setting, Trials
from carespec.incentives.horizon import settle
from carespec.incentives.patterns import Pattern, pattern
from carespec.incentives.report import Assessed, judged, strongest
from carespec.incentives.verdicts import DOES_NOT_APPLY, ROBUST, STRUCTURAL, UNDECIDED
from carespec.model.facts import Service
from carespec.tuples import NamedTuple


class Weighed(NamedTuple):
    """The strongest verdict on a pattern at any step, and at which.

    `gain` is in pounds: at the likely figures if it counts there (`is_likely`), else where it was found to.
    `never` are the verdicts that it is known not to be, where it is undecided: robust among them if it does not count
    at the likely figures. `given` is what sessions are assumed to cost there, `sessions_due` the attended sessions that
    earn its course price.
    """

    verdict: str
    step: str
    gain: float
    is_likely: bool
    never: frozenset[str] = frozenset()
    given: str = ""
    sessions_due: int | None = None


def weighed(service: Service, wanted: Iterable[str], assumptions: Assumptions | None = None) -> Mapping[str, Weighed]:
    """By the name of each wanted pattern, what figures decide; nothing where none is assumed or no step is paid for.

    Raises KeyError for a wanted pattern that does not exist.
    """
    assumed = default(service.vocabulary.name) if assumptions is None else assumptions
    contract = contract_of(service, assumed) if assumed else None
    if contract is None:
        return {}
    settings = [settle(contract, step, assumed).setting for step in contract.steps]
    trials = [Trials(setting) for setting in settings]
    found = {name: [_judged(each, pattern(name)) for each in trials] for name in wanted}
    return {name: _together(each, settings) for name, each in found.items() if each}


def _judged(trials: Trials, wanted: Pattern) -> Assessed:
    return judged(trials, wanted, slots=(wanted.main_slot,))


def _together(each: Sequence[Assessed], settings: Sequence[Setting]) -> Weighed:
    best = strongest(each)
    found = _weighed(best)
    if best.verdict == UNDECIDED:
        counts = any(at.gain > at.material for one in each for at in one.at.values())
        found = found._replace(never=frozenset((STRUCTURAL, DOES_NOT_APPLY, *(() if counts else (ROBUST,)))))
    (setting,) = [setting for one, setting in zip(each, settings, strict=True) if one is best]
    cost = of(setting.assumptions, f"cost.session.{setting.step.name}")
    return found._replace(given=cost.show(), sessions_due=due_at(setting.step))


def _weighed(best: Assessed) -> Weighed:
    at = best.at.get(best.pattern.main_slot)
    if at is None:
        return Weighed(best.verdict, best.step, 0.0, False)
    is_likely = at.gain > at.material
    return Weighed(best.verdict, best.step, at.gain if is_likely else at.there, is_likely)
