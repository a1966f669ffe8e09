"""What tests share: the parser, and the switch that rewrites expected outputs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from carespec.built import built
from carespec.syntax.document import LineParser
from carespec.syntax.driver import Tables, tables_from
from support import TOP


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="rewrite the expected outputs; read the diff before you commit it"
    )


@pytest.fixture(scope="session", autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def at_top(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run at the top of the checkout, where paths in outputs are short."""
    monkeypatch.chdir(TOP)
    yield TOP


@pytest.fixture(scope="session")
def tables() -> Tables:
    return tables_from(built()["grammar"])


@pytest.fixture(scope="session")
def parse(tables: Tables) -> LineParser:
    return LineParser(tables)
