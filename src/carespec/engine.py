"""One file in, what there is to say about it out: the pure heart of a run, for one process or for several.

Text becomes a document, a document a service, and the checks look at that. Nothing here reads or prints.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from carespec.built import built
from carespec.checks import Check, FactCheck, all_checks
from carespec.coming import coming, waivers_ending
from carespec.flags import Flag, kinds_of, readings, values_of
from carespec.guidance.bench import Bench
from carespec.guidance.law import NO_LAW, Law
from carespec.memory import Memory
from carespec.model.facts import Doubt, Fact, Service, State
from carespec.model.from_syntax import ServiceReader, registered
from carespec.records import Edit, Finding, Fix, NotChecked, Related, ServiceRef
from carespec.results import FileResult
from carespec.source import BLANKS, Source, Span, Trouble, from_text, is_data, span_of, stem
from carespec.spelling import as_name, only_spelling
from carespec.syntax.document import Document, Line, LineParser, read_document
from carespec.syntax.driver import tables_from
from carespec.tuples import NamedTuple
from carespec.unseen import not_looked_at
from carespec.vocabulary import DEFAULT, Vocabulary, load, names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carespec.compare.taken import Taken
    from carespec.exchange.places import Places
    from carespec.guidance.bench import Asked, Derive, Derived
    from carespec.guidance.model import Pack, PackProblem
    from carespec.guidance.register import Register

_UNDECIDED = frozenset((State.LOCAL, State.TO_BE_CONFIRMED))
_PACK_AFFECTS = "everyone whose service is held against the pack"
_NAMELESS_AFFECTS = "everyone who looks for this document by its name, or compares it with others"
_SYNTAX_AFFECTS = "everyone: what this line says was not read, so nothing could be checked about it"


FactLook = tuple[Check, FactCheck]
"""A check, and how it looks at one fact."""


class Read(NamedTuple):
    """A service as read; `places` leads from its lines to those of its file, where that is YAML or JSON."""

    service: Service
    places: Places | None = None


class Engine:
    """Checks sources with a choice of checks; remembers lines, so that one engine serves a whole run.

    Without `today` nothing is called overdue by the calendar, only by the document's own dates. `law` are the rules
    that services are held against; by default none. With `beside` there are other services to compare each with.
    """

    def __init__(
        self, checks: tuple[Check, ...], today: date | None = None, law: Law = NO_LAW, beside: bool = False
    ) -> None:
        data = built()
        self._measured = _measurer(law) if beside and law.packs else None
        self._today, self._checks = today, checks
        self.parse = LineParser(tables_from(data["grammar"]))
        self._mistakes = data["mistakes"]
        self._readers: dict[str, ServiceReader] = {}
        self._bench = Bench(law, _rewarder(law), beside, lambda: (check.name for check in all_checks()))
        self._of_fact = tuple((check, check.of_fact) for check in checks if check.of_fact is not None)
        self._concerned: dict[tuple[type, ...], tuple[FactLook, ...]] = {}
        self._of_service = tuple((check, check.of_service) for check in checks if check.of_service is not None)
        # By the identity of a value, which equal lines share; the fact beside it keeps that identity from being reused.
        self._seen: Memory[int, tuple[Fact, tuple[tuple[Check, Flag], ...]]] = Memory()

    def check(self, source: Source, kind: str | None = None) -> FileResult:
        """Everything there is to say about one source."""
        if is_data(source.path):
            return self._check_data(source)
        return self._check_text(source, kind)

    def read(self, source: Source) -> Read | None:
        """The service that a source holds; None for a guidance pack, and for data that cannot be read."""
        places = None
        if is_data(source.path):
            from carespec.exchange.files import Unread, read_data

            found = read_data(source, self.parse)
            if isinstance(found, Unread):
                return None
            source, places = found
        document = read_document(source, self.parse, "service" if places else None)
        return Read(self.service(document), places) if document.kind == "service" else None

    def _check_data(self, file: Source) -> FileResult:
        """A service in YAML or JSON is checked as the lines that it stands for; places are those of the file."""
        from carespec.exchange.files import Unread, read_data

        found = read_data(file, self.parse)
        if isinstance(found, Unread):
            return _unread_result(file, found.troubles)
        source, places = found
        result = self._check_text(source, "service")
        own = [_trouble(file, trouble) for trouble in file.troubles]
        not_checked = tuple(entry._replace(because=places.told(entry.because)) for entry in result.not_checked)
        findings = (*own, *(places.finding(finding) for finding in result.findings))
        header = result.ref.header
        ref = result.ref._replace(header=places.span(header) if header else None)
        ahead = tuple(entry._replace(span=places.span(entry.span)) for entry in result.coming)
        taken = tuple(one._replace(span=places.span(one.span)) for one in result.taken)
        return result._replace(ref=ref, findings=findings, not_checked=not_checked, coming=ahead, taken=taken)

    def _check_text(self, source: Source, kind: str | None) -> FileResult:
        document = read_document(source, self.parse, kind)
        findings = [_trouble(source, trouble) for trouble in source.troubles]
        findings += self._structure(document)
        if document.kind == "guidance":
            return _guidance_result(document, findings)
        if document.kind == "waivers":
            return _register_result(document, findings, self._bench.law.register, self._checks)
        service = self.service(document)
        findings += [_finding(check, flag, service) for check, flag in self._flags(service)]
        ruling = self._bench.rule(service)
        ref = ServiceRef(
            service.name, source.path, "service", *_as_at(service), len(service.facts),
            sum(fact.value.state in _UNDECIDED for fact in service.facts), _header_name(document.header),
            service.vocabulary.edition,
        )  # fmt: skip
        not_checked = (*not_looked_at(service, self._checks), *ruling.not_checked)
        taken = self._measured(service) if self._measured is not None else ()
        return FileResult(
            ref,
            (*findings, *ruling.findings),
            not_checked,
            ruling.outcomes,
            ruling.later,
            (*coming(service), *ruling.ahead),
            taken,
        )

    def service(self, document: Document) -> Service:
        """The service that a document gives, read with the vocabulary that it names, else with the usual one."""
        return self._reader(document)(document)._replace(today=self._today)

    def _reader(self, document: Document) -> ServiceReader:
        vocabulary = _vocabulary(document)
        reader = self._readers.get(vocabulary.name)
        if reader is None:
            reader = self._readers[vocabulary.name] = ServiceReader(vocabulary)
        return reader

    def _flags(self, service: Service) -> list[tuple[Check, Flag]]:
        flags: list[tuple[Check, Flag]] = []
        for fact in service.facts:
            flags += self._flags_of(fact, service)
        for check, look in self._of_service:
            flags += [(check, flag) for flag in look(service)]
        return flags

    def _flags_of(self, fact: Fact, service: Service) -> list[tuple[Check, Flag]]:
        """The flags on one fact; a line with nothing under it, read or damaged, says the same wherever it stands."""
        if fact.under or not fact.whole:
            return self._look(fact, service)
        known = self._seen.get(id(fact.value))
        if known is None:
            known = (fact, tuple(self._look(fact, service)))
            self._seen.put(id(fact.value), known)
        return [(check, flag._replace(line=fact.line)) for check, flag in known[1]] if known[1] else []

    def _look(self, fact: Fact, service: Service) -> list[tuple[Check, Flag]]:
        kinds = kinds_of(fact)
        looks = self._of_fact if kinds is None else self._concerned.get(kinds) or self._looks_on(kinds)
        return [(check, flag) for check, look in looks for flag in look(fact, service)]

    def _looks_on(self, kinds: tuple[type, ...]) -> tuple[FactLook, ...]:
        """The checks that may find something in a fact of these kinds."""
        self._concerned[kinds] = tuple(
            look for look in self._of_fact if look[0].concerns is None or not look[0].concerns.isdisjoint(kinds)
        )
        return self._concerned[kinds]

    def _structure(self, document: Document) -> list[Finding]:
        """What is wrong with lines as lines: those that do not parse, and a header that is missing or repeated."""
        findings = [self._damaged(document, line) for line in document.damaged if line.failure is not None]
        if document.header is None:
            findings.append(_header_missing(document))
        findings += [_header_repeated(document, line) for line in document.repeated_headers]
        return findings

    def _is_understood(self, text: str, line: Line, document: Document) -> bool:
        """Whether its field can take what a line to write instead says: it must not lead to a second mistake."""
        if text.startswith("#"):
            return True
        heads = [s.head.text for s in document.statements if s.head.number < line.number]
        above = heads[-1:] if text[:1] in BLANKS else []
        source = from_text("x.care", "\n".join(("service x", *above, text)))
        service = self._reader(document)(read_document(source, self.parse, "service"))
        values = [value for fact in service.facts for value, number in values_of(fact) if number == len(source.lines)]
        return all(value.problem is None for value in values)

    def _damaged(self, document: Document, line: Line) -> Finding:
        from carespec.syntax.mistakes import explain

        answer, fix = explain(line, self.parse.tables, self._mistakes), ""
        if document.kind == "guidance":
            from carespec.guidance.advice import advised  # few files are packs

            answer, fix = advised(answer, line, document, self.parse, _vocabulary(document))
        elif answer.write and not self._is_understood(answer.write, line, document):
            answer = answer._replace(write=None)
        explained = f"Write as in: {answer.like}" if answer.like else f"`carespec explain {answer.name}` shows how to."
        fix = f"Write: {answer.write.strip()}" if answer.write else fix or explained
        whole = _edit(span_of(line.number, 0, len(line.text)), answer.write, line.text)
        span = span_of(line.number, answer.start, answer.end)
        return _syntax(document.source, answer.name, answer.message, line, span, Fix(fix, whole))


def _vocabulary(document: Document) -> Vocabulary:
    """The vocabulary that a `vocabulary:` line names, if it ships; a check says so if it does not."""
    for statement in document.statements:
        if statement.head.first_word == "vocabulary":
            words = statement.head.text.split(":", 1)[-1].split()
            if words and words[0].lower() in names():
                return load(words[0].lower())
    return load(DEFAULT)


def _header_name(header: Line | None) -> Span | None:
    """Where the name of the document stands."""
    name = header.node.first("NAME") if header is not None and header.node is not None else None
    return span_of(header.number, name.start, name.end) if header is not None and name is not None else None


def _as_at(service: Service) -> tuple[str, str]:
    day, origin = service.as_at()
    return (day.isoformat() if day else "", origin)


def _edit(span: Span, write: str | None, before: str, safe: bool = True) -> Edit | None:
    """An edit, if there is one; safe where whoever offers it says so and it does no more than mend the spelling."""
    return None if write is None else Edit(span, write, safe and only_spelling(before, write))


def _syntax(source: Source, name: str, message: str, line: Line, span: Span, fix: Fix) -> Finding:
    identity = f"syntax/{stem(source.path)}/{''.join(line.text.split())}"
    return Finding(
        identity, "syntax", name, "fails", "must", "certain", "carespec", stem(source.path), None, source.path,
        span, message, line.text.strip(), _SYNTAX_AFFECTS, fix,
    )  # fmt: skip


def _trouble(source: Source, trouble: Trouble) -> Finding:
    line = Line(trouble.line, source.lines[trouble.line - 1], None)
    span = span_of(trouble.line, trouble.start, trouble.end)
    return _syntax(source, trouble.name, trouble.message, line, span, Fix(trouble.fix))


def _header_missing(document: Document) -> Finding:
    source = document.source
    line = Line(1, source.lines[0] if source.lines else "", None)
    header = f"{document.kind} {as_name('' if source.path.startswith('<') else stem(source.path), 'northshire')}"
    found = "the first line does not name the document" if "".join(source.lines).strip() else "the file is empty"
    message, span = f"{found}: it is read as `{header}`", span_of(1, 0, max(1, len(line.text)))
    finding = _syntax(source, "header-missing", message, line, span, Fix(f"Write `{header}` as the first line."))
    return finding._replace(affects=_NAMELESS_AFFECTS)


def _header_repeated(document: Document, line: Line) -> Finding:
    message = f"a second `{line.first_word}` line: one file holds one {document.kind}"
    span = span_of(line.number, 0, len(line.text))
    fix = Fix("Move what follows to a file of its own, or delete this line.")
    return _syntax(document.source, "header-repeated", message, line, span, fix)


def _finding(check: Check, flag: Flag, service: Service) -> Finding:
    text = service.lines[flag.line - 1] if flag.line <= len(service.lines) else ""
    span = span_of(flag.line, flag.start, flag.end)
    name = service.name or stem(service.path)
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
        fix=Fix(flag.fix, _edit(span, flag.write, text[flag.start : flag.end], check.safe), readings(flag, span)),
        related=tuple(Related(service.path, span_of(a.line, a.start, a.end), a.message) for a in flag.also),
        group=flag.group,
        brief=flag.brief,
        title=check.title,
    )


def _measurer(law: Law) -> Callable[[Service], tuple[Taken, ...]]:
    """What comparisons of guidance measure in a service; loaded only where there is something to compare it with."""
    from carespec.compare.gather import Gatherer
    from carespec.compare.taken import Measurer, held

    return Measurer(held(law), law, Gatherer().said)


def _rewarder(law: Law) -> Derive:
    """What the payments of services reward; loaded only where a rule asks for it and something is paid."""
    loaded: list[Derive] = []

    def rewarded(service: Service, asked: Asked) -> Mapping[str, Derived]:
        if not loaded:
            from carespec.rewarded import deriver

            loaded.append(deriver(law))
        return loaded[0](service, asked)

    return rewarded


def _guidance_result(document: Document, findings: list[Finding]) -> FileResult:
    """A pack is held to what loading it shows: unknown names, rules that cannot apply, what nobody cites."""
    from carespec.guidance.from_syntax import pack_of  # few files are packs
    from carespec.guidance.loading import flaws
    from carespec.guidance.loading.versions import edition_of

    pack = pack_of(document)
    problems = sorted((*pack.problems, *flaws(pack)), key=lambda problem: (problem.line, problem.start))
    told = [_of_pack(problem, pack, document.source) for problem in problems]
    ref = ServiceRef(pack.name, pack.path, "guidance", "", "", 0, header=_header_name(document.header))
    return FileResult(ref, (*findings, *told), (), edition=edition_of(pack))


def _register_result(
    document: Document, findings: list[Finding], register: Register, checks: tuple[Check, ...]
) -> FileResult:
    """A register of waivers; what each of them waives shows only in its service."""
    from carespec.guidance.registered import in_register  # few files are registers

    name, path = _document_name(document), document.source.path
    waivers = registered(document)
    told = in_register(waivers, document.source, name, register, {check.name: check.severity for check in checks})
    ref = ServiceRef(name, path, "waivers", "", "", len(waivers), header=_header_name(document.header))
    return FileResult(ref, (*findings, *told), (), coming=tuple(waivers_ending(waivers, path)))


def _document_name(document: Document) -> str:
    node = document.header.node if document.header is not None else None
    return ((node.text_of("NAME") if node is not None else None) or stem(document.source.path)).lower()


def _of_pack(problem: PackProblem, pack: Pack, source: Source) -> Finding:
    text = source.lines[problem.line - 1] if problem.line <= len(source.lines) else ""
    return pack_finding(problem, pack.name, source.path, text[problem.start : problem.end].strip())


def pack_finding(problem: PackProblem, name: str, path: str, says: str) -> Finding:
    """What is wrong with a pack, as a finding; a line of it may have what a check flags in a service."""
    from carespec.guidance.flaws import title_of

    titles = {check.name: check.title for check in all_checks()}
    title, span = titles.get(problem.name) or title_of(problem.name), span_of(problem.line, problem.start, problem.end)
    kind = "vocabulary" if problem.name.startswith("unknown-") else "check"
    return Finding(
        f"check.{problem.name}/{name}/{problem.about}", kind, problem.name, "fails", problem.severity, "certain",
        "carespec", name, None, path, span, problem.message, says, _PACK_AFFECTS,
        Fix(problem.fix, _edit(span, problem.write, says, False)), title=title,
    )  # fmt: skip


def _unread_result(file: Source, troubles: tuple[Trouble, ...]) -> FileResult:
    """A file that is no YAML or JSON is told as such; nothing is concluded from it."""
    findings = tuple(_trouble(file, trouble) for trouble in troubles)
    entry = NotChecked("everything", stem(file.path), "the file cannot be read", file.path)
    return FileResult(ServiceRef(stem(file.path), file.path, "service", "", "", 0), findings, (entry,))
