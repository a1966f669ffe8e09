"""A cache changes how long a run takes, and nothing else: not after an edit, a crash, damage or a race."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.cache import results
from carespec.cache.data import Unknown, as_bytes, as_records, bearing_of, folded, unfolded
from carespec.cache.place import digest, folder, program
from carespec.cache.results import Cache, by_share, digests
from carespec.cache.store import Damaged, read, read_parts, write_parts
from carespec.checks import all_checks
from carespec.cli import carespec
from carespec.guidance.law import Law
from carespec.guidance.library import shipped
from carespec.overview import overview_of
from carespec.results import TOLD, FileResult, overview_of_files
from carespec.source import read_file
from carespec.workspace import check_sources
from hard_report import HARD
from support import TOP

TEXTS = (
    "service x\nstatus: published-extract\nminimum-age: over 18 years\n",
    "service x\nstatus: published-extract\nminimum-age: 18 years\n",
    "service y\nstatus: published-extract\nwait step-2: within 10 days of referral\n",
    "service z\nminimm-age: 18\n",
    "",
    "guidance p 1\n",
)
DAY = ("--today", "2012-09-01")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "cache").mkdir()
    (tmp_path / "specs" / ".git").mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path / "specs")
    for number, text in enumerate(TEXTS):
        Path(f"{number}.care").write_text(text, encoding="utf-8")
    return tmp_path / "specs"


def check(*words: str) -> Result:
    return CliRunner().invoke(carespec, ["check", *DAY, *words])


def entries(of: Path) -> list[Path]:
    return sorted(path for path in (of.parent / "cache").rglob("*") if path.is_file())


def same(*words: str) -> str:
    """What a run prints, which must be what it prints without any cache."""
    kept, fresh = check(*words), check(*words, "--no-cache")
    assert (kept.stdout, kept.stderr, kept.exit_code) == (fresh.stdout, fresh.stderr, fresh.exit_code)
    return kept.stdout


def test_a_second_run_is_the_same_and_works_nothing_out(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = same()
    monkeypatch.setattr("carespec.workspace.check_files", lambda *_, **__: pytest.fail("worked out again"))
    assert check().stdout == first


def test_only_what_changed_is_worked_out(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from carespec import workspace

    check()
    Path("1.care").write_text(TEXTS[0], encoding="utf-8")
    asked: list[str] = []
    really = workspace.check_files

    def counted(paths, *rest, **more):
        asked.extend(paths)
        return really(paths, *rest, **more)

    monkeypatch.setattr(workspace, "check_files", counted)
    told = check().stdout
    assert [os.path.basename(path) for path in asked] == ["1.care"]
    assert told == check("--no-cache").stdout


STEP = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 3), st.integers(0, len(TEXTS) - 1)),
    st.tuples(st.just("delete"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("rename"), st.integers(0, 3), st.integers(0, 3)),
)


@given(st.lists(STEP, min_size=1, max_size=4), st.integers(0, 2))
@settings(max_examples=12, derandomize=True, deadline=None)
def test_any_history_gives_what_no_history_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]], options: int
) -> None:
    """Edits, deletions and renames in any order, with any settings, one cache for all of them."""
    top = tmp_path_factory.mktemp("history")
    (top / ".git").mkdir()
    words = ((), ("--ignore", "over-age"), ("--output", "json", "--horizon", "5y"))[options]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(top)
        Path("0.care").write_text(TEXTS[0], encoding="utf-8")
        for what, number, other in steps:
            path = Path(f"{number}.care")
            if what == "write":
                path.write_text(TEXTS[other], encoding="utf-8")
            elif path.exists() and what == "delete":
                path.unlink()
            elif path.exists():
                path.rename(f"{other}.care")
            if any(top.glob("*.care")):
                same(*words, "--guidance", "none")


@pytest.mark.parametrize(
    "words",
    [("--ignore", "over-age"), ("--as-at", "2012-01-01"), ("--today", "2030-01-01"), ("--guidance", "none"),
     ("--horizon", "9y"), ("--known-at", "2001-01-01"), ("1.care", "0.care"), ("--output", "json")],
)  # fmt: skip
def test_settings_are_told_apart(corpus: Path, words: tuple[str, ...]) -> None:
    check()
    same(*words)


def test_a_pack_of_ones_own_is_read_each_time(corpus: Path) -> None:
    with open(os.path.join(TOP, "tests", "language", "ok", "iapt-aqp-2012.guidance"), encoding="utf-8") as file:
        text = file.read()
    pack = corpus.parent / "own.guidance"
    for version in (text, text.replace("28", "29")):
        pack.write_text(version, encoding="utf-8")
        same("--guidance", str(pack))


def damaged(written: bytes, random: Random) -> Iterator[bytes]:
    """As a disk, a crash or another program leaves a file."""
    yield b""
    yield written[: len(written) // 2]
    yield written + b"x"
    yield b"\0" * len(written)
    for _ in range(6):
        place = random.randrange(len(written))
        yield written[:place] + bytes((written[place] ^ (1 << random.randrange(8)),)) + written[place + 1 :]


def whole(path: Path) -> bool:
    """Whether a piece of the cache is as it was written, as far as anybody would read it."""
    if path.parent.name != "files":
        return read(str(path)) is not None
    found = read_parts(str(path))
    try:
        return found is not None and all(part.read() is not None for part in found[1])
    except Damaged:
        return False


def test_damage_changes_no_answer(corpus: Path) -> None:
    told = same("--guidance", "none")
    for path in entries(corpus):
        assert whole(path)
        written = path.read_bytes()
        for number, bad in enumerate(damaged(written, Random(path.name))):
            path.write_bytes(bad)
            # What stands after the last part is read by nobody.
            assert not whole(path) or bad.startswith(written), f"damage {number} went unnoticed"
        path.write_bytes(written)
    for path in entries(corpus):
        path.write_bytes(b"carespec-cache-1\n" + b"?" * 40)
    assert check("--guidance", "none").stdout == told
    assert check("--guidance", "none").stdout == told


@pytest.mark.parametrize("words", [(), ("--output", "json")])
def test_damage_in_any_part_changes_no_answer(
    corpus: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a part that is damaged nobody knows until it is read: what came of many files is worked out again then."""
    monkeypatch.setattr("carespec.cli.check.MANY", 2)
    told = same("--guidance", "none", *words)
    for path in entries(corpus):
        written = path.read_bytes()
        if path.parent.name == "files":
            for part in (read_parts(str(path)) or ((), ()))[1]:
                bad = bytearray(written)
                bad[part.offset + part.size // 2] ^= 1
                path.write_bytes(bad)
                shutil.rmtree(path.parent.parent / "runs", ignore_errors=True)
                assert check("--guidance", "none", *words).stdout == told
                path.write_bytes(written)


def stored(cache: Cache, results: dict[str, FileResult], found: dict[str, str]) -> None:
    """Keep what came of files, as runs do."""
    for share, paths in by_share(results).items():
        new = {path: folded(results[path], overview_of_files([results[path]])) for path in paths}
        cache.keep(share, new, found)


def known(cache: Cache, found: dict[str, str]) -> dict[str, FileResult]:
    """What is known of files, as runs read it."""
    return {path: unfolded(one) for kept in cache.shares(found).values() for path, one in kept.files.items()}


def result() -> FileResult:
    source = read_file(os.path.join(TOP, "specs", "first-wave-2012", "area-5.care"))
    law = Law(shipped(), date(2012, 9, 1))
    found = check_sources([source], all_checks(), date(2012, 9, 1), law, beside=True)[0]
    assert found.findings and found.taken and found.not_checked
    return found


def test_what_another_program_wrote_is_no_record_of_ours(tmp_path: Path) -> None:
    cache, mine = Cache(["a"], str(tmp_path)), result()
    stored(cache, {"x": mine}, {"x": "1"})
    assert known(cache, {"x": "1"}) == {"x": mine} and known(cache, {"x": "2"}) == {}
    (path,) = [each for each in tmp_path.rglob("*") if each.is_file()]
    for head in (("Finding", 1), (b"", b""), ("", 1), ("", {"x": 1}), ("", {"x": ("1", "s", 9)}), [1, 2], 3):
        write_parts(str(path), head, [b"?"])
        for kept in cache.shares({"x": "1"}).values():
            for one in kept.files.values():
                with pytest.raises(Unknown):
                    unfolded(one)
    assert known(Cache(["b"], str(tmp_path)), {"x": "1"}) == {}


@pytest.mark.parametrize("kind", [os.system, print, Path, Cache, subprocess.run])
def test_nothing_but_records_is_made(kind: object) -> None:
    """Whoever could write into a cache could else have anything run."""
    with pytest.raises(Unknown):
        as_records(pickle.dumps(kind))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_no_matter(corpus: Path) -> None:
    os.chmod(corpus.parent / "cache", 0o500)
    same()
    os.chmod(corpus.parent / "cache", 0o700)


def test_a_cache_that_is_a_file_is_no_matter(corpus: Path) -> None:
    (corpus.parent / "cache" / "carespec").write_text("not a folder", encoding="utf-8")
    same()


def test_nothing_is_kept_when_it_is_not_wanted(corpus: Path) -> None:
    check("--no-cache")
    CliRunner().invoke(carespec, ["check", "-"], input=TEXTS[0])
    assert entries(corpus) == []


def test_runs_at_once_give_what_one_gives(corpus: Path) -> None:
    """As pre-commit starts them: batches of one commit, on one cache."""
    batches = [("0.care", "1.care"), ("2.care", "3.care"), ("0.care", "2.care"), ("1.care", "3.care")] * 2
    alone = {batch: check(*batch, "--no-cache", "--guidance", "none").stdout for batch in batches}

    def started(batch: tuple[str, ...]) -> str:
        words = [sys.executable, "-m", "carespec", "check", *DAY, "--guidance", "none", *batch]
        environment = {**os.environ, "PYTHONPATH": os.path.join(TOP, "src")}
        return subprocess.run(words, capture_output=True, text=True, env=environment, check=False).stdout

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(started, batches)) == [alone[batch] for batch in batches]
    assert all(whole(path) for path in entries(corpus))


