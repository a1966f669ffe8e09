"""SARIF is what the standard says and what GitHub takes: a closed schema of what we write, and GitHub's own rules.

The schema below was written from the standard, and holds only the properties that carespec writes: it forbids all
others, so nothing goes out that was not looked up. `test_published_schemas.py` holds the same to what others say.
"""

from __future__ import annotations

import gzip
import json
import ntpath
import posixpath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from carespec.guidance.library import read_shipped
from carespec.guidance.pages import rule_page
from carespec.records import Report, digest
from carespec.reporters import Options, reporter
from carespec.reporters._sarif_log import uri_of
from carespec.reporters._shared import place
from carespec.reporters.sarif import MOST_RESULTS
from hard_report import ACCEPTED, BASE, EMPTY, FINDINGS, HARD, NASTY, WAIVED, lines_of

OPTIONS = Options(lines_of=lines_of)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
TEXT = {"type": "string", "minLength": 1}
COUNT = {"type": "integer", "minimum": 1}


def closed(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    properties = {**required, **optional}
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}


def a_list(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


MESSAGE = closed({"text": TEXT})
ARTIFACT = closed({"uri": {"type": "string", "format": "uri-reference"}}, uriBaseId={"const": "%SRCROOT%"})
REGION = closed({"startLine": COUNT, "startColumn": COUNT, "endLine": COUNT, "endColumn": COUNT})
PHYSICAL = closed({"artifactLocation": ARTIFACT, "region": REGION})
RULE = closed(
    {
        "id": TEXT, "name": TEXT, "shortDescription": MESSAGE, "fullDescription": MESSAGE,
        "help": closed({"text": TEXT, "markdown": TEXT}), "defaultConfiguration": closed({"level": LEVEL}),
        "properties": {"type": "object"},
    }
)  # fmt: skip
CHANGE = closed(
    {
        "artifactLocation": ARTIFACT,
        "replacements": a_list(
            closed({"deletedRegion": REGION, "insertedContent": closed({"text": {"type": "string"}})}), minItems=1
        ),
    }
)
RESULT = closed(
    {
        "ruleId": TEXT, "ruleIndex": {"type": "integer", "minimum": 0}, "level": LEVEL, "message": MESSAGE,
        "locations": a_list(closed({"physicalLocation": PHYSICAL})),
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT}, "properties": {"type": "object"},
    },
    relatedLocations=a_list(closed({"id": {"type": "integer"}, "physicalLocation": PHYSICAL, "message": MESSAGE})),
    fixes=a_list(closed({"description": MESSAGE, "artifactChanges": a_list(CHANGE, minItems=1)})),
    suppressions=a_list(
        closed({"kind": {"enum": ["inSource", "external"]}, "status": {"const": "accepted"}}, justification=TEXT)
    ),
)  # fmt: skip
RUN = closed(
    {
        "tool": closed({"driver": closed({"name": TEXT, "semanticVersion": TEXT, "rules": a_list(RULE)})}),
        "automationDetails": closed({"id": TEXT}), "columnKind": {"const": "unicodeCodePoints"},
        "originalUriBaseIds": {"type": "object", "additionalProperties": closed({"description": MESSAGE})},
        "invocations": a_list(
            closed(
                {
                    "executionSuccessful": {"type": "boolean"},
                    "toolExecutionNotifications": a_list(closed({"level": LEVEL, "message": MESSAGE})),
                }
            )
        ),
        "results": a_list(RESULT), "properties": {"type": "object"},
    }
)  # fmt: skip
LOG = closed({"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": a_list(RUN)})


def written(report: Report, name: str = "sarif", options: Options = OPTIONS) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(reporter(name)(report, options))
    return data


def refused_by_github(log: dict[str, Any], text: str = "") -> list[str]:
    """What GitHub's page "SARIF support for code scanning" would have against a log; empty for one it takes."""
    wrong = []
    if len(gzip.compress(text.encode())) > 10 * 1024 * 1024:
        wrong.append("more than 10 MB")
    if len(log["runs"]) > 20:
        wrong.append("more than 20 runs")
    for run in log["runs"]:
        rules, results = run["tool"]["driver"]["rules"], run["results"]
        if "/" not in run["automationDetails"]["id"]:
            wrong.append("no slash, so no category")
        if len(results) > 25_000 or len(rules) > 25_000:
            wrong.append("more than 25,000 results or rules")
        wrong += [f"rule {rule['id']}: {why}" for rule in rules for why in _against_rule(rule)]
        wrong += [f"result {result['message']['text']}: {why}" for result in results for why in _against(result, rules)]
    return wrong


