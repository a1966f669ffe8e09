"""What patterns ask about a document as a whole, rather than about one of its steps."""

from __future__ import annotations

from decimal import Decimal

from carespec.incentives.episode.step import Step
from carespec.model.conditions import Test, tests
from carespec.model.facts import Fact, OnlyFor, Service, State, When
from carespec.payments.atoms import COURSE, SESSION
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count, Rate
from carespec.quantities.money import Money
from carespec.quantities.percent import Percent
from carespec.quantities.sets import WordSet
from carespec.tuples import NamedTuple

BINDING_ALLOCATIONS = ("patient-choice", "rota", "nearest-provider", "shortest-wait", "referrer-decides")
"""Ways of sharing people out that leave nothing to whoever assesses them."""


def told_elsewhere(steps: tuple[Step, ...], step: Step) -> str | None:
    """Why something about the whole document is not told at this step: it is told at the first."""
    return None if step == steps[0] else f"it is about the whole service, and told at {steps[0].label}"


def words(service: Service, field: str, key: str | None = None) -> frozenset[str]:
    """The words of a set that is stated; none where nothing is."""
    fact = service.fact(field, key)
    content = fact.value.content if fact and fact.value.state == State.STATED else None
    return frozenset(content.members) if isinstance(content, WordSet) else frozenset()


def is_shared_out_freely(service: Service) -> bool:
    """Whether nothing binds who is given which person."""
    return service.stated("allocation") not in BINDING_ALLOCATIONS


_DUTIES = ("rejection-reason", "rejection-discussion", "rejection-recommendation", "rejections-reported")
_SECONDARY = ("secondary-care", "step-4")


def rejection_duties(service: Service) -> str:
    """Which duties that come with turning somebody away a document writes down, and which it does not."""
    written = [f"`{name}`" for name in _DUTIES if service.state_of(name) == State.STATED]
    absent = [f"`{name}`" for name in _DUTIES if service.state_of(name) != State.STATED]
    told = [f"asks for {', '.join(written)}"] if written else []
    told += [f"does not ask for {', '.join(absent)}"] if absent else []
    if any(service.state_of("rejection-transfer", key) == State.STATED for key in _SECONDARY):
        told.append("sends people turned away to secondary care, whatever they need")
    return f"about turning people away it {', and '.join(told)}"


def number_of(service: Service, field: str) -> int | None:
    """A number, or a number of something per year, that is stated (the lower of two)."""
    content = service.stated(field)
    content = content.limit if isinstance(content, Bound) else content
    content = content.number if isinstance(content, Rate) else content
    return int(content.low) if isinstance(content, Count) else None


def is_promised(service: Service, field: str) -> bool:
    """Whether an amount of work is promised or demanded: stated, and more than none."""
    return service.state_of(field) == State.STATED and number_of(service, field) != 0


def course_pay(step: Step) -> tuple[float, float]:
    """The least and the most pounds that a completed indicated course at a step is paid, bar missed appointments."""
    from carespec.incentives.episode.step import table_of

    table = table_of(step, missed_limit=0)
    limit = min(step.course.limit, table.horizon)
    sessions = table.start + sum(table.session[:limit])
    return sessions + min(table.close[0][limit]), sessions + max(table.close[0][limit])


def on_outcome(step: Step) -> float:
    """The pounds of a course that hang on an outcome."""
    return float(sum((atom.amount for atom in step.machine.atoms if atom.on_outcome), Decimal(0)))


def is_paid_for_treatment(step: Step) -> bool:
    """Whether sessions or courses are paid for."""
    return any(atom.per in (SESSION, COURSE) for atom in step.machine.atoms)


class GroupPrice(NamedTuple):
    """What one person in a group brings in pounds, due only if fewer than `dropout` leave (None: due in any case);
    `strictly`: fewer, not at most so many."""

    amount: float
    dropout: float | None = None
    strictly: bool = True


def group_price(service: Service) -> GroupPrice | None:
    """The price of treatment in a group, of those that are stated the first."""
    for fact in service.family("pay"):
        content = fact.value.content
        if not (fact.value.state == State.STATED and isinstance(content, Money) and _is_for_groups(fact, content)):
            continue
        if content.per not in ("person", "course"):
            continue
        found = [test for under in fact.under if isinstance(under, When) for test in tests(under.condition)]
        return next((_below(content, test) for test in found if _is_below(test)), GroupPrice(float(content.amount)))
    return None


def _is_for_groups(fact: Fact, money: Money) -> bool:
    scope = [*money.scope, *(word for under in fact.under if isinstance(under, OnlyFor) for word in under.scope)]
    return fact.key == "group" or "group" in scope


def _is_below(test: Test) -> bool:
    return (
        test.field == "group-dropout"
        and test.operator in ("less than", "at most")
        and (isinstance(test.operand, Percent))
    )


def _below(money: Money, test: Test) -> GroupPrice:
    assert isinstance(test.operand, Percent)
    return GroupPrice(float(money.amount), float(test.operand.value) / 100, test.operator == "less than")


def fixed_costs(service: Service) -> tuple[float, tuple[str, ...]]:
    """Pounds that the document says a provider must spend once, less help with starting; and the systems that it must
    pay for whose cost is not given."""
    total, unknown = 0.0, []
    for fact in service.family("required-system"):
        if fact.value.content not in ("provider-pays", "cost-shared") or not fact.key:
            continue
        cost = service.fact("system-cost", fact.key)
        money = cost.value.content if cost and cost.value.state == State.STATED else None
        if isinstance(money, Money) and money.in_total:
            total += float(money.amount)
        else:
            unknown.append(fact.key)
    help_ = service.stated("set-up-funding")
    if isinstance(help_, Money):
        total = max(0.0, total - float(help_.amount))
    return total, tuple(unknown)
