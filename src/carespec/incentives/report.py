"""Everything that is said about one service's incentives, as plain data: what `carespec incentives` prints.

`analyse` is pure: the same service, assumptions and options give the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from carespec.assumptions import Assumptions, default, of
from carespec.incentives.episode.aside import not_followed
from carespec.incentives.episode.contract import Contract, contract_of, why_nothing
from carespec.incentives.episode.course import Default
from carespec.incentives.figures import SLOTS, bearing
from carespec.incentives.gains import Setting, Trials
from carespec.incentives.horizon import settle
from carespec.incentives.lasting import AVERTED, RELAPSE, later_of
from carespec.incentives.patterns import Case, Pattern, all_patterns
from carespec.incentives.sizes import BreakEven, Size, break_evens, grades_of, size, weakest_grade
from carespec.incentives.text import bears_on, is_proved, prove
from carespec.incentives.text.coupling import Coupled, Range
from carespec.incentives.verdicts import (
    ABSENT,
    DOES_NOT_APPLY,
    EFFORT,
    MATERIAL,
    POSSIBLE,
    ROBUST,
    STRUCTURAL,
    UNDECIDED,
    VERDICTS,
    Decided,
    decide,
    figures_asked,
)
from carespec.incentives.witness import Witness, witness
from carespec.model.facts import Service
from carespec.payments.atoms import LeftOut
from carespec.tuples import NamedTuple

FOUND = (STRUCTURAL, ROBUST, POSSIBLE)
"""The verdicts that say that an incentive is there, at least somewhere in the range."""


class Options(NamedTuple):
    """How hard to look, from which share of expected pay a gain counts, and whether records may be tampered with: in
    every way that is known (`gaming`), or in those named (`also`)."""

    effort: int = EFFORT
    material: float = MATERIAL
    gaming: bool = False
    also: frozenset[str] = frozenset()

    def looks_for(self, pattern: Pattern) -> bool:
        """Whether a pattern is looked for: what needs tampering only if asked."""
        return not pattern.gaming or self.gaming or pattern.name in self.also


class Given(NamedTuple):
    """The cost of a session for which a pattern holds on every path: below (or above) so many pounds."""

    pounds: float
    below: bool


class Assessed(NamedTuple):
    """One pattern at one step. `at` is the verdict from figures by slot price; `proof` the gain on every path.

    `partial`: a payment that was left out bears on it, so it holds only of what was analysed. `asked`: the figures that
    a pattern with a gain of its own asked for. `says`: what the document says beside its payments.
    """

    pattern: Pattern
    step: str
    verdict: str
    because: str = ""
    proof: Coupled | None = None
    given: Given | None = None
    at: Mapping[str, Decided] = {}
    size: Size | None = None
    break_evens: tuple[BreakEven, ...] = ()
    witness: Witness | None = None
    grade: str = "contract"
    partial: bool = False
    asked: tuple[str, ...] = ()
    says: str = ""

    @property
    def gain(self) -> float:
        """Pounds for each person of the kind that shows it best, at the likely figures, slots idle unless it needs
        people waiting."""
        at = self.at.get(self.pattern.main_slot)
        return at.gain if at else 0.0


class StepReport(NamedTuple):
    """One step: what is indicated and assumed about it, and every pattern, the strongest first.

    `bearing` are the names of the assumptions that bear on its courses, those that only a pattern asks for apart.
    """

    label: str
    horizon: int
    limit: int
    defaults: tuple[Default, ...]
    never_stops: str
    onward: str
    assessed: tuple[Assessed, ...]
    bearing: frozenset[str] = frozenset()


class Incentives(NamedTuple):
    """What is said about one service. What was `left_out` bears on verdicts; what is `not_followed` is told beside.

    `because` says why nothing is, where no step is paid for.
    """

    service: str
    path: str
    steps: tuple[StepReport, ...]
    left_out: tuple[LeftOut, ...]
    assumptions: Assumptions
    options: Options
    not_followed: tuple[LeftOut, ...] = ()
    because: str = ""

    @property
    def worst(self) -> tuple[int, float]:
        """By what services are put in order, the worst first: the strongest verdict, then the largest gain."""
        found = [(VERDICTS.index(a.verdict), -a.gain) for a in self.verdicts.values()]
        return min(found, default=(len(VERDICTS), 0.0))

    @property
    def verdicts(self) -> Mapping[str, Assessed]:
        """By the name of each pattern that was looked for, the strongest verdict at any step; by name."""
        by_name: dict[str, list[Assessed]] = {}
        for step in self.steps:
            for one in step.assessed:
                by_name.setdefault(one.pattern.name, []).append(one)
        return {name: strongest(by_name[name]) for name in sorted(by_name)}


def analyse(service: Service, assumptions: Assumptions | None = None, options: Options = Options()) -> Incentives:  # noqa: B008
    """What a service's payments reward. Raises LookupError where nothing is assumed for its vocabulary."""
    assumed = default(service.vocabulary.name) if assumptions is None else assumptions
    if not assumed:
        raise LookupError(service.vocabulary.name)
    contract = contract_of(service, assumed)
    steps = tuple(_step(contract, number, assumed, options) for number in range(len(contract.steps)))
    because = "" if steps else why_nothing(service, assumed)
    aside = not_followed(contract)
    return Incentives(service.name, service.path, steps, contract.left_out, assumed, options, aside, because)


