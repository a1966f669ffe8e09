"""What the tests of guidance share: a pack from its lines, a service from its lines, and a folder with a service."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from carespec.guidance.from_syntax import pack_of
from carespec.guidance.model import Pack
from carespec.model.facts import Service
from carespec.model.from_syntax import ServiceReader
from carespec.source import from_text
from carespec.syntax.document import LineParser, read_document
from carespec.vocabulary import DEFAULT, load

MakePack = Callable[[str], Pack]
MakeService = Callable[[str], Service]


@pytest.fixture(scope="session")
def pack(parse: LineParser) -> MakePack:
    """A pack from the lines after its header."""
    return lambda lines: pack_of(read_document(from_text("some.guidance", f"guidance some\n{lines}\n"), parse))


@pytest.fixture(scope="session")
def service(parse: LineParser) -> MakeService:
    """A service from the lines after its header."""
    reader = ServiceReader(load(DEFAULT))
    return lambda lines: reader(read_document(from_text("some.care", f"service some\n{lines}\n"), parse))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one service, in which commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.care").write_text("service x\nmaximum-age: 65 years\n", encoding="utf-8")
    return tmp_path
