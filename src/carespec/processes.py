"""One piece of work shared by several processes, the results in the order of the work.

A fork starts with everything already loaded, which a pool does not; results come back through pipes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
MANY = 40
"""Files are many from here on: several processes share them."""
_MOST = 8
_PORTION = 25


def processes_for(files: int) -> int:
    """How many processes share so many files: one where there are few, or where the system cannot."""
    return min(os.cpu_count() or 1, _MOST) if files >= MANY and hasattr(os, "fork") else 1


class WorkerFailed(RuntimeError):
    """A process ended without giving all its results."""


def shared(
    portions: Sequence[Sequence[Item]],
    work: Callable[[Sequence[Item]], Result],
    workers: int,
    progress: Callable[[int, int], None] | None = None,
) -> list[Result]:
    """`work` done on every portion by `workers` processes. Raises WorkerFailed, or what `work` raised."""
    import selectors  # most runs are over few files

    streams = [_start(portions, work, mine) for mine in _shared_out([len(each) for each in portions], workers)]
    results: dict[int, Result] = {}
    selector = selectors.DefaultSelector()
    buffers = {stream: bytearray() for stream, _ in streams}
    sizes = [len(portion) for portion in portions]
    for stream, _ in streams:
        selector.register(stream, selectors.EVENT_READ)
    while selector.get_map():
        for key, _ in selector.select():
            chunk = os.read(key.fd, 1 << 20)
            if not chunk:
                selector.unregister(key.fd)
                continue
            buffers[key.fd] += chunk
            for number, result in _arrived(buffers[key.fd]):
                results[number] = result
            if progress is not None:
                progress(sum(sizes[number] for number in results), sum(sizes))
    _wait(streams)
    if len(results) != len(portions):
        missing = sum(sizes) - sum(sizes[number] for number in results)
        raise WorkerFailed(f"{missing} of {sum(sizes)} files were not checked: a process ended early")
    return [results[number] for number in range(len(portions))]


def in_portions(items: Sequence[Item]) -> list[Sequence[Item]]:
    """Portions that are large enough to be sent at once, and small enough for processes to end together."""
    return [items[begin : begin + _PORTION] for begin in range(0, len(items), _PORTION)]


def _shared_out(sizes: Sequence[int], workers: int) -> list[list[int]]:
    """Which portions each process does: the largest first, each to the one that has least to do."""
    shares: list[list[int]] = [[] for _ in range(workers)]
    loads = [0] * workers
    for number in sorted(range(len(sizes)), key=lambda number: -sizes[number]):
        least = loads.index(min(loads))
        shares[least].append(number)
        loads[least] += sizes[number]
    return [sorted(share) for share in shares]


def _start(portions: Sequence[Any], work: Callable[[Any], Any], mine: Sequence[int]) -> tuple[int, int]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return reading, pid
    status = 1
    try:
        os.close(reading)
        for index in mine:
            _send(writing, (index, work(portions[index])))
        status = 0
    except Exception as error:
        _send(writing, error)
    finally:
        os._exit(status)


def _send(stream: int, portion: object) -> None:
    import pickle

    data = pickle.dumps(portion, protocol=5)
    view = memoryview(len(data).to_bytes(8, "big") + data)
    while view:
        view = view[os.write(stream, view) :]


def _arrived(buffer: bytearray) -> list[tuple[int, Any]]:
    """The whole results that have arrived, each with the number of its portion; what is left stays in the buffer."""
    import pickle

    arrived = []
    while len(buffer) >= 8 and len(buffer) >= 8 + (size := int.from_bytes(buffer[:8], "big")):
        sent = pickle.loads(bytes(buffer[8 : 8 + size]))
        del buffer[: 8 + size]
        if isinstance(sent, Exception):
            raise sent
        arrived.append(sent)
    return arrived


def _wait(streams: list[tuple[int, int]]) -> None:
    for stream, pid in streams:
        os.close(stream)
        os.waitpid(pid, 0)
