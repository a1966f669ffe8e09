"""The packs and services that ship, read once for the tests that look at all of them."""

from __future__ import annotations

import glob
import os
from functools import cache

from carespec.engine import Engine
from carespec.guidance.from_syntax import pack_of
from carespec.guidance.model import Comparison, Pack, Rule
from carespec.model.facts import Service
from carespec.source import read_file
from carespec.syntax.document import read_document
from carespec.vocabulary import DEFAULT
from support import TOP


@cache
def packs() -> tuple[Pack, ...]:
    """Every pack under `specs/guidance`, by name."""
    engine = Engine(())
    paths = sorted(glob.glob(os.path.join(TOP, "specs", "guidance", "*.guidance")))
    return tuple(pack_of(read_document(read_file(path), engine.parse)) for path in paths)


@cache
def services() -> tuple[Service, ...]:
    """Every service under `specs` of the usual vocabulary, by path."""
    engine = Engine(())
    paths = sorted(glob.glob(os.path.join(TOP, "specs", "*", "*.care")))
    found = (engine.service(read_document(read_file(path), engine.parse)) for path in paths)
    return tuple(service for service in found if service.vocabulary.name == DEFAULT)


def rules() -> list[tuple[Pack, Rule]]:
    return [(pack, rule) for pack in packs() for rule in pack.rules]


def comparisons() -> list[tuple[Pack, Comparison]]:
    return [(pack, comparison) for pack in packs() for comparison in pack.comparisons]


def full_name(pair: object) -> str:
    """The id of a parameter: PACK.RULE."""
    assert isinstance(pair, tuple)
    return f"{pair[0].name}.{pair[1].name}"