def test_a_file_that_changes_during_the_run_is_not_kept_as_it_was(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from carespec import workspace

    really = workspace.check_files

    def late(paths, *rest, **more):
        Path("0.care").write_text(TEXTS[1], encoding="utf-8")
        return really(paths, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(workspace, "check_files", late)
        check("0.care")
    Path("0.care").write_text(TEXTS[0], encoding="utf-8")
    assert "over-age" in same("0.care")


def test_the_newest_are_kept(tmp_path: Path) -> None:
    cache = Cache(["a"], str(tmp_path))
    for number in range(results._MOST_RUNS + 5):
        cache.keep_run([str(number)], number)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == results._MOST_RUNS
    for number in range(results._MOST_EDITIONS + 3):
        Cache([f"e{number}"], str(tmp_path)).keep_run(["x"], 1)
    assert len(list(tmp_path.iterdir())) == results._MOST_EDITIONS


def back(data: object) -> object:
    return as_records(as_bytes(data))


def test_records_come_back_as_they_were() -> None:
    assert back(HARD) == HARD
    data = (HARD, date(2012, 9, 1), (), None, ("x", 1, True, 1.5), Decimal("1.0"))
    assert repr(back(data)) == repr(data)
    assert back(overview_of(HARD)) == overview_of(HARD)
    mine = result()
    assert unfolded(folded(mine, overview_of_files([mine]))) == mine
    assert bearing_of(folded(mine, overview_of_files([mine]))) == mine._replace(**dict.fromkeys(TOLD, ()))


def test_equal_bearings_have_one_sign_and_others_another() -> None:
    """Whichever of their pieces are one object: what came of a file in another run is another."""
    mine, again = result(), pickle.loads(pickle.dumps(result()))
    sign = folded(mine, overview_of_files([mine])).sign
    assert sign == folded(again, overview_of_files([mine])).sign
    assert sign == folded(again._replace(findings=()), overview_of_files([mine])).sign
    assert sign != folded(again._replace(taken=again.taken[1:]), overview_of_files([mine])).sign


def test_a_key_cannot_be_had_by_moving_letters_about() -> None:
    assert digest((b"ab", b"c")) != digest((b"a", b"bc")) != digest((b"abc",))


def test_the_program_is_told_apart_by_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    assert program() == program()
    before = program()
    monkeypatch.setattr("carespec.cache.place.__version__", "9")
    assert program() != before


def test_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert folder() == os.path.join(str(tmp_path), "carespec")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert os.path.isabs(folder())


def test_only_files_that_can_be_read_have_a_digest(tmp_path: Path) -> None:
    assert digests([str(tmp_path / "none"), str(tmp_path)]) == {}
