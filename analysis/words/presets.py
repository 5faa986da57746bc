"""The presets as one would explain each to somebody: once, for questions and for reference pages."""

from collections.abc import Mapping

IN_A_SENTENCE: Mapping[str, str] = {
    "merged": "one role for everything: each delivery lead does all of it for their own accounts",
    "separated": "two roles: project managers drive what and when, delivery managers drive how",
    "agile": "product owners own the product, scrum masters how teams work, teams the rest, in sprints",
    "pm_only": "project managers alone; what delivery managers would do is done by nobody",
    "dm_only": "delivery managers alone; what project managers would do is done by nobody",
}
