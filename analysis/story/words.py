"""The events of a run in words that an executive reads."""

from __future__ import annotations

from collections.abc import Callable

from analysis.words.numbers import money, number
from sim.recording.events import Event
from sim.recording.names import Names
from sim.recording.recorder import Recording
from sim.world import EFFORT, MONEY, NOBODY, NONE, PEOPLE, TEAM

DAILY_BUSINESS = frozenset(
    {
        *("started", "finished", "reopened", "assignment asked", "assigned"),
        *("hand-over asked", "handed over", "ticket", "ticket resolved"),
        *("risk known", "risk mitigated", "came home", "member away"),
    }
)
"""Kinds of events that are in the table of events and not in the log."""

SEEN = 0.05
"""Days that can be read: fewer are none."""

Saying = Callable[["Words", Event], str]


class Words:
    """Tells the events of one run."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.names = Names(recording)

    def line(self, event: Event) -> str:
        """An event as a line of the log: `Day 41: project 7 of client 2: …`."""
        return f"Day {event.day:.0f}: {self.subject(event)}{self.say(event)}"

    def subject(self, event: Event) -> str:
        """The project and client that an event is about, with a colon; nothing if it is about neither."""
        if event.project == NONE:
            return ""
        client = self.names.client(self.recording.world.projects[event.project].client)
        return f"{self.names.project(event.project)} of {client}: "

    def say(self, event: Event) -> str:
        """What happened, without day and project."""
        return SAYINGS[event.kind](self, event)

    def who(self, event: Event) -> str:
        """The manager that an event is about."""
        return self.names.manager(event.row, event.day)


def days(count: float) -> str:
    """`1 day`, `3 days`, `2.5 days`."""
    text = number(count, 0 if count >= 9.95 else 1).removesuffix(".0")
    return f"{text} day{'' if text == '1' else 's'}"


def hours(count: float) -> str:
    """`1 hour`, `12 hours`, `0.4 hours`."""
    text = number(count, 0 if count >= 9.95 else 1).removesuffix(".0")
    return f"{text} hour{'' if text == '1' else 's'}"


def after(count: float) -> str:
    """How long something was waited for; `at once` if it was not, for all that can be read."""
    return f"after {days(count)}" if count >= SEEN else "at once"


def _promised(word: str) -> Saying:
    return lambda w, e: f"{word}; promised for day {e.amount:.0f}"


def _forecast(word: str) -> Saying:
    def say(words: Words, e: Event) -> str:
        deadline = words.recording.world.projects[e.project].deadline
        digits = 0 if round(e.amount) != round(deadline) else 1
        expected, promised = number(e.amount, digits), number(deadline, digits)
        return f"{word}: finish expected on day {expected}, promised for day {promised}"

    return say


def _stop(what: str) -> Saying:
    def say(words: Words, e: Event) -> str:
        task = words.names.task(e.task)
        if e.row == NOBODY:
            whose = "which is nobody's to answer"
        elif e.row == TEAM:
            whose = "for the team itself"
        else:
            whose = f"for {words.who(e)}"
        return f"{task} stops – {what} {whose}"

    return say


def _guessed(words: Words, e: Event) -> str:
    return f"no answer {after(e.amount)} for {words.names.task(e.task)}; the team guesses and goes on"


def _answered(words: Words, e: Event) -> str:
    return f"{words.names.task(e.task)} goes on – {words.who(e)} has answered {after(e.amount)}"


def _handed_alone(words: Words, e: Event) -> str:
    task = words.names.task(e.task)
    return f"no one brought the teams together over {task} in {days(e.amount)}; they sort it out themselves"


def _delivered(words: Words, e: Event) -> str:
    if abs(e.amount) < SEEN:
        return "delivered on the day"
    return f"delivered, {days(abs(e.amount))} {'late' if e.amount > 0.0 else 'early'}"


def _paid(e: Event) -> str:
    return f"{money(e.amount)} of it were paid" if e.amount > 0.0 else "nothing of it was paid"


def _risk(words: Words, row: int, *, known: bool) -> str:
    """A risk by the name that the scenario's own register gives it, if any; and whose it is, if a team's."""
    risk, name = words.recording.world.risks[row], words.names.risk(row)
    what = "risk" if risk.project != NONE else "operational risk"
    article = "the" if known or name else "a" if risk.project != NONE else "an"
    whose = "" if risk.project != NONE else f" of {words.names.team(risk.team)}"
    return " ".join(filter(None, [article, what, name])) + whose


def _struck(words: Words, e: Event) -> str:
    risk = words.recording.world.risks[e.row]
    where = _risk(words, e.row, known=False)
    if risk.effect == MONEY:
        cost = f"costs {money(e.amount)}"
    elif risk.effect == PEOPLE:
        people = max(1, round(e.amount))
        cost = "one of its people leaves" if people == 1 else f"{people} of its people leave"
    elif risk.effect == EFFORT:
        cost = f"{hours(e.amount)} of extra work, and growing"
    else:
        cost = f"specialists are out, for {days(e.amount)} at most"
    return f"{where} strikes: {cost}"


def _contained(words: Words, e: Event) -> str:
    return f"{_risk(words, e.row, known=True)} that struck is contained {after(e.amount)}"


def _of_ticket(what: str) -> Saying:
    def say(words: Words, e: Event) -> str:
        ticket = words.recording.world.tickets[e.row]
        severe = "severe " if ticket.severe else ""
        kind = "ticket" if ticket.gap > 0.0 else "defect in what was delivered"
        client, team = words.names.client(ticket.client), words.names.team(ticket.team)
        return f"a {severe}{kind} of {client} for {team} {what}"

    return say


def _of_service(what: str) -> Saying:
    def say(words: Words, e: Event) -> str:
        service = words.recording.world.services[e.row]
        return f"{words.names.client(service.client)} {what} the service of {words.names.team(service.team)}"

    return say


def _task(what: str) -> Saying:
    return lambda w, e: f"{w.names.task(e.task)} {what}"


SAYINGS: dict[str, Saying] = {
    "arrived": _promised("arrives and waits for its plan"),
    "under way": _promised("is under way"),
    "went elsewhere": lambda w, e: f"goes to someone else, and with it {money(e.amount)}",
    "planned": lambda w, e: f"has its plan {after(e.amount)}; work begins",
    "began without a plan": lambda w, e: f"no plan {after(e.amount)}; the team begins without one",
    "known late": _forecast("is known to be late"),
    "in time again": _forecast("is back in time"),
    "wants changed": lambda w, e: (
        f"the client comes to want {number(100 * e.amount, 1)}% of it otherwise; nobody has noticed yet"
    ),
    "change noticed": lambda w, e: f"what the client came to want comes out: {hours(e.amount)} of new work",
    "rework found": lambda w, e: f"{hours(e.amount)} of work have to be done again",
    "overrun": lambda w, e: f"will take {hours(e.amount)} more than approved; stakeholders must decide",
    "overrun approved": lambda w, e: f"stakeholders approve {hours(e.amount)} more",
    "approval given back": lambda w, e: f"{hours(e.amount)} of what was approved are not needed after all",
    "scope cut": lambda w, e: f"{hours(e.amount)} of its scope are given up",
    "scope taken in again": lambda w, e: f"{hours(e.amount)} of scope that was given up are taken in again",
    "complained of": lambda _, __: "its client complains of it",
    "milestone accepted": lambda w, e: f"its client accepts milestone {e.amount:.0f}",
    "check begun": lambda w, e: "all its work is done; waits for the check before delivery",
    "checked": lambda w, e: f"has been checked {after(e.amount)}",
    "went out unchecked": lambda w, e: f"no check {after(e.amount)}; it goes out without one",
    "delivered": _delivered,
    "cancelled": lambda w, e: f"is cancelled: the rest costs more than it brings; {_paid(e)}",
    "given up": lambda w, e: f"is given up by its client; {_paid(e)}",
    "question": _stop("a question about the plan"),
    "impediment": _stop("an impediment"),
    "escalation": _stop("an escalation"),
    "answered": _answered,
    "guessed": _guessed,
    "hand-over asked": _stop("a hand-over between teams"),
    "handed over": _task("has been handed over"),
    "handed over alone": _handed_alone,
    "assignment asked": _task("waits for someone to be assigned"),
    "assigned": _task("has someone assigned"),
    "started": lambda w, e: f"{w.names.member(e.row)} begins {w.names.task(e.task)}",
    "finished": lambda w, e: f"{w.names.task(e.task)} is done",
    "reopened": _task("is open again"),
    "unclear": lambda w, e: f"{w.names.duty(e.row)}: two could act, and each thinks it the other's",
    "risk known": lambda w, e: f"{_risk(w, e.row, known=False)} is seen",
    "risk mitigated": lambda w, e: f"{_risk(w, e.row, known=False)} is mitigated",
    "risk struck": _struck,
    "risk contained": _contained,
    "member left": lambda w, e: f"{w.names.member(e.row)} leaves",
    "newcomer": lambda w, e: f"a newcomer takes the seat of {w.names.member(e.row)}",
    "lent": lambda w, e: f"{w.names.member(e.row)} is lent to {w.names.team(int(e.amount))}",
    "came home": lambda w, e: f"{w.names.member(e.row)} is back in the team",
    "member away": lambda w, e: f"{w.names.member(e.row)} is away for {days(e.amount)}",
    "manager left": lambda w, e: f"{w.who(e)} leaves; the seat stays empty for a while",
    "manager away": lambda w, e: f"{w.who(e)} is away for {days(e.amount)}",
    "complained": lambda w, e: f"{w.names.client(e.row)} is unhappy and complains",
    "client left": lambda w, e: f"{w.names.client(e.row)} leaves for good",
    "contract renewed": _of_service("renews"),
    "contract lost": _of_service("gives up"),
    "ticket": _of_ticket("comes in"),
    "ticket breached": _of_ticket("is not resolved in time"),
    "ticket resolved": _of_ticket("is resolved"),
    "announced": lambda w, e: "a change of structure is announced, and unsettles people",
    "reorganised": lambda w, e: "the structure changes: new roles, new owners, open matters are handed over",
    "went over": lambda w, e: "more teams go over to the new structure: new owners, open matters handed over",
    "settled again": lambda w, e: "the change is old news: it unsettles nobody any more",
}
"""How each kind of event is told."""
