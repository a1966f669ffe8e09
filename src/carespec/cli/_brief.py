"""A run over many files that tells a first screen, taking up what is known of those that have not changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from carespec.brief import Brief, Seen, all_together, found_across, look_over, seen
from carespec.cache.data import Unknown, as_bytes, as_records, content, overview_in, overview_of
from carespec.cache.results import by_share, joined, mark_of
from carespec.cli._run import Done, not_among, progress_bar
from carespec.engine import Engine
from carespec.overview import Overview, added
from carespec.results import Folded
from carespec.tuples import NamedTuple
from carespec.workspace import check_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from carespec.cache.results import Kept
    from carespec.cli._reach import Reach
    from carespec.cli._run import Known, Setup, Told


_FEWEST_PORTIONS, _LARGEST_PORTION = 8, 250
_SUMS = 6


class Share(NamedTuple):
    """What came of a share of the files, and how to have its overview; `mark` tells one of which nothing was worked out
    in this run, and is empty for others.
    """

    files: Mapping[str, Folded]
    overview: Callable[[], Overview]
    mark: str = ""


def in_brief(tell: Callable[[Brief, bool], Told], held: Setup, reach: Reach, known: Known | None) -> Done:
    """A run that tells a first screen; `tell` is told too if there were files that cannot be read."""
    kept = known.cache.shares(known.digests) if known is not None else {}
    try:
        return _looked(held, reach, known, kept, tell)
    except Unknown:  # what was kept is none of ours
        return _looked(held, reach, known, {}, tell)


def _looked(
    held: Setup, reach: Reach, known: Known | None, kept: Mapping[int, Kept], tell: Callable[[Brief, bool], Told]
) -> Done:
    engine = Engine(held.checks, held.today, held.law, beside=True)
    portions = by_share(reach.files) if known is not None else dict(enumerate(_at_once(reach.files)))
    rest = {share: _rest(paths, kept.get(share)) for share, paths in portions.items()}
    looked = [share for share, paths in rest.items() if paths]
    found = look_over([rest[share] for share in looked], engine, progress_bar(), reach.read, known is not None)
    new = dict(zip(looked, found, strict=True))
    shares = {share: _share(kept.get(share), new.get(share)) for share in portions}
    packs = check_sources(not_among(held.packs, reach.files), held.checks, held.today, held.law, beside=True)
    own = seen(packs)
    files = {**own.files, **{path: one for share in shares.values() for path, one in share.files.items()}}
    signs = [f"{path}\0{files[path].sign}" for path in sorted(files)] if known is not None else []
    before = known.cache.across(signs) if known is not None and kept else None
    together = (
        tuple(as_records(before)) if before else found_across(files, held.checks, held.law, held.today, held.as_at)
    )
    unread = (*reach.found.unread, *(entry for one in found for entry in one.unread))
    sums = _Sums(shares, known)
    parts = [own.overview, *sums.overviews]
    first = {path: findings for one in found for path, findings in one.first.items()}
    brief = all_together(parts, files, first, together, unread, held.checks, held.law)

    def keep(same: frozenset[str]) -> None:
        if known is not None:
            _keep(known, shares, new, same)
            sums.keep(known, same >= frozenset(path for one in found for path in one.files))
        if known is not None and before is None:
            known.cache.keep_across(signs, as_bytes(together))

    told = tell(brief, bool(unread))
    return Done(told, bool(unread), frozenset(path for one in found for path in one.files), keep)


def _at_once(paths: Sequence[str]) -> list[Sequence[str]]:
    """Portions of a run that keeps nothing: the larger they are, the fewer findings may be told."""
    number = max(_FEWEST_PORTIONS, len(paths) // _LARGEST_PORTION)
    return [paths[begin::number] for begin in range(min(number, len(paths)))]


def _rest(paths: Iterable[str], kept: Kept | None) -> list[str]:
    return [path for path in paths if kept is None or path not in kept.files]


def _share(kept: Kept | None, new: Seen | None) -> Share:
    """What came of a share: what was known, and what is new. Raises Unknown."""
    if kept is None or not kept.files:
        assert new is not None
        return Share(new.files, lambda: new.overview)
    if new is None and kept.overview is not None:
        return Share(kept.files, partial(overview_in, kept.overview), kept.mark)
    before = overview_in(kept.overview) if kept.overview else added([overview_of(one) for one in kept.files.values()])
    if new is None:
        return Share(kept.files, lambda: before)
    whole = added([before, new.overview])
    return Share({**kept.files, **new.files}, lambda: whole)


class _Sums:
    """The overviews of the shares, several added up to one: what is known of those that have not changed."""

    def __init__(self, shares: Mapping[int, Share], known: Known | None) -> None:
        groups: dict[int, list[Share]] = {}
        for number, share in shares.items():
            groups.setdefault(number % _SUMS, []).append(share)
        self._groups = groups.values()
        self._before = known.cache.sums() if known is not None else {}
        self.overviews = [self._sum(group) for group in self._groups]

    def _sum(self, group: Sequence[Share]) -> Overview:
        kept = self._before.get(joined(share.mark for share in group)) if all(one.mark for one in group) else None
        return overview_in(kept) if kept is not None else added([share.overview() for share in group])

    def keep(self, known: Known, all_same: bool) -> None:
        """Keep them for the next run, where no file has changed meanwhile."""
        if all_same:
            marks = [[share.mark or mark_of(share.files, known.digests) for share in each] for each in self._groups]
            kept = {joined(each): one for each, one in zip(marks, self.overviews, strict=True)}
            before = {mark: content(part) for mark, part in self._before.items() if mark in kept}
            known.cache.keep_sums({mark: before.get(mark) or as_bytes(one) for mark, one in kept.items()})


def _keep(known: Known, shares: Mapping[int, Share], new: Mapping[int, Seen], same: frozenset[str]) -> None:
    """Keep the shares of which anything was worked out, without files that have changed meanwhile."""
    for number, share in shares.items():
        if not share.mark:
            late = {path for path in new[number].files if path not in same} if number in new else set()
            files = {path: one for path, one in share.files.items() if path not in late}
            known.cache.keep(number, files, known.digests, b"" if late else as_bytes(share.overview()))
