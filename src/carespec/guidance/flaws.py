"""What is wrong with packs and waivers, by name: a finding takes its title from here, so each has a page as well."""

from __future__ import annotations

from carespec.built import built


def title_of(name: str) -> str:
    """What all findings of that name have in common. Raises KeyError for one that nothing explains."""
    return {str(flaw["name"]): str(flaw["title"]) for flaw in built()["flaws"]}[name]
