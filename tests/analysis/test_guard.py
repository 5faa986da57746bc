"""Who may ask the page's server: a browser here that was given the address, and no other page."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from analysis.explore.guard import Guarded, token

TOKEN, PORT = token(), 4711
OWN = {"host": f"127.0.0.1:{PORT}"}


async def _inner(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"secret"})


def asked(headers: dict[str, str], path: str = f"/{TOKEN}/", method: str = "GET") -> tuple[int, bytes]:
    """The status and the body of an answer."""
    said: list[Any] = []

    async def send(message: Any) -> None:
        said.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": raw}
    asyncio.run(Guarded(_inner, PORT, TOKEN)(scope, None, send))  # type: ignore[arg-type]
    assert (b"cache-control", b"no-store") in said[0]["headers"]
    return said[0]["status"], said[1]["body"]


def test_the_page_itself_is_answered() -> None:
    for headers in (OWN, OWN | {"origin": f"http://127.0.0.1:{PORT}", "sec-fetch-site": "same-origin"}):
        assert asked(headers) == (200, b"secret")


@pytest.mark.parametrize(
    "headers",
    [
        {"host": f"rebound.example:{PORT}"},
        {"host": "127.0.0.1"},
        {"host": f"127.0.0.1:{PORT + 1}"},
        {},
        OWN | {"origin": "http://evil.example"},
        OWN | {"origin": "null"},
        OWN | {"origin": f"http://localhost:{PORT}"},
        OWN | {"sec-fetch-site": "cross-site"},
        OWN | {"sec-fetch-site": "same-site"},
    ],
)
def test_another_name_or_another_page_is_refused(headers: dict[str, str]) -> None:
    assert asked(headers)[0] == 403


@pytest.mark.parametrize(
    "path",
    ["/", "//", "/guessed/", f"/{TOKEN[:-1]}/", f"/x/{TOKEN}/", f"/{TOKEN}ä/"],
    ids=["none", "empty", "guessed", "cut", "deeper", "longer"],  # the token is another in each worker
)
def test_who_does_not_know_the_token_is_refused(path: str) -> None:
    status, body = asked(OWN, path)
    assert status == 403 and TOKEN.encode() not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS", "DELETE"])
def test_nothing_can_be_sent(method: str) -> None:
    assert asked(OWN, method=method)[0] == 403


def test_tokens_differ_and_are_long() -> None:
    assert len({token() for _ in range(20)}) == 20 and len(TOKEN) >= 32
