"""Synthetic services: realistic in size, words and how much they repeat one another, and each the same for a seed.

On average a file has 4.3 KB and 123 lines; three in four of the lines that hold something stand in another file too.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from benchmarks.values import PLACES, Data, keys_for, title, value_for

_REPEATED_PLACE = 0.85
"""How many citations name a place that other documents cite too; this sets how much of the corpus repeats."""
_MISTAKEN = 0.3
"""How many files have a mistake or two in them."""
_FACTS = 84
_PAYMENTS = ("assessment", "step-2", "step-3", "step-3-plus", "recovery-step-2", "recovery-step-3", "missed", "group")
_UNDER = {
    "minimum-age": "except 16 years when route is gp",
    "exclusion": "when severity is severe",
    "wait": "except within 1 week of referral when problem includes depression",
}


class Fact(NamedTuple):
    """One line with what stands under it; `source` is the place that it cites, or empty."""

    name: str
    value: str
    source: str = ""
    under: tuple[str, ...] = ()
    remark: str = ""


class Section(NamedTuple):
    """A heading and its facts."""

    title: str
    facts: tuple[Fact, ...]


class Service(NamedTuple):
    """A service, before it is written in any language."""

    name: str
    remarks: tuple[str, ...]
    sections: tuple[Section, ...]


def services(count: int, data: Data, seed: int = 2012) -> Iterator[Service]:
    """That many services with the fields, keys and words of a vocabulary."""
    for number in range(1, count + 1):
        yield _service(number, data, Random(f"{seed}/{number}"))


def _service(number: int, data: Data, random: Random) -> Service:
    name = f"{random.choice(PLACES).lower().replace(' ', '-')}-{number:05d}"
    remarks = (
        "A synthetic specification, made to measure speed: no place, price or promise in it is real.",
        f"File {number} of the corpus.",
    )
    wanted = _wanted(data, random)
    sections = [Section(words, tuple(_facts(code, wanted, data, random))) for code, words in data["sections"].items()]
    return Service(name, remarks, tuple(section for section in sections if section.facts))


def _wanted(data: Data, random: Random) -> dict[str, list[str]]:
    """The fields that a service states, each with its keys: those that are expected, and others until it is full."""
    fields = data["fields"]
    expected = {name for name, entry in fields.items() if entry.get("expected")} | {"vocabulary", "contract"}
    others = [name for name in fields if name not in expected]
    random.shuffle(others)
    wanted: dict[str, list[str]] = {}
    lines = 0
    for name in (*sorted(expected), *others):
        wanted[name] = keys_for(fields[name], data, random, 9 if name == "exclusion" else 4)
        lines += len(wanted[name]) or 1
        if lines >= _FACTS + random.randint(-10, 10):
            break
    return wanted


def _facts(section: str, wanted: dict[str, list[str]], data: Data, random: Random) -> Iterator[Fact]:
    for name, entry in data["fields"].items():
        if entry.get("section") != section or name not in wanted:
            continue
        for key in wanted[name] or [""]:
            path = f"{name} {key}" if key else name
            under = (_UNDER[name],) if name in _UNDER and random.random() < 0.2 else ()
            yield Fact(path, value_for(name, key, entry, data, random), _place(random), under, _remark(random))
    if section == "identity":
        yield Fact("source contract", title(random))
    if section == "payment":
        yield from _payments(random)


def _payments(random: Random) -> Iterator[Fact]:
    for name in _PAYMENTS:
        if random.random() < 0.6:
            per = {"assessment": "assessment", "missed": "missed-appointment"}.get(name, "course")
            amount = f"£{random.randint(20, 650)}.{random.choice(['00', '50', '25', '92'])} per {per}"
            under = ("when sessions is at least 2",) if "step" in name else ()
            yield Fact(f"pay {name}", amount, _place(random), under)


def _place(random: Random) -> str:
    """The place that a line cites: a paragraph that many documents have, or a page of just this one."""
    if random.random() < _REPEATED_PLACE:
        return f"contract {random.randint(1, 4)}" if random.random() < 0.25 else ""
    return f"contract {random.randint(1, 12)}.{random.randint(1, 30)}.{random.randint(1, 60)}"


def _remark(random: Random) -> str:
    return "Agreed with the providers before the contract was let." if random.random() < 0.04 else ""


# Writing a service as a `.care` file.


def as_care(service: Service, mistakes: Random) -> str:
    """The text of the file; about a third of all files get a mistake or two."""
    lines = [f"# {remark}" for remark in service.remarks]
    lines += ["", f"service {service.name}"]
    for section in service.sections:
        lines += ["", f'section "{section.title}"', ""]
        for fact in section.facts:
            lines += _care_lines(fact)
    if mistakes.random() < _MISTAKEN:
        for _ in range(mistakes.randint(1, 2)):
            _spoil(lines, mistakes)
    return "\n".join(lines) + "\n"


def _care_lines(fact: Fact) -> list[str]:
    cite = f" [{fact.source}]" if fact.source else ""
    remark = [f"# {fact.remark}"] if fact.remark else []
    return [*remark, f"{fact.name}: {fact.value}{cite}", *(f"  {line}" for line in fact.under)]


def _spoil(lines: list[str], random: Random) -> None:
    """Put one mistake into the file: a letter too few, a colon forgotten, a placeholder, a wait in bare days."""
    facts = [number for number, line in enumerate(lines) if ":" in line and line[:1].isalpha()]
    at = random.choice(facts)
    name, _, value = lines[at].partition(":")
    lines[at] = random.choice(
        [f"{name[:2]}{name[3:]}:{value}", f"{name}{value}", f"{name}: TBC", lines[at].replace("working days", "days")]
    )
