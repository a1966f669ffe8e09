"""What engines return and reporters take: findings, what was not checked, and the report of a run.

Severity (how much it matters), confidence (how sure carespec is) and authority (who says so) are three separate things.
The lists are closed (see docs/decisions/0001): a reporter may rely on them.
"""

from __future__ import annotations

from carespec.source import Span
from carespec.tuples import NamedTuple

SEVERITIES = ("must", "should", "may")
"""From what matters most to what matters least."""

OUTCOMES = ("passes", "fails", "cannot-tell", "does-not-apply", "exempt", "waived", "not-in-force")
AUTHORITIES = ("national", "good-practice", "local", "carespec")
CONFIDENCES = ("certain", "structural", "robust", "possible")
KINDS = ("syntax", "vocabulary", "check", "rule", "comparison", "incentive", "waiver")


class SourceRef(NamedTuple):
    """Where something is said: title, publisher, the place in it, and a sentence quoted exactly."""

    title: str
    publisher: str = ""
    place: str = ""
    quote: str = ""


class Edit(NamedTuple):
    """A piece of the file, and what to put in its place.

    `safe` where the author can have meant nothing else: the edit then changes how the document is written and not what
    it obliges anybody to.
    """

    span: Span
    text: str
    safe: bool = False


class Reading(NamedTuple):
    """One of several things that a piece can mean: the setting and its word by which an author says that it is meant,
    and the edit that then says it.
    """

    setting: str
    word: str
    edit: Edit


class Fix(NamedTuple):
    """The smallest change that would satisfy a finding, in words; and as an edit where it is certain.

    Where only the author can know what is meant there are `readings` in place of an edit.
    """

    text: str
    edit: Edit | None = None
    readings: tuple[Reading, ...] = ()


class Related(NamedTuple):
    """Another place that a finding is about, and what stands there."""

    path: str
    span: Span
    message: str


class Finding(NamedTuple):
    """One thing to act on, in four parts: what the document `says`, the `message` (what follows), whom it `affects`,
    and the `fix`. `id` names what it is about, never a line, so that moving a line changes no identity.

    Findings with the same `group` are one remark to a reader: text output tells them in one line. `title` is what
    all of that name have in common, for where many are told as one; empty for what has no title. `elsewhere` marks one
    in a file that the run was not about, which would not be there without the files that it was about.
    """

    id: str
    kind: str
    name: str
    outcome: str
    severity: str
    confidence: str
    authority: str
    service: str
    field: str | None
    path: str
    span: Span
    message: str
    says: str
    affects: str
    fix: Fix | None
    sources: tuple[SourceRef, ...] = ()
    related: tuple[Related, ...] = ()
    group: str | None = None
    brief: str = ""
    title: str = ""
    elsewhere: bool = False


class NotChecked(NamedTuple):
    """Something that this run could not or did not check, and why.

    Entries with the same `group`, the reason in a few words, are told together to a reader; `about` are the paths of
    the fields that hold them up.
    """

    name: str
    service: str
    because: str
    path: str = ""
    group: str = ""
    about: tuple[str, ...] = ()


class Later(NamedTuple):
    """A change of the law while a contract still runs: on that day a rule that the service fails begins to bind, or
    ceases to. It changes nothing today.
    """

    day: str
    name: str
    service: str
    message: str
    path: str


BEGINS = " begins to bind"
"""What follows the name of a rule in the message of a `Later`, and of a `Coming`, about one that does."""


class GuidanceRef(NamedTuple):
    """A guidance pack that judged: its name, its version, and the digest of its text."""

    name: str
    version: str
    digest: str


class Coming(NamedTuple):
    """Something that stops being right: the first day on which it is not (an ISO date), what is so then, who agreed to
    it or has it to see to, and what to do by then.
    """

    day: str
    path: str
    span: Span
    service: str
    field: str | None
    message: str
    who: str
    fix: str


class ServiceRef(NamedTuple):
    """A document of the run: its name, its path, the day whose law applies, and where that day comes from.

    `undecided` counts the facts that are to be confirmed or left to local agreement. `header` is where the name stands;
    None where no line gives one. `vocabulary` is the edition that a service was read with.
    """

    name: str
    path: str
    kind: str
    as_at: str
    as_at_from: str
    facts: int
    undecided: int = 0
    header: Span | None = None
    vocabulary: str = ""


class About(NamedTuple):
    """What can be told of a check, a rule or a mistake without any finding: for formats that carry a help page.

    `title` is half a sentence without a stop, `summary` plain text in sentences, `page` Markdown.
    """

    name: str
    title: str
    summary: str
    page: str


class Report(NamedTuple):
    """Everything that a run has to say, in a stable order. `vocabulary` names every edition used, parted by commas.

    `closing` are the last lines of a run that is no check of services, in place of the usual ones.
    `guidance` are the packs that judged, `rules` how many rules of theirs, `outcomes` how often each of `OUTCOMES` came
    of holding a rule against a service. `accepted` are the findings that a baseline lists: known, and not to be acted
    on by this run. `coming` is what falls due after today and up to `until`, an ISO date; empty where nobody asked.
    """

    version: str
    today: str
    vocabulary: str
    services: tuple[ServiceRef, ...]
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    checks: int
    guidance: tuple[GuidanceRef, ...] = ()
    rules: int = 0
    outcomes: tuple[int, ...] = ()
    later: tuple[Later, ...] = ()
    closing: tuple[str, ...] = ()
    accepted: tuple[Finding, ...] = ()
    until: str = ""
    coming: tuple[Coming, ...] = ()
    beside: int = 0


def rule_id(finding: Finding) -> str:
    """What the finding is an instance of, unlike any other: `check.bare-days`, `PACK.RULE`, the name of a mistake."""
    return finding.name if finding.kind == "syntax" else finding.id.split("/", 1)[0]


def digest(finding: Finding) -> str:
    """32 hexadecimal digits that stay the same for as long as the finding is about the same thing."""
    from hashlib import sha256  # only some formats ask

    return sha256(finding.id.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def at_least(severity: str, level: str) -> bool:
    """Whether a severity reaches a level: `must` reaches all, `may` only `may`."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(level)
