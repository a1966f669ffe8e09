"""Regenerating changes nothing: pages, schemas and the calendar are what their sources give."""

from __future__ import annotations

import pytest

from carespec.generate.derived import derived_files, stale_files
from carespec.vocabulary import load, names


def test_nothing_is_stale() -> None:
    assert stale_files(derived_files()) == [], "run `make generate` and read the diff"


@pytest.mark.parametrize("name", names())
def test_every_vocabulary_has_its_pages_and_its_words(name: str) -> None:
    made, vocabulary = derived_files(), load(name)
    index = made[f"docs/fields/{name}/README.md"]
    assert f"({name}/README.md)" in made["docs/fields/README.md"]
    for field in vocabulary.fields:
        assert f"[{field}]({field}.md)" in index
        assert made[f"docs/fields/{name}/{field}.md"].startswith(f"# {field}\n")
    assert f"`{vocabulary.name} {vocabulary.version}`" in made["docs/words.md"]


def test_a_page_that_nothing_makes_is_stale() -> None:
    expected = derived_files()
    gone = expected.pop("docs/fields/adult-hearing/title.md")
    assert gone and stale_files(expected) == ["docs/fields/adult-hearing/title.md"]