def _against_rule(rule: dict[str, Any]) -> list[str]:
    wrong = [
        f"{key} is longer than 1,024"
        for key in ("shortDescription", "fullDescription")
        if len(rule[key]["text"]) > 1024
    ]
    if len(rule["name"]) > 255:
        wrong.append("name is longer than 255")
    properties = rule["properties"]
    if len(properties["tags"]) > 10:
        wrong.append("more than 10 tags")
    if properties["precision"] not in ("very-high", "high", "medium", "low"):
        wrong.append("precision")
    if properties["problem.severity"] not in ("error", "warning", "recommendation"):
        wrong.append("problem.severity")
    return wrong


def _against(result: dict[str, Any], rules: list[dict[str, Any]]) -> list[str]:
    wrong = []
    if not result["locations"]:
        wrong.append("no location: the whole file would be refused")
    if "suppressions" in result:
        wrong.append("GitHub opens an alert for what is suppressed")
    if "primaryLocationLineHash" in result["partialFingerprints"]:
        wrong.append("a fingerprint that the upload computes itself, and warns about")
    if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
        wrong.append("the index is of another rule")
    places = [*result["locations"], *result.get("relatedLocations", ())]
    if len(places) > 1_000:
        wrong.append("more than 1,000 locations")
    uris = [each["physicalLocation"]["artifactLocation"]["uri"] for each in places]
    wrong += [f"{uri} is not relative" for uri in uris if urlsplit(uri).scheme or uri.startswith("/") or ".." in uri]
    text = result["message"]["text"]
    wrong += [f"link {n} is not in the message" for n in _ids(result) if f"]({n})" not in text]
    return wrong


def _ids(result: dict[str, Any]) -> list[int]:
    return [each["id"] for each in result.get("relatedLocations", ())]


@pytest.mark.parametrize("name", ["sarif", "sarif-full"])
@pytest.mark.parametrize("report", [EMPTY, HARD], ids=["empty", "hard"])
def test_fits_the_standard(name: str, report: Report) -> None:
    Draft202012Validator.check_schema(LOG)
    errors = [f"{e.json_path}: {e.message}" for e in Draft202012Validator(LOG).iter_errors(written(report, name))]
    assert errors == []


def test_github_takes_it() -> None:
    assert refused_by_github(written(HARD), reporter("sarif")(HARD, OPTIONS)) == []
    assert refused_by_github(written(EMPTY)) == []


def test_the_rules_of_github_are_no_empty_words() -> None:
    """Each promise, broken, is noticed."""
    log = written(HARD)
    result = log["runs"][0]["results"][0]
    log["runs"][0]["automationDetails"]["id"] = "carespec"
    log["runs"][0]["tool"]["driver"]["rules"][0]["shortDescription"]["text"] = "x" * 1025
    result["ruleIndex"] += 1
    result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "file:///a.care"
    result["relatedLocations"][0]["id"] = 9
    told = " ".join(refused_by_github(log))
    for word in ("no slash", "longer than 1,024", "another rule", "not relative", "link 9"):
        assert word in told


def test_a_finding_in_it_carries_all_four_parts() -> None:
    first = written(HARD)["runs"][0]["results"][0]
    assert "Affects" in first["message"]["text"] and "Source: Guide, NHS, 4.6" in first["message"]["text"]
    assert "Write `working days`." in first["message"]["text"]
    change = first["fixes"][0]["artifactChanges"][0]
    assert change["replacements"][0]["insertedContent"]["text"] == "working days"
    assert first["message"]["text"].endswith(
        "See [other.care:2](1). See [" + NASTY.replace("[", "(").replace("]", ")") + ":1](2)."
    )


