"""What the tests of journeys share: services from a few lines, and a person from words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from carespec.journeys.journey import journey
from carespec.journeys.persons import person_from_texts
from carespec.journeys.records import Journey
from carespec.model.facts import Service
from carespec.model.from_syntax import ServiceReader
from carespec.source import from_text
from carespec.syntax.document import LineParser, read_document
from carespec.vocabulary import DEFAULT, load

Make = Callable[..., Service]
Ask = Callable[..., Journey]


@pytest.fixture(scope="session")
def make(parse: LineParser) -> Make:
    readers = {name: ServiceReader(load(name)) for name in (DEFAULT, "adult-hearing")}

    @cache
    def service(lines: str, name: str = "some", vocabulary: str = DEFAULT) -> Service:
        text = f"service {name}\nvocabulary: {vocabulary} 1\n{lines}\n"
        return readers[vocabulary](read_document(from_text(f"{name}.care", text), parse))

    return service


SEEN = """minimum-age: 18 years
clusters: 1 to 4
self-referral service: allowed
"""
"""Lines that leave nothing open about an ordinary person."""


@pytest.fixture(scope="session")
def ask(make: Make) -> Ask:
    def answer(lines: str, day: date | None = None, **described: str) -> Journey:
        texts = {name.replace("_", "-"): text for name, text in described.items()}
        service = make(lines)
        return journey(service, person_from_texts(texts, service.vocabulary), day)

    return answer
