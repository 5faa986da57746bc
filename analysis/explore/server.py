"""The server of the page: on this machine's loopback alone, for as long as the command runs."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.explore import facts, live, position_answer
from analysis.explore.days import days_of_run
from analysis.explore.exploration import Exploration
from analysis.explore.guard import LOOPBACK, Guarded, token
from analysis.explore.page import page
from analysis.explore.sliders import scenario_at
from analysis.explore.stories import Stories
from sim.scenario.reading.problems import ScenarioError

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response, StreamingResponse

    from sim.scenario import Scenario

_FUTURES = 1_000_000
"""Futures have numbers below this."""

_AT_MOST = 5.0
"""Seconds that futures wait for the page to be shown; nobody may open it."""

_LOOK = 0.1
"""Seconds between two looks at what has become known."""


@dataclass
class Served:
    """What the server answers from."""

    now: Exploration
    scenario: Path
    threads: live.Threads
    token: str = field(default_factory=token)
    stories: Stories = field(default_factory=Stories)
    shown: threading.Event = field(default_factory=threading.Event)


def listening() -> socket.socket:
    """A free port of the loopback, taken."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.bind((LOOPBACK, 0))
    return taken


def application(served: Served) -> Starlette:
    """The addresses that there are, below the token."""
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route

    def route(path: str, answer: Callable[[Served, Request], Response]) -> Route:
        async def answered(request: Request) -> Response:
            return await asyncio.to_thread(answer, served, request)

        return Route(path, answered)

    async def story(request: Request) -> Response:
        return await _story(served, request)

    routes = [
        route("/", _page),
        route("/told", _told),
        route("/live", _live),
        route("/between", _between),
        route("/scenario", _scenario),
        route("/days", _days),
        Route("/story", story),
    ]
    return Starlette(routes=[Mount(f"/{served.token}", routes=routes)])


@contextmanager
def background(now: Exploration, shown: threading.Event | None = None) -> Iterator[None]:
    """The exploration under way in a thread that ends with the process.

    It waits until the page is `shown`, for a while: compiled code is loaded under Python's lock, and a page
    that has to share it takes three times as long to come.
    """

    def explore() -> None:
        if shown is not None:
            shown.wait(_AT_MOST)
        now.run_and_tell()

    threading.Thread(target=explore, name="rolecall-explore", daemon=True).start()
    yield


def server_of(served: Served, port: int, opened: Callable[[str], None]) -> uvicorn.Server:
    """What answers at a port once it is run; `opened` is told the address as soon as it does."""
    import uvicorn

    class Server(uvicorn.Server):
        """A server that leaves signals to whoever runs it."""

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            opened(f"http://{LOOPBACK}:{port}/{served.token}/")

    config = uvicorn.Config(
        Guarded(application(served), port, served.token),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        http="h11",
        loop="asyncio",
        timeout_graceful_shutdown=1,
    )
    return Server(config)


def run_server(served: Served, opened: Callable[[str], None]) -> None:
    """Answer at a free port until the process is stopped."""
    taken = listening()
    server_of(served, taken.getsockname()[1], opened).run(sockets=[taken])


# --- what is answered --------------------------------------------------------------------------------------


def _page(served: Served, request: Request) -> Response:
    from starlette.responses import HTMLResponse

    made = page(served.now, commands=facts.commands(served.scenario), live=True)
    served.shown.set()
    return HTMLResponse(made.html, headers={"content-security-policy": made.policy})


def _scenario(served: Served, request: Request) -> Response:
    """The scenario at a state, with the reader's own structure if there is one, as a file has it."""
    from starlette.responses import PlainTextResponse

    try:
        scenario = _asked_for(served, request.query_params)
        if "own" in request.query_params:
            own = json.loads(request.query_params["own"])
            scenario = live.with_own(scenario, own, scenario.structure_names)
        return PlainTextResponse(facts.scenario_text(scenario))
    except (ValueError, ScenarioError) as error:
        return PlainTextResponse(str(error), status_code=422)


def _days(served: Served, request: Request) -> Response:
    """The days of one run at a state."""
    from starlette.responses import JSONResponse, PlainTextResponse

    try:
        run = _run_of(served, request.query_params)
        with served.now.aside():
            return JSONResponse(days_of_run(*run))
    except (ValueError, ScenarioError) as error:
        return PlainTextResponse(str(error), status_code=422)


async def _story(served: Served, request: Request) -> Response:
    """The story of one run at a state. It is waited for in no thread that the server would wait for, too."""
    from starlette.responses import JSONResponse, PlainTextResponse

    try:
        told = served.stories.of(*_run_of(served, request.query_params))
        return JSONResponse(await asyncio.shield(asyncio.wrap_future(told)))
    except (ValueError, ScenarioError) as error:
        return PlainTextResponse(str(error), status_code=422)


