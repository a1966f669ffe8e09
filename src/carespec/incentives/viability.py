"""Whether a provider that does as indicated can live on what is paid, and what the commissioner then spends.

Everything is at the likely figures, slots idle; where a sum turns from a gain to a loss within the range of the cost
of a session, that cost is given.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from carespec.assumptions import Assumptions, default, of
from carespec.incentives.episode.contract import Contract, contract_of, why_nothing
from carespec.incentives.episode.document import fixed_costs, group_price, is_promised, number_of
from carespec.incentives.episode.step import Step
from carespec.incentives.expected import Expected, expected
from carespec.incentives.figures import KINDS, Point, bearing, figures_of
from carespec.incentives.gains import Setting
from carespec.incentives.horizon import settle
from carespec.incentives.portfolio import at_least, break_even, falls_short, needed_to_stay
from carespec.incentives.solver import departs_anyhow, solve
from carespec.model.facts import Service
from carespec.payments.atoms import LeftOut
from carespec.tuples import NamedTuple

REFERRALS = 100


class Course(NamedTuple):
    """One course of a kind of patient: pounds of `income` and `cost`, attended `sessions`, the chance of recovery."""

    income: float
    cost: float
    sessions: float
    recovered: float

    @property
    def margin(self) -> float:
        """Pounds kept."""
        return self.income - self.cost


class TariffLine(NamedTuple):
    """What one payment brings to an indicated course of a middle patient: its name, how often, pounds."""

    name: str
    times: float
    pounds: float


class StepViability(NamedTuple):
    """One step. `courses` and `rewarded` by kind of patient; `lines` what each payment brings, the dearest first.

    `break_even_session` is the cost of an attended session at which a middle patient's course keeps nothing, None if
    none up to £5,000 does. `missed_cost` is what missed appointments cost in each such course, `missed_paid` what is
    paid for them. `per_referral` is what a referral brings and costs, with the share that enters treatment. `needed`
    is how many courses cover the fixed cost (None: no number does), `short` the chance of fewer, None where a volume
    is guaranteed or there is nothing to cover. `spent` is what the commissioner spends on 100 referrals, treated as
    indicated and as rewarded, a third of them of each kind. `bearing` are the names of the assumptions that bear on it.
    """

    label: str
    courses: Mapping[str, Course]
    rewarded: Mapping[str, Course]
    lines: tuple[TariffLine, ...]
    break_even_session: float | None
    session: tuple[float, float, float]
    missed_cost: float
    missed_paid: float
    missed: float
    per_referral: tuple[float, float]
    needed: int | None
    short: float | None
    spent: tuple[float, float]
    bearing: frozenset[str]

    @property
    def is_below_cost(self) -> bool:
        """Whether a middle patient's indicated course costs more than it brings."""
        return self.courses["middle"].margin < -0.005


class Group(NamedTuple):
    """A group at its price per person: people enrolled, how many are expected to stay, pounds of income (if it is paid)
    and cost; how many must stay for the cost, how many for the price to be due, and the chance that they do."""

    size: int
    staying: float
    income: float
    cost: float
    to_break_even: int | None
    to_be_paid: int | None
    chance: float


class Viability(NamedTuple):
    """What is said about one service. `fixed` is what must be spent once, `guaranteed` whether a volume is promised.

    `because` says why nothing is, where no step is paid for. `asked` are the names of the assumptions beside those that
    bear on courses.
    """

    service: str
    path: str
    steps: tuple[StepViability, ...]
    group: Group | None
    fixed: float
    guaranteed: bool
    expected_people: float
    left_out: tuple[LeftOut, ...]
    assumptions: Assumptions
    because: str = ""
    asked: frozenset[str] = frozenset()


def viability(service: Service, assumptions: Assumptions | None = None) -> Viability:
    """Income against cost; without a step where nothing is assumed for its vocabulary."""
    assumed = default(service.vocabulary.name) if assumptions is None else assumptions
    if not assumed:
        because = why_nothing(service, assumed)
        return Viability(service.name, service.path, (), None, 0.0, False, 0.0, (), assumed, because)
    contract = contract_of(service, assumed)
    known, unknown = fixed_costs(service)
    fixed = known + sum(of(assumed, f"cost.fixed.{name}").likely for name in unknown)
    guaranteed = is_promised(service, "volume-guarantee")
    steps = tuple(_step(contract, step, assumed, fixed, guaranteed) for step in contract.steps)
    return Viability(
        service.name, service.path, steps, _group(service, assumed), fixed, guaranteed, of(assumed, "volume").likely,
        contract.left_out, assumed, "" if steps else why_nothing(service, assumed),
        _asked(service, assumed, bool(steps)),
    )  # fmt: skip


