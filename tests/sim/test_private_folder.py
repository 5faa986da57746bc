"""Files that are taken for what the user wrote: only from the user's own folder, and only whole."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.safety import private_folder as p

ROOT = Path(__file__).parents[2]
NAME = b"the run, for this processor"
CONTENT = bytes(range(256)) * 4

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="modes and owners are those of Unix")


def somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """What there is belongs to another user from now on."""
    me = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: me + 1)


def test_a_folder_is_made_for_the_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = p.private_folder(tmp_path / "new" / "cache", "rolecall", "abc")
    finally:
        os.umask(before)
    assert folder == tmp_path / "new" / "cache" / "rolecall" / "abc"
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").rglob("*")}
    assert modes == {0o700}


def test_a_folder_that_others_could_only_read_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "rolecall").mkdir()
    (tmp_path / "rolecall").chmod(0o755)
    folder = p.private_folder(tmp_path, "rolecall")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702, 0o720])
def test_a_folder_that_others_may_write_to_is_refused(tmp_path: Path, mode: int) -> None:
    (tmp_path / "rolecall").mkdir()
    (tmp_path / "rolecall").chmod(mode)
    with pytest.raises(p.NotPrivateError, match="rolecall can be written by other users"):
        p.private_folder(tmp_path, "rolecall")


def test_so_is_one_below_a_folder_that_others_may_write_to(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    (shared / "mine").mkdir(parents=True)
    shared.chmod(0o777)
    with pytest.raises(p.NotPrivateError, match="shared can be written by other users"):
        p.private_folder(shared / "mine", "rolecall")


def test_but_not_where_each_may_remove_only_what_is_theirs(tmp_path: Path) -> None:
    """The shared temporary folder of Unix is such a one."""
    shared = tmp_path / "shared"
    (shared / "mine").mkdir(parents=True, mode=0o700)
    shared.chmod(0o1777)
    assert p.private_folder(shared / "mine", "rolecall").is_dir()


def test_a_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rolecall").mkdir(mode=0o700)
    somebody_else(monkeypatch)
    monkeypatch.setattr(p, "_refuse_open", lambda folder: None)
    with pytest.raises(p.NotPrivateError, match="rolecall belongs to another user"):
        p.private_folder(tmp_path, "rolecall")


def test_so_is_one_below_a_folder_of_another_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    (tmp_path / "theirs").mkdir()
    if os.geteuid() == 0:
        os.chown(tmp_path / "theirs", 54321, 54321)
    with pytest.raises(p.NotPrivateError, match="belongs to another user"):
        p.private_folder(tmp_path / "theirs", "rolecall")


def test_a_link_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "rolecall").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(p.NotPrivateError, match="rolecall is not a folder"):
        p.private_folder(tmp_path, "rolecall")


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to("nowhere")])
def test_what_is_no_folder_is_refused_with_its_name(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "rolecall")
    with pytest.raises(p.NotPrivateError, match="rolecall"):
        p.private_folder(tmp_path, "rolecall", "abc")


def test_what_was_written_is_read(tmp_path: Path) -> None:
    p.write_sealed(tmp_path / "code", NAME, CONTENT)
    assert p.read_sealed(tmp_path / "code", NAME) == CONTENT
    assert stat.S_IMODE((tmp_path / "code").stat().st_mode) == 0o600
    assert p.read_sealed(tmp_path / "other", NAME) is None


def at_every_byte(sealed: bytes) -> list[bytes]:
    return [sealed[:k] + bytes([sealed[k] ^ 1 << k % 8]) + sealed[k + 1 :] for k in range(len(sealed))]


def cut(sealed: bytes) -> list[bytes]:
    return [sealed[:k] for k in range(len(sealed))]


def other(sealed: bytes) -> list[bytes]:
    return [bytes(len(sealed)), sealed + b"\0", sealed * 2, sealed[::-1], os.urandom(len(sealed))]


@pytest.mark.parametrize("damage", [at_every_byte, cut, other])
def test_no_damage_goes_unnoticed(tmp_path: Path, damage: Callable[[bytes], list[bytes]]) -> None:
    path = tmp_path / "code"
    p.write_sealed(path, NAME, CONTENT)
    for damaged in damage(path.read_bytes()):
        path.write_bytes(damaged)
        with pytest.raises(p.DamagedError, match="seal"):
            p.read_sealed(path, NAME)


def test_a_file_that_was_written_under_another_name_is_not_taken(tmp_path: Path) -> None:
    p.write_sealed(tmp_path / "code", b"for another processor", CONTENT)
    with pytest.raises(p.DamagedError, match="seal"):
        p.read_sealed(tmp_path / "code", NAME)


@pytest.mark.parametrize("mode", [0o666, 0o620, 0o602])
def test_a_file_that_others_may_write_is_not_taken(tmp_path: Path, mode: int) -> None:
    p.write_sealed(tmp_path / "code", NAME, CONTENT)
    (tmp_path / "code").chmod(mode)
    with pytest.raises(p.DamagedError, match="another user"):
        p.read_sealed(tmp_path / "code", NAME)


def test_a_file_of_another_user_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    p.write_sealed(tmp_path / "code", NAME, CONTENT)
    somebody_else(monkeypatch)
    with pytest.raises(p.DamagedError, match="another user"):
        p.read_sealed(tmp_path / "code", NAME)


def as_a_link(path: Path) -> None:
    path.rename(path.with_name("whole"))
    path.symlink_to("whole")


def as_a_folder(path: Path) -> None:
    path.unlink()
    (path / "within").mkdir(parents=True)


def as_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def as_a_file_without_end(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(1 << 40)


@pytest.mark.parametrize("change", [as_a_link, as_a_folder, as_a_pipe, as_a_file_without_end])
def test_what_is_no_plain_file_is_neither_read_nor_waited_for_and_gives_way(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path = tmp_path / "code"
    p.write_sealed(path, NAME, CONTENT)
    change(path)
    with pytest.raises((p.DamagedError, OSError)):
        p.read_sealed(path, NAME)
    p.write_sealed(path, NAME, CONTENT)
    assert p.read_sealed(path, NAME) == CONTENT


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from sim.safety.private_folder import write_sealed
setattr(os, sys.argv[1], lambda *these: os.kill(os.getpid(), signal.SIGKILL))
write_sealed(Path(sys.argv[2]), b"the run, for this processor", b"new" * 1000)
"""


@pytest.mark.parametrize("last", ["fsync", "replace"])
def test_a_kill_while_writing_leaves_what_was_there(tmp_path: Path, last: str) -> None:
    path = tmp_path / "code"
    p.write_sealed(path, NAME, CONTENT)
    done = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_WRITING, last, str(path)], cwd=ROOT, timeout=3600, check=False
    )
    assert p.read_sealed(path, NAME) == CONTENT
    assert done.returncode == -signal.SIGKILL


def test_what_a_kill_left_is_removed_after_a_while_and_not_while_another_may_be_writing_it(
    tmp_path: Path,
) -> None:
    for name in ("old.tmp", "new.tmp"):
        (tmp_path / name).touch()
    os.utime(tmp_path / "old.tmp", (0, 0))
    p.write_sealed(tmp_path / "code", NAME, CONTENT)
    assert {path.name for path in tmp_path.iterdir()} == {"new.tmp", "code"}


def test_a_disk_that_is_full_leaves_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        p.write_sealed(tmp_path / "code", NAME, CONTENT)
    assert not list(tmp_path.iterdir())
