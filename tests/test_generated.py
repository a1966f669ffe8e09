"""Regenerating changes nothing: pages, schemas and the calendar are what their sources give."""

from __future__ import annotations

from carespec.generate.derived import derived_files, stale_files


def test_nothing_is_stale() -> None:
    assert stale_files(derived_files()) == [], "run `make generate` and read the diff"
