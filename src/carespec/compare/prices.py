"""What the same thing costs in different services: Table 3 of the study, for any services.

Prices are compared within a programme, for one payment, per one unit. An amount that is in words, none, or not stated
counts among the services that have the payment, and in no figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from carespec.compare.counts import Analysis
from carespec.compare.figures import Figures, Said
from carespec.compare.gather import Cell, Gathered
from carespec.compare.peers import Group
from carespec.compare.spread import Spread
from carespec.compare.topics import SERVICES, in_name_order, payments_of
from carespec.model.facts import State
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
    said, grouping, first = figures.said, figures.grouping, analysis.prices if analysis else ()
    order = {name: place for place, name in enumerate(dict.fromkeys((*first, *vocabulary.payments)))}
    names = [name for name in payments_of(said) if not name.startswith(_NOT_COMPARED)]
    names.sort(key=lambda name: (order.get(name, len(order)), name))
    rows = [
        row
        for name in names
        for number, found in grouping.parted([(pair[0], pair) for pair in said[f"{PAY} {name}"]])
        for row in _rows(
            name, found, figures.of(f"{PAY} {name}").get(number, ()), grouping.groups[number], vocabulary, name in first
        )
    ]
    places = {group.name: place for place, group in enumerate(grouping.groups)}
    return tuple(sorted(rows, key=lambda row: (not row.published, places[row.group])))


def _rows(
    name: str,
    found: Sequence[tuple[Gathered, Cell]],
    of_scale: tuple[Spread, ...],
    group: Group,
    vocabulary: Vocabulary,
    published: bool,
) -> list[Price]:
    payment = vocabulary.payment(name)
    category = (payment.category or payment.label) if payment else name

    def row(services: list[Gathered], spread: Spread | None) -> Price:
        return Price(group.name, name, category, in_name_order(services), spread, published)

    if len(of_scale) < 2:
        everyone = [service for service, _ in found]
        return [row(everyone, of_scale[0] if of_scale else None)] if everyone else []
    open_ = [service for service, cell in found if not cell.said.measure]
    rows = [row([figure.service for figure in spread.figures], spread) for spread in of_scale]
    return rows + ([row(open_, None)] if open_ else [])


def unwritten_tariffs(said: Said) -> tuple[Unwritten, ...]:
    """The services that say how many tariffs they have, and write fewer of them as payments."""
    written: dict[int, int] = {}
    for path, found in said.items():
        if path.startswith(f"{PAY} "):
            for service, cell in found:
                written[id(service)] = written.get(id(service), 0) + _is_tariff(cell)
    short = [
        Unwritten(service, int(cell.said.measure.low), written.get(id(service), 0))
        for service, cell in said.get("number-of-tariffs", ())
        if cell.said.measure is not None and cell.said.measure.exact
    ]
    return tuple(sorted((one for one in short if one.written < one.tariffs), key=lambda one: one.service.name))


def _is_tariff(cell: Cell) -> bool:
    return cell.said.state not in _NO_TARIFF
