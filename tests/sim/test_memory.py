"""How much memory is left is read as the system tells it, within every group that a process is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.batch import memory

GIGA = 1e9


def group(folder: Path, limit: object, used: float, cached: float = 0) -> None:
    """A group as the second version of control groups shows it; cached files can be given back."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.max").write_text(f"{limit}\n")
    (folder / "memory.current").write_text(f"{used:.0f}\n")
    (folder / "memory.stat").write_text(f"anon {used - cached:.0f}\ninactive_file {cached:.0f}\n")


def first_group(folder: Path, limit: float, used: float, cached: float = 0) -> None:
    """A group as the first version shows it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.limit_in_bytes").write_text(f"{limit:.0f}\n")
    (folder / "memory.usage_in_bytes").write_text(f"{used:.0f}\n")
    (folder / "memory.stat").write_text(f"inactive_file 0\ntotal_inactive_file {cached:.0f}\n")


def left(folder: Path, *lines: str) -> list[float]:
    """What is left within the groups of a process that is in these."""
    own = folder / "cgroup"
    own.write_text("".join(f"{line}\n" for line in lines))
    return memory._of_groups(folder / "fs", own)


def test_what_is_left_is_the_limit_less_what_is_used_and_cannot_be_given_back(tmp_path: Path) -> None:
    group(tmp_path / "fs" / "mine", 2_000_000_000, used=1.5 * GIGA, cached=0.25 * GIGA)
    assert left(tmp_path, "0::/mine") == [0.75 * GIGA]


def test_groups_around_it_count_too_and_one_without_a_limit_does_not(tmp_path: Path) -> None:
    group(tmp_path / "fs" / "all" / "some" / "mine", 4_000_000_000, used=1 * GIGA)
    group(tmp_path / "fs" / "all" / "some", "max", used=2 * GIGA)
    group(tmp_path / "fs" / "all", 8_000_000_000, used=7 * GIGA)
    assert left(tmp_path, "0::/all/some/mine") == [3 * GIGA, 1 * GIGA]


def test_within_a_container_the_group_is_the_root(tmp_path: Path) -> None:
    group(tmp_path / "fs", 1_000_000_000, used=0.5 * GIGA)
    assert left(tmp_path, "0::/") == [0.5 * GIGA]


def test_the_first_version_tells_it_in_a_folder_of_its_own(tmp_path: Path) -> None:
    first_group(tmp_path / "fs" / "memory" / "mine", 3 * GIGA, used=2 * GIGA, cached=1 * GIGA)
    assert left(tmp_path, "5:cpu,cpuacct:/other", "4:memory:/mine", "1:name=systemd:/x") == [2 * GIGA]


@pytest.mark.parametrize("line", ["", "0", "0::", "nonsense", "0::/nowhere", "0::/../../etc", "4:memory:"])
def test_what_cannot_be_read_limits_nothing(line: str, tmp_path: Path) -> None:
    assert left(tmp_path, line) == []
    assert memory._of_groups(tmp_path / "fs", tmp_path / "none") == []


def test_a_group_that_says_nonsense_limits_nothing(tmp_path: Path) -> None:
    group(tmp_path / "fs" / "mine", "plenty", used=1 * GIGA)
    assert left(tmp_path, "0::/mine") == []


def test_what_is_free_is_the_least_of_the_machine_and_of_all_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_of_machine", lambda: 3 * GIGA)
    monkeypatch.setattr(memory, "_of_groups", lambda: [2 * GIGA, 5 * GIGA])
    assert memory.free() == 2 * GIGA
    monkeypatch.setattr(memory, "_of_groups", lambda: [])
    assert memory.free() == 3 * GIGA
