"""Services that say the same share what is worked out; the answer is that of looking at each line by itself."""

from __future__ import annotations

import os
import pickle
from collections import Counter
from decimal import Decimal
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.compare.compared import compare
from carespec.compare.crossing import Receiver, Sender
from carespec.compare.gather import Gathered, Line
from carespec.compare.paths import wider_paths
from carespec.corpus import gather_files
from carespec.vocabulary import load
from compare.services import gathered
from compare.test_comparison_laws import CORPUS, FACTS, LINES, iapt, only

bounded = settings(max_examples=40, deadline=None, derandomize=True)
REPEATED = st.lists(st.sampled_from(FACTS), min_size=1, max_size=5, unique_by=lambda line: line.partition(":")[0])


def apart(service: Gathered) -> Gathered:
    """The same record, that shares no object with another."""
    copy: Gathered = pickle.loads(pickle.dumps(service))
    return copy


@bounded
@given(CORPUS)
def test_what_services_share_makes_no_difference(corpus: list[list[str]]) -> None:
    services = iapt([*corpus, *corpus])
    assert compare([apart(one) for one in services]) == compare(services)


@bounded
@given(st.lists(REPEATED, min_size=1, max_size=4), st.integers(2, 4))
def test_every_answer_and_figure_is_that_of_each_line_by_itself(kinds: list[list[str]], times: int) -> None:
    services = iapt(kinds * times)
    one = only(services)
    for view in (view for topic in one.topics for view in topic.fields):
        lines = {service.name: found for service in services if (found := answering(service, view.path)) is not None}
        slowly = Counter((line.said.state, line.said.text) for line in lines.values())
        assert {(answer.state, answer.text): len(answer.services) for answer in view.answers} == slowly
        for answer in view.answers:
            assert all(lines[service.name].said.text == answer.text for service in answer.services)
        assert {service.name for service in view.silent} == {service.name for service in services} - lines.keys()
        for spread in (spread for group in view.groups for spread in group.spreads if len(one.groups) == 1):
            measures = [m for line in lines.values() if (m := line.said.measure) and m.scale == spread.scale]
            assert spread.n == len(measures)
            assert spread.lowest.measure.low == min(measure.low for measure in measures)
            assert spread.highest.measure.high == max(measure.high for measure in measures)
            if all(measure.exact for measure in measures):
                assert spread.median == median(Decimal(measure.low) for measure in measures)
            assert spread.lowest.cell == spread.lowest.service.cell(lines[spread.lowest.service.name])


def answering(service: Gathered, path: str) -> Line | None:
    """The line that answers for a path, looked for in one service."""
    lines = {line.path: line for line in service.lines}
    found = (lines.get(one) for one in (path, *wider_paths(path, load("psychological-therapies"))))
    return next((line for line in found if line is not None), None)


@bounded
@given(CORPUS, st.lists(LINES, max_size=3))
def test_records_come_back_from_another_process_as_they_were(corpus: list[list[str]], more: list[list[str]]) -> None:
    services, send, receive = gathered(*corpus, *corpus, *more), Sender(), Receiver()
    sent = [send(service) for service in services]
    assert [receive(pickle.loads(pickle.dumps(one))) for one in sent] == services
    assert sum(len(one.new) for one in sent) <= sum(len(service.lines) for service in services)


def test_a_line_that_services_share_is_sent_once() -> None:
    services, send = gathered(["minimum-age: 18 years"], ["minimum-age: 18 years"]), Sender()
    assert [len(send(service).new) for service in services] == [1, 0]


def test_a_place_is_that_of_the_line() -> None:
    (service,) = gathered(["minimum-age: 18 years", "maximum-age:   65 years"])
    cell = service.cell(service.lines[1])
    assert (cell.path, cell.line, cell.start, cell.end) == ("maximum-age", 3, 15, 23)


def test_a_line_over_one_that_cannot_be_read_says_nothing_for_certain() -> None:
    fact = "minimum-age: 18 years"
    whole, broken = gathered([fact], [fact, "  excep 16 years when route is gp"])
    assert [one.lines[0].said.text for one in (whole, broken)] == ["18 years", "cannot be read"]


def test_many_files_in_several_processes_give_what_one_gives(tmp_path: object, monkeypatch: object) -> None:
    paths = []
    for number in range(60):
        path = os.path.join(str(tmp_path), f"s{number:02}.care")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"service s{number:02}\n\nprogramme: iapt\nminimum-age: {16 + number % 3} years\n")
        paths.append(path)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)  # type: ignore[attr-defined]
    several, _ = gather_files(paths)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # type: ignore[attr-defined]
    assert gather_files(paths)[0] == several
