"""The smallest change of the fees under which nobody earns more by leaving the indicated course.

For a fixed course pay is linear in the fees, so "the indicated course earns at least what that one does" is a linear
condition. The best course under the fees so far gives the next condition, until there is none: a linear programme by
cutting planes, which ends because there are finitely many courses. Size is counted in pounds of an indicated course.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import numpy as np
from numpy.typing import NDArray

from carespec.assumptions import Assumptions, default
from carespec.incentives.episode.actions import TREAT_UNMEASURED, Moment
from carespec.incentives.episode.contract import contract_of, why_nothing
from carespec.incentives.episode.step import Step, table_of
from carespec.incentives.expected import Expected, expected
from carespec.incentives.figures import KINDS, bearing
from carespec.incentives.gains import Setting, onward_at
from carespec.incentives.horizon import settle
from carespec.incentives.patients import Numbers, Patients
from carespec.incentives.solver import PROFIT, solve
from carespec.model.conditions import Test
from carespec.model.facts import Service
from carespec.payments.atoms import COURSE, SESSION, Atom, LeftOut, Place
from carespec.payments.machine import machine
from carespec.quantities.readings import Reading
from carespec.tuples import NamedTuple

_ROUNDS = 80
_MOST = 1e5
"""Pounds above which no fee is looked for."""

_ENOUGH = 1e-6
_PENNY = Decimal("0.01")
_RARELY = 0.05
"""The least weight of a payment that an indicated course hardly earns."""

Chosen = NDArray[np.bool_]
_NEW = Place("", 0, 0, 0)


class Change(NamedTuple):
    """One payment, in pounds before and after; `new` if the document has none of it."""

    name: str
    per: str
    was: float
    becomes: float
    new: bool = False


class Removal(NamedTuple):
    """What is left to gain, in pounds, for the kind that gains most, if one rule of a payment goes."""

    rule: str
    gain: float


class Repair(NamedTuple):
    """What there is to gain now by kind of patient, and the fees that leave nothing.

    `changes` None: no fees do it. `left` is the gain after rounding to pence, `pay` what an indicated course is paid
    before and after (all kinds alike). `even` are fees that do it and pay an indicated course no more than now, None if
    none do. `premium` is the payment for recovery that does it with every other fee as it is, and `premium_pay` what an
    indicated course is then paid; None where none does. `last` is by kind what a recovery must be paid before the last
    indicated session is worth giving. `removals` compares. `bearing` are the names of the assumptions that bear on it.
    """

    step: str
    gains: Mapping[str, float]
    changes: tuple[Change, ...] | None
    left: float
    pay: tuple[float, float]
    even: tuple[Change, ...] | None
    premium: float | None
    premium_pay: float | None
    last: Mapping[str, float]
    removals: tuple[Removal, ...]
    rounds: int
    bearing: frozenset[str] = frozenset()

    @property
    def is_needed(self) -> bool:
        """Whether anything is to be gained now."""
        return max(self.gains.values()) > 0.01


class Repaired(NamedTuple):
    """The repairs of one service, step by step; payments that were left out stay as they are.

    `because` says why there is none, where no step is paid for.
    """

    service: str
    path: str
    steps: tuple[Repair, ...]
    left_out: tuple[LeftOut, ...]
    assumptions: Assumptions
    because: str = ""


def repaired(service: Service, assumptions: Assumptions | None = None) -> Repaired:
    """The repair of every step; none where nothing is assumed for the service's vocabulary."""
    assumed = default(service.vocabulary.name) if assumptions is None else assumptions
    if not assumed:
        return Repaired(service.name, service.path, (), (), assumed, why_nothing(service, assumed))
    contract = contract_of(service, assumed)
    steps = tuple(repair(settle(contract, step, assumed).setting) for step in contract.steps)
    because = "" if steps else why_nothing(service, assumed)
    return Repaired(service.name, service.path, steps, contract.left_out, assumed, because)


def in_care(moment: Moment, indicated: int, taken: int) -> bool:
    """Any departure in care. What a reading costs is put right by paying for readings, not by these fees."""
    return taken != TREAT_UNMEASURED


class _Problem(NamedTuple):
    """A step with every payment that may change, and the patients, a draw for each kind; `onward` too is by kind."""

    setting: Setting
    atoms: tuple[Atom, ...]
    now: Numbers
    draws: Patients
    indicated: tuple[Expected, ...]
    onward: Numbers | None

    def under(self, amounts: Numbers) -> Setting:
        """The same step at other fees."""
        return _priced(self.setting, self.atoms, amounts)

    def stepped_up(self, number: int) -> float:
        """Pounds that a step up is worth to whoever is paid here."""
        return 0.0 if self.onward is None else float(self.onward[PROFIT, number])

    def counts(self) -> Numbers:
        """How often an indicated course earns each payment, all kinds alike."""
        return np.asarray(np.mean([found.counts for found in self.indicated], axis=0))


