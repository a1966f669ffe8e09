"""Random services that are valid, made from a vocabulary: every field, every state, everything that may stand below.

`service(random, vocabulary)` gives a text. It is written untidily on purpose (capitals, blanks, remarks), for the
formatter to have something to do, and its texts hold whatever YAML and JSON could trip over.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from carespec.vocabulary import Field, Vocabulary

TEXTS = (
    "a plain text", "one: two", "- a dash", "# no remark", "none", "not stated", "yes", "2012-08-17", "12", "null",
    "[in brackets]", "{in braces}", "it's his", 'she said "now"', '"quoted"', "a\ttab", "  blanks  ", "a, b & *c !d",
    "£40 – “curly”", "TBC or later", "\\back\\slash", "%percent @at `tick`", "è, 漢字 and 😀", "in words \"x\"",
    "> fold", "ends with colon:", "hard\u00a0space", "…",
)  # fmt: skip
CITES = ("page", "page p4 2.1", "page p4 2.1(b), note: 3", "report Table 3 # 2", "report", "page “x” 'y'")
DATES = ("17 August 2012", "2012-08-17", "July 2011", "2026/27", "2013", "1 april 2012")
DAYS = ("17 August 2012", "July 2011", "1 april 2012")
LENGTHS = ("10 working days", "1 week", "28 calendar days", "10 days", "24 hours", "2 Months", "90 minutes", "1 year")
TIMES = ("2 to 3 weeks", "24 hours to 2 working days")
READINGS = ("last reading", "any reading", "2 readings in a row", "follow-up of 3 months")
_COVERING = 0.75


def service(random: Random, vocabulary: Vocabulary, lines: int = 4) -> str:
    """The text of a service with about that many facts, under a few headings."""
    writer = _Writer(random, vocabulary)
    parts = [
        f"service {random.choice(('northshire', 'north-1', 'Ab-c9'))}",
        f"vocabulary: {vocabulary.name} {vocabulary.version}",
        'source page: "Home # page", "NHS: Northshire", "NHS" published 3 May 2024 read 2024 in part second-hand',
        f"source report: {writer.text()} read in part" if random.random() < 0.5 else f"source report: {writer.text()}",
    ]
    fields = random.sample([field for field in vocabulary.fields.values() if field.name != "vocabulary"], lines)
    payments = random.sample(sorted(vocabulary.payments), 1)
    heads: list[Callable[[], str]] = [lambda field=field: writer.fact(field) for field in fields]
    heads += [lambda name=name: writer.payment(name) for name in payments]
    heads += [writer.definition, writer.waiver]
    random.shuffle(heads)
    for number, head in enumerate(heads):
        if number % 3 == 2:
            parts += ["", f"section {writer.text()}", ""]
        parts.append(head())
    return "\n".join(parts) + random.choice(("", "\n", "\n# the end\n"))


class _Writer:
    """Writes lines of one service, by chance."""

    def __init__(self, random: Random, vocabulary: Vocabulary) -> None:
        self.random, self.vocabulary = random, vocabulary

    def one(self, *among: str) -> str:
        return self.random.choice(among)

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def text(self) -> str:
        words = self.one(*TEXTS).replace("\t", " ")
        if "”" not in words and self.often(0.1):
            return f"“{words}”"
        return '"' + words.replace('"', '""') + '"'

    def cites(self) -> str:
        count = self.random.choice((0, 0, 1, 1, 1, 2))
        return "".join(f"{self.one(' ', '  ')}[{self.one(*CITES)}]" for _ in range(count))

    # Heads.

    def fact(self, field: Field) -> str:
        keys = list(self.vocabulary.keys(field))
        path, value = field.name, ""
        if keys and self.often(0.9):
            path = f"{path} {self.one(*keys)}"
        elif keys:
            value = self.no_value()
        value = value or self.value(field)
        remark = "  # a remark" if self.often(0.1) else ""
        lines = [f"{self.one(path, path.capitalize())}:{self.one(' ', '   ')}{value}{self.cites()}{remark}"]
        while self.often(0.35):
            lines.append(self.one("  ", "\t") + self.under(field))
        return "\n".join(lines)

    def payment(self, name: str) -> str:
        per = self.one(*self.vocabulary.per)
        money = self.typed("money", self.vocabulary.fields["title"])
        value = self.one(
            money, money, money, f"none{''}", f"{self.one('not stated', f'in words {self.text()}')} per {per}"
        )
        lines = [f"pay {name}: {value}{self.cites()}"]
        pick = self.random.choice
        while self.often(0.5):
            limit = pick((self.cap, self.allowance, self.share, self.scope, self.doubt, self.when))()
            lines.append(f"  {limit}")
        return "\n".join(lines)

    def definition(self) -> str:
        return f"define course: {self.text()}{self.cites()}"

    def waiver(self) -> str:
        field = self.random.choice(list(self.vocabulary.fields.values()))
        on = self.one("", f" on {field.name}")
        return f"waive some-rule{on} until {self.one(*DATES)}: {self.text()} agreed by {self.text()}"

    # Lines under them.

    def under(self, field: Field) -> str:
        kinds = (
            self.exception,
            self.exception,
            self.differs,
            lambda _: self.doubt(),
            lambda _: self.when(),
            self.phrase,
        )
        return self.random.choice(kinds)(field)

    def exception(self, field: Field) -> str:
        limit = self.one(f"when {self.condition()}", f"until {self.one(*DAYS)}", f"from {self.one(*DAYS)}")
        return f"except {self.value(field)} {limit}{self.cites()}"

    def differs(self, field: Field) -> str:
        return f"differs {self.value(field)}{self.cites()}"

    def phrase(self, field: Field) -> str:
        return f"in words {self.text()}{self.cites()}"

    def doubt(self) -> str:
        return f"doubt {self.text()}"

    def when(self) -> str:
        return f"when {self.condition()}{self.cites()}"

    def cap(self) -> str:
        return f"at most {self.one('12', '1,200', '6')} per {self.one(*self.vocabulary.per)}{self.cites()}"

    def allowance(self) -> str:
        return f"at most {self.one('1', '2')} per {self.one('6', '12 to 15')} booked{self.cites()}"

    def share(self) -> str:
        return f"{self.one('50', '12.5')}% only when {self.condition()}{self.cites()}"

    def scope(self) -> str:
        return f"for {self.one(*self.vocabulary.words['scope'])}{self.cites()}"

    def condition(self) -> str:
        kind = self.random.random()
        if kind < 0.1:
            return f"in words {self.text()}"
        if kind < 0.3:
            return f"{self.test()} {(join := self.one('and', 'or'))} {self.test()} {join} {self.test()}"
        if kind < 0.4:
            return f"not ({self.test()} {self.one('and', 'or')} ({self.test()} and {self.test()}))"
        return self.test()

    def test(self) -> str:
        fields = [field for field in self.vocabulary.case_fields.values() if field.type in _TESTS]
        field = self.random.choice(fields)
        keys = list(self.vocabulary.keys(field))
        path = f"{field.name} {self.one(*keys)}" if keys else field.name
        return f"{path} {self.one(*_TESTS[field.type]).replace('{}', self.simple(field))}"

    # Values.

    def value(self, field: Field) -> str:
        kind = self.random.random()
        if kind < 1 - _COVERING:
            return self.no_value()
        return self.one(*field.examples) if kind < 0.4 else self.typed(field.type, field)

    def no_value(self) -> str:
        by = self.one("", f" by {self.one(*DATES)}")
        return self.one(
            "none", "Not  stated", f"in words {self.text()}", f"by local agreement{by}", f"to be confirmed{by}",
            f"by local agreement with {self.text()}{by}", f"elsewhere in {self.text()}", "elsewhere", "in words",
        )  # fmt: skip

    def simple(self, field: Field) -> str:
        """One value, as a condition compares with."""
        if field.type in ("choice", "set", "scale"):
            return self.one(*self.vocabulary.choices(field))
        return {
            "reading": "",
            "age": "18 years",
            "duration": self.one(*LENGTHS),
            "count": "4",
            "percentage": "44%",
            "code": '"5ZZ"',
        }[field.type]

    def typed(self, kind: str, field: Field) -> str:
        """A value of a type, sometimes hedged."""
        value = getattr(self, f"a_{kind}")(field)
        hedged = kind in ("money", "count", "rate", "percentage", "duration") and self.often(0.15)
        return f"{self.one('about', 'usually')} {value}" if hedged and value[:1] in "0123456789£" else value

    def a_age(self, field: Field) -> str:
        edges = {"lower": ("over ", "at least "), "higher": ("up to ", "under ", "at most ")}.get(
            field.better or "", ()
        )
        return self.one("", "", *edges) + self.one("18 years", "17 years 9 months", "65 Years", "1 year")

    def a_money(self, field: Field) -> str:
        amount = self.one("£40.00", "£1,250", "£1250.50", "£0")
        per = self.one("", f" per {self.one(*self.vocabulary.per)}", " in total")
        scope = f" for {self.one(*self.vocabulary.words['scope'])}" if self.often(0.2) else ""
        return f"{amount}{per}{scope}"

    def a_percentage(self, field: Field) -> str:
        return self.one("", "at least ", "up to ") + self.one("95%", "2.5%", "100%")

    def a_duration(self, field: Field) -> str:
        return self.one(*LENGTHS, *TIMES, "over 2 weeks", "2 weeks 3 calendar days")

    def a_wait(self, field: Field) -> str:
        return ", ".join(self.a_promise() for _ in range(self.random.choice((1, 1, 1, 2))))

    def a_promise(self) -> str:
        clock = self.one(*self.vocabulary.all_clocks)
        share = self.one("", "", f" for {self.one('95', '75.5')}% of people")
        if self.often(0.1):
            return f"the same day as {clock}{share}"
        about = self.one("", "", "about ")
        return f"within {about}{self.one(*LENGTHS, TIMES[0])}{self.one('', f' of {clock}')}{share}"

    def a_date(self, field: Field) -> str:
        return self.one(*DATES)

    def a_period(self, field: Field) -> str:
        return self.one(
            "from 1 April 2012 to 31 March 2014", "from July 2011", "until 2014", "2026/27", "from 2012-04-01 to 2014"
        )

    def a_set(self, field: Field) -> str:
        words = list(self.vocabulary.choices(field))
        some = self.random.sample(words, min(len(words), self.random.randint(1, 4)))
        if field.numbers and self.often(0.4):
            some = ["1 to 4", *some]
        return ", ".join(some) + self.one("", "", " among others")

    def a_choice(self, field: Field) -> str:
        return self.one(*self.vocabulary.choices(field))

    def a_scale(self, field: Field) -> str:
        words = self.vocabulary.choices(field)
        low = self.random.randrange(len(words))
        high = self.random.randrange(low, len(words))
        return words[low] if low == high else f"{words[low]} to {words[high]}"

    def a_code(self, field: Field) -> str:
        return self.one('"5ZZ"', "12F", "QNQ", '"no code: at all"', "5ZZ", '"NONE"', '"007"')

    def a_count(self, field: Field) -> str:
        return self.one("2", "6 to 8", "1,200,000", "1200000", "at least 5", "over 12")

    def a_rate(self, field: Field) -> str:
        return self.one("", "", "at least ", "up to ") + self.one(
            "500 courses per year",
            "12 sessions",
            "1200 people per month",
            "6 to 8 sessions",
            "500 to 600 courses per year",
        )

    def a_text(self, field: Field) -> str:
        return self.text()

    def a_reading(self, field: Field) -> str:
        return self.one(*field.examples)


_TESTS = {
    "age": ("is at least {}", "is under {}", "is {}"),
    "duration": ("is at most {}", "is less than {}", "is more than {}"),
    "count": ("is at least {}", "is {}", "is at most {}"),
    "percentage": ("is less than {}",),
    "choice": ("is {}", "is not {}", "is one of {}, {}"),
    "scale": ("is at least {}", "is {}", "is at most {}"),
    "set": ("includes {}", "includes any of {}, {}", "is {}"),
    "code": ("is {}",),
    "reading": tuple(f"at {reading}" for reading in READINGS),
}
