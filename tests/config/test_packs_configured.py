"""Which packs judge, and of which day: every command goes by the configuration, and a pack of one's own has a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carespec.cli import carespec

PACK = """guidance ours
title: "Version {version}"
publisher: "NHS Eastborough"
version: {version}
published: 1 March {year}
in-force: from 1 April {year} to 31 March {after}
source law: "Standards", "NHS Eastborough" published 1 March {year}

rule second-chance "Nobody is discharged for one missed appointment"
  severity: must
  text: [law 4.1]
  require: dna-limit treatment is at least {version}
  message: "A person may miss {{dna-limit treatment}}."
  affects: "people who are too unwell to come"
  fix: "Write more."
  fails: dna-limit treatment is none
comparison chances-differ "Chances differ"
  among: programme
  measures: dna-limit treatment
  flag-when: highest is more than lowest
  text: [law 4.2]
  message: "From {{lowest}} to {{highest}}."
  affects: "people on one side of a border"
"""
SERVICE = "service {name}\nprogramme: iapt\nstatus: signed\nsigned: 5 May 2014\ndna-limit treatment: {limit}\n"
CONFIG = 'corpus = ["specs", "packs"]\nguidance = [{guidance}]\n{more}'


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two services, and two versions of a pack, the first for 2013/14 and the second for 2014/15."""
    for folder in (".git", "specs", "packs"):
        (tmp_path / folder).mkdir()
    for name, limit in (("x", 0), ("y", 1)):
        (tmp_path / "specs" / f"{name}.care").write_text(SERVICE.format(name=name, limit=limit), encoding="utf-8")
    for version in (1, 2):
        text = PACK.format(version=version, year=2012 + version, after=2013 + version)
        (tmp_path / "packs" / f"edition-{version}.guidance").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(folder: Path, *guidance: str, more: str = "") -> None:
    text = CONFIG.format(guidance=", ".join(f'"{name}"' for name in guidance), more=more)
    (folder / "carespec.toml").write_text(text, encoding="utf-8")


def run(*words: str) -> Result:
    return CliRunner().invoke(carespec, list(words))


def failing(*words: str) -> list[str]:
    """The services that fail the rule in a run of `check`."""
    data = json.loads(run("check", "--select", "second-chance", "--output", "json", "--no-cache", *words).stdout)
    return sorted(finding["service"] for finding in data["findings"] if finding["name"] == "second-chance")


def rules(*words: str) -> list[tuple[str, str]]:
    data = json.loads(run("rules", "--output", "json", *words).stdout)
    return [(row["name"], row["pack-in-force"]) for row in data]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("ours@1", ["x"]),
        ("ours@2", ["x", "y"]),
        ("OURS@2", ["x", "y"]),
        ("packs/edition-1.guidance", ["x"]),
    ],
)
def test_a_pack_of_ones_own_is_named_with_its_version(named: str, expected: list[str], repository: Path) -> None:
    as_at = ("--as-at", "2013-05-01" if "1" in named else "2014-05-01")
    assert failing("--guidance", named, *as_at) == expected
    configure(repository, named)
    assert failing(*as_at) == expected


def test_a_whole_pack_is_selected_or_ignored_by_its_name_and_a_star(repository: Path) -> None:
    configure(repository, "ours@2")
    judged = ("check", "--output", "json", "--no-cache", "--as-at", "2014-05-01")
    only = json.loads(run(*judged, "--select", "ours.*").stdout)
    assert {finding["name"] for finding in only["findings"]} == {"second-chance", "chances-differ"}
    rest = json.loads(run(*judged, "--ignore", "ours.*").stdout)
    assert not {"second-chance", "chances-differ"} & {finding["name"] for finding in rest["findings"]}
    file = repository / "carespec.toml"
    file.write_text(file.read_text(encoding="utf-8") + '[paths."**"]\nignore = ["ours.*"]\n', encoding="utf-8")
    assert json.loads(run(*judged).stdout)["findings"] == rest["findings"]
    done = run("check", "--select", "our.*")
    assert done.exit_code == 2 and "did you mean `ours.*`?" in done.output


def test_a_name_without_a_version_means_the_version_of_each_day(repository: Path) -> None:
    configure(repository, "ours")
    assert failing() == ["x", "y"]
    assert failing("--as-at", "2013-05-01") == ["x"]
    assert failing("--as-at", "2020-05-01") == []


