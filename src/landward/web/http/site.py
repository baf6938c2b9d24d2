"""The app as one ASGI value: guard outside, pages and the JSON door inside."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from threading import Thread

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from landward.app.diary.warm_up import get_ready
from landward.app.keep.vault import Cost
from landward.model.base import LandwardError
from landward.model.said import phrase
from landward.web.http import json_door, templates
from landward.web.http.diary_sessions import AppState
from landward.web.http.routing import Pages
from landward.web.http.security import SecurityMiddleware, fault_page, hush, words_page
from landward.web.http.sessions import SESSION_LIVES_S, SessionStore
from landward.web.http.settling import settle
from landward.web.http.static_files import serve_static
from landward.web.pages import (
    after_visit,
    day,
    doses,
    feelings,
    feelings_seen,
    giving,
    importing,
    journey,
    lab,
    lag,
    library,
    my_request,
    numb_papers,
    numbing,
    origins,
    phones_at_relay,
    questions,
    readings,
    recovery,
    report,
    safety_facts,
    serious,
    settings,
    since,
    stories,
    today,
    together,
    waiting,
    week,
)
from landward.web.pages import help_now as help_pages
from landward.web.pages.entering import DiaryChoice, Entering
from landward.web.pages.plan import crossover as plan_crossover
from landward.web.pages.plan import draft as plan_draft
from landward.web.pages.plan import front as plan_front
from landward.web.pages.plan import given as plan_given
from landward.web.pages.plan import kept as plan_kept
from landward.web.pages.plan import road as plan_road
from landward.web.pages.plan import written as plan_written

IDLE_CHECK_S = 10.0
FIRST_PAGES_S = 1.0
"""How long the first pages have the machine to themselves before anything is loaded ahead."""


def create_app(
    app_state: AppState,
    doors: SessionStore,
    ways_in: tuple[DiaryChoice, ...],
    *,
    hosts: Iterable[str],
    schemes: Iterable[str] = ("http",),
    more_routes: Iterable[BaseRoute] = (),
    cost: Cost | None = None,
    load_ahead: bool = False,
) -> SecurityMiddleware:
    """The whole app behind its guard.

    `hosts` are the only Host headers answered (`localhost:8123`). `more_routes` come first; they
    must do their own admission. `cost` is what a new vault's passphrase costs to guess; tests
    lower it. With `load_ahead` what the pages need is loaded soon after the start, by a thread of
    its own.
    """
    pages = Pages(app_state, doors)
    entering = Entering(pages, ways_in, cost)
    routes: list[BaseRoute] = [
        *more_routes,
        Route(
            "/open",
            _open(doors, ways_in[0].name if len(ways_in) == 1 else None),
            include_in_schema=False,
        ),
        Route("/static/{name}", serve_static, include_in_schema=False),
        *pages.routes(
            entering.all(),
            today.PAGES,
            lag.PAGES,
            readings.PAGES,
            journey.PAGES,
            since.PAGES,
            day.PAGES,
            week.PAGES,
            library.PAGES,
            lab.PAGES,
            my_request.PAGES,
            doses.PAGES,
            plan_front.PAGES,
            plan_road.PAGES,
            plan_draft.PAGES,
            plan_given.PAGES,
            plan_crossover.PAGES,
            plan_written.PAGES,
            plan_kept.PAGES,
            report.PAGES,
            giving.PAGES,
            feelings.PAGES,
            feelings_seen.PAGES,
            numbing.PAGES,
            numb_papers.PAGES,
            serious.PAGES,
            waiting.PAGES,
            together.PAGES,
            phones_at_relay.PAGES,
            questions.PAGES,
            safety_facts.PAGES,
            after_visit.PAGES,
            origins.PAGES,
            recovery.PAGES,
            stories.PAGES,
            settings.PAGES,
            importing.PAGES,
            help_pages.PAGES,
        ),
    ]
    app = FastAPI(
        title="Landward",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        routes=routes,
        lifespan=_lifespan(app_state, doors, load_ahead=load_ahead),
    )
    app.include_router(json_door.router(pages))
    app.add_exception_handler(Exception, _fault)
    app.add_exception_handler(404, _not_found)
    app.add_exception_handler(405, _not_this_way)
    app.add_exception_handler(json_door.Refused, json_door.refused)
    app.add_exception_handler(RequestValidationError, json_door.not_understood)
    return SecurityMiddleware(app, hosts, schemes)


def _open(doors: SessionStore, only: str | None):  # type: ignore[no-untyped-def]  # a Starlette endpoint
    async def endpoint(request: Request) -> Response:
        session = doors.admit(request.query_params.get("token", ""))
        if session is None:
            await asyncio.sleep(0.5)
            return RedirectResponse("/", 303)
        if only is not None:
            session.room = only
        answer = RedirectResponse("/", 303)
        answer.set_cookie(
            doors.cookie,
            session.id,
            max_age=int(SESSION_LIVES_S),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    return endpoint


def _lifespan(
    app_state: AppState, doors: SessionStore, *, load_ahead: bool
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        hush(asyncio.get_running_loop())
        tasks = [asyncio.create_task(lock_when_idle(app_state, doors))]
        if load_ahead:
            tasks.append(asyncio.create_task(_load_ahead(app_state)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            app_state.close()

    return lifespan


async def _load_ahead(app_state: AppState) -> None:
    await asyncio.sleep(FIRST_PAGES_S)

    def load() -> None:
        templates.get_ready()
        workers = [room for room in app_state.rooms.values() if room.worker is not None]
        for room in workers:
            room.get_ready()
        get_ready(compiled=not workers)
        settle()

    Thread(target=load, name="loading-ahead", daemon=True).start()


async def lock_when_idle(
    app_state: AppState, doors: SessionStore, every_s: float = IDLE_CHECK_S
) -> None:
    """Drop the key of any diary nobody used for as long as its person allows, and what is shown
    of its doses while locked when its day has turned.
    """
    while True:
        await asyncio.sleep(every_s)
        for room in tuple(app_state.rooms.values()):
            with suppress(LandwardError, OSError):
                await app_state.work(partial(room.turn_to, app_state.clock()))
            if await app_state.work(room.idle_too_long):
                doors.close_reading(room.name)
                with suppress(LandwardError, OSError):  # the next look must still come
                    await app_state.work(room.lock)
                app_state.tidy()
        await app_state.settle()


async def _not_found(_: Request, error: Exception) -> Response:
    return words_page(404, phrase("There is no such page"), phrase("Nothing was changed."))


async def _fault(_: Request, error: Exception) -> Response:
    return fault_page()


async def _not_this_way(_: Request, error: Exception) -> Response:
    """An address that only takes forms was opened, or the other way round."""
    return words_page(405, phrase("There is no page to show here"), phrase("Nothing was changed."))