def test_help_is_the_page_of_the_check() -> None:
    log = written(EMPTY._replace(findings=(BASE._replace(id="check.bare-days/x/wait", name="bare-days"),)))
    rule = log["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["id"] == "check.bare-days" and rule["shortDescription"]["text"].endswith("working or calendar days.")
    assert "**Why it matters.**" in rule["help"]["markdown"] and "```care" in rule["help"]["markdown"]


def test_help_of_a_rule_that_ships_is_its_page() -> None:
    finding = BASE._replace(id="fair-access.sees-from-16/x/minimum-age", kind="rule", title="who is seen")
    pack = read_shipped("fair-access")
    shipping = finding._replace(id=f"fair-access.{pack.rules[0].name}/x/minimum-age", name=pack.rules[0].name)
    own, ours = written(EMPTY._replace(findings=(finding._replace(id="own.rule/x/"), shipping)))["runs"][0]["tool"][
        "driver"
    ]["rules"]
    assert ours["help"]["markdown"] == rule_page(pack.rules[0], pack)
    assert own["help"]["markdown"].startswith("# plain") and own["shortDescription"]["text"] == "Who is seen."


def test_what_is_waived_or_accepted_is_only_in_the_full_log() -> None:
    ids = {result["properties"]["id"] for result in written(HARD)["runs"][0]["results"]}
    assert ids == {finding.id for finding in FINDINGS}
    full = written(HARD, "sarif-full")["runs"][0]["results"]
    suppressed = {result["properties"]["id"] for result in full if "suppressions" in result}
    assert suppressed == {WAIVED.id, ACCEPTED[0].id}
    assert len(full) == len(FINDINGS) + 2


def test_the_least_severe_are_left_out_first_and_counted() -> None:
    less = [BASE._replace(id=f"check.a/x/{n}", severity="may") for n in range(MOST_RESULTS)]
    log = written(EMPTY._replace(findings=(*less, BASE._replace(severity="must"))))
    run = log["runs"][0]
    assert len(run["results"]) == MOST_RESULTS and run["results"][-1]["level"] == "error"
    assert "1 finding not in this file" in json.dumps(run["invocations"])


def test_what_was_not_checked_is_said() -> None:
    notes = written(HARD)["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert "Not checked: everything in gone.care: it is no longer there." in [note["message"]["text"] for note in notes]


def test_a_fingerprint_does_not_know_lines() -> None:
    moved = BASE._replace(span=BASE.span._replace(start=(99, 1)), message="other words")
    assert digest(moved) == digest(BASE) != digest(BASE._replace(id="check.plain/x/g"))


@given(st.text(st.characters(exclude_characters="\0/"), min_size=1))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_any_name_of_a_file_survives_as_a_uri(name: str) -> None:
    path = f"specs/{name.encode('utf-8', 'surrogatepass').decode('utf-8', 'replace')}"
    uri, whole = uri_of(path)
    assert uri.isascii() and " " not in uri and not whole
    assert not urlsplit(uri).query and not urlsplit(uri).fragment
    assert unquote(uri) == path


@pytest.mark.parametrize(
    ("path", "root", "system", "expected"),
    [
        ("C:\\repo\\specs\\a b.care", "C:\\repo", ntpath, "specs/a b.care"),
        ("D:\\other\\a.care", "C:\\repo", ntpath, "D:/other/a.care"),
        ("/repo/specs/a.care", "/repo", posixpath, "specs/a.care"),
        ("/repository/a.care", "/repo", posixpath, "/repository/a.care"),
        ("/repo/specs/../b.care", "/repo", posixpath, "b.care"),
        ("a\\b.care", "", posixpath, "a\\b.care"),
        ("a\\b.care", "", ntpath, "a/b.care"),
        ("<stdin>", "/repo", posixpath, "<stdin>"),
    ],
)  # fmt: skip
def test_places_count_from_the_top_of_the_repository(path: str, root: str, system: Any, expected: str) -> None:
    assert place(path, Options(root=root), system) == expected


def test_whole_paths_become_whole_uris() -> None:
    assert uri_of("D:/an other/ä.care") == ("file:///D:/an%20other/%C3%A4.care", True)
    assert uri_of("/srv/a b.care") == ("file:///srv/a%20b.care", True)
    assert uri_of("//server/share/a.care") == ("file://server/share/a.care", True)


def test_a_path_is_counted_from_the_root_wherever_the_run_began(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "specs").mkdir()
    monkeypatch.chdir(tmp_path / "specs")
    log = written(
        EMPTY._replace(findings=(BASE._replace(path="a.care"),)), options=OPTIONS._replace(root=str(tmp_path))
    )
    place_of = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place_of["artifactLocation"] == {"uri": "specs/a.care", "uriBaseId": "%SRCROOT%"}
