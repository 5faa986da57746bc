"""Limits of the machine: memory, files, threads, names. Each is named, with what would be right."""

from __future__ import annotations

import errno
import os

MEMORY = "give it more, or run a smaller organisation, fewer structures, or fewer at a time (--jobs 1)"

REMEDIES = {
    errno.EMFILE: "allow this user more open files (ulimit -n)",
    errno.ENFILE: "close other programs",
    errno.EFBIG: "allow larger files (ulimit -f)",
    errno.ENOSPC: "free space there, or choose another folder with --out",
    errno.EDQUOT: "free space there, or choose another folder with --out",
    errno.EAGAIN: "allow this user more processes (ulimit -u), or run fewer at a time (--jobs 1)",
    errno.ENAMETOOLONG: "give a shorter name",
    errno.EROFS: "choose another folder with --out",
    errno.EACCES: "give a place that you may read and write",
    errno.EPERM: "give a place that you may read and write",
    errno.EIO: "look after the disk",
    errno.ENOENT: "see that nothing takes it away meanwhile",
    errno.EISDIR: "give a file",
    errno.ENOTDIR: "give a folder",
    errno.ELOOP: "give a name that leads somewhere",
}

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def limit(error: BaseException) -> str | None:
    """What limit an error stands for, and what would fit, in a line; None if it is none."""
    said = str(error)
    if isinstance(error, MemoryError) or _is_memory(error, said):
        return f"not enough memory{_allowed()}; {MEMORY}"
    if isinstance(error, UnicodeEncodeError) and "surrogates" in said:
        return f"{visible(error.object)}: is not UTF-8; rename the file or folder, and give its new name"
    if isinstance(error, RuntimeError) and "start new thread" in said:
        return f"no more threads are to be had; {REMEDIES[errno.EAGAIN]}"
    code = _code(error, said)
    name = getattr(error, "filename", None)
    if isinstance(error, OSError) and not name and code in NO_ROOM:
        return f"cannot go on printing: {os.strerror(code)}"  # folders of results tell of it themselves
    if code in REMEDIES:
        where = f"{visible(str(name))}: " if name else ""
        return f"{where}{os.strerror(code)}; {REMEDIES[code]}"
    return None


def _is_memory(error: BaseException, said: str) -> bool:
    """Whether a library says in words of its own that there is no memory: DuckDB, the loader, the system."""
    words = ("bad_alloc", "Out of Memory", "out of memory", "failed to map segment", "cannot allocate memory")
    return getattr(error, "errno", None) == errno.ENOMEM or any(each in said for each in words)


def _code(error: BaseException, said: str) -> int:
    """The number of a refusal of the system, its own or told in an error of DuckDB's; 0 if it is none."""
    if isinstance(error, OSError):
        return error.errno or 0
    if type(error).__module__.partition(".")[0] in ("duckdb", "_duckdb"):
        return next((code for code in REMEDIES if os.strerror(code) in said), 0)
    return 0


def _allowed() -> str:
    """How much memory this process may have, if a limit says so."""
    from sim.batch.memory import allowed, megabytes

    most = allowed()
    return f": this process may have {megabytes(most)}" if most else ""


def visible(text: str) -> str:
    """Text in which bytes that are none are seen."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
