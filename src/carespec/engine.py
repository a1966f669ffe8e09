"""One file in, what there is to say about it out: the pure heart of a run, for one process or for several.

Text becomes a document, a document a service, and the checks look at that. Nothing here reads or prints.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from carespec.built import built
from carespec.checks import Check
from carespec.flags import Flag
from carespec.memory import Memory
from carespec.model.facts import Doubt, Fact, Service
from carespec.model.from_syntax import ServiceReader
from carespec.records import Edit, Finding, Fix, NotChecked, Related, ServiceRef
from carespec.source import Source, Span, Trouble, span_of
from carespec.syntax.document import Document, Line, LineParser, read_document
from carespec.syntax.driver import tables_from
from carespec.vocabulary import DEFAULT, Vocabulary, load, names

_SYNTAX_AFFECTS = "everyone: what this line says was not read, so nothing could be checked about it"


class FileResult(NamedTuple):
    """All that one file gives; plain data that can cross a pipe."""

    ref: ServiceRef
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]


class Engine:
    """Checks sources with a choice of checks; remembers lines, so that one engine serves a whole run."""

    def __init__(self, checks: tuple[Check, ...]) -> None:
        data = built()
        self.parse = LineParser(tables_from(data["grammar"]))
        self._mistakes = data["mistakes"]
        self._readers: dict[str, ServiceReader] = {}
        self._of_fact = tuple((check, check.of_fact) for check in checks if check.of_fact is not None)
        self._of_service = tuple((check, check.of_service) for check in checks if check.of_service is not None)
        # By the identity of a value, which equal lines share; the fact beside it keeps that identity from being reused.
        self._seen: Memory[int, tuple[Fact, tuple[tuple[Check, Flag], ...]]] = Memory()

    def check(self, source: Source, kind: str | None = None) -> FileResult:
        """Everything there is to say about one source."""
        document = read_document(source, self.parse, kind)
        findings = [_trouble(source, trouble) for trouble in source.troubles]
        findings += self._structure(document)
        if document.kind == "guidance":
            return _guidance_result(document, findings)
        service = self.service(document)
        findings += [_finding(check, flag, service) for check, flag in self._flags(service)]
        ref = ServiceRef(service.name, source.path, "service", *_as_at(service), len(service.facts))
        return FileResult(ref, tuple(findings), tuple(_not_checked(service)))

    def service(self, document: Document) -> Service:
        """The service that a document gives, read with the vocabulary that it names, else with the usual one."""
        vocabulary = _vocabulary(document)
        reader = self._readers.setdefault(vocabulary.name, ServiceReader(vocabulary))
        return reader(document)

    def _flags(self, service: Service) -> list[tuple[Check, Flag]]:
        flags: list[tuple[Check, Flag]] = []
        for fact in service.facts:
            flags += self._flags_of(fact, service)
        for check, look in self._of_service:
            flags += [(check, flag) for flag in look(service)]
        return flags

    def _flags_of(self, fact: Fact, service: Service) -> list[tuple[Check, Flag]]:
        """The flags on one fact; a line without lines under it says the same wherever it stands."""
        if fact.under:
            return self._look(fact, service)
        known = self._seen.get(id(fact.value))
        if known is None:
            known = (fact, tuple(self._look(fact, service)))
            self._seen.put(id(fact.value), known)
        return [(check, flag._replace(line=fact.line)) for check, flag in known[1]]

    def _look(self, fact: Fact, service: Service) -> list[tuple[Check, Flag]]:
        return [(check, flag) for check, look in self._of_fact for flag in look(fact, service)]

    def _structure(self, document: Document) -> list[Finding]:
        """What is wrong with lines as lines: those that do not parse, and a header that is missing or repeated."""
        findings = [self._damaged(document, line) for line in document.damaged if line.failure is not None]
        if document.header is None:
            findings.append(_header_missing(document))
        findings += [_header_repeated(document, line) for line in document.repeated_headers]
        return findings

    def _damaged(self, document: Document, line: Line) -> Finding:
        from carespec.syntax.mistakes import explain

        answer = explain(line, self.parse.tables, self._mistakes)
        fix = f"Write: {answer.write.strip()}" if answer.write else _look_up(document.kind)
        whole = Edit(span_of(line.number, 0, len(line.text)), answer.write) if answer.write else None
        span = span_of(line.number, answer.start, answer.end)
        return _syntax(document.source, answer.name, answer.message, line, span, Fix(fix, whole))


def _look_up(kind: str) -> str:
    part = "lines of a service" if kind == "service" else "guidance packs"
    return f"See the forms of a line in docs/language.md ({part})."


def _vocabulary(document: Document) -> Vocabulary:
    """The vocabulary that a `vocabulary:` line names, if it ships; a check says so if it does not."""
    for statement in document.statements:
        if statement.head.first_word == "vocabulary":
            words = statement.head.text.split(":", 1)[-1].split()
            if words and words[0].lower() in names():
                return load(words[0].lower())
    return load(DEFAULT)


def _as_at(service: Service) -> tuple[str, str]:
    day, origin = service.as_at()
    return (day.isoformat() if day else "", origin)


def _stem(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]


def _syntax(source: Source, name: str, message: str, line: Line, span: Span, fix: Fix) -> Finding:
    identity = f"syntax/{_stem(source.path)}/{''.join(line.text.split())}"
    return Finding(
        identity, "syntax", name, "fails", "must", "certain", "carespec", _stem(source.path), None, source.path,
        span, message, line.text.strip(), _SYNTAX_AFFECTS, fix,
    )  # fmt: skip


def _trouble(source: Source, trouble: Trouble) -> Finding:
    line = Line(trouble.line, source.lines[trouble.line - 1], None)
    span = span_of(trouble.line, trouble.start, trouble.end)
    return _syntax(source, trouble.name, trouble.message, line, span, Fix(trouble.fix))


def _header_missing(document: Document) -> Finding:
    name = "northshire" if document.source.path.startswith("<") else _stem(document.source.path)
    line = Line(1, document.source.lines[0] if document.source.lines else "", None)
    header = f"{document.kind} {name.lower().replace(' ', '-').replace('_', '-')}"
    message = f"the first line does not name the document: it is read as `{header}`"
    span = span_of(1, 0, max(1, len(line.text)))
    return _syntax(document.source, "header-missing", message, line, span, Fix(f"Write `{header}` as the first line."))


def _header_repeated(document: Document, line: Line) -> Finding:
    message = f"a second `{line.first_word}` line: one file holds one {document.kind}"
    span = span_of(line.number, 0, len(line.text))
    fix = Fix("Move what follows to a file of its own, or delete this line.")
    return _syntax(document.source, "header-repeated", message, line, span, fix)


def _finding(check: Check, flag: Flag, service: Service) -> Finding:
    text = service.lines[flag.line - 1] if flag.line <= len(service.lines) else ""
    span = span_of(flag.line, flag.start, flag.end)
    name = service.name or _stem(service.path)
    fact = service.by_path.get(flag.field or "")
    doubted = fact is not None and any(isinstance(under, Doubt) for under in fact.under)
    severity = flag.severity or (check.severity if service.status == "draft" else check.signed)
    return Finding(
        id=f"check.{check.name}/{name}/{flag.field or ''}",
        kind="vocabulary" if check.name.startswith("unknown-") else "check",
        name=check.name,
        outcome="fails",
        severity=severity,
        confidence="possible" if doubted else "certain",
        authority="carespec",
        service=name,
        field=flag.field,
        path=service.path,
        span=span,
        message=flag.message,
        says=flag.says or text[flag.start : flag.end].strip(),
        affects=flag.affects or check.affects,
        fix=Fix(flag.fix, Edit(span, flag.write) if flag.write is not None else None),
        related=tuple(Related(service.path, span_of(a.line, a.start, a.end), a.message) for a in flag.also),
        group=flag.group,
        brief=flag.brief,
    )


def _not_checked(service: Service) -> list[NotChecked]:
    """What no check could look at, and why: damaged lines, facts that cannot be applied, a document read in part."""
    name = service.name or _stem(service.path)
    entries = []
    if service.damaged:
        lines = ", ".join(map(str, service.damaged))
        several = len(service.damaged) > 1
        told = f"lines {lines}" if several else f"line {lines}"
        because = f"{told} could not be read, and what {'they' if several else 'it'} may say is not called missing"
        entries.append(NotChecked("expected-but-silent", name, because, service.path))
    if service.read_in_part:
        because = "a source was read only in part, so what is missing here is unread, not silent"
        entries.append(NotChecked("expected-but-silent", name, because, service.path))
    return entries


def _guidance_result(document: Document, findings: list[Finding]) -> FileResult:
    """A pack is read for its syntax; its rules are not evaluated, and the run says so."""
    source, header = document.source, document.header
    name = (header.node.text_of("NAME") or "").lower() if header and header.node else _stem(source.path)
    entry = NotChecked("rules", name, "the rules of a guidance pack are read but not yet applied", source.path)
    ref = ServiceRef(name, source.path, "guidance", "", "", 0)
    return FileResult(ref, tuple(findings), (entry,))