def test_without_a_configuration_the_repository_is_looked_through(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "specs")
    assert failing("--guidance", "ours@2") == ["x", "y"]


def test_a_pack_that_ships_comes_before_one_of_the_same_name(repository: Path) -> None:
    text = (repository / "packs" / "edition-2.guidance").read_text(encoding="utf-8")
    (repository / "packs" / "other.guidance").write_text(text.replace("guidance ours", "guidance fair-access"))
    assert ("fair-access.self-referral-open", None) in rules("--guidance", "fair-access")
    assert ("fair-access.second-chance", "from 1 April 2014 to 31 March 2015") in rules("--guidance", "fair-access@2")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("our", "there is no guidance pack `our`; did you mean `ours`?"),
        ("ours@3", "there is version 1 (packs/edition-1.guidance) and version 2 (packs/edition-2.guidance), and no "),
        ("fair-access@99", "of the guidance pack `fair-access` there is version 1 (ships with carespec), and no "),
        ("nothing-like-it", "there are any-qualified-provider-2012, care-clusters, fair-access, "),
    ],
)
def test_a_name_that_no_pack_has_ends_every_command(named: str, said: str, repository: Path) -> None:
    for words in (("check",), ("rules",), ("explain", "bare-days"), ("compare",)):
        done = run(*words, "--guidance", named)
        assert (done.exit_code, said in done.stderr) == (2, True), done.output
    configure(repository, named)
    for words in (("check",), ("rules",), ("explain", "bare-days"), ("compare",), ("config", "check")):
        done = run(*words)
        assert (done.exit_code, said in done.stderr) == (2, True), done.output


def test_rules_lists_what_the_configuration_names(repository: Path) -> None:
    configure(repository, "ours")
    assert len(rules()) == 4
    configure(repository, "ours", more="as-at = 2013-05-01\n")
    first = [(f"ours.{name}", "from 1 April 2013 to 31 March 2014") for name in ("second-chance", "chances-differ")]
    assert rules() == first
    assert "Only what binds on 1 May 2013 (carespec.toml:3) is listed." in run("rules").stdout
    assert [period for _, period in rules("--as-at", "2014-05-01")] == ["from 1 April 2014 to 31 March 2015"] * 2
    assert rules("--guidance", "care-clusters", "--as-at", "2014-05-01") == rules("--guidance", "care-clusters@1")
    configure(repository, "ours", more="known-at = 2013-05-01\n")
    assert rules() == first


def test_explain_knows_the_rules_that_the_configuration_names(repository: Path) -> None:
    assert run("explain", "second-chance").exit_code == 2
    configure(repository, "ours@2")
    told = run("explain", "second-chance").stdout
    assert "dna-limit treatment is at least 2" in told and "at least 1" not in told
    assert "dna-limit treatment is at least 1" in run("explain", "--guidance", "ours@1", "second-chance").stdout
    assert run("explain", "self-referral-open").exit_code == 0


def test_compare_goes_by_the_configuration(repository: Path) -> None:
    def compared(*words: str) -> list[str]:
        done = run("compare", "--output", "json", *words)
        found = {finding["name"] for finding in json.loads(done.stdout)["findings"]}
        return sorted(found & {"chances-differ", "missed-assessments-differ"})

    assert "chances-differ" not in compared()
    configure(repository, "ours")
    assert compared() == ["chances-differ"]
    assert compared("--guidance", "care-clusters") == []
    configure(repository, "ours", more="as-at = 2020-01-01\n")
    assert compared() == []
    assert compared("--as-at", "2013-05-01") == ["chances-differ"]


def test_config_show_names_the_packs_and_their_files(repository: Path) -> None:
    def shown() -> str:
        lines = run("config", "show").stdout.splitlines()
        return next(" ".join(line.split()) for line in lines if line.startswith("guidance"))

    assert shown() == "guidance every pack that ships default"
    configure(repository, "ours@2", "fair-access")
    assert shown() == "guidance ours@2 (packs/edition-2.guidance), fair-access carespec.toml:2"
    configure(repository, "none")
    assert shown() == "guidance none carespec.toml:2"
