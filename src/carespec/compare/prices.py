"""What the same thing costs in different services: Table 3 of the study, for any services.

Prices are compared within a programme, for one payment, per one unit. An amount that is in words, none, or not stated
counts among the services that have the payment, and in no figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from carespec.compare.counts import Analysis
from carespec.compare.figures import Figures
from carespec.compare.gather import Gathered
from carespec.compare.index import SERVICES, Says
from carespec.compare.spread import Spread
from carespec.compare.topics import payments_of
from carespec.model.facts import State
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, Vocabulary

_NOT_COMPARED = "other-"
_NO_TARIFF = (State.NONE, State.NOT_STATED)


class Price(NamedTuple):
    """One row: a payment in one group of services. `services` have the payment; `spread` is of those with an amount.

    `spread` is None where no amount is given. Where amounts are per different things there is a row for each, and the
    services without an amount stand in a row of their own. `published` says that the row is one of the published table.
    """

    group: str
    payment: str
    category: str
    services: SERVICES
    spread: Spread | None
    published: bool


class Unwritten(NamedTuple):
    """A service that states more tariffs than it writes as payments."""

    service: Gathered
    tariffs: int
    written: int


def price_rows(figures: Figures, vocabulary: Vocabulary, analysis: Analysis | None) -> tuple[Price, ...]:
    """The rows of all groups: those of the published table in its order, then the others in that of the vocabulary."""
    groups, first = figures.grouping.groups, analysis.prices if analysis else ()
    order = {name: place for place, name in enumerate(dict.fromkeys((*first, *vocabulary.payments)))}
    names = [name for name in payments_of(figures.said) if not name.startswith(_NOT_COMPARED)]
    names.sort(key=lambda name: (order.get(name, len(order)), name))
    rows = [
        Price(groups[number].name, name, _category(name, vocabulary), figures.who(who), spread, name in first)
        for name in names
        for number, said in figures.parted(f"{PAY} {name}")
        for who, spread in _rows(said, number, figures, f"{PAY} {name}")
    ]
    places = {group.name: place for place, group in enumerate(groups)}
    return tuple(sorted(rows, key=lambda row: (not row.published, places[row.group])))


def _category(name: str, vocabulary: Vocabulary) -> str:
    payment = vocabulary.payment(name)
    return (payment.category or payment.label) if payment else name


def _rows(said: Sequence[Says], number: int, figures: Figures, path: str) -> list[tuple[list[int], Spread | None]]:
    """Who stands in each row, and with which spread."""
    scales = figures.of(path).get(number, ())
    if len(scales) < 2:
        return [(_everyone(said), scales[0].spread if scales else None)]
    rows: list[tuple[list[int], Spread | None]] = [(_everyone(scale.says), scale.spread) for scale in scales]
    open_ = _everyone([says for says in said if not says.line.said.measure])
    return rows + ([(open_, None)] if open_ else [])


def _everyone(said: Sequence[Says]) -> list[int]:
    return sorted(number for says in said for number in says.who)


def unwritten_tariffs(figures: Figures) -> tuple[Unwritten, ...]:
    """The services that say how many tariffs they have, and write fewer of them as payments."""
    stated = {
        number: int(says.line.said.measure.low)
        for says in figures.said.get("number-of-tariffs", ())
        if says.line.said.measure is not None and says.line.said.measure.exact
        for number in says.who
    }
    written = Counter(
        number
        for path, found in figures.said.items()
        if path.startswith(f"{PAY} ")
        for says in found
        if says.line.said.state not in _NO_TARIFF
        for number in says.who
    )
    short = [(number, tariffs) for number, tariffs in sorted(stated.items()) if written[number] < tariffs]
    return tuple(Unwritten(figures.services[number], tariffs, written[number]) for number, tariffs in short)
