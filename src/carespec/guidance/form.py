"""A guidance pack to start from: one rule that works, with its tests, and remarks on what to change."""

from __future__ import annotations

from datetime import date


def pack_form(name: str, today: date) -> str:
    """The text of a new pack; it has no flaw, its examples hold, and they notice every slip in its rule."""
    day = f"{today.day} {today:%B %Y}"
    return _FORM.format(name=name, day=day)


_FORM = """\
# A guidance pack to begin with. A line that begins with # is a remark: read it, then take it out.
# `carespec check {name}.guidance` tells what is wrong with the pack,
# `carespec test {name}.guidance` runs the examples of its rules, and
# `carespec check my.care --guidance {name}.guidance` holds a service against it.

guidance {name}

title: "What we ask of our services"
publisher: "NHS Northshire"
version: 1
published: {day}
# Without this line the pack binds on every day. The last day counts.
# in-force: from {day}

# What the rules stand on: each rule cites one of these.
source policy: "Our policy on access to services", "NHS Northshire" published {day}

section "How quickly people are seen"

rule assessed-within-four-weeks "People are assessed within four weeks"
  # must, should or may; and who says so: national, good-practice or local.
  severity: should
  authority: local
  # To which services it applies. `carespec fields` lists what can be asked.
  applies-when: status is one of draft, signed
  text: [policy 3.1]
  | Put here, in one sentence, the words that the rule stands on.
  require: wait assessment meets within 28 calendar days of referral
  # What silence means: fail, warn (should at most) or advise (may at most).
  if-not-stated: warn
  message: "The wait for an assessment is {{wait assessment}}; we ask for {{standard}}."
  affects: "people who do not know yet whether they will be treated"
  fix: "Write `wait assessment: within 28 calendar days of referral`."
  # The rule's own tests: at both sides of every limit, so that a slip of the pen is noticed.
  passes: wait assessment is within 28 calendar days of referral
  passes: wait assessment is within 28 calendar days of referral and status is signed
  fails: wait assessment is within 29 calendar days of referral and status is draft
  fails: wait assessment is within 28 calendar days of referral for 99% of people
  fails: wait assessment is within 30 working days of referral
  cannot-tell: wait assessment is within 20 working days of referral
  cannot-tell: wait assessment is within 28 calendar days of decision
  cannot-tell: wait assessment is by local agreement
  does-not-apply: status is reconstruction and wait assessment is within 29 calendar days of referral
  does-not-apply: status is withdrawn
"""
