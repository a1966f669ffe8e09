"""What the peers are given: the services of the corpus as YAML, and ledgers of the same size."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.corpus import Fact, Service

YAMLLINT_RULES = "{extends: default, rules: {line-length: {max: 250}}}"
"""yamllint as it is, but for long lines: a finding on most lines would make it slower than its work."""

_TRANSACTIONS = 30
_ACCOUNTS = ("Assets:Commissioner", "Expenses:Step2", "Expenses:Step3", "Expenses:Assessment", "Expenses:Missed")


def as_yaml(service: Service) -> str:
    """The same content, about line for line: a section is a mapping, a fact its value with the place that it cites."""
    lines = ["---"] + [f"# {remark}" for remark in service.remarks] + [f"service: {service.name}"]
    for section in service.sections:
        lines += ["", f"{section.title.lower().replace(' ', '-').replace(',', '')}:"]
        for fact in section.facts:
            lines += _yaml_lines(fact)
    return "\n".join(lines) + "\n"


def _yaml_lines(fact: Fact) -> list[str]:
    value = fact.value if fact.value.startswith('"') else f'"{fact.value}"'
    source = f", source: {fact.source}" if fact.source else ""
    lines = [f"  # {fact.remark}"] if fact.remark else []
    name = fact.name.replace(" ", "-")
    if not fact.under:
        return [*lines, f"  {name}: {{value: {value}{source}}}" if source else f"  {name}: {value}"]
    lines += [f"  {name}:", f"    value: {value}"]
    lines += [f"    source: {fact.source}"] if source else []
    return [*lines, "    under:", *(f"      - {line}" for line in fact.under)]


def as_ledger(number: int, random: Random) -> str:
    """A ledger of about the size of a service: what one commissioner paid in one month."""
    day = date(2012, 4, 1) + timedelta(days=number % 700)
    lines = [f"; Payments of commissioner {number}: synthetic, made to measure speed.", ""]
    for _ in range(_TRANSACTIONS):
        paid = day + timedelta(days=random.randint(0, 27))
        amount = f"{random.randint(20, 650)}.{random.randint(0, 99):02d}"
        account = random.choice(_ACCOUNTS[1:])
        lines += [
            f'{paid} * "Provider {random.randint(1, 40)}" "Invoice {number}-{random.randint(1, 99999)}"',
            f"  {account:<30}{amount:>10} GBP",
            f"  {_ACCOUNTS[0]:<30}{'-' + amount:>10} GBP",
            "",
        ]
    return "\n".join(lines)


def main_ledger(names: list[str]) -> str:
    """The ledger that includes the others: bean-check reads one file."""
    opened = [f"2012-01-01 open {account} GBP" for account in _ACCOUNTS]
    included = [f'include "{name}"' for name in names]
    return "\n".join(['option "operating_currency" "GBP"', "", *opened, "", *included, ""])
