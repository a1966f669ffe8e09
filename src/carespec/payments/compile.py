"""From the `pay` lines of a service to the atoms of one step, and what had to be left out, with its place.

`compiled` asks which step and which care cluster the person has; what no atom can express is left out and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from carespec.model.conditions import All, Condition, Test
from carespec.model.facts import Allowance, Cap, Doubt, Except, Fact, OnlyFor, Phrase, Service, ShareAtRisk, State, When
from carespec.payments.atoms import ASSESSMENT, COURSE, MISSED, REFERRAL, SESSION, Allowed, Atom, LeftOut, place_of
from carespec.payments.conditions import NotAnalysed, Person, asks_about, settle
from carespec.payments.overlaps import is_plain, settled
from carespec.payments.scores import UNPAIRED, scored, unpaired_left_out
from carespec.quantities.counts import Count
from carespec.quantities.money import Money
from carespec.quantities.percent import Percent
from carespec.tuples import NamedTuple

_PER = {"referral": REFERRAL, "assessment": ASSESSMENT, "session": SESSION, "missed-appointment": MISSED,
        "course": COURSE, "person": COURSE}  # fmt: skip
_ANY_STEP = ("treatment", "improvement", "access", "missed", "extension", "assessment", UNPAIRED)
_UNSAID = {
    State.NOT_STATED: "its amount is not stated",
    State.IN_WORDS: "its amount stands in words",
    State.LOCAL: "its amount is left to local agreement",
    State.TO_BE_CONFIRMED: "its amount is to be confirmed",
    State.ELSEWHERE: "its amount stands elsewhere",
    State.UNFIT: "its amount cannot be read",
}


class Compiled(NamedTuple):
    """The atoms that a course at one step can earn, and what was left out that might bear on it."""

    atoms: tuple[Atom, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def constants(self) -> tuple[int, ...]:
        """Every number that payments compare sessions with; the horizon must pass them all."""
        return tuple(number for atom in self.atoms for number in atom.constants)


def compiled(service: Service, step: str, person: Person = Person()) -> Compiled:  # noqa: B008 - frozen
    """The payments of a course at `step` (`step-2`) for such a person."""
    prices, left_out = _prices(service, step, person)
    atoms, overlapping = settled(prices, service)
    says_flat = any(fact.key == UNPAIRED and bears_on(fact, step) for fact in service.family("pay"))
    return Compiled(atoms, (*left_out, *overlapping, *unpaired_left_out(service, atoms, says_flat)))


def plain_prices(service: Service, step: str, person: Person = Person()) -> tuple[tuple[Atom, ...], ...]:  # noqa: B008
    """The atoms of each price of the treatment itself, whether or not several of them contradict each other."""
    prices, _ = _prices(service, step, person)
    return tuple(found for fact, found in prices if is_plain(fact))


def _prices(service: Service, step: str, person: Person) -> tuple[list[tuple[Fact, tuple[Atom, ...]]], list[LeftOut]]:
    """Every payment that bears on a course with its atoms, and what none expresses."""
    prices: list[tuple[Fact, tuple[Atom, ...]]] = []
    left_out: list[LeftOut] = []
    for fact in service.family("pay"):
        if not bears_on(fact, step):
            continue
        try:
            found = tuple(_atoms(fact, step, person, service))
        except _Refused as refused:
            left_out.append(refused.left_out)
        else:
            prices += [(fact, tuple(atom for atom in found if atom.amount))] if found else []
    return prices, left_out


def clusters_priced(service: Service) -> tuple[str, ...]:
    """The care clusters that a payment names, in order."""
    named: set[str] = set()
    for fact in service.family("pay"):
        for number in service.vocabulary.choices(service.vocabulary.case_fields["cluster"]) if _names_one(fact) else ():
            if _scope_cluster(fact) == number or _asks_cluster(fact, number):
                named.add(number)
    return tuple(sorted(named, key=int))


class _Refused(Exception):
    """A payment that no atom expresses."""

    def __init__(self, left_out: LeftOut) -> None:
        super().__init__(left_out.because)
        self.left_out = left_out


def bears_on(fact: Fact, step: str) -> bool:
    """Whether a payment is for that step, or for whatever step: by its name, and by what it is `for`."""
    scope = _scope(fact)
    named = next((word for word in scope if word.startswith(("step-", "level-"))), None)
    if named is not None or "group" in scope:
        return named == step and "group" not in scope
    name = fact.key or ""
    return name in (step, f"recovery-{step}", f"performance-{step}", *_ANY_STEP) or name.startswith(
        ("cluster-", "other-")
    )


def _scope(fact: Fact) -> tuple[str, ...]:
    content = fact.value.content
    own = content.scope if isinstance(content, Money) else fact.value.scope
    if not fact.under:
        return own
    return (*own, *[word for under in fact.under if isinstance(under, OnlyFor) for word in under.scope])


def _scope_cluster(fact: Fact) -> str | None:
    scope = _scope(fact)
    if "cluster" in scope[:-1]:
        return scope[scope.index("cluster") + 1]
    name = fact.key or ""
    return name.removeprefix("cluster-") if name.startswith("cluster-") else None


_ASKING = (When, ShareAtRisk)


def _names_one(fact: Fact) -> bool:
    if _scope_cluster(fact) is not None:
        return True
    asked = [under.condition for under in fact.under if isinstance(under, _ASKING)]
    return any(asks_about(condition, "cluster") for condition in asked)


def _asks_cluster(fact: Fact, number: str) -> bool:
    from carespec.model.conditions import tests

    asked = [test for under in fact.under if isinstance(under, When) for test in tests(under.condition)]
    return any(test.field == "cluster" and str(test.operand) == number for test in asked)


def _atoms(fact: Fact, step: str, person: Person, service: Service) -> Iterator[Atom]:
    """The atoms of one payment; none for `none`, or where it is for another cluster. Raises _Refused."""
    if fact.value.state == State.NONE:
        return
    cluster = _scope_cluster(fact)
    if cluster is not None and cluster != person.cluster:
        return
    money = _money(fact)
    base = Atom(f"pay {fact.key}", money.amount, _per(money, fact), place_of(fact), by_cluster=_names_one(fact))
    settled = _settled_when(fact, person, service)
    if settled is False:
        return
    whens = [] if settled is True else [settled]
    whens += _course_minimum(base, service)
    most, allowed = _limits(fact, base.per)
    base = base._replace(in_time=_in_time(fact), most=most, allowed=allowed)
    shares = tuple(_shares(fact, person, service))
    yield from _split(base, whens, shares, service)


def _in_time(fact: Fact) -> bool:
    return any(asks_about(under.condition, "waited") for under in fact.under if isinstance(under, When))


def _money(fact: Fact) -> Money:
    value = fact.value
    if not fact.whole:
        raise _refused(fact, "a line under it cannot be read", "Put right the line under it.")
    if value.state != State.STATED or not isinstance(value.content, Money):
        because = _UNSAID.get(value.state, "its amount is a limit, not a sum")
        raise _refused(fact, because, "Write the amount, such as `£40.00 per session`.")
    if value.hedge is not None:
        raise _refused(fact, f"`{value.hedge}` leaves its amount open", "Write the amount without the hedge.")
    if value.content.in_total:
        raise _refused(fact, "it is one sum for the whole contract, not for a course")
    if value.content.amount < 0:
        raise _refused(fact, "it is less than nothing", "Write what is paid, as an amount above nothing.", wrong=True)
    return value.content


def _per(money: Money, fact: Fact) -> str:
    per = money.per
    if per is None and fact.key == "assessment":
        return ASSESSMENT
    if per is None:
        raise _refused(fact, "nothing says what it is paid per", "Write what it is paid per, such as `per course`.")
    if per not in _PER:
        raise _refused(fact, f"a price per {per} is paid for time or things, not for a course of treatment")
    return _PER[per]


def _refused(fact: Fact, because: str, fix: str = "", under: object = None, wrong: bool = False) -> _Refused:
    return _Refused(LeftOut(place_of(fact, under), because, fix, wrong))


def _settled_when(fact: Fact, person: Person, service: Service) -> Condition | bool:
    """What the `when` lines leave to be decided by the course. Raises _Refused."""
    conditions = [under for under in fact.under if isinstance(under, When)]
    left: list[Condition] = []
    for under in conditions:
        found = _settle(under, fact, person, service)
        if found is False:
            return False
        if not isinstance(found, bool):
            left.append(found)
    if not left:
        return True
    return left[0] if len(left) == 1 else All(tuple(left))


def _settle(under: When | ShareAtRisk, fact: Fact, person: Person, service: Service) -> Condition | bool:
    try:
        return settle(under.condition, person, service.vocabulary)
    except NotAnalysed as why:
        raise _refused(fact, str(why), under=under) from None


def _course_minimum(atom: Atom, service: Service) -> list[Condition]:
    """`sessions-in-a-course: 2` is the least for a price per course that asks for no number itself."""
    content = service.stated("sessions-in-a-course")
    if atom.per != COURSE or not isinstance(content, Count) or atom.minimum > 1:
        return []
    return [Test("sessions", None, "at least", Count(content.high, content.high), None, 0, 0)]


def _limits(fact: Fact, per: str) -> tuple[int | None, tuple[Allowed, ...]]:
    """The most that is paid for, and how many missed appointments are, from the lines under. Raises _Refused."""
    caps: list[int] = []
    allowed: list[Allowed] = []
    for under in fact.under:
        if isinstance(under, Cap):
            if under.per not in ("course", "person"):
                raise _refused(fact, f"a limit per {under.per} is not one on a course", under=under)
            if under.number < 1:
                fix = "Write how many are paid for, or `none` in place of the amount."
                raise _refused(fact, "a limit of none pays for nothing", fix, under, wrong=True)
            caps.append(int(under.number))
        elif isinstance(under, Allowance):
            if under.number < 1 or under.low < 1:
                fix = "Write how many are paid for among how many booked, such as `at most 1 per 6 booked`."
                raise _refused(fact, "it allows none, or among no appointments", fix, under, wrong=True)
            if per != MISSED:
                raise _refused(
                    fact, f"it counts missed appointments, and the price is per {per}", under=under, wrong=True
                )
            allowed.append(Allowed(int(under.number), int(under.low)))
        elif isinstance(under, Except):
            raise _refused(fact, "it has an exception, which differs from person to person", under=under)
    return min(caps) if caps else None, tuple(sorted(allowed, key=lambda a: a.block))


def _shares(fact: Fact, person: Person, service: Service) -> Iterator[tuple[Percent, Condition | bool, ShareAtRisk]]:
    total = Decimal(0)
    for under in fact.under:
        if isinstance(under, ShareAtRisk):
            total += under.share.value
            if total > 100:
                fix = "Write shares that together make at most 100%."
                raise _refused(fact, "its shares at risk are more than all of it", fix, under, wrong=True)
            yield under.share, _settle(under, fact, person, service), under
        elif isinstance(under, Phrase | Doubt):
            continue


def _split(
    base: Atom, whens: Sequence[Condition], shares: Sequence[tuple[Percent, Condition | bool, ShareAtRisk]],
    service: Service,
) -> Iterator[Atom]:  # fmt: skip
    """The share that is paid regardless, and each share at risk on its own condition."""
    rest = base.amount
    base = scored(base, bool(shares), service)
    for share, condition, under in shares:
        part = base.amount * share.value / 100
        rest -= part
        if condition is False:
            continue
        joined = [*whens, *([] if isinstance(condition, bool) else [condition])]
        place = base.place._replace(line=under.line, start=under.start, end=under.end)
        yield base._replace(amount=part, condition=_all(joined), at_risk=True, place=place)
    yield base._replace(amount=rest, condition=_all(whens))


def _all(conditions: Sequence[Condition]) -> Condition | None:
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else All(tuple(conditions))