def _run_of(served: Served, asked: Mapping[str, str]) -> tuple[Scenario, str, int]:
    """The run that is asked for: its scenario, structure and number. Raises ValueError for none."""
    structure, number = asked.get("structure", ""), asked.get("number", "0")
    if structure not in served.now.compared.structures:
        raise ValueError(f"there is no structure {structure!r}")
    if int(number) not in range(_FUTURES):
        raise ValueError(f"there is no future {number}")
    return _asked_for(served, asked), structure, int(number)


def _told(served: Served, request: Request) -> StreamingResponse:
    """All that becomes known of the sliders and the surface, as it does."""
    return _stream(_news(served.now))


async def _news(now: Exploration) -> AsyncIterator[tuple[str, Any]]:
    seen: dict[str, int] = {}
    told: dict[str, Callable[[], Any]] = {
        "sliders": lambda: facts.sliders(now.sliders),
        "surface": lambda: facts.surface_told(now),
        "status": lambda: facts.status(now),
    }
    while True:
        for part, tell in told.items():
            if now.parts[part] != seen.get(part, 0 if part != "status" else -1):
                seen[part] = now.parts[part]
                yield part, await asyncio.to_thread(tell)
        await asyncio.sleep(_LOOK)


def _live(served: Served, request: Request) -> StreamingResponse:
    """Futures at a state, each as soon as it is over; the browser ends them by turning away."""
    return _stream(_futures(served, dict(request.query_params.multi_items())))


async def _futures(served: Served, asked: Mapping[str, str]) -> AsyncIterator[tuple[str, Any]]:
    stop, now = threading.Event(), served.now
    try:
        scenario = _asked_for(served, asked)
        structures = [
            name for name in json.loads(asked.get("structures", "[]")) if name in now.compared.others
        ]
        if "own" in asked:
            scenario = live.with_own(scenario, json.loads(asked["own"]), [scenario.current])
            structures = [name for name in scenario.structure_names if name != scenario.current]
    except (ValueError, TypeError, ScenarioError) as error:
        yield "refused", " ".join(str(error).split())
        return
    names = (scenario.current, *structures[: live.STRUCTURES_AT_ONCE - 1])
    yield "begun", {"structures": names}
    futures = live.futures_at(scenario, names, now.compared.columns, served.threads, stop, now.simulate)
    with now.aside():
        try:
            while (future := await asyncio.to_thread(next, futures, None)) is not None:
                yield "future", future
        finally:
            stop.set()
    yield "over", None


def _between(served: Served, request: Request) -> StreamingResponse:
    """The roles told apart from the rest at a state, after each look."""
    return _stream(_told_apart(served, dict(request.query_params.multi_items())))


async def _told_apart(served: Served, asked: Mapping[str, str]) -> AsyncIterator[tuple[str, Any]]:
    stop, now, most = threading.Event(), served.now, position_answer.TOLD_AFTER[-1]
    try:
        scenario = _asked_for(served, asked)
        of_all, found = position_answer.all_designs(scenario)
    except (ValueError, ScenarioError) as error:
        yield "refused", " ".join(str(error).split())
        return
    runs: dict[int, list[Any]] = {}
    lived = live.runs_at(of_all, served.threads, stop, now.simulate, most)
    with now.aside():
        try:
            while (rows := await asyncio.to_thread(next, lived, None)) is not None:
                runs[rows[0][1]] = rows
                yield "lived", {"futures": len(runs), "of": most, "designs": len(found)}
                if len(runs) in position_answer.TOLD_AFTER:
                    whole = [row for number in sorted(runs) for row in runs[number]]
                    yield "told", await asyncio.to_thread(position_answer.told, scenario, found, whole)
        finally:
            stop.set()
    yield "over", None


def _asked_for(served: Served, asked: Mapping[str, str]) -> Scenario:
    """The scenario at the state that is asked for. Raises ValueError for what is no stop."""
    return scenario_at(served.now.compared.scenario, served.now.sliders, _state(asked))


def _state(asked: Mapping[str, str]) -> dict[str, int]:
    return {name.removeprefix("at."): int(stop) for name, stop in asked.items() if name.startswith("at.")}


def _stream(events: AsyncIterator[tuple[str, Any]]) -> StreamingResponse:
    from starlette.responses import StreamingResponse

    async def lines() -> AsyncIterator[str]:
        async for kind, content in events:
            yield f"event: {kind}\ndata: {json.dumps(content, allow_nan=False)}\n\n"

    return StreamingResponse(lines(), media_type="text/event-stream")
