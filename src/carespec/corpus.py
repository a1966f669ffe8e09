"""The services under some paths, as the records that comparisons and changes need; in several processes when many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from carespec.compare.counts import counter
from carespec.compare.crossing import Receiver, Sender, Sent
from carespec.compare.gather import Gathered, Gatherer
from carespec.compare.taken import Measurer, Taken, held
from carespec.engine import Engine
from carespec.guidance.law import NO_LAW, Law
from carespec.model.facts import Service
from carespec.paths import unread
from carespec.processes import in_portions, processes_for, shared
from carespec.records import NotChecked
from carespec.source import Source, is_data, read_file, stem
from carespec.tuples import NamedTuple


class Beside(NamedTuple):
    """One service as comparisons need it: its record, and what those of guidance take from it."""

    gathered: Gathered
    taken: tuple[Taken, ...]


Looked: TypeAlias = Beside | NotChecked | None
"""What came of a file: None for a guidance pack, which is no service."""


def gather_files(
    paths: Sequence[str], progress: Callable[[int, int], None] | None = None, law: Law = NO_LAW
) -> tuple[list[Beside], list[NotChecked]]:
    """The records of the services among the files, and the files that could not be read."""
    look = looker(law)
    workers = processes_for(len(paths))
    looked = list(map(look, paths)) if workers == 1 else _shared(paths, look, workers, progress)
    return (
        [one for one in looked if isinstance(one, Beside)],
        [one for one in looked if isinstance(one, NotChecked)],
    )


def _shared(
    paths: Sequence[str], look: Callable[[str], Looked], workers: int, progress: Callable[[int, int], None] | None
) -> list[Looked]:
    """The same in several processes; what many services say comes back once."""
    send, receive = Sender(), Receiver()

    def seen(path: str) -> tuple[Sent, tuple[Taken, ...]] | NotChecked | None:
        found = look(path)
        return (send(found.gathered), found.taken) if isinstance(found, Beside) else found

    portions = shared(in_portions(paths), lambda portion: [seen(path) for path in portion], workers, progress)
    sent = [one for portion in portions for one in portion]
    return [Beside(receive(one[0]), one[1]) if one and not isinstance(one, NotChecked) else one for one in sent]


def gather_sources(sources: Sequence[Source]) -> list[Gathered]:
    """The records of the services among sources that are at hand."""
    engine, gather = Engine(()), Gatherer(counter())
    found = (engine.read(source) for source in sources)
    return [gather(read.service) for read in found if read is not None]


def looker(law: Law = NO_LAW) -> Callable[[str], Looked]:
    """A function that reads a file and makes the record of its service; one serves a whole run."""
    engine, gather = Engine(()), Gatherer(counter())
    measure = Measurer(held(law), law, gather.said)

    def look(path: str) -> Looked:
        service = read_service(path, engine)
        if not isinstance(service, Service):
            return service
        return Beside(gather(service), measure(service))

    return look


def read_service(path: str, engine: Engine) -> Service | NotChecked | None:
    """The service in a file; why not, for one that cannot be read; None for a guidance pack."""
    try:
        source = read_file(path)
    except OSError as error:
        return unread(path, error)
    return service_in(source, engine)


def service_in(source: Source, engine: Engine) -> Service | NotChecked | None:
    """As `read_service`, of a source that is at hand."""
    read = engine.read(source)
    if read is not None:
        return read.service
    path = source.path
    return NotChecked("everything", stem(path), "the file cannot be read", path) if is_data(path) else None
