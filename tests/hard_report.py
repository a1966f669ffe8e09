"""A report with everything in it that formats stumble over, for the tests of formats."""

from __future__ import annotations

from carespec.records import Edit, Finding, Fix, NotChecked, Related, Report, ServiceRef, SourceRef
from carespec.source import span_of

LINE = "wait step-2: within 10 days of referral  # £40, “quoted”, 100%"
NASTY = "a folder/ünïcode & <odd>, 100% [x](y).care"
BASE = Finding(
    id="check.plain/x/f", kind="check", name="plain", outcome="fails", severity="should", confidence="certain",
    authority="carespec", service="x", field="f", path="specs/plain.care", span=span_of(1, 13, 39), message="m",
    says="within 10 days", affects="people who wait", fix=Fix("Write it."),
)  # fmt: skip
TRICKY = "`10 days` 100% <b>, see [x](http://e.org) | *a* _b_ @someone\n::error::no\r\n##[error]no\x07"


def _many(severity: str, count: int) -> list[Finding]:
    return [
        BASE._replace(
            id=f"check.many-{severity}/x/f#{n}", name=f"many-{severity}", severity=severity, span=span_of(n, 0, 4)
        )
        for n in range(1, count + 1)
    ]


FINDINGS = (
    BASE._replace(
        id="iapt.rule/x/wait step-2", kind="rule", name="rule", severity="must", authority="national", path=NASTY,
        message=TRICKY, affects=TRICKY, sources=(SourceRef("Guide", "NHS", "4.6 [a](b)", "One “sentence”."),),
        related=(Related("other.care", span_of(2, 0, 4), "the first [one](x)"), Related(NASTY, span_of(1, 0, 4), "it")),
        fix=Fix("Write `working days`.", Edit(span_of(1, 23, 27), "working days")), span=span_of(1, 58, 61),
    ),
    BASE._replace(id="syntax/x/abc", kind="syntax", name="misspelt-word", path="<stdin>", span=span_of(1, 0, 0)),
    BASE._replace(id="check.odd/ünï/", field=None, service="ünï", confidence="possible", severity="may"),
    BASE._replace(id="check.many-lines/x/f", span=span_of(1, 3, 9)._replace(end=span_of(3, 0, 5).end)),
    BASE._replace(id="check.said/x/a", name="said", group="together", brief="`a`"),
    BASE._replace(id="check.said/x/b", name="said", group="together", brief="`b`"),
    *_many("must", 12), *_many("should", 12), *_many("may", 12),
)  # fmt: skip
ACCEPTED = (BASE._replace(id="check.old/x/f", name="old"),)
WAIVED = BASE._replace(id="iapt.rule/x/waived", kind="rule", name="rule", outcome="waived")
SERVICES = tuple(
    ServiceRef(name, path, "service", "2012-09-01", "today", 7)
    for name, path in (("x", NASTY), ("x", "specs/plain.care"), ("clean", "specs/clean.care"))
)
UNCHECKED = (
    NotChecked("odd", "x", "of a reason & <one> more", "specs/plain.care"),
    NotChecked("everything", "gone.care", "it is no longer there", "gone.care"),
)
EMPTY = Report("0.1.0", "2012-09-01", "psychological-therapies 1", (), (), (), 25)
HARD = EMPTY._replace(services=SERVICES, findings=(*FINDINGS, WAIVED), not_checked=UNCHECKED, accepted=ACCEPTED)
LINES = {NASTY: (LINE, "", "x" * 400), "specs/plain.care": (LINE,)}


def lines_of(path: str) -> tuple[str, ...]:
    """The lines of the files of the report that are there."""
    return LINES.get(path, ())
