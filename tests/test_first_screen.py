"""The first screen of a run over several documents: the gravest first, what many share once, nothing dropped unsaid."""

from __future__ import annotations

import os
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.checks import all_checks
from carespec.records import SEVERITIES, Finding, Fix, Report, ServiceRef
from carespec.reporters import Options, reporter
from carespec.source import from_text, span_of
from carespec.workspace import check_sources, load, report
from support import TOP

DAY = date(2012, 9, 1)
FILES = [f"area-{number}.care" for number in range(1, 10)]


def finding(name: str, path: str, severity: str = "should", field: str = "clusters", fix: str = "Write it.") -> Finding:
    return Finding(
        f"check.{name}/{path}/{field}", "check", name, "fails", severity, "certain", "carespec", path[:-5], field, path,
        span_of(3, 0, 8), f"`{name}` is so", f"what {path} says", "somebody", Fix(fix), title=f"the title of {name}",
    )  # fmt: skip


def made(*findings: Finding) -> Report:
    refs = tuple(ServiceRef(path[:-5], path, "service", "2012-09-01", "today", 7) for path in FILES)
    return Report("0.1.0", "2012-09-01", "psychological-therapies 1", refs, findings, (), 50)


def told(report: Report, every: bool = False) -> list[str]:
    """The blocks of the text, without the closing lines."""
    lines = ("service x", "", "clusters: 1 to 4")
    text = reporter("text")(report, Options(lines_of=lambda path: lines, every=every))
    return text.split("\n\n")[:-1]


def test_what_many_share_is_told_once() -> None:
    (block,) = told(made(*(finding("shared", path) for path in FILES[:4])))
    assert block.splitlines() == [
        "should shared  in 4 of 9 services: the title of shared",
        "  first   area-1.care:3:1  `shared` is so",
        "     3 | clusters: 1 to 4",
        "       | ^^^^^^^^",
        "  also    area-2.care:3:1  what area-2.care says",
        "  also    area-3.care:3:1  what area-3.care says",
        "  also    area-4.care:3:1  what area-4.care says",
        "  affects somebody",
        "  fix     Write it.",
    ]


def test_two_services_share_nothing() -> None:
    blocks = told(made(*(finding("pair", path) for path in FILES[:2])))
    assert [block.split(" ")[0] for block in blocks] == ["area-1.care:3:1:", "area-2.care:3:1:"]


def test_places_are_few_and_their_number_is_said() -> None:
    (block,) = told(made(*(finding("shared", path) for path in FILES)))
    assert block.count("\n  also ") == 5
    assert "          … and 3 more files" in block


def test_where_much_is_found_two_share_already_and_fewer_places_are_named() -> None:
    """Else the last ninth of a screen would be the second copy of a remark."""
    findings = [finding(f"rule-{n}", path) for n in range(7) for path in FILES]
    findings += [finding("pair", path) for path in FILES[:2]]
    roomy, crowded = told(made(*findings[9:])), told(made(*findings))
    assert [block.startswith("should pair  in 2 of 9 services") for block in roomy].count(True) == 0
    assert len(roomy) == len(crowded) == 8
    assert crowded[-1].startswith("should pair  in 2 of 9 services: the title of pair")
    assert roomy[0].count("\n  also ") == 5 and "… and 3 more files" in roomy[0]
    assert crowded[0].count("\n  also ") == 2 and "… and 6 more files" in crowded[0]


def test_several_fields_of_a_file_stand_in_one_line() -> None:
    fields = ("title", "clusters", "signed", "contract", "status")
    (block,) = told(made(*(finding("silent", path, field=field) for path in FILES[:3] for field in fields)))
    assert "  also    area-1.care:3:1  clusters, signed, contract and 1 more" in block
    assert "  also    area-2.care:3:1  title, clusters, signed and 2 more" in block


def test_the_gravest_come_first_and_then_what_most_share() -> None:
    findings = [
        *(finding("small", path, "may") for path in FILES),
        *(finding("few", path) for path in FILES[:3]),
        *(finding("many", path) for path in FILES[:7]),
        finding("grave", "area-9.care", "must"),
    ]
    heads = [re.search(r"(must|should|may) (\w+)", block) for block in told(made(*findings))]
    assert [head.group(2) for head in heads if head] == ["grave", "many", "few", "small"]


def test_what_must_be_put_right_in_different_words_is_told_apart() -> None:
    findings = [finding("typo", path, "must", fix=f"Write {path}.") for path in FILES[:4]]
    blocks = told(made(*findings))
    assert len(blocks) == 4
    assert all(f"Write {path}." in block for path, block in zip(FILES, blocks, strict=False))


def test_hundreds_of_findings_stay_one_screen_or_two() -> None:
    findings = [finding(f"rule-{n}", path, SEVERITIES[n % 3]) for n in range(60) for path in FILES]
    blocks = told(made(*findings))
    assert sum(len(block.splitlines()) for block in blocks) < 8 * 10 + 12
    assert len(told(made(*findings), every=True)) == len(findings)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefghijkl"), st.sampled_from(FILES), st.sampled_from(SEVERITIES)), max_size=80
    )
)
def test_nothing_is_lost(drawn: list[tuple[str, str, str]]) -> None:
    """Every `must` is named; every other finding is in a block, or in the number of those that are folded."""
    findings = [finding(f"k{name}", path, severity, field=str(n)) for n, (name, path, severity) in enumerate(drawn)]
    blocks = told(made(*findings))
    text = "\n\n".join(blocks)
    for one in findings:
        if one.severity == "must":
            assert f"must {one.name} " in text
    folded = re.search(r"\((\d+) findings? of (\d+) kinds? folded", text)
    number = int(folded.group(1)) if folded else 0
    shown = {(s, n) for s, n in re.findall(r"(must|should|may) (k\w)  ", text)}
    assert sum((one.severity, one.name) not in shown for one in findings) <= number
    assert (number == 0) == (folded is None)


@pytest.mark.parametrize("name", ["concise", "json"])
def test_what_programs_read_folds_nothing(name: str) -> None:
    findings = [finding("shared", path) for path in FILES]
    render = reporter(name)
    assert render(made(*findings), Options()) == render(made(*findings), Options(every=True))


def test_the_first_wave_begins_with_what_six_of_nine_share() -> None:
    workspace = load([os.path.join(TOP, "specs", "first-wave-2012")])
    own = tuple(check for check in all_checks() if check.name == "bare-days")
    blocks = told(workspace.check(checks=own, today=DAY, guidance=()))
    assert len(blocks) == 1
    assert blocks[0].startswith("should bare-days  in 6 of 9 services: `days` that may be working or calendar days\n")


def test_a_finding_over_all_files_has_its_title_too() -> None:
    sources = [from_text(f"{n}.care", "service x\nstatus: reconstruction\n") for n in range(4)]
    checks = tuple(check for check in all_checks() if check.name == "duplicate-service")
    (block,) = told(report(check_sources(sources, checks), checks, DAY))
    assert block.startswith("should duplicate-service  in 3 of 4 services: two documents of one name\n")
