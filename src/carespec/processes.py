"""One piece of work shared by several processes, the results in the order of the work.

A fork starts with everything already loaded, which a pool does not; results come back through pipes.
"""

from __future__ import annotations

import os
import pickle
import selectors
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_PORTION = 25


class WorkerFailed(RuntimeError):
    """A process ended without giving all its results."""


def shared(
    items: Sequence[Item],
    work: Callable[[Item], Result],
    workers: int,
    progress: Callable[[int, int], None] | None = None,
) -> list[Result]:
    """`work` done on every item by `workers` processes. Raises WorkerFailed, or what `work` raised."""
    streams = [_start(items, work, number, workers) for number in range(workers)]
    results: dict[int, Result] = {}
    selector = selectors.DefaultSelector()
    buffers = {stream: bytearray() for stream, _ in streams}
    for stream, _ in streams:
        selector.register(stream, selectors.EVENT_READ)
    while selector.get_map():
        for key, _ in selector.select():
            chunk = os.read(key.fd, 1 << 20)
            if not chunk:
                selector.unregister(key.fd)
                continue
            buffers[key.fd] += chunk
            for portion in _portions(buffers[key.fd]):
                results.update(_unwrap(portion))
            if progress is not None:
                progress(len(results), len(items))
    _wait(streams)
    if len(results) != len(items):
        raise WorkerFailed(f"{len(items) - len(results)} of {len(items)} files were not checked: a process ended early")
    return [results[number] for number in range(len(items))]


def _start(items: Sequence[Any], work: Callable[[Any], Any], number: int, workers: int) -> tuple[int, int]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return reading, pid
    status = 1
    try:
        os.close(reading)
        mine = range(number, len(items), workers)
        for begin in range(0, len(mine), _PORTION):
            _send(writing, {index: work(items[index]) for index in mine[begin : begin + _PORTION]})
        status = 0
    except Exception as error:
        _send(writing, error)
    finally:
        os._exit(status)


def _send(stream: int, portion: object) -> None:
    data = pickle.dumps(portion, protocol=5)
    view = memoryview(len(data).to_bytes(8, "big") + data)
    while view:
        view = view[os.write(stream, view) :]


def _portions(buffer: bytearray) -> list[Any]:
    """The whole portions that have arrived; what is left stays in the buffer."""
    portions = []
    while len(buffer) >= 8 and len(buffer) >= 8 + (size := int.from_bytes(buffer[:8], "big")):
        portions.append(pickle.loads(bytes(buffer[8 : 8 + size])))
        del buffer[: 8 + size]
    return portions


def _unwrap(portion: Any) -> dict[int, Any]:
    if isinstance(portion, Exception):
        raise portion
    return portion  # type: ignore[no-any-return]


def _wait(streams: list[tuple[int, int]]) -> None:
    for stream, pid in streams:
        os.close(stream)
        os.waitpid(pid, 0)
