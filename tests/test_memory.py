"""A memory forgets what was not met for a generation or two, keeps what is met again, and never grows past its size."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.memory import Memory


@settings(derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 30), max_size=200), st.integers(1, 10))
def test_what_it_knows_is_true_and_little(keys: list[int], generation: int) -> None:
    memory: Memory[int, str] = Memory(generation)
    for number, key in enumerate(keys):
        found = memory.get(key)
        assert found in (None, str(key))
        if found is None:
            assert key not in keys[max(0, number - generation) : number], "met too lately to be forgotten"
            memory.put(key, str(key))
        assert len(memory._young) <= generation and len(memory._old) <= generation
