"""A run over guidance packs: each is put to its own tests, and what came of it is one report."""

from __future__ import annotations

from collections.abc import Sequence

from carespec.compare.tried import try_comparisons
from carespec.engine import Engine
from carespec.guidance.from_syntax import pack_of
from carespec.guidance.tried import Tried, try_pack
from carespec.records import Report
from carespec.results import FileResult
from carespec.source import Source, read_file
from carespec.summary import counted
from carespec.syntax.document import LineParser, read_document
from carespec.workspace import report


def try_files(paths: Sequence[str]) -> Report:
    """Put every pack to its own tests. Raises OSError as `open` does for a file that cannot be read."""
    return try_sources([read_file(path) for path in paths])


def try_sources(sources: Sequence[Source]) -> Report:
    """As `try_files`, for packs that are at hand. What is wrong with a pack as such is among the findings."""
    engine = Engine(())
    tried = [_try(source, engine.parse) for source in sources]
    looked = [_with(engine.check(source, "guidance"), one) for source, one in zip(sources, tried, strict=True)]
    return report(looked, ())._replace(closing=_closing(tried))


def _try(source: Source, parse: LineParser) -> Tried:
    pack = pack_of(read_document(source, parse, "guidance"))
    rules, beside = try_pack(pack, source.lines), try_comparisons(pack, source.lines)
    examples, findings = rules.examples + beside.examples, (*rules.findings, *beside.findings)
    return rules._replace(findings=findings, examples=examples, comparisons=beside.comparisons)


def _with(result: FileResult, tried: Tried) -> FileResult:
    return result._replace(findings=(*result.findings, *tried.findings), not_checked=())


def _closing(tried: list[Tried]) -> tuple[str, ...]:
    rules, examples = sum(one.rules for one in tried), sum(one.examples for one in tried)
    killed, equivalent = sum(one.killed for one in tried), sum(one.equivalent for one in tried)
    survived = sum(one.survived for one in tried)
    comparisons = sum(one.comparisons for one in tried)
    among = counted(rules, "rule") + (f", {counted(comparisons, 'comparison')}" if comparisons else "")
    seen = f"Tried {counted(len(tried), 'guidance pack')}: {among}, {counted(examples, 'example')}."
    slips = f"{counted(killed, 'slip')} noticed, {survived:,} not; {equivalent:,} more would change nothing."
    damaged = sum(one.damaged for one in tried)
    left = f"Not tried: {counted(damaged, 'rule')} that could not be read whole."
    return (seen, slips, left) if damaged else (seen, slips)