def not_analysed(service: Service, options: Options = Options()) -> Incentives:  # noqa: B008 - frozen
    """What is said about a service of whose vocabulary nothing is assumed."""
    return Incentives(service.name, service.path, (), (), {}, options, because=why_nothing(service, {}))


def _step(contract: Contract, number: int, assumptions: Assumptions, options: Options) -> StepReport:
    settled = settle(contract, contract.steps[number], assumptions)
    setting = settled.setting
    wanted = filter(options.looks_for, all_patterns())
    trials = Trials(setting)
    assessed = sorted((assess(setting, pattern, options, trials) for pattern in wanted), key=_strength)
    course = setting.step.course
    return StepReport(
        setting.step.label, setting.table.horizon, course.limit, course.defaults, settled.never_stops,
        setting.step.onward, tuple(assessed), bearing(assumptions, setting.step) | _of_later(assumptions),
    )  # fmt: skip


def _of_later(assumptions: Assumptions) -> frozenset[str]:
    """The names of the figures about the year after discharge, where one may be told."""
    return frozenset((AVERTED, RELAPSE) if later_of(assumptions) else ())


def _strength(one: Assessed) -> tuple[int, float, str]:
    """By what verdicts are put in order, the strongest first, then the largest gain."""
    return (VERDICTS.index(one.verdict), -one.gain, one.pattern.name)


def strongest(each: Iterable[Assessed]) -> Assessed:
    """The strongest of several verdicts on one pattern. Raises ValueError where there is none."""
    return min(each, key=_strength)


def assess(
    setting: Setting, pattern: Pattern, options: Options = Options(), trials: Trials | None = None  # noqa: B008 - frozen
) -> Assessed:  # fmt: skip
    """Everything about one pattern at one step; `trials` are those of the step that other patterns share."""
    trials = trials or Trials(setting)
    found = judged(trials, pattern, options)
    return _detailed(trials, found) if found.verdict in (*FOUND, UNDECIDED) else found


def judged(
    trials: Trials,
    pattern: Pattern,
    options: Options = Options(),  # noqa: B008 - frozen
    slots: Sequence[str] = SLOTS,
) -> Assessed:
    """The verdict on one pattern at one step, and no more; `slots` are the slot prices at which figures decide, the
    pattern's own among them.
    """
    setting = trials.setting
    case = Case(setting.contract, setting.step)
    why = pattern.applies(case)
    if why is not None:
        return Assessed(pattern, setting.step.label, DOES_NOT_APPLY, why)
    proof = prove(case, pattern, setting.assumptions) if pattern.is_provable_from_text else None
    at = decide(setting, pattern, options.effort, options.material, trials, slots)
    verdict = at[pattern.main_slot].verdict
    if proof is not None and is_proved(proof, setting.step):
        verdict = STRUCTURAL
    partial = any(bears_on(left, pattern) for left in setting.contract.left_out)
    return Assessed(pattern, setting.step.label, verdict, proof=proof, at=at, partial=partial)


