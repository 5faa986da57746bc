"""Where a figure becomes a sign. Constants, all judgement, each with its reason; none is in any run.

They are tried on ten organisations that live and ten that do not (`tests/analysis/test_resemblance.py`).
"""

from __future__ import annotations

HARDLY = 0.10
"""Share of due projects on time below which hardly any is: half of the least that is published."""

UNDONE_MOSTLY = 0.5
"""Share of due projects that are not delivered beyond which it does not matter how late they will be."""

GROWING = 0.02
"""Growth of open work in a year, in hours that members are paid a year, that is no accident: a week's work of
everybody. It must be surely more: the lower end of its interval counts.
"""

GONE = 1 / 3
"""Share of the work that is taken elsewhere or cancelled beyond which an organisation loses its business: the
most that is published of cancelled (24%), and an eighth of the rest taken elsewhere.
"""

UNCOVERED = 0.5
"""What is earned over what it costs below which no structure saves an organisation: it could send half of its
people home and would still pay for the rest.
"""

POOL_FULL = 0.90
"""Use of specialists beyond which all wait for them: at 90%, one alone has eight jobs in line (Erlang)."""

MANAGERS_FULL = 0.92
"""Use of managers beyond which what they do late or leave undone tells more than who does it."""

IDLE_LEAST, IDLE_MUCH = 0.06, 0.15
"""Members' idle share below which there is more work than hands, and beyond which demand is what is short."""

TICKETS_FEW = 0.5
"""Share of tickets in time below which a service is not one."""

DIGITS = {"share": 2, "0-1": 2, "ratio": 2}
"""Digits to which a mean is held against a published range, which nobody knows any closer; 1 for days."""

NEAR = {"share": 0.05, "0-1": 0.05, "ratio": 0.10}
"""How far from last year's figure a simulated one may be, whatever luck says: nobody's books are closer."""

NEAR_OF_SIZE = 0.10
"""The same for days and numbers of projects, as a share of last year's."""
