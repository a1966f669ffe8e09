"""Which incentives follow from a contract's text alone, in pure Python: what plain `check` and guidance rules ask.

`structural(service)` answers for every pattern. What holds on every path of events needs no figure about patients; the
costs assumed enter only by their range, and a pattern that needs them to lie in a part of it is not structural.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from carespec.assumptions import Assumptions, default, of
from carespec.incentives.episode.contract import Contract, contract_of
from carespec.incentives.episode.course import MOST_SESSIONS
from carespec.incentives.episode.step import Departs, Step, table_of
from carespec.incentives.episode.terms import due_at, is_assessed, turns_away
from carespec.incentives.patterns import Case, Pattern, names, pattern
from carespec.incentives.text.coupling import PENNY, Costs, Coupled, Courses, Range, Shared, coupled
from carespec.model.facts import Service
from carespec.payments.atoms import MISSED, LeftOut
from carespec.tuples import NamedTuple

STRUCTURAL, NOT_STRUCTURAL = "structural", "not-structural"
DOES_NOT_APPLY, NOT_ANALYSED = "does-not-apply", "not-analysed"

MATERIAL = 0.01
"""A gain counts if somewhere it passes this share of the most that the indicated course is paid."""


class TextVerdict(NamedTuple):
    """What the text says about one pattern: one of the words above, at which step, and why it does not apply.

    Only with what is structural: between which pounds its `gain` lies, what a session is assumed to cost (`given`), and
    the attended sessions that earn the price of the course. Of the rest most is settled before a gain is worked out.
    `counted_to`: the session up to which the gain is counted, where every further one adds to it without a limit.
    """

    verdict: str
    step: str = ""
    gain: Range | None = None
    because: str = ""
    given: str = ""
    sessions_due: int | None = None
    counted_to: int | None = None


def structural(
    service: Service,
    assumptions: Assumptions | None = None,
    wanted: Iterable[str] | None = None,
    shared: Shared | None = None,
) -> Mapping[str, TextVerdict]:
    """By the name of each pattern, or of each `wanted`, what the contract's text alone says of it.

    Whoever asks about many services gives one `shared` for all: it remembers what contracts have in common.
    Raises KeyError for a wanted pattern that does not exist.
    """
    assumed = default(service.vocabulary.name) if assumptions is None else assumptions
    contract = contract_of(service, assumed) if assumed else None
    steps = [_AtStep(contract, step, assumed, shared) for step in contract.steps] if contract else []
    return {name: _of_contract(contract, steps, pattern(name)) for name in (names() if wanted is None else wanted)}


def from_text(service: Service, name: str, assumptions: Assumptions | None = None) -> TextVerdict:
    """What the contract's text says of one pattern. Raises KeyError for one that does not exist."""
    return structural(service, assumptions, (name,))[name]


def _of_contract(contract: Contract | None, steps: Sequence[_AtStep], wanted: Pattern) -> TextVerdict:
    """The strongest answer of any step; none while a payment that bears on it was left out."""
    if contract is None:
        return TextVerdict(NOT_ANALYSED, because="nothing is assumed about services of this vocabulary")
    left = next((left for left in contract.left_out if bears_on(left, wanted)), None)
    if left is not None:
        return TextVerdict(NOT_ANALYSED, because=f"`{left.place.path}` is left out: {left.because}")
    if not steps:
        return TextVerdict(DOES_NOT_APPLY, because="nothing is paid for treatment")
    return min([step.verdict(wanted) for step in steps], key=lambda one: _ORDER[one.verdict])


_ORDER = {STRUCTURAL: 0, NOT_STRUCTURAL: 1, DOES_NOT_APPLY: 2}


def bears_on(left: LeftOut, wanted: Pattern) -> bool:
    """Whether a payment that was left out can change the answer; what is paid before treatment only bears on entry."""
    return not wanted.of_document and (left.place.path != "pay assessment" or wanted.departs is turns_away)


