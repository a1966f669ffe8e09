"""Contracts and patients for tests of incentives, from a few lines of a service."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from carespec.assumptions import Assumptions, default, of
from carespec.engine import Engine
from carespec.incentives.episode.contract import Contract, contract_of
from carespec.incentives.episode.step import Step, Table, table_of
from carespec.incentives.gains import Setting
from carespec.model.facts import Service
from carespec.source import from_text
from carespec.vocabulary import DEFAULT

LOW, HIGH = 1 - 0.05 ** (1 / 7), 1 - 0.05 ** (1 / 14)
"""The chances of recovery in a session of the reference cases, at low and at high intensity."""

PLAIN = {
    "cost.missed-slot": 1.0, "cost.reading": 0.0, "cost.assessment": 0.0, "slot-price": 0.0, "dna": 0.0,
    "dropout": 0.05, "relapse": 0.0, "responders": 0.5,
}  # fmt: skip
"""What the reference cases leave out, and what most of them suppose."""


Given = Mapping[str, float | tuple[float, float, float]]
NOTHING: Given = MappingProxyType({})


@cache
def service(lines: str) -> Service:
    read = Engine(()).read(from_text("some.care", f"service some\n{lines}\n"))
    assert read is not None
    return read.service


def assumed(given: Given = NOTHING, plain: bool = True) -> Assumptions:
    """Assumptions with figures, or (low, likely, high), in place of ours; `cost.session` stands for every step."""
    found = dict(default(DEFAULT))
    for name, value in {**(PLAIN if plain else {}), **given}.items():
        for each in [one for one in found if one == name or one.startswith(f"{name}.")] or [name]:
            low, likely, high = value if isinstance(value, tuple) else (value, value, value)
            found[each] = of(found, each)._replace(low=low, likely=likely, high=high)
    return found


def contract(lines: str, assumptions: Assumptions | None = None) -> Contract:
    return contract_of(service(lines), assumptions or assumed())


def step_of(lines: str, number: int = 0) -> Step:
    found = contract(lines)
    assert not found.left_out, found.left_out
    return found.steps[number]


def table(lines: str, horizon: int | None = None) -> Table:
    return table_of(step_of(lines), horizon)


def setting(lines: str, given: Given = NOTHING, horizon: int | None = None, plain: bool = True) -> Setting:
    assumptions = assumed(given, plain)
    found = contract(lines, assumptions)
    return Setting(found, found.steps[0], assumptions, table_of(found.steps[0], horizon))


def pays(terms: Mapping[str, object], limit: int, step: str = "step-3", stop: str | None = None) -> str:
    """The lines of a contract in the notation of the reference cases."""
    lines = [f"indicated-sessions {step}: {limit}", *([f"stop-when: {stop}"] if stop else [])]
    if "session" in terms:
        lines.append(f"pay {step}: £{float(str(terms['session'])):.2f} per session")
        lines += [f"  at most {terms['cap']} per course"] if "cap" in terms else []
    if "course" in terms:
        lines.append(f"pay {step}: £{float(str(terms['course'])):.2f} per course")
        lines.append(f"  when sessions is at least {terms.get('minimum', 1)}")
    if "outcome" in terms:
        lines.append(f"pay recovery-{step}: £{float(str(terms['outcome'])):.2f} per course")
        lines.append("  when recovered at last reading")
    return "\n".join(lines)