def _detailed(trials: Trials, found: Assessed) -> Assessed:
    """With size, break-evens, witness and the grade of the sign, for what was found."""
    setting, pattern, slot = trials.setting, found.pattern, found.pattern.main_slot
    case, decided = Case(setting.contract, setting.step), found.at[slot]
    found = found._replace(says=pattern.says(case) if pattern.says else "")
    if pattern.gain is not None:
        asked = figures_asked(setting, pattern, slot)
        grades = [of(setting.assumptions, name).grade for name in asked]
        return found._replace(grade="contract" if found.verdict == STRUCTURAL else weakest_grade(grades), asked=asked)
    point = decided.point or {}
    crossing = break_evens(setting, pattern, decided.kind, {}, slot, trials)
    given = _given(setting, case, found) if pattern.is_provable_from_text else None
    return found._replace(
        given=given,
        size=size(setting, pattern, decided.kind, point, slot, trials),
        break_evens=crossing,
        witness=witness(setting, pattern, decided.kind, point, slot),
        grade=_grade(setting, found, crossing, decided.kind),
    )


def _grade(setting: Setting, found: Assessed, crossing: tuple[BreakEven, ...], kind: str) -> str:
    """The weakest source on which the sign depends: none for what the text proves; where it holds throughout a range,
    every figure whose range that is."""
    grades = grades_of(setting, kind)
    if found.verdict == STRUCTURAL:
        return "contract"
    if found.verdict == ROBUST or not crossing:
        return weakest_grade(list(grades.values()))
    return weakest_grade([one.grade for one in crossing])


def _given(setting: Setting, case: Case, found: Assessed) -> Given | None:
    """For which cost of a session the pattern holds on every path, if that depends on it."""
    low, high = (_proved_at(setting, case, found, pounds) for pounds in (_LEAST, _MOST))
    if low.holds == high.holds:
        return None
    failing: list[_Proved] = []
    while high.pounds - low.pounds > _CLOSE:
        failing = [*failing[-1:], high if low.holds else low]
        half, meets = (high.pounds - low.pounds) / 2, _meets_nothing(failing)
        for pounds in (meets - 0.4 * _CLOSE, meets + 0.4 * _CLOSE, None):
            if pounds is None and high.pounds - low.pounds > half:
                pounds = (low.pounds + high.pounds) / 2
            if pounds is not None and low.pounds < pounds < high.pounds:
                at = _proved_at(setting, case, found, pounds)
                low, high = (at, high) if at.holds == low.holds else (low, at)
    return Given((low.pounds + high.pounds) / 2, below=low.holds)


_LEAST, _MOST, _CLOSE = 0.01, 5000.0, 1e-4


class _Proved(NamedTuple):
    """Whether a pattern holds on every path where a session costs so many pounds, and by how much it does or not."""

    pounds: float
    holds: bool
    margin: float


def _meets_nothing(failing: Sequence[_Proved]) -> float:
    """Where the line through the last two that do not hold comes to nothing: what is gained is a line, piece by piece.
    Not a number where there is no such line."""
    first, last = failing[0], failing[-1]
    fall = first.margin - last.margin
    return last.pounds - last.margin * (last.pounds - first.pounds) / -fall if fall else float("nan")


def _proved_at(setting: Setting, case: Case, found: Assessed, pounds: float) -> _Proved:
    proof = prove(case, found.pattern, setting.assumptions, Range(pounds, pounds))
    return _Proved(pounds, proof.is_structural, min(proof.gain.least, proof.gain.greatest))


_FROZEN = "health after discharge: it is frozen there, so the harm of an early discharge after recovery is not modelled"
_A_YEAR = f"health after discharge, but for relapse within a year at the likely `{RELAPSE}` and `{AVERTED}`"

_LEFT_OUT = (
    "professional ethics, except through the price of compliance",
    "reputation, and whether the contract is renewed",
    "audit, unless the document states a rate and a penalty",
    "what the patient wants",
    _FROZEN,
    "what the provider does not know: it is taken to see how the patient is",
    "differences within a kind of patient",
)


def left_out_of_the_model(found: Iterable[Incentives]) -> tuple[str, ...]:
    """What the model leaves out of any of these services; printed with every report."""
    worked = [one for one in found if one.steps]
    is_told = bool(worked) and all(later_of(one.assumptions) for one in worked)
    return tuple(_A_YEAR if is_told and item == _FROZEN else item for item in _LEFT_OUT)


ABSENT_MEANS = f"{ABSENT} holds of the actions that are modelled: take or reject, treat, measure, discharge, step up"
