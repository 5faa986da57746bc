"""By which words a matrix of responsibilities means which of the fourteen duties."""

from __future__ import annotations

import re
from functools import cache

EXAMPLES_OF_DUTIES = ("planning", "budget", "staffing", "escalations", "project risks")
"""Some of the words, as examples."""

DUTY_WORDS: dict[str, str] = {
    "planning": "plan | planning | re-planning | replanning | project plan | sprint planning | backlog"
    " | prioritise tasks | prioritize tasks | work breakdown | scope | requirements | roadmap"
    " | kick-off | planung | projektplan | anforderungen | umfang | plans | project plans"
    " | stage plans | work breakdown structure | wbs | product breakdown structure"
    " | project charter | project brief | planification | plan de projet | cahier des charges"
    " | exigences",
    "budget": "budget | forecast | cost | costs | cost control | financials | invoicing | billing"
    " | finance | change request | change requests | change control | kosten | rechnung"
    " | änderungsanträge | budgets | budgeting | coûts | facturation",
    "allocation": "assign tasks | assign work | task assignment | assignment of tasks | allocate tasks"
    " | allocation | task allocation | assign | work assignment | aufgaben zuweisen"
    " | aufgabenverteilung | répartition des tâches | affectation des tâches",
    "timeline": "schedule | schedule tracking | timeline | deadline | deadlines | milestone | milestones"
    " | milestone tracking | progress | progress tracking | track progress | schedule control"
    " | termin | termine | zeitplan | terminverfolgung | fortschritt | meilensteine"
    " | schedules | project schedules | gantt | gantt chart | calendrier | jalons | échéances"
    " | avancement",
    "project_risk": "project risk | project risks | risk | risks | risk log | risk register | risk management"
    " | issue log | raid log | raid | projektrisiken | risiken | risikomanagement | risques"
    " | gestion des risques",
    "reporting": "report | reports | reporting | status report | status reports | status reporting"
    " | status update | status meeting | client report | statusbericht | bericht | berichte"
    " | berichtswesen | rapport | rapports | compte rendu | comptes rendus",
    "tracking": "quality | quality review | quality reviews | quality assurance | quality control | qa"
    " | testing | test | tests | defect | defects | bug triage | review | reviews"
    " | code review | acceptance | qualität | qualitätssicherung | abnahme | prüfung | uat"
    " | user acceptance testing | recette | contrôle qualité",
    "service_oversight": "service level | service levels | sla | slas | service management | service desk"
    " | incident | incidents | incident management | support tickets | tickets | support"
    " | operations | betrieb | service delivery | störungen | uptime"
    " | availability management | niveaux de service | exploitation",
    "resources": "staffing | staffing across projects | resource | resources | resource management"
    " | capacity | resource planning | capacity planning | resource allocation | portfolio"
    " | portfolio prioritisation | prioritise projects | prioritize projects | hiring"
    " | ressourcen | personalplanung | kapazität | ressourcenplanung | gestion des ressources"
    " | affectation des ressources",
    "process": "process | processes | retrospective | retrospectives | improvement | process improvement"
    " | continuous improvement | lessons learned | coaching | training | way of working"
    " | methodology | prozess | prozesse | verbesserung | retrospektiven | lessons learnt"
    " | lesson learned | lesson learnt | formation | rétrospective | rétrospectives"
    " | amélioration",
    "stakeholders": "escalation | escalations | stakeholder | stakeholders | stakeholder management"
    " | steering | steering committee | decision | decisions | approvals | sign-off"
    " | governance | eskalation | eskalationen | entscheidungen | lenkungsausschuss"
    " | comité de pilotage | décisions | parties prenantes",
    "operational_risk": "operational risk | operational risks | key people | key person risk | supplier"
    " | suppliers | supplier management | vendor management | vendor | vendors"
    " | business continuity | security | compliance | continuity | betriebsrisiken"
    " | lieferanten | notfallplanung | disaster recovery | backup | backups | fournisseurs"
    " | sécurité | conformité",
    "satisfaction": "client care | customer care | satisfaction | client satisfaction | customer satisfaction"
    " | client relationship | customer relationship | account management | complaints"
    " | renewal | renewals | kundenzufriedenheit | kundenpflege | beschwerden"
    " | satisfaction client | satisfaction des clients | réclamations",
    "coordination": "hand-over | hand-overs | handover | handovers | hand-off | handoff | handoffs"
    " | coordination | dependencies | dependency management | cross-team | impediments"
    " | blockers | remove impediments | integration | between teams | abstimmung | übergabe"
    " | übergaben | koordination | abhängigkeiten | passation | dépendances",
}


def duty_of(activity: str) -> str | None:
    """The duty that an activity is, by the longest words of a duty in it; None if it is none of them."""
    text = " ".join(activity.casefold().split())
    found = [(len(words), duty) for words, duty, sought in _patterns() if sought.search(text)]
    longest = max((length for length, _ in found), default=0)
    return next((duty for length, duty in found if length == longest), None)


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (words, duty, re.compile(rf"(?<![\w-]){re.escape(words)}(?![\w-])"))
        for duty, several in DUTY_WORDS.items()
        for words in several.split(" | ")
    )
