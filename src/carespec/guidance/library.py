"""The packs that judge: those that ship, made beforehand, and those that somebody writes.

A shipped pack is kept as plain data, its rules without their words (details and quotations), which only a finding
needs: `with_words` fetches those. Examples are not kept at all: whoever wants them reads the file (`shipped_in_full`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from carespec.built import built
from carespec.guidance.model import Comparison, Detail, Law, Pack, Rule
from carespec.guidance.plain import from_plain, to_plain
from carespec.resources import read_folder
from carespec.source import Source, from_text
from carespec.syntax.document import LineParser, read_document
from carespec.syntax.driver import tables_from

if TYPE_CHECKING:
    from carespec.guidance.from_syntax import FindVocabulary

FOLDER = "specs/guidance"
ENDING = ".guidance"

Kind = TypeVar("Kind", bound="Rule | Comparison")


def read_pack(source: Source, parse: LineParser, vocabulary: FindVocabulary | None = None) -> Pack:
    """The pack that a source of kind "guidance" holds; `vocabulary` finds one by its name, else those that ship."""
    from carespec.guidance.from_syntax import pack_of, shipped_vocabulary  # what ships needs no reader

    return pack_of(read_document(source, parse, "guidance"), vocabulary or shipped_vocabulary)


def read_packs(sources: Iterable[Source]) -> tuple[Pack, ...]:
    """The packs that sources hold, with a parser of their own."""
    parse = LineParser(tables_from(built()["grammar"]))
    return tuple(read_pack(source, parse) for source in sources)


def shipped_in_full(parse: LineParser, vocabulary: FindVocabulary | None = None) -> tuple[Pack, ...]:
    """The packs that ship with everything in them, read from their files."""
    sources = (from_text(f"{FOLDER}/{name}", text) for name, text in read_folder(FOLDER, ENDING))
    return tuple(read_pack(source, parse, vocabulary) for source in sources)


def read_shipped(name: str) -> Pack:
    """The pack of that name that ships, with everything in it. Raises StopIteration if there is none."""
    parse = LineParser(tables_from(built()["grammar"]))
    return next(pack for pack in shipped_in_full(parse) if pack.name == name)


def to_data(pack: Pack) -> dict[str, Any]:
    """A pack as the plain data that `shipped` reads."""
    both: list[Rule | Comparison] = [*pack.rules, *pack.comparisons]
    return {
        "pack": to_plain(pack._replace(rules=(), comparisons=())),
        "rules": to_plain(tuple(one._replace(details=(), laws=(), examples=()) for one in pack.rules)),
        "comparisons": to_plain(tuple(one._replace(details=(), laws=(), samples=()) for one in pack.comparisons)),
        "words": {one.name: to_plain((one.details, one.laws)) for one in both},
    }


@cache
def shipped() -> tuple[Pack, ...]:
    """The packs that ship, by name, their rules without words."""
    return tuple(_from_data(data) for data in built()["packs"])


def _from_data(data: dict[str, Any]) -> Pack:
    pack: Pack = from_plain(data["pack"])
    return pack._replace(rules=from_plain(data["rules"]), comparisons=from_plain(data["comparisons"]))


@cache
def _words() -> dict[str, dict[str, Any]]:
    """The words of shipped rules and comparisons, by the digest of their pack."""
    return {pack.digest: data["words"] for pack, data in zip(shipped(), built()["packs"], strict=True)}


def with_words(one: Kind, pack: Pack) -> Kind:
    """A rule or a comparison with its words; one that was read from a file has them already."""
    if one.details:
        return one
    kept = _words_of(pack.digest, one.name)
    return one if kept is None else one._replace(details=kept[0], laws=kept[1])  # type: ignore[return-value]


@cache
def _words_of(digest: str, name: str) -> tuple[tuple[Detail, ...], tuple[Law, ...]] | None:
    kept = _words().get(digest, {}).get(name)
    return None if kept is None else from_plain(kept)