def repair(setting: Setting) -> Repair:
    """The repair of one step at the likely figures, slots idle."""
    problem = _problem(setting)
    gains = dict(zip(KINDS, _gains(problem, problem.now), strict=True))
    free = np.ones(len(problem.atoms), bool)
    amounts, rounds = _least(problem, free)
    premium = np.array([atom.on_outcome for atom in problem.atoms])
    alone, _ = _least(problem, premium)
    even, _ = _least(problem, free, no_dearer=True)
    weights = problem.counts()
    left, after = max(gains.values()), float(weights @ problem.now)
    if amounts is not None:
        amounts = _to_pence(amounts, problem.now)
        left = max(_gains(problem, amounts))
        after = float(weights @ amounts)
    return Repair(
        setting.step.label, gains, _changes(problem, amounts), left, (float(weights @ problem.now), after),
        _changes(problem, None if even is None else _to_pence(even, problem.now)),
        None if alone is None else float(alone[premium].sum()),
        None if alone is None else float(weights @ alone), _last(problem), tuple(_removals(problem)), rounds,
        bearing(setting.assumptions, setting.step),
    )  # fmt: skip


def _changes(problem: _Problem, amounts: Numbers | None) -> tuple[Change, ...] | None:
    """Every payment that there is before or after."""
    if amounts is None:
        return None
    found = (_change(a, w, b) for a, w, b in zip(problem.atoms, problem.now, amounts, strict=True))
    return tuple(change for change in found if change.was >= 0.005 or change.becomes >= 0.005)


def _last(problem: _Problem) -> dict[str, float]:
    """What a recovery must be paid, by kind, so that the last indicated session of somebody still ill pays its way:
    what it costs beyond its fee, by the chance that it brings recovery."""
    table, draws = problem.setting.table, problem.draws
    odds = draws.dna / (1 - draws.dna)
    missed = draws.missed * draws.session + draws.slot - table.missed[0]
    cost = draws.session + draws.slot + draws.reading + odds * missed
    last = table.step.course.limit - 1
    chances, dear = draws.recovery(table.horizon)[last], np.maximum(0.0, cost - table.session[last])
    found = zip(KINDS, dear.tolist(), chances.tolist(), strict=True)
    return {kind: pounds / chance for kind, pounds, chance in found if chance > 0}


def _problem(setting: Setting) -> _Problem:
    atoms = (*setting.step.machine.atoms, *_offered(setting.step))
    was = len(setting.step.machine.atoms)
    now = np.array([float(atom.amount) if number < was else 0.0 for number, atom in enumerate(atoms)])
    wide = _priced(setting, atoms, now)
    draws = wide.draws(({},), ("idle",))
    course = solve(wide.table, draws, None, keep_actions=True)
    indicated = tuple(expected(wide.table, draws, course, number) for number in range(len(KINDS)))
    return _Problem(wide, atoms, now, draws, indicated, onward_at(setting, ({},), ("idle",)))


def _offered(step: Step) -> list[Atom]:
    """Payments that the document lacks and that may be added: a fee for every indicated session, one for recovery."""
    limit, found = step.course.limit, []
    covered = any(a.per == SESSION and not a.on_outcome and (a.most is None or a.most >= limit)
                  for a in step.machine.atoms)  # fmt: skip
    if not covered:
        found.append(Atom(f"a fee for each of {limit} sessions", Decimal(1), SESSION, _NEW, most=limit))
    if not any(atom.on_outcome for atom in step.machine.atoms):
        recovered = Test("recovered", None, "reading", Reading("recovered", False, "at last reading"), None, 0, 0)
        found.append(Atom("a payment for recovery at last reading", Decimal(1), COURSE, _NEW, condition=recovered))
    return found


def _priced(setting: Setting, atoms: Sequence[Atom], amounts: Numbers) -> Setting:
    priced = [atom._replace(amount=Decimal(repr(float(amount)))) for atom, amount in zip(atoms, amounts, strict=True)]
    old = setting.step.machine
    step = setting.step._replace(machine=machine(priced, old.needs, old.vocabulary))
    return setting._replace(step=step, table=table_of(step, setting.table.horizon))


def _gains(problem: _Problem, amounts: Numbers) -> list[float]:
    """Pounds that the best course earns beyond the indicated one, by kind of patient."""
    return [gain for gain, _ in _best(problem, amounts)]


