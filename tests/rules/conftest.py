"""What the tests of conditions share: a service from a few lines, and the answer of a condition for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from carespec.model.facts import Service
from carespec.model.from_syntax import ServiceReader
from carespec.rules.evaluate import EVERY, Answer, truth
from carespec.rules.text import condition_from_text
from carespec.source import from_text
from carespec.syntax.document import LineParser, read_document
from carespec.vocabulary import DEFAULT, load

Ask = Callable[..., Answer]
Make = Callable[[str], Service]


@pytest.fixture(scope="session")
def make(parse: LineParser) -> Make:
    reader = ServiceReader(load(DEFAULT))

    @cache
    def service(lines: str) -> Service:
        return reader(read_document(from_text("some.care", f"service some\n{lines}\n"), parse))

    return service


@pytest.fixture(scope="session")
def ask(make: Make, parse: LineParser) -> Ask:
    def answer(condition: str, lines: str, default: str = EVERY) -> Answer:
        return truth(condition_from_text(condition, load(DEFAULT), parse), make(lines), default)

    return answer
