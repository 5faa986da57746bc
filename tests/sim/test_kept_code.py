"""Compiled code that is kept: damage costs a compilation and a line; nothing foreign is unpickled."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import pytest

from sim.engine.kept_code import keep
from sim.engine.news import COMPILING, Telling
from sim.safety.private_folder import NotPrivateError, private_folder, write_sealed

ROOT = Path(__file__).parents[2]


def doubled(days: int) -> int:
    return 2 * days


class Start:
    """A process that starts with a folder: how often it compiled, and what it said."""

    def __init__(self, folder: Path) -> None:
        self.said: list[str] = []
        telling = Telling()
        function = keep(numba.njit(doubled), folder, telling)
        with telling.to(self.said.append):
            assert function(21) == 42
        self.compiled = sum(function.stats.cache_misses.values())


def kept(folder: Path) -> Path:
    """The one file in a folder."""
    (path,) = folder.iterdir()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = private_folder(tmp_path, "cache")
    Start(folder)
    return folder


def test_what_was_compiled_once_is_not_compiled_again(tmp_path: Path) -> None:
    folder = private_folder(tmp_path, "cache")
    first, second = Start(folder), Start(folder)
    assert (first.compiled, first.said) == (1, [COMPILING])
    assert (second.compiled, second.said) == (0, [])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def a_bit_flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 4
    path.write_bytes(content)


def grown(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b".")


def a_pickle(path: Path) -> None:
    path.write_bytes(pickle.dumps("numba's own cache looks like this"))


def sealed_but_of_another_numba(path: Path) -> None:
    """As `sim.engine.kept_code` names and seals it, with what no numba can take."""
    write_sealed(path, name_of(path), pickle.dumps(("another", "version")))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def open_to_all(path: Path) -> None:
    path.chmod(0o666)


DAMAGE = [
    emptied,
    cut,
    zeroed,
    a_bit_flipped,
    grown,
    a_pickle,
    sealed_but_of_another_numba,
    a_folder,
    a_pipe,
    a_dangling_link,
    open_to_all,
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_costs_one_compilation_and_a_line_that_says_so(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    path = kept(folder)
    damage(path)
    after, later = Start(folder), Start(folder)
    assert after.compiled == 1
    (said,) = after.said
    assert said.startswith(f"{path} cannot be used (") and said.endswith(COMPILING)
    assert (later.compiled, later.said) == (0, [])


def test_what_a_killed_process_was_writing_is_never_read(folder: Path) -> None:
    path = kept(folder)
    path.with_name(f"{path.name}.0123.tmp").write_bytes(path.read_bytes()[:100])
    assert Start(folder).compiled == 0


def test_a_full_disk_costs_a_line_and_no_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    emptied(kept(folder))
    monkeypatch.setattr(os, "fsync", full)
    damaged, not_kept = Start(folder).said
    assert "seal" in damaged and "No space left on device" in not_kept


AT_ONCE = """
import sys
from pathlib import Path
import tests.sim.test_kept_code as t
print(t.Start(Path(sys.argv[1])).compiled)
"""


def test_two_processes_at_once_do_not_hinder_each_other(tmp_path: Path) -> None:
    folder = private_folder(tmp_path, "cache")
    call = [sys.executable, "-c", AT_ONCE, str(folder)]
    both = [subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [process.communicate(timeout=3600)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert {int(compiled) for compiled in outputs} <= {0, 1}
    assert Start(folder).compiled == 0


class Hostile:
    """Unpickled, it leaves a mark."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


def name_of(path: Path) -> bytes:
    """What the file of `doubled` is named by."""
    codegen = numba.njit(doubled).targetctx.codegen()
    built_for = (sys.implementation.cache_tag, codegen.magic_tuple())
    name = repr(("doubled", (numba.int64,), built_for)).encode()
    assert path.name == f"doubled-{hashlib.sha256(name).hexdigest()[:16]}.code"
    return name


def plant(folder: Path, mark: Path) -> Path:
    """Put what leaves a mark where compiled code is looked for, with a seal that holds."""
    path = kept(folder)
    write_sealed(path, name_of(path), pickle.dumps(Hostile(mark)))
    return path


def test_what_is_planted_would_be_run_if_the_user_had_planted_it(folder: Path, tmp_path: Path) -> None:
    """Else the tests below would show nothing."""
    plant(folder, tmp_path / "mark")
    Start(folder)
    assert (tmp_path / "mark").exists()


def test_a_pickle_that_is_not_sealed_is_not_run(folder: Path, tmp_path: Path) -> None:
    kept(folder).write_bytes(pickle.dumps(Hostile(tmp_path / "mark")))
    assert Start(folder).compiled == 1
    assert not (tmp_path / "mark").exists()


def test_a_file_that_another_user_could_have_written_is_not_run(folder: Path, tmp_path: Path) -> None:
    plant(folder, tmp_path / "mark").chmod(0o666)
    assert Start(folder).compiled == 1
    assert not (tmp_path / "mark").exists()


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only root can give files away")
def test_a_file_of_another_user_is_not_run(folder: Path, tmp_path: Path) -> None:
    os.chown(plant(folder, tmp_path / "mark"), 54321, 54321)
    assert Start(folder).compiled == 1
    assert not (tmp_path / "mark").exists()


def test_a_folder_in_which_another_user_could_have_planted_it_is_not_used(
    folder: Path, tmp_path: Path
) -> None:
    plant(folder, tmp_path / "mark")
    folder.chmod(0o777)
    with pytest.raises(NotPrivateError):
        private_folder(tmp_path, "cache")


def test_nothing_is_unpickled_from_the_shared_temporary_folder(tmp_path: Path) -> None:
    """There a folder's name could be guessed, and made by somebody else before."""
    from sim.engine.compilation import source_hash

    guessed = tmp_path / f"rolecall-{os.getuid()}" / source_hash()
    for name in ("entry.link_layers-33.py311.nbi", "link_layers-0123456789abcdef.code"):
        (guessed / "sim_1").mkdir(parents=True, exist_ok=True)
        for place in (guessed, guessed / "sim_1"):
            (place / name).write_bytes(pickle.dumps(Hostile(tmp_path / "mark")))
    (tmp_path / "file").touch()
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "file"), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "compiled code is not kept" in done.stderr
    assert not (tmp_path / "mark").exists()


DRAW = """
from sim.building.projects import draw_work
from sim.building.preparation import prepare
from sim.scenario import scenario_from
prepared = prepare(scenario_from({"name": "small", "horizon_days": 20}))
print(len(draw_work(prepared.scenario, prepared.values, 0).edge_from))
"""
