"""Pay and cost against attended sessions, with two ends marked: the last session indicated, and that which pays best.

Where the second comes first there is a cliff. It is about somebody who attends throughout and stays ill; what is paid
for somebody who has recovered at the end is drawn beside it. Missed appointments are in the cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from carespec.assumptions import Assumptions
from carespec.incentives.episode.contract import Contract, contract_of
from carespec.incentives.figures import figures_of
from carespec.incentives.gains import Setting
from carespec.incentives.horizon import settle
from carespec.model.facts import Service
from carespec.tuples import NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_ILL, _WELL = "#b5442e", "#2a7f62"


class Curve(NamedTuple):
    """A step after 0, 1, 2, … sessions, in pounds: paid if the course ends there with somebody still ill, or recovered;
    what it cost at the likely figures, and at the two ends of the cost of a session. `cliff` is the session up to which
    it pays best to treat somebody who stays ill, 0 if no session does, `limit` the last one indicated; `assumed` says
    in words at which figures."""

    label: str
    ill: tuple[float, ...]
    recovered: tuple[float, ...]
    cost: tuple[float, ...]
    cheapest: tuple[float, ...]
    dearest: tuple[float, ...]
    cliff: int
    limit: int
    assumed: str = ""

    def kept(self, sessions: int) -> float:
        """Pounds left over if the course of somebody who stays ill ends there."""
        return self.ill[sessions] - self.cost[sessions]

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
    limit = min(setting.step.course.limit, last)
    found = Curve(setting.step.label, ill, well, costs[0], costs[1], costs[2], 0, limit, _assumed(setting))
    return found._replace(cliff=max(range(last + 1), key=lambda n: (round(found.kept(n), 6), n)))


def _assumed(setting: Setting) -> str:
    """The figures of the cost: the likely ones, and the range that is shaded."""
    by_field = figures_of(setting.assumptions, setting.step, "middle", "idle").by_field
    session, reading, dna, missed = (by_field[field] for field in ("session", "reading", "dna", "missed"))
    return (
        f"likely: {session.show_likely()} a session, {reading.show_likely()} a reading, {dna.show_likely()} of "
        f"appointments missed at {missed.show_likely()} of the cost; shaded: {session.show()} a session"
    )


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
    figure = Figure(figsize=(10, 4.6 * len(found)), layout="constrained")
    all_axes = figure.subplots(len(found), 1, squeeze=False)[:, 0]
    for axes, (name, one) in zip(all_axes, found, strict=True):
        _plot(axes, name, one)
    figure.savefig(path, dpi=120, metadata={"Date": None} if path.endswith(".svg") else None)
    return True


def _plot(axes: Axes, name: str, one: Curve) -> None:
    sessions = range(len(one.ill))
    axes.fill_between(sessions, one.cheapest, one.dearest, color="0.9", label="cost, over the range of a session")
    axes.plot(sessions, one.cost, color="0.35", linestyle="--", label="cost, at the likely figures")
    paid = [("paid, if still ill", one.ill, _ILL)]
    if one.recovered != one.ill:
        paid.insert(0, ("paid, if recovered at the end", one.recovered, _WELL))
    for label, pounds, colour in paid:
        axes.step(sessions, pounds, where="post", color=colour, marker="o", markersize=3, label=label)
    axes.set_ylim(0, 1.15 * max(*one.ill, *one.recovered, *one.cost))
    _mark(axes, one, one.limit, "0.35", "indicated", f"indicated, up to session {one.limit}:\n{_kept(one, one.limit)}")
    if one.cliff != one.limit:
        _mark(axes, one, one.cliff, _ILL, "cliff" if one.has_cliff else "pays best", _best(one))
    axes.set_title(
        f"{name}, {one.label}: what is paid and what it costs, by attended sessions", fontsize=11, loc="left"
    )
    axes.set_xlabel(f"attended sessions\n{one.assumed}", fontsize=8)
    axes.set_ylabel("pounds", fontsize=8)
    axes.locator_params(axis="x", integer=True)
    title = "somebody who attends throughout"
    axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1.01, 1.0), title=title, title_fontsize=8)


def _best(one: Curve) -> str:
    """Where the course of somebody who stays ill ends best for whoever is paid."""
    if one.cliff == 0:
        return "cliff at the start: while still ill,\nno session brings what it costs"
    if one.has_cliff:
        return f"cliff at session {one.cliff}:\n{_kept(one, one.cliff)};\neach one after it keeps less"
    on = f"at least to session {one.cliff}" if one.cliff == len(one.ill) - 1 else f"to session {one.cliff}"
    return f"it pays to go on, {on}:\n{_kept(one, one.cliff)}"


def _kept(one: Curve, sessions: int) -> str:
    kept = one.kept(sessions)
    return f"if still ill, {'keeps' if kept >= 0 else 'loses'} £{abs(kept):,.2f}"


def _mark(axes: Axes, one: Curve, sessions: int, colour: str, name: str, words: str) -> None:
    """The end of a course: a line with its name, and what is left over as a bar between pay and cost."""
    axes.axvline(sessions, color=colour, linewidth=1.0, linestyle=":")
    height = 0.97 if name == "indicated" else 0.91
    side, away = ("left", 4) if sessions < len(one.ill) / 2 else ("right", -4)
    axes.annotate(
        name, (sessions, height), xycoords=("data", "axes fraction"), xytext=(away, 0), textcoords="offset points",
        color=colour, fontsize=9, ha=side, va="top",
        bbox={"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 1},
    )  # fmt: skip
    low, high = sorted((one.cost[sessions], one.ill[sessions]))
    axes.vlines(sessions, low, high, color=colour, linewidth=5, alpha=0.45, label=words)
