"""`rolecall schema`: the JSON schema of scenario files."""

from __future__ import annotations

from analysis.commands.exits import tell


def schema() -> None:
    """Print the JSON schema of scenario files.

    With it, an editor completes and checks a scenario as you type.
    """
    import json

    from sim.scenario.reader import json_schema

    tell(json.dumps(json_schema(), indent=2, ensure_ascii=False))
