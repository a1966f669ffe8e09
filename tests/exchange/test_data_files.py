"""A service in YAML or JSON is checked as the lines that it stands for, and every finding stands at its place there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from carespec.checks import all_checks
from carespec.engine import Engine
from carespec.exchange.from_data import from_data
from carespec.records import Finding
from carespec.source import from_bytes, from_text

HEAD = "service: northshire\nstatus: published-extract\n"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(all_checks())


def findings(text: str, engine: Engine, path: str = "northshire.care.yaml") -> list[Finding]:
    return list(engine.check(from_text(path, text)).findings)


def place(finding: Finding, text: str) -> str:
    """The piece of the file that a finding is about."""
    start, end = finding.span
    assert start.line == end.line
    return text.split("\n")[start.line - 1][start.column - 1 : end.column - 1]


WRONG = [
    ("minimum-age: over 18 years", "over-age", "over 18 years"),
    ('minimum-age: "over 18 years"', "over-age", "over 18 years"),
    ("minimum-age: {source: page, value: over 18 years}", "over-age", "over 18 years"),
    (
        "minimum-age:\n  value: 18 years\n  except:\n    - {value: over 16 years, when: cluster is 4}",
        "over-age",
        "over 16 years",
    ),
    ("referral-routes: [gp, midwfe]", "unknown-word", "midwfe"),
    ("referral-routes: gp, midwfe", "unknown-word", "midwfe"),
    ("wait step-2: >\n  within 10 days\n  of referral", "bare-days", ">"),
    ("colour: blue", "unknown-field", "colour"),
    ("titel: Talking therapies, for all", "unknown-field", "titel"),
    ("pay steps-2: £40.00 per session", "unknown-payment", "steps-2"),
    ("minimum-age: 18 years years", "unexpected", "years"),
    ("minimum-age: {value: 18 years, except: {value: 16 years years, when: cluster is 4}}", "unexpected", "years"),
    ("minimum-age: {value: 18 years, when: cluster 4}", "is-missing", "4"),
    ("minimum-age:", "misplaced-data", ""),
    ("minimum-age: null", "misplaced-data", "null"),
    ("minimum-age: ''", "misplaced-data", "''"),
    ("minimum-age: {source: page}", "misplaced-data", "minimum-age"),
    ("minimum-age: {value: 18 years, sorce: page}", "misplaced-data", "sorce"),
    ("minimum-age: {value: 18 years, source: '[page p4]'}", "misplaced-data", "[page p4]"),
    ("minimum-age: '18 years [page p4]'", "misplaced-data", "[page p4]"),
    ("minimum-age: '18 years # at least'", "misplaced-data", " # at least"),
    ("minimum-age: {value: [18 years]}", "misplaced-data", "[18 years]"),
    ("minimum-age: {value: 18 years, except: 16 years}", "misplaced-data", "16 years"),
    ("minimum-age: {value: 18 years, except: {value: 16 years}}", "misplaced-data", "except"),
    ("pay step-2: {value: £1 per session, only-when: {share: 50, when: cluster is 4}}", "unexpected", "50"),
    ("minimum_age: 18 years", "misplaced-data", "minimum_age"),
    ("Youngest age seen: 18 years", "misplaced-data", "Youngest age seen"),
    ("source page: Home page", "misplaced-data", "Home page"),
    ("source page: {title: Home page, second-hand: perhaps}", "misplaced-data", "perhaps"),
    ("waive some-rule: {until: 2013, reason: because}", "misplaced-data", "{until: 2013, reason: because}"),
    ("sections:\n  - minimum-age: 18 years", "misplaced-data", "minimum-age: 18 years"),
    ("referral-routes: []", "misplaced-data", "[]"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "name", "piece"), WRONG, ids=[entry for entry, _, _ in WRONG])
def test_a_finding_stands_at_its_place(entry: str, name: str, piece: str, engine: Engine) -> None:
    text = HEAD + entry + "\n"
    found = [f for f in findings(text, engine) if f.name not in ("uncited-source", "unknown-source")]
    assert [finding.name for finding in found] == [name]
    assert place(found[0], text) == piece
    assert found[0].fix is not None and found[0].fix.text


def test_json_has_places_of_its_own(engine: Engine) -> None:
    text = '{"service": "northshire", "status": "published-extract",\n\t"maximum-age": "up to 25 y\\u0065ars",\n'
    text += '\t"clusters": "1 to 9", "wait step-2": "within 10 days of referral"}'
    found = findings(text, engine, "n.care.json")
    assert [(finding.name, place(finding, text)) for finding in sorted(found, key=lambda f: f.span)] == [
        ("over-age", '"up to 25 y\\u0065ars"'),
        ("out-of-range", "9"),
        ("bare-days", "10 days"),
    ]


UNREADABLE = [
    ("n.care.yaml", "service: a\ntitle: one: two\n", 2),
    ("n.care.yaml", "service: a\n\ttitle: one\n", 2),
    ("n.care.yaml", 'service: a\ntitle: "one\n', 3),
    ("n.care.yaml", "service: a\n---\nservice: b\n", 2),
    ("n.care.yaml", "service: a\ntitle: @one\n", 2),
    ("n.care.yaml", "service: a\ntitle: *one\n", 2),
    ("n.care.yaml", "service: a\ntitle: {one: two\n", 3),
    ("n.care.yaml", "service: a\ntitle: b\x07\n", 2),
    ("n.care.yaml", "a: &a [*a]\n", 1),
    ("n.care.yaml", "", 1),
    ("n.care.yml", "# only a remark\n", 1),
    ("n.care.json", "", 1),
    ("n.care.json", '{"service": "a",\n}', 2),
    ("n.care.json", '{"service": "a"\n"title": "b"}', 2),
    ("n.care.json", '{"service": "a",\ntitle: "b"}', 2),
    ("n.care.json", '{"service" "a"}', 1),
    ("n.care.json", '{"service": a}', 1),
    ("n.care.json", '{"service": "a}', 1),
    ("n.care.json", '{"service": "a"} {}', 1),
    ("n.care.json", '{"service": ["a", ', 1),
    ("n.care.json", "[" * 5_000, 1),
]


@pytest.mark.parametrize(("path", "text", "line"), UNREADABLE)
def test_what_is_no_yaml_or_json_is_told_once(path: str, text: str, line: int, engine: Engine) -> None:
    result = engine.check(from_text(path, text))
    (finding,) = result.findings
    assert finding.span.start.line == min(line, text.count("\n") + 1)
    assert finding.severity == "must" and finding.fix is not None
    assert "Error" not in finding.message and "expected <" not in finding.message and "token" not in finding.message
    assert [entry.name for entry in result.not_checked] == ["everything"]
    assert engine.read(from_text(path, text)) is None


def test_a_service_without_a_name_or_of_another_shape_is_told(engine: Engine) -> None:
    (finding,) = findings("status: published-extract\n", engine)
    assert finding.message == "nothing names the service: it is read as `northshire`"
    assert finding.service == "northshire"
    for text in ("- a\n- b\n", "a text\n"):
        found = findings(text, engine)
        assert [f.name for f in found if f.kind == "syntax"] == ["misplaced-data"]


def test_nothing_hides_between_pieces(engine: Engine) -> None:
    """A piece that is not whole by itself is told, and never joined with its neighbour into something else."""
    for value, when in (('in words "a', 'b" when cluster is 4'), ("16 years when cluster is 3", "cluster is 4")):
        text = HEAD + json.dumps({"minimum-age": {"value": "18 years", "except": {"value": value, "when": when}}})[1:-1]
        found = findings(text, engine)
        assert [f.kind for f in found if f.kind == "syntax"] == ["syntax"], value


def test_aliases_repeat_what_they_stand_for_and_cannot_flood(engine: Engine) -> None:
    text = HEAD + "pay step-2: &pay {value: £40.00 per session, at-most: 12 per course}\npay step-3: *pay\n"
    found = engine.read(from_text("a.care.yaml", text))
    assert found is not None and [len(fact.under) for fact in found.service.family("pay")] == [1, 1]
    laughs = "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]\n" for n in range(1, 10))
    assert engine.check(from_text("a.care.yaml", f"{HEAD}b0: &b0 [a, b]\n{laughs}")).findings
    flood = HEAD + f"x1: &x {{value: 1, doubt: [{'a, ' * 400}a]}}\nx2: &y [{'*x, ' * 400}*x]\nx3: *y\n"
    result = engine.check(from_text("a.care.yaml", flood))
    assert "not read to its end" in " ".join(f.message for f in result.findings if f.name == "misplaced-data")


def test_equal_keys_are_two_lines(engine: Engine) -> None:
    text = HEAD + "minimum-age: 18 years\nminimum-age: 16 years\n"
    (finding,) = [f for f in findings(text, engine) if f.name == "duplicate-fact"]
    assert finding.span.start.line == 4 and "line 3" in finding.message
    assert finding.related[0].span.start.line == 3


def test_an_edit_is_offered_only_where_it_is_one_of_the_file(engine: Engine) -> None:
    exact, folded = HEAD + "referral-routes: midwfe\n", HEAD + "referral-routes: >\n  midwfe\n"
    (first,), (second,) = findings(exact, engine), findings(folded, engine)
    assert first.fix is not None and first.fix.edit is not None
    assert first.fix.edit.text == "midwife" and place(first._replace(span=first.fix.edit.span), exact) == "midwfe"
    assert second.fix is not None and second.fix.edit is None


def test_lines_that_a_sentence_names_are_lines_of_the_file(engine: Engine) -> None:
    text = "# one\n# two\nservice: a\nstatus: draft\nminimum-age: 18 years\n\n\nmaximum-age: 65 years years\n"
    result = engine.check(from_text("a.care.yaml", text))
    because = {entry.because for entry in result.not_checked if "could not be read" in entry.because}
    assert because and all("line 8 " in sentence for sentence in because)


def test_a_file_that_is_not_utf_8_is_read_and_told(engine: Engine) -> None:
    source = from_bytes("a.care.yaml", (HEAD + "pay step-2: £40.00 per session\n").encode("cp1252"))
    result = engine.check(source)
    assert [finding.name for finding in result.findings] == ["not-utf-8"]
    assert result.findings[0].span.start.line == 3 and result.ref.facts == 2


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({"title": "Home: page"}, 'title: "Home: page"'),
        ({"title": '"none"'}, 'title: "none"'),
        ({"title": "none"}, "title: none"),
        ({"title": "two\nlines"}, 'title: "two lines"'),
        ({"version": 2}, "version: 2"),
        ({"referral-routes": ["gp", "midwife"]}, "referral-routes: gp, midwife"),
        ({"define course": {"value": "All of it", "source": ["a p1", "b"]}}, 'define course: "All of it" [a p1] [b]'),
        ({"version": [{"value": 1}, {"value": 2}]}, "version: 1\nversion: 2"),
        ({"pay missed": "not stated per session"}, "pay missed: not stated per session"),
        (
            {"source page": {"title": "T", "publisher": ["P", "Q"], "read": 2024, "read-in-part": True}},
            'source page: "T", "P", "Q" read 2024 in part',
        ),
        (
            {"waive some-rule": {"on": "wait step-2", "until": "2013", "reason": "r", "agreed-by": "a"}},
            'waive some-rule on wait step-2 until 2013: "r" agreed by "a"',
        ),
    ],
)  # fmt: skip
def test_what_an_entry_stands_for(data: dict[str, Any], line: str) -> None:
    assert from_data({"service": "a", **data}) == f"service a\n\n{line}\n"
