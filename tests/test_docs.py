"""The documentation's examples are true: they parse, give the findings marked in them, and commands print as shown.

A page is Markdown. Its fenced blocks say what they are by their first word:

care, guidance  A document, or a fragment of one: without a `service` or `guidance` line it gets one. `#! NAME` at
                the end of a line says that `carespec check` finds NAME there, and what is not marked must not be
                found. What looks at the whole (`_OF_THE_WHOLE`) counts only where it is marked. In `care each`
                every line that is not indented is, with what stands under it, a fragment of its own.
console         `$ carespec …`, `$ cat …` and `$ echo $?`, run in one temporary folder a page, with what they
                print. A line that is `…` alone stands for any lines. `pytest --update` writes what is printed now.
others          sh, text, python, …: shown, never run. Every block says its language.

`<!-- file: NAME -->` on the line before a document puts it in the page's folder; `<!-- add to: NAME -->` adds it to
what is there. `<!-- checked below: NAME -->` is for a page that shows its findings instead of marking them: a console
block of the page checks the file. Where a page's commands speak of `specs`, a copy of `specs/` is there too.
"""

from __future__ import annotations

import glob
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pytest

from carespec.checks import all_checks
from carespec.checks.reserved_name import RESERVED
from carespec.engine import Engine
from carespec.generate.derived import derived_files
from carespec.guidance.law import Law
from carespec.guidance.register import Register
from carespec.model.facts import State
from carespec.source import from_text
from carespec.syntax.document import STARTS, LineParser, read_document
from carespec.syntax.driver import Tables, line_tokens
from carespec.syntax.tree import Node
from support import TOP

_OF_THE_WHOLE = frozenset(check.name for check in all_checks() if check.needs_whole)
"""Checks that look at what a document leaves out elsewhere, which an example always does."""

_MADE = re.compile(r"docs/(fields|checks|incentives)/")
_ENDINGS = {"care": ".care", "guidance": ".guidance", "waivers": ".care"}
_HEADERS = {"care": "service", "guidance": "guidance", "waivers": "waivers"}
_NAMED = Law(register=Register(path="example.care"))
"""As if a configuration named the register that an example is."""

_MARK = re.compile(r"\s*#! (?P<names>[a-z0-9 -]+)$")
_PLACE = re.compile(r"<!-- (?P<verb>file|add to|checked below): (?P<name>[\w./-]+) -->$")
_FENCE = re.compile(r"(?P<ticks>`{3,})(?P<info>[^`]*)$")
_LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)(?P<path>[^)#]*)(?:#(?P<anchor>[^)]*))?\)")
_ANY_LINES = "…"


class Block(NamedTuple):
    """A block: its page, the line of its fence from 1, its fence, the words after that, its lines, where it is kept."""

    page: str
    line: int
    fence: str
    info: tuple[str, ...]
    lines: tuple[str, ...]
    verb: str = ""
    name: str = ""

    @property
    def kind(self) -> str:
        return self.info[0] if self.info else ""

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


def text_of(page: str) -> str:
    with open(os.path.join(TOP, page), encoding="utf-8") as file:
        return file.read()


def blocks_of(page: str, text: str) -> list[Block]:
    """Every fenced block of a page, in order."""
    blocks: list[Block] = []
    opened: Block | None = None
    before = ""
    for number, line in enumerate(text.split("\n"), 1):
        fence = _FENCE.match(line)
        if opened is None and fence:
            place = _PLACE.match(before)
            verb, name = (place["verb"], place["name"]) if place else ("", "")
            opened = Block(page, number, fence["ticks"], tuple(fence["info"].split()), (), verb, name)
        elif opened is not None and line == opened.fence:
            blocks.append(opened)
            opened = None
        elif opened is not None:
            opened = opened._replace(lines=(*opened.lines, line))
        before = line
    assert opened is None, f"{page}: the block of line {opened and opened.line} is never closed"
    return blocks


_PATHS = ["README.md", "CONTRIBUTING.md", *glob.glob("docs/**/*.md", root_dir=TOP, recursive=True)]
PAGES = sorted(page for page in _PATHS if os.path.isfile(os.path.join(TOP, page)))
BLOCKS = [block for page in PAGES for block in blocks_of(page, text_of(page))]
EXAMPLES = [b for b in BLOCKS if b.kind in _HEADERS and not _MADE.match(b.page) and b.verb != "checked below"]
CHECKED_BELOW = [block for block in BLOCKS if block.verb == "checked below"]
CONSOLE_PAGES = sorted({block.page for block in BLOCKS if block.kind == "console"})


class Example(NamedTuple):
    """A document to check, without its marks: its text, and the (line, name) that are marked."""

    text: str
    marked: list[tuple[int, str]]
    whole: bool


def example_of(kind: str, lines: tuple[str, ...]) -> Example:
    """The document of a block's lines; a fragment gets a first line."""
    whole = any(line.startswith(f"{_HEADERS[kind]} ") for line in lines)
    lines = lines if whole else (f"{_HEADERS[kind]} example", *lines)
    found = [(number, _MARK.search(line)) for number, line in enumerate(lines, 1)]
    marked = sorted((number, name) for number, match in found if match for name in match["names"].split())
    return Example("\n".join(_MARK.sub("", line) for line in lines) + "\n", marked, whole)


def examples_of(block: Block) -> Iterator[Example]:
    """The document that a block is; of a `care each` block one for each line that is not indented."""
    if "each" not in block.info:
        yield example_of(block.kind, block.lines)
        return
    group: tuple[str, ...] = ()
    for line in (*block.lines, ""):
        if line[:1] != " " and group:
            yield example_of(block.kind, group)
            group = ()
        if line.strip():
            group = (*group, line)


_OF_A_PACK = frozenset(("unknown-source", "version-missing"))
"""What the first lines of a pack say, which a piece of one does not have."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(all_checks(), law=_NAMED)


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: block.place)
def test_an_example_gives_the_findings_marked_in_it(block: Block, engine: Engine) -> None:
    for example in examples_of(block):
        result = engine.check(from_text(f"example{_ENDINGS[block.kind]}", example.text))
        found = sorted((f.span.start.line, f.name) for f in result.findings)
        whole = _OF_THE_WHOLE | (_OF_A_PACK if block.kind == "guidance" else frozenset())
        counted = [one for one in found if one in example.marked or one[1] not in whole]
        assert counted == example.marked, f"{block.place}\n{example.text}"


@pytest.mark.parametrize("block", CHECKED_BELOW, ids=lambda block: block.place)
def test_what_is_checked_below_is(block: Block) -> None:
    below = [b for b in BLOCKS if b.kind == "console" and b.page == block.page and b.line > block.line]
    assert any(f"$ carespec check {block.name}" in b.lines for b in below)


def test_every_block_says_its_language() -> None:
    assert [block.place for block in BLOCKS if not block.kind] == []


def test_made_pages_are_the_only_ones_left_out() -> None:
    """Pages whose examples other tests hold are those that are made from data, and nothing else."""
    assert {page for page in PAGES if _MADE.match(page)} <= derived_files().keys()


# --- commands ---


def _environment() -> dict[str, str]:
    """The same wherever the tests run: no colour, a fixed width and day, and this environment's `carespec`."""
    settings = {"NO_COLOR": "1", "COLUMNS": "100", "CARESPEC_TODAY": "2012-09-01", "LC_ALL": "C.UTF-8"}
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"]))
    kept = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}
    return {**kept, **settings, "PATH": path}


