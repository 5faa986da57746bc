"""Who may ask the page's server anything: a browser on this machine that was given the address, nobody else.

A page of somebody else's may send requests to any port of this machine, and may make a name of its own stand
for this machine (DNS rebinding). So the name asked for must be the loopback's, what asks must be the page
itself, and the address holds a token that cannot be guessed.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

LOOPBACK = "127.0.0.1"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""What each answer says: it is kept nowhere, named to nobody, and shown in no other page."""


def token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(24)


class Guarded:
    """An application that answers nobody else; refusals say nothing about what there is."""

    def __init__(self, app: App, port: int, token: str) -> None:
        self._app, self._token = app, token
        self._hosts = {f"{name}:{port}" for name in (LOOPBACK, "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may be asked, with the headers that each answer has."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http" or not self._may(scope):
            await _refuse(scope, send)
        else:
            await self._app(scope, receive, _with_headers(send))

    def _may(self, scope: Scope) -> bool:
        asked = [(name.lower(), value.decode("latin-1")) for name, value in scope["headers"]]
        hosts = [value for name, value in asked if name == b"host"]
        origins = {value for name, value in asked if name == b"origin"}
        sites = {value for name, value in asked if name == b"sec-fetch-site"}
        given = str(scope["path"]).split("/")[1]
        return (
            scope["method"] in ("GET", "HEAD")
            and len(hosts) == 1
            and hosts[0] in self._hosts
            and origins <= {f"http://{hosts[0]}"}
            and sites <= {"same-origin", "none"}
            and secrets.compare_digest(given.encode(), self._token.encode())
        )


def _with_headers(send: Send) -> Send:
    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *_HEADERS]
        await send(message)

    return sent


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": 403, "headers": list(_HEADERS)})
    await send({"type": "http.response.body", "body": b"not here\n"})
