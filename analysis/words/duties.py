"""What the fourteen duties are, in plain words: what doing each does, decides, for whom, and hands on."""

from __future__ import annotations

from sim.vocabulary import DUTIES

DOES = {
    "planning": "starts projects, orders their tasks by urgency, answers the team's questions",
    "budget": "finds work that nobody approved and stops it; sees overruns",
    "allocation": "picks the member who fits a task best",
    "timeline": "sees how late a project is, and calls for overtime or people",
    "project_risk": "finds the risks of a project, prepares for them, contains what strikes",
    "reporting": "tells the client the truth, and learns what the client wants by now",
    "tracking": "finds defects while they are cheap",
    "service_oversight": "has tickets answered in the order of the time they have left",
    "resources": "ranks projects by what their delay costs, and lends members to where they lack",
    "process": "makes a team more mature",
    "stakeholders": "gets decisions that a project may not take itself",
    "operational_risk": "finds, prepares for and contains what threatens whole teams",
    "satisfaction": "wins back clients who are not content",
    "coordination": "clears hand-overs between teams, and what is in a team's way",
}

DECIDES = {
    "planning": "when a project begins, and in which order its tasks are done",
    "budget": "which work stops because nobody approved it; whether the rest of a project is worth its cost",
    "allocation": "who does which task",
    "timeline": "when a late project works overtime, or needs more people",
    "project_risk": "which risks of a project are prepared for",
    "reporting": "what the client is told and shown, and what of it comes back as changed work",
    "tracking": "which defects are mended before delivery",
    "service_oversight": "which ticket is answered next",
    "resources": "which members are lent to which team",
    "process": "what a team changes in its way of working",
    "stakeholders": "questions that exceed a project; overruns, as far as managers may approve them",
    "operational_risk": "which threats to teams are prepared for",
    "satisfaction": "what is done for a client who is not content",
    "coordination": "how work passes from one team to another",
}

TEAMS, CLIENTS = "the teams", "the clients"

SERVES = dict.fromkeys(DUTIES, TEAMS) | dict.fromkeys(
    ("budget", "timeline", "reporting", "service_oversight", "stakeholders", "satisfaction"), CLIENTS
)
"""Who gets what comes of each duty: in the model, whose work or whose content it changes first."""

SPONSOR = "the sponsor"
"""Senior management, above all managers: no duty, but some decisions are theirs."""

HANDS_ON: dict[str, tuple[tuple[str, str], ...]] = {
    "budget": (("an overrun that has to be approved", "stakeholders"),),
    "timeline": (("a late project that needs people or a better rank", "resources"),),
    "tracking": (
        ("a project that is behind its dates", "timeline"),
        ("a project that spends more than it earns", "budget"),
        ("wants that the client has not seen met", "reporting"),
        ("a client who is losing patience", "satisfaction"),
    ),
    "stakeholders": (("what is more than managers may decide", SPONSOR),),
}
"""By duty, what whoever holds it cannot settle, and which duty does."""