class _AtStep:
    """One step of a contract, with what several patterns ask of it: each is worked out once, and only if asked."""

    def __init__(self, contract: Contract, step: Step, assumptions: Assumptions, shared: Shared | None) -> None:
        self._case, self._step, self._assumptions = Case(contract, step), step, assumptions
        self._label, self._shared = step.label, shared
        self._proved: dict[Departs, Coupled | None] = {}

    def verdict(self, wanted: Pattern) -> TextVerdict:
        """What the text says of a pattern here."""
        label = self._label
        why = wanted.applies(self._case)
        if why is not None:
            return TextVerdict(DOES_NOT_APPLY, label, because=why)
        if not wanted.is_provable_from_text:
            return TextVerdict(NOT_STRUCTURAL, label, because="it depends on figures about patients and costs")
        found = self._prove(wanted)
        if found is None or not (found.is_structural and found.gain.greatest > self._material):
            return TextVerdict(NOT_STRUCTURAL, label)
        given, due = self._given
        return TextVerdict(STRUCTURAL, label, found.gain, "", given, due, self._counted_to(wanted))

    def _counted_to(self, wanted: Pattern) -> int | None:
        """The last session looked at, where a pattern goes on beyond it and that pays more than it may cost."""
        table, departs = self._courses.table, wanted.departs
        last = table.horizon - 1
        if departs is None or self._step.course.most is not None or table.horizon >= MOST_SESSIONS:
            return None
        if table.session[last] <= self._courses.costs.session.least:
            return None
        return table.horizon if self._courses.goes_on(departs) else None

    def _prove(self, wanted: Pattern) -> Coupled | None:
        """The gain on every path, None where one path shows a loss; patterns that depart alike gain alike."""
        departs = wanted.departs
        if departs is None or wanted.paid_by is not None:
            return prove(self._case, wanted, self._assumptions)
        if departs not in self._proved:
            self._proved[departs] = self._courses.unless_lost(departs)
        return self._proved[departs]

    @cached_property
    def _courses(self) -> Courses:
        costs = costs_of(self._step, self._assumptions)
        return Courses(table_of(self._step, missed_limit=0), costs, shared=self._shared)

    @cached_property
    def _material(self) -> float:
        return MATERIAL * _most_paid(self._step)

    @cached_property
    def _given(self) -> tuple[str, int | None]:
        return of(self._assumptions, f"cost.session.{self._step.name}").show(), due_at(self._step)


def is_proved(found: Coupled, step: Step) -> bool:
    """Never a loss, and somewhere a gain that counts."""
    return found.is_structural and found.gain.greatest > MATERIAL * _most_paid(step)


def _most_paid(step: Step) -> float:
    """The most that an indicated course can be paid at this step, in pounds."""
    table = table_of(step, missed_limit=0)
    limit = min(step.course.limit, table.horizon)
    return table.start + sum(max(0.0, pay) for pay in table.session[:limit]) + max(table.close[0][limit])


def prove(case: Case, wanted: Pattern, assumptions: Assumptions, session: Range | None = None) -> Coupled:
    """The gain on every path; `session` replaces the range of what a session costs."""
    if wanted.gain is not None:
        low, high = wanted.gain(_on_paths(case, assumptions), lambda name: _ends(assumptions, name)) or _NO_GAIN
        return Coupled(Range(low, high))
    step = wanted.paid_by(case.step) if wanted.paid_by else case.step
    costs = costs_of(step, assumptions)
    if session is not None:
        costs = costs._replace(session=session)
    assert wanted.departs is not None
    return coupled(table_of(step, missed_limit=0), wanted.departs, costs)


_NO_GAIN = (-PENNY * 10, 0.0)


def _on_paths(case: Case, assumptions: Assumptions) -> Case:
    """The case with what its indicated course earns on every path, whoever the patient is."""

    def value(kind: str) -> tuple[float, float]:
        return Courses(table_of(case.step, missed_limit=0), costs_of(case.step, assumptions)).course_range()

    return case._replace(value=value)


def _ends(assumptions: Assumptions, name: str) -> tuple[float, float]:
    found = of(assumptions, name)
    return found.low, found.high


def costs_of(step: Step, assumptions: Assumptions) -> Costs:
    """The costs of an attended session, with the appointments missed before it, of a reading, an assessment, a
    rejection: each from the least to the greatest assumed."""
    session, missed, dna = (
        _ends(assumptions, name) for name in (f"cost.session.{step.name}", "cost.missed-slot", "dna")
    )
    fee = _missed_fee(step)
    odds = tuple(chance / (1 - chance) for chance in dna)
    each = [cost + o * (share * cost - fee) for cost, share in zip(session, missed, strict=True) for o in odds]
    assessment = _ends(assumptions, "cost.assessment") if is_assessed(step) else (0.0, 0.0)
    return Costs(
        Range(min(each), max(each)), Range(*_ends(assumptions, "cost.reading")), Range(*assessment),
        Range(*_ends(assumptions, "cost.rejection")),
    )  # fmt: skip


def _missed_fee(step: Step) -> float:
    """The most that a missed appointment pays."""
    atoms = step.machine.atoms
    if not any(atom.per == MISSED or atom.allowed for atom in atoms):
        return 0.0
    paid = sum(float(atoms[place].amount) * number for place, number in step.machine.on_missed(1))
    return max([paid, *(float(atom.amount) for atom in atoms if atom.allowed)])