def _asked(service: Service, assumed: Assumptions, is_paid: bool) -> frozenset[str]:
    """The names of the assumptions about referrals, what is spent beforehand, and groups that were asked for."""
    known, unknown = fixed_costs(service)
    names = [*(["enters"] if is_paid else []), *(f"cost.fixed.{name}" for name in unknown)]
    if is_paid and (known or unknown) and not is_promised(service, "volume-guarantee"):
        names.append("volume")
    if group_price(service) is not None:
        names += ["completion", "cost.group", *(f"cost.input.{name}" for name in _unfunded(service))]
    return frozenset(of(assumed, name).name for name in names)


def _unfunded(service: Service) -> list[str]:
    return [fact.key for fact in service.family("required-input") if fact.value.content == "unfunded" and fact.key]


def _step(contract: Contract, step: Step, assumed: Assumptions, fixed: float, guaranteed: bool) -> StepViability:
    setting = settle(contract, step, assumed).setting
    indicated = {kind: _of(setting, kind) for kind in KINDS}
    amounts = np.array(setting.step.machine.amounts())
    courses = {kind: _course(found, amounts) for kind, found in indicated.items()}
    rewarded = {kind: _course(_of(setting, kind, best=True), amounts) for kind in KINDS}
    middle, session = courses["middle"], of(assumed, f"cost.session.{step.name}")
    enters = of(assumed, "enters").likely
    needed = break_even(fixed, middle.margin) if fixed else None
    nothing = guaranteed or not fixed
    short = None if nothing else 1.0 if needed is None else falls_short(of(assumed, "volume").likely, needed)
    referral = setting.table.referral
    return StepViability(
        step.label, courses, rewarded, _lines(setting, indicated["middle"]), _break_even_session(setting),
        (session.low, session.likely, session.high), indicated["middle"].missed_cost,
        _paid_for_missed(setting, indicated["middle"]), indicated["middle"].missed,
        (referral + enters * (middle.income - referral), enters * middle.cost), needed, short,
        (_spent(courses, enters), _spent(rewarded, enters)),
        bearing(assumed, setting.step),
    )  # fmt: skip


def _of(setting: Setting, kind: str, best: bool = False, point: Point | None = None) -> Expected:
    draws = figures_of(setting.assumptions, setting.step, kind, "idle").at((point or {},))
    departs = departs_anyhow if best else None
    return expected(setting.table, draws, solve(setting.table, draws, departs, keep_actions=True, may_reject=best))


def _course(found: Expected, amounts: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Course:
    return Course(found.pay(amounts), found.cost, found.sessions, found.recovered)


def _spent(courses: Mapping[str, Course], enters: float) -> float:
    return REFERRALS * enters * sum(course.income for course in courses.values()) / len(courses)


def _lines(setting: Setting, found: Expected) -> tuple[TariffLine, ...]:
    """What each payment brings; two atoms of one price (what is at risk and the rest) stand apart."""
    lines = []
    for atom, times in zip(setting.step.machine.atoms, found.counts, strict=True):
        name = f"{atom.name}, at risk" if atom.at_risk else atom.name
        lines.append(TariffLine(name, float(times), float(atom.amount) * float(times)))
    return tuple(sorted(lines, key=lambda line: (-line.pounds, line.name)))


def _paid_for_missed(setting: Setting, found: Expected) -> float:
    atoms = setting.step.machine.atoms
    return sum(
        float(atom.amount) * float(times)
        for atom, times in zip(atoms, found.counts, strict=True)
        if atom.per == "missed-appointment"
    )


_DEAREST = 5000.0


def _break_even_session(setting: Setting) -> float | None:
    """The cost of an attended session at which the indicated course of a middle patient keeps nothing: it is linear
    in that cost, so two points give it."""
    margins = []
    for cost in (0.0, _DEAREST):
        name = f"cost.session.{setting.step.name}"
        changed = {
            **setting.assumptions,
            name: of(setting.assumptions, name)._replace(low=cost, likely=cost, high=cost),
        }
        found = _of(setting._replace(assumptions=changed), "middle")
        margins.append(found.pay(np.array(setting.step.machine.amounts())) - found.cost)
    free, dearest = margins
    if free <= 0 or dearest >= 0:
        return None
    return _DEAREST * free / (free - dearest)


def _group(service: Service, assumed: Assumptions) -> Group | None:
    price = group_price(service)
    if price is None:
        return None
    size, stay = number_of(service, "group-size") or 10, of(assumed, "completion").likely
    cost = of(assumed, "cost.group").likely
    cost += size * sum(of(assumed, f"cost.input.{name}").likely for name in _unfunded(service))
    to_break_even = break_even(cost, price.amount)
    to_be_paid = None if price.dropout is None else needed_to_stay(size, price.dropout, price.strictly)
    wanted = max(to_break_even or 0, to_be_paid or 0)
    return Group(size, size * stay, size * stay * price.amount, cost, to_break_even, to_be_paid,
                 at_least(wanted, [stay] * size))  # fmt: skip