class Console:
    """A page's folder, and the commands run in it."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.exit_code = 0

    def keep(self, block: Block) -> None:
        """Put a document of the page into the folder, without its marks."""
        text = "".join(f"{_MARK.sub('', line)}\n" for line in block.lines)
        mode = "a" if block.verb == "add to" else "w"
        with open(os.path.join(self.folder, block.name), mode, encoding="utf-8") as file:
            file.write(text)

    def run(self, command: str) -> str:
        """What a command prints, errors after the rest."""
        if command == "echo $?":
            return f"{self.exit_code}\n"
        assert re.match(r"(carespec|cat) ", command), f"`{command}` is not run in examples: show it in a block `sh`"
        done = subprocess.run(
            command, shell=True, cwd=self.folder, env=_environment(), capture_output=True, encoding="utf-8", timeout=60
        )
        self.exit_code = done.returncode
        return done.stdout + done.stderr

    def again(self, block: Block) -> tuple[str, ...]:
        """The lines of a console block as they would be now."""
        lines: list[str] = []
        for line in block.lines:
            if line.startswith("$ "):
                lines += [line, *self.run(line[2:]).rstrip("\n").split("\n")]
        return tuple(line for number, line in enumerate(lines) if line or number < len(lines) - 1)


def is_as_shown(shown: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether what was printed is what is shown, `…` standing for any lines."""
    pattern = "".join("(?:.*\n)*?" if line == _ANY_LINES else re.escape(f"{line}\n") for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


@pytest.mark.parametrize("page", CONSOLE_PAGES)
def test_commands_print_what_is_shown(page: str, tmp_path: str, request: pytest.FixtureRequest) -> None:
    text = text_of(page)
    blocks = blocks_of(page, text)
    if any("specs" in line for block in blocks if block.kind == "console" for line in block.lines):
        shutil.copytree(os.path.join(TOP, "specs"), os.path.join(tmp_path, "specs"))
    console = Console(str(tmp_path))
    different: list[tuple[Block, tuple[str, ...]]] = []
    for block in blocks:
        if block.name:
            console.keep(block)
        elif block.kind == "console":
            printed = console.again(block)
            if not is_as_shown(block.lines, printed):
                different.append((block, printed))
    if request.config.getoption("--update"):
        update(page, text, different)
    else:
        told = [line for block, now in different for line in (f"{block.place} now prints:", *now)]
        assert not different, "\n".join(["", *told])


def update(page: str, text: str, different: list[tuple[Block, tuple[str, ...]]]) -> None:
    """Write what commands print now into a page; a block that leaves lines out is the author's to mend."""
    lines = text.split("\n")
    for block, printed in reversed(different):
        assert _ANY_LINES not in block.lines, f"{block.place} leaves lines out: mend it by hand"
        lines[block.line : block.line + len(block.lines)] = printed
    with open(os.path.join(TOP, page), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


# --- the reference ---


CHEAT_SHEET = "docs/cheat-sheet.md"


def lines_of_examples(page: str) -> Iterator[tuple[str, str]]:
    """Every line of the examples of a page, with the start that it is parsed by."""
    for block in EXAMPLES:
        if block.page != page:
            continue
        start = STARTS[_HEADERS[block.kind]]
        for line in example_of(block.kind, block.lines).text.split("\n"):
            if re.match(r"(section|rule|comparison) ", line) and block.kind == "guidance":
                start = "rule_line"
            yield line, start


def kinds_in(tree: Node) -> set[str]:
    return {tree.kind}.union(*(kinds_in(child) for child in tree.children if isinstance(child, Node)))


@pytest.mark.parametrize("page", ["docs/language.md", CHEAT_SHEET])
def test_a_page_shows_every_form_of_the_grammar(page: str, tables: Tables, parse: LineParser) -> None:
    """Each kind of node that the grammar can build, and each of its words, stands in an example of the page."""
    seen: set[str] = set()
    for line, start in lines_of_examples(page):
        tree = parse(line, start)
        if isinstance(tree, Node):
            seen |= kinds_in(tree) | {token.kind for token in line_tokens(tables, line, start) or ()}
    forms = {kind for _, kind, only_one, _ in tables.rules if kind is not None and not only_one}
    words = set(tables.keywords.values())
    whole_files = {"service_file", "guidance_file", "register_file"}
    assert sorted((forms | words) - seen - whole_files) == []


def test_the_cheat_sheet_takes_every_type_of_value(engine: Engine) -> None:
    """Each type that the fields of the vocabulary have, and each state but those without a line."""
    (block,) = (block for block in EXAMPLES if block.page == CHEAT_SHEET and block.kind == "care")
    found = engine.read(from_text("example.care", example_of(block.kind, block.lines).text))
    assert found is not None
    facts, fields = found.service.facts, found.service.vocabulary.fields
    stated = [fact for fact in facts if fact.value.state == State.STATED]
    taken = {fields[fact.field].type for fact in stated if fact.field in fields} | {"money"}
    assert taken == {field.type for field in fields.values()}
    assert {fact.value.state for fact in facts} >= {state for name, state in vars(State).items() if name.isupper()} - {
        State.SILENT,
        State.UNREAD,
        State.UNFIT,
    }


def test_the_cheat_sheet_gives_no_other_finding_at_all() -> None:
    """It is a whole document, so what looks at the whole counts too; and its day is that of its signature."""
    engine = Engine(all_checks(), date(2012, 8, 17), _NAMED)
    blocks = [block for block in EXAMPLES if block.page == CHEAT_SHEET]
    assert {block.kind for block in blocks} == _HEADERS.keys()
    for block in blocks:
        example = example_of(block.kind, block.lines)
        found = engine.check(from_text(f"example{_ENDINGS[block.kind]}", example.text)).findings
        assert sorted((f.span.start.line, f.name) for f in found) == example.marked, block.place


def test_the_cheat_sheet_is_one_page() -> None:
    assert len(text_of(CHEAT_SHEET).splitlines()) <= 150


def test_every_example_of_a_document_is_read_as_its_kind(parse: LineParser) -> None:
    for block in EXAMPLES:
        for example in examples_of(block):
            document = read_document(from_text("example", example.text), parse)
            assert document.kind == _HEADERS[block.kind], block.place


def test_the_reference_lists_the_reserved_words() -> None:
    section = text_of("docs/language.md").split("\n## Reserved words\n")[1].split("```")[0]
    assert set(re.findall(r"`([a-z]+)`", section)) == RESERVED


# --- links ---


def anchors_of(page: str) -> set[str]:
    """The anchors that headings get: lower case, blanks as hyphens, other marks left out."""
    headings = re.findall(r"^#{1,6} (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    outside_code = re.sub(r"^(`{3,}).*?^\1$|`[^`\n]*`", "", text_of(page), flags=re.MULTILINE | re.DOTALL)
    for link in _LINK.finditer(outside_code):
        target = os.path.normpath(os.path.join(os.path.dirname(page), link["path"])) if link["path"] else page
        assert os.path.exists(os.path.join(TOP, target)), f"{page}: {link.group()}"
        if link["anchor"]:
            assert link["anchor"] in anchors_of(target), f"{page}: {link.group()}"