def _best(problem: _Problem, amounts: Numbers) -> list[tuple[float, Callable[[], Expected]]]:
    """By kind of patient what the best course gains, and what is expected of it."""
    here, draws = problem.under(amounts), problem.draws
    best = solve(here.table, draws, in_care, onward=problem.onward, may_reject=True, keep_actions=True)
    gains = best.value[PROFIT] - solve(here.table, draws, None, onward=problem.onward).value[PROFIT]
    return [(gain, partial(expected, here.table, draws, best, kind)) for kind, gain in enumerate(gains.tolist())]


def _least(problem: _Problem, free: Chosen, no_dearer: bool = False) -> tuple[Numbers | None, int]:
    """The fees nearest to those of now of which only some may change, and how many rounds it took; None if none do.

    `no_dearer`: an indicated course is to be paid no more than now.
    """
    cuts: list[Numbers] = [-problem.counts()] if no_dearer else []
    bounds: list[float] = [-float(problem.counts() @ problem.now)] if no_dearer else []
    amounts: Numbers | None = problem.now
    for done in range(_ROUNDS):
        assert amounts is not None
        new = list(_cuts(problem, amounts))
        if not new:
            return amounts, done
        cuts += [row for row, _ in new]
        bounds += [bound for _, bound in new]
        amounts = _programme(problem, free, np.array(cuts), np.array(bounds))
        if amounts is None:
            return None, done
    return None, _ROUNDS


def _cuts(problem: _Problem, amounts: Numbers) -> Iterator[tuple[Numbers, float]]:
    """For each kind that gains, that the indicated course earns what the best one now does: row · fees >= bound."""
    for number, (gain, course) in enumerate(_best(problem, amounts)):
        if gain > _ENOUGH:
            theirs, mine = course(), problem.indicated[number]
            onward = problem.stepped_up(number) * (mine.up - theirs.up)
            yield mine.counts - theirs.counts, mine.cost - theirs.cost - onward


def _programme(problem: _Problem, free: Chosen, cuts: Numbers, bounds: Numbers) -> Numbers | None:
    """The least change that meets the conditions so far: fees, then how far each is from now."""
    from scipy.optimize import linprog

    count = len(problem.atoms)
    eye, weights = np.eye(count), np.maximum(problem.counts(), _RARELY)
    far = np.block([[eye, -eye], [-eye, -eye]])
    rows = np.vstack([np.hstack([-cuts, np.zeros_like(cuts)]), far])
    limits = np.concatenate([-bounds, problem.now, -problem.now])
    ranges = [(0.0, _MOST) if free[n] else (problem.now[n], problem.now[n]) for n in range(count)]
    found = linprog(
        np.concatenate([np.zeros(count), weights]), A_ub=rows, b_ub=limits, bounds=[*ranges, *[(0.0, None)] * count],
        method="highs",
    )  # fmt: skip
    return np.asarray(found.x[:count]) if found.status == 0 else None


def _to_pence(amounts: Numbers, now: Numbers) -> Numbers:
    """Whole pence for what changes; half of an odd price stays what it is."""
    pence = [float(Decimal(repr(max(0.0, float(a)))).quantize(_PENNY, ROUND_HALF_UP)) for a in amounts]
    return np.where(np.abs(amounts - now) < 0.005, now, pence)


def _change(atom: Atom, was: float, becomes: float) -> Change:
    name = f"{atom.name}, at risk" if atom.at_risk else atom.name
    return Change(name, atom.per, float(was), float(becomes), new=atom.place is _NEW)


def _removals(problem: _Problem) -> list[Removal]:
    """Each cap, threshold and condition of a payment, and what is left to gain without it."""
    found: dict[str, float] = {}
    for number, atom in enumerate(problem.atoms):
        for rule, without in _without(atom):
            atoms = tuple(without if n == number else a for n, a in enumerate(problem.atoms))
            other = problem._replace(atoms=atoms)
            found[rule] = max(_gains(other, problem.now))
    return [Removal(rule, gain) for rule, gain in found.items()]


def _without(atom: Atom) -> list[tuple[str, Atom]]:
    found: list[tuple[str, Atom]] = []
    if atom.place is _NEW:
        return found
    if atom.most is not None:
        found.append((f"`at most {atom.most}` under `{atom.name}`", atom._replace(most=None)))
    if atom.minimum > 1:
        found.append((f"the least of {atom.minimum} sessions under `{atom.name}`", atom._replace(condition=None)))
    if atom.on_outcome:
        found.append((f"the outcome that `{atom.name}` hangs on", atom._replace(condition=None)))
    return found
