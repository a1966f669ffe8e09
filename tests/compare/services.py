"""Small services for tests of comparisons."""

from __future__ import annotations

from carespec.compare.compared import Compared, compare
from carespec.compare.gather import Gathered
from carespec.corpus import gather_sources
from carespec.source import from_text

IAPT = "programme: iapt"


def text(*lines: str) -> str:
    return "\n".join(("service NAME", *lines)) + "\n"


def gathered(*services: tuple[str, ...] | list[str]) -> list[Gathered]:
    """One service for each group of lines, called a, b, c, …"""
    names = [chr(ord("a") + number) if number < 26 else f"z{number}" for number in range(len(services))]
    sources = [
        from_text(f"{name}.care", text(*lines).replace("NAME", name))
        for name, lines in zip(names, services, strict=True)
    ]
    return gather_sources(sources)


def compared(*services: tuple[str, ...] | list[str]) -> Compared:
    (only,) = compare(gathered(*services))
    return only
