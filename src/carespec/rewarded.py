"""What the payments of a service reward, as facts that rules can ask about.

The contract's text decides what is structural and what does not apply, and that is all that a run asks by itself.
Whether anything else is robust, possible or absent turns on figures about patients and costs: it is worked out where a
run asks for that (`check --incentives full`), and only what a rule needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from carespec.guidance.bench import Asked, Derive, Derived
from carespec.guidance.derived import INCENTIVE, OF_TEXT, VERDICTS
from carespec.guidance.law import Law
from carespec.incentives.patterns import names
from carespec.incentives.text import DOES_NOT_APPLY, NOT_ANALYSED, NOT_STRUCTURAL, STRUCTURAL, TextVerdict, structural
from carespec.incentives.text.coupling import Shared
from carespec.model.facts import Service, State
from carespec.rules.asked import UNANALYSED, Spoken
from carespec.vocabulary import PAY

if TYPE_CHECKING:
    from carespec.assumptions import Assumptions
    from carespec.incentives.full import Weighed

_MOST = 1e6
"""Pounds from which a gain stands for what nobody can bound."""

_UNKNOWN = TextVerdict(NOT_ANALYSED, because="carespec does not look for it")
_NO_FIGURES = "the text of the contract does not prove it, and figures decide only with `--incentives full`"
_OPEN = "the bounds over the figures stay open, and `carespec incentives --effort` tries harder"


def deriver(law: Law) -> Derive:
    """Derives for one run; what contracts have in common is worked out for the first of them."""
    shared = Shared()
    return lambda service, asked: derived(service, asked, law, shared)


def derived(service: Service, asked: Asked, law: Law, shared: Shared | None = None) -> Mapping[str, Derived]:
    """By path ("incentive stop-at-minimum"), what is known of everything asked for."""
    assumptions = law.assumptions.get(service.vocabulary.name)
    wanted = [name for name in names() if _is_among(name, asked.names)]
    found = structural(service, assumptions, wanted, shared)
    found = {name: found.get(name, _UNKNOWN) for name in (*sorted(filter(None, asked.names)), *wanted)}
    places = {step: _place(service, step) for step in {one.step for one in found.values()}}
    known = {name: _of_text(f"{INCENTIVE} {name}", one, places[one.step]) for name, one in found.items()}
    if law.full:
        left = [name for name, one in found.items() if one.verdict == NOT_STRUCTURAL]
        beyond = [name for name in left if _is_among(name, asked.beyond_text)]
        known |= _of_figures(service, beyond, assumptions)
    return {f"{INCENTIVE} {name}": one for name, one in known.items()}


def _is_among(name: str, asked: frozenset[str | None]) -> bool:
    return name in asked or None in asked


@lru_cache(maxsize=1024)
def _of_text(path: str, found: TextVerdict, place: str) -> Derived:
    if found.verdict == NOT_ANALYSED:
        return Derived(Spoken(path, UNANALYSED, unsure=found.because))
    if found.verdict in (STRUCTURAL, DOES_NOT_APPLY):
        return Derived(Spoken(path, State.STATED, found.verdict), _figures(found), place)
    return Derived(Spoken(path, UNANALYSED, unsure=_NO_FIGURES, never=OF_TEXT))


def _of_figures(service: Service, wanted: Sequence[str], assumptions: Assumptions | None) -> Mapping[str, Derived]:
    """What figures say where the text left it open; numpy is loaded only where there is something to weigh."""
    if not wanted:
        return {}
    from carespec.incentives.full import weighed

    found = weighed(service, wanted, assumptions)
    return {name: _of_weighed(service, f"{INCENTIVE} {name}", one) for name, one in found.items()}


def _of_weighed(service: Service, path: str, found: Weighed) -> Derived:
    if found.verdict not in VERDICTS:
        return Derived(Spoken(path, UNANALYSED, unsure=_OPEN, never=found.never))
    where = "at the likely figures" if found.is_likely else "at some of the figures assumed"
    figures = _given(found.given, found.sessions_due)
    if found.gain > 0:
        figures["gain"] = f"£{found.gain:,.2f} ({where})"
    return Derived(Spoken(path, State.STATED, found.verdict), figures, _place(service, found.step))


def _figures(found: TextVerdict) -> dict[str, str]:
    """What messages may name; a figure that nobody can bound is left out."""
    figures = _given(found.given, found.sessions_due)
    if found.gain is not None and found.gain.greatest < _MOST:
        figures["gain"] = _gain(*found.gain)
        if found.counted_to:
            figures["gain"] += f" (counted to session {found.counted_to}; no line sets a limit)"
    return figures


def _given(cost: str, sessions_due: int | None) -> dict[str, str]:
    figures = {"given": f"a session costs {cost}"} if cost else {}
    return {**figures, "sessions-due": str(sessions_due)} if sessions_due else figures


def _gain(least: float, greatest: float) -> str:
    least, greatest = round(least, 2), round(greatest, 2)
    if least == greatest:
        return f"£{greatest:,.2f}"
    return f"£{least:,.2f} to £{greatest:,.2f}" if least > 0 else f"up to £{greatest:,.2f}"


def _place(service: Service, label: str) -> str:
    """The payment for the step, or for what it comes to; "" where none is for it alone."""
    step = label.partition(",")[0]
    paths = [fact.path for fact in service.family(PAY) if fact.key == step or (fact.key or "").endswith(f"-{step}")]
    return paths[0] if paths else ""
