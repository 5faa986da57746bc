"""A signal ends a command with its own exit code, however often it comes, whatever a library makes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.commands.stopping import GO_ON

ROOT = Path(__file__).parents[2]

MINDED = """
import os, signal, sys, time
from analysis.commands import stopping
stopping.mind()
def send(name):
    os.kill(os.getpid(), getattr(signal, name))
"""


UNMINDED = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
"""
"""As a shell starts what is in the foreground; in the background, some ignore interrupts."""


def ended(program: str, before: str = "") -> tuple[int, str, str]:
    """Exit code and output of a program in which signals are minded; `before` runs ahead of that."""
    done = subprocess.run(
        [sys.executable, "-c", UNMINDED + before + MINDED + program],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


ASKED = """
try:
    {sent}
    time.sleep(3600)
except KeyboardInterrupt:
    pass
stopping.leave(stopping.asked())
"""


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_each_signal_is_an_interrupt_with_the_exit_code_that_shells_have_for_it(name: str, code: int) -> None:
    assert ended(ASKED.format(sent=f"send('{name}')")) == (code, "", "")


def test_the_first_signal_counts_and_those_that_follow_raise_nothing() -> None:
    after = """
try:
    send("SIGTERM")
except KeyboardInterrupt:
    for _ in range(4):
        send("SIGINT")
print(stopping.asked())
"""
    assert ended(after) == (0, "143\n", "")


def test_a_signal_that_was_ignored_before_stays_ignored() -> None:
    before = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    assert ended("send('SIGHUP'); print(stopping.asked())", before) == (0, "None\n", "")


def test_once_the_command_is_over_a_signal_comes_too_late() -> None:
    assert ended("stopping.disregard(); send('SIGINT'); send('SIGTERM'); print('whole')") == (
        0,
        "whole\n",
        "",
    )


def test_a_library_that_swallows_the_stop_is_ended_all_the_same_and_it_is_said_how_to_go_on() -> None:
    swallowing = """
stopping.PATIENCE = 0.05
while True:
    try:
        send("SIGTERM")
        time.sleep(3600)
    except KeyboardInterrupt:
        pass
"""
    assert ended(swallowing) == (143, "", f"{GO_ON}\n")


def test_a_stop_that_is_lost_where_python_can_only_print_is_raised_again() -> None:
    lost = """
class Lost:
    def __del__(self):
        send("SIGINT")
try:
    Lost()
    time.sleep(3600)
except KeyboardInterrupt:
    print(stopping.asked())
"""
    assert ended(lost) == (0, "130\n", "")


def test_any_other_exception_that_python_can_only_print_is_printed() -> None:
    code, _, err = ended("class Odd:\n    def __del__(self):\n        raise ValueError('odd')\nOdd()")
    assert code == 0 and "ValueError: odd" in err


def test_what_was_printed_leaves_before_the_process_does() -> None:
    assert ended("print('the answer'); stopping.leave(7)") == (7, "the answer\n", "")


STARTED = """
import os, signal, sys
import analysis.commands.cli
from analysis.commands import start
def obey():
    {does}
analysis.commands.cli.obey = obey
start.main()
"""


def started(does: str, **how: object) -> subprocess.CompletedProcess[str]:
    """How a process ends whose command does this."""
    return subprocess.run(
        [sys.executable, "-c", STARTED.format(does=does)],
        cwd=ROOT, text=True, check=False, **({"capture_output": True} | how),
    )  # type: ignore[call-overload, no-any-return]  # fmt: skip


@pytest.mark.parametrize(
    ("does", "code", "err"),
    [
        ("print('fine')", 0, ""),
        ("sys.exit()", 0, ""),
        ("sys.exit(3)", 3, ""),
        ("sys.exit('no such thing')", 1, "no such thing\n"),
        ("raise KeyboardInterrupt", 130, f"{GO_ON}\n"),
        ("os.kill(os.getpid(), signal.SIGHUP)", 129, f"{GO_ON}\n"),
        ("os.kill(os.getpid(), signal.SIGINT)", 130, f"{GO_ON}\n"),
        ("raise BrokenPipeError", 141, ""),
        (
            "raise OSError(28, 'No space left on device')",
            2,
            "cannot go on printing: No space left on device\n",
        ),
    ],
)
def test_a_command_ends_with_the_code_of_what_ended_it_and_a_line_where_one_is_due(
    does: str, code: int, err: str
) -> None:
    done = started(does)
    assert (done.returncode, done.stderr) == (code, err)


def test_whatever_a_library_makes_of_a_stop_is_that_stop() -> None:
    done = started(
        "\n    ".join(
            [
                "try:",
                "    os.kill(os.getpid(), signal.SIGTERM)",
                "except BaseException:",
                "    raise RuntimeError('query failed')",
            ]
        )
    )
    assert (done.returncode, done.stderr) == (143, f"{GO_ON}\n")


def test_a_stop_that_typer_ends_in_silence_is_told_all_the_same() -> None:
    swallowed = [
        "try:",
        "    os.kill(os.getpid(), signal.SIGINT)",
        "except KeyboardInterrupt:",
        "    sys.exit(130)",
    ]
    done = started("\n    ".join(swallowed))
    assert (done.returncode, done.stderr) == (130, f"{GO_ON}\n")


def test_what_ends_a_command_that_nobody_asked_to_stop_is_not_hidden() -> None:
    done = started("raise RuntimeError('ours')")
    assert done.returncode == 1 and "RuntimeError: ours" in done.stderr


def test_a_reader_that_goes_away_before_the_end_is_no_news() -> None:
    read, write = os.pipe()
    os.close(read)
    done = started("print('an answer')", capture_output=False, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


def test_the_signals_are_those_that_this_system_has() -> None:
    from analysis.commands.stopping import signals

    assert {signal.SIGINT, signal.SIGTERM} <= set(signals())
