"""Pay and cost against attended sessions, with the cliff marked: the session after which treating on keeps less.

Somebody who attends throughout, still ill at the end and recovered at the end; missed appointments are in the cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from carespec.assumptions import Assumptions
from carespec.incentives.episode.contract import Contract, contract_of
from carespec.incentives.figures import figures_of
from carespec.incentives.gains import Setting
from carespec.incentives.horizon import settle
from carespec.model.facts import Service

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_ILL, _WELL = "#b5442e", "#2a7f62"


class Curve(NamedTuple):
    """A step after 0, 1, 2, … sessions, in pounds: paid if the course ends there with somebody still ill, or recovered;
    what it cost at the likely figures, and at the two ends of the cost of a session. `cliff` is the session up to which
    it pays best to treat somebody still ill, `limit` the last one indicated."""

    label: str
    ill: tuple[float, ...]
    recovered: tuple[float, ...]
    cost: tuple[float, ...]
    cheapest: tuple[float, ...]
    dearest: tuple[float, ...]
    cliff: int
    limit: int

    @property
    def has_cliff(self) -> bool:
        """Whether ending before the last indicated session keeps most."""
        return self.cliff < self.limit


def curve(contract: Contract, number: int, assumptions: Assumptions) -> Curve:
    """The curves of a step."""
    setting = settle(contract, contract.steps[number], assumptions).setting
    last = min(setting.table.horizon, setting.step.course.limit + 4)
    ill, well = (tuple(_paid(setting, n, recovered) for n in range(last + 1)) for recovered in (False, True))
    costs = [tuple(_cost(setting, n, at) for n in range(last + 1)) for at in (None, 0.0, 1.0)]
    kept = [pay - cost for pay, cost in zip(ill, costs[0], strict=True)]
    cliff = max(range(1, len(kept)), key=lambda n: (round(kept[n], 6), n)) if len(kept) > 1 else 0
    return Curve(setting.step.label, ill, well, costs[0], costs[1], costs[2], cliff, setting.step.course.limit)


def _paid(setting: Setting, sessions: int, recovered: bool) -> float:
    """What a course of so many sessions is paid, the last reading, or the last two, showing recovery or not."""
    table, record = setting.table, 0
    for n in range(sessions):
        shows = recovered and n >= sessions - 2
        record = table.read_next[n][record][shows]
    return table.start + sum(table.session[:sessions]) + table.close[0][sessions][record]


def _cost(setting: Setting, sessions: int, session: float | None) -> float:
    draws = figures_of(setting.assumptions, setting.step, "middle", "idle").at(
        ({} if session is None else {"session": session},)
    )
    odds = float(draws.dna[0] / (1 - draws.dna[0]))
    each = float(draws.session[0] + draws.reading[0] + odds * draws.missed[0] * draws.session[0])
    return float(draws.assessment[0]) + sessions * each


def draw(path: str, asked: Sequence[tuple[Service, Assumptions]]) -> bool:
    """Write the picture of every step to `path` (SVG, PNG, PDF by its ending); False if there is nothing to draw.

    Raises ValueError for an ending that no picture has, OSError where it cannot be written.
    """
    import matplotlib

    matplotlib.use("Agg")
    # The same input gives the same bytes: no date, and names of parts that do not vary.
    matplotlib.rcParams["svg.hashsalt"] = "carespec"
    from matplotlib.figure import Figure

    found = []
    for service, assumptions in asked:
        contract = contract_of(service, assumptions)
        found += [(service.name, curve(contract, number, assumptions)) for number in range(len(contract.steps))]
    if not found:
        return False
    figure = Figure(figsize=(10, 4.2 * len(found)), layout="constrained")
    all_axes = figure.subplots(len(found), 1, squeeze=False)[:, 0]
    for axes, (name, one) in zip(all_axes, found, strict=True):
        _plot(axes, name, one)
    figure.savefig(path, metadata={"Date": None} if path.endswith(".svg") else None)
    return True


def _plot(axes: Axes, name: str, one: Curve) -> None:
    sessions = range(len(one.ill))
    axes.fill_between(sessions, one.cheapest, one.dearest, color="0.9", label="cost, over the range assumed")
    axes.plot(sessions, one.cost, color="0.35", linestyle="--", label="cost, at the likely figures")
    if one.recovered != one.ill:
        axes.step(
            sessions, one.recovered, where="post", color=_WELL, marker="o", markersize=3, label="paid, if recovered"
        )
    axes.step(sessions, one.ill, where="post", color=_ILL, marker="o", markersize=3, label="paid, if still ill")
    axes.axvline(one.limit, color="0.6", linewidth=0.8, label=f"last indicated session, {one.limit}")
    if one.has_cliff:
        words = f"cliff: after session {one.cliff} each one costs\nmore than it brings, while still ill"
        axes.axvline(one.cliff, color=_ILL, linewidth=1.2, linestyle=":", label=words)
    axes.set_title(f"{name}, {one.label}: pay and cost of somebody who attends throughout", fontsize=10)
    axes.set_xlabel("attended sessions")
    axes.set_ylabel("pounds")
    axes.set_ylim(0, 1.15 * max(*one.ill, *one.recovered, *one.cost))
    axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1.01, 1.0))
