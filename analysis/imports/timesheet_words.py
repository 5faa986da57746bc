"""Words by which timesheets call what they hold, in lower case; a program's own before those of anybody."""

from __future__ import annotations

TIMESHEET_NEEDS = ({"day", "hours"}, {"day", "from", "to"})
"""Fields of which a timesheet has one set or the other."""

TIMESHEET_PROGRAMS = {
    "Tempo": {"issue key", "work date", "hours"},
    "Harvest": {"date", "hours", "first name", "last name"},
    "Clockify": {"user", "start date", "duration (decimal)"},
    "Toggl": {"user", "email", "start date", "duration"},
    "Redmine": {"date", "user", "activity", "issue", "hours"},
    "Kimai": {"date", "from", "to", "duration", "activity"},
}
"""Headers by which each program's export is known; the first that fits counts."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))


TIMESHEET_WORDS = {
    "day": _words(
        "work date | date | start date | day | spent on | spent at | worked on | booking date | entry date"
        " | datum | tag | arbeitstag | buchungsdatum | jour | fecha | día | data | giorno | dia | dag"
    ),
    "hours": _words(
        "hours | duration (decimal) | duration | time spent | spent time | spent | hours worked"
        " | worked hours | logged hours | booked hours | stunden | dauer | arbeitszeit"
        " | ist-stunden | heures | durée | horas | duración | ore | durata | duração | uren | minutes"
        " | minuten"
    ),
    "from": _words(
        "start time | from | start | begin | beginn | von | kommen | début | de | inicio | hora inicio"
        " | inizio | início | entrada | van"
    ),
    "to": _words(
        "end time | stop time | to | end | stop | ende | bis | gehen | fin | à | hora fin | fine | fim"
        " | saída | salida | tot"
    ),
    "break": _words("break | breaks | pause | pausen | pausa | pauze"),
    "person": _words(
        "full name | user | first name | last name | username | employee | employee name | user name | member"
        " | team member | worker | consultant | staff | staff member | colleague | person | who | resource"
        " | mitarbeiter | mitarbeiterin | mitarbeiter:in | mitarbeiter/in | benutzer | nutzer | bearbeiter"
        " | utilisateur | collaborateur | salarié | empleado | usuario | persona | dipendente | utente"
        " | funcionário | colaborador | usuário | medewerker | gebruiker | name | nom | nombre | nome | naam"
        " | employee id | user id | email | e-mail"
    ),
    "client": _words("client | account name | customer | account | kunde | cliente | klant"),
    "project": _words(
        "project name | project | project key | project code | job | projekt | projet | proyecto"
        " | progetto | projeto"
    ),
    "task": _words(
        "issue summary | task | task name | issue | ticket | work item | subject | aufgabe | vorgang | tâche"
        " | tarea | tarefa | taak"
    ),
    "activity": _words(
        "activity | activity type | work type | category | tätigkeit | leistungsart | leistung | activité"
        " | actividad | attività | atividade | activiteit"
    ),
    "note": _words(
        "work description | description | notes | note | comment | comments | details | beschreibung"
        " | kommentar | bemerkung | commentaire | descripción | descrizione | descrição | omschrijving"
    ),
    "key": _words("issue key | issue id | ticket id | work item id | task id"),
    "team": _words("group | team | department | squad | abteilung | équipe | equipo | afdeling"),
}
"""What a column of each field is headed, in any of the programs; the first that is there counts."""

ALSO_OF_TASKS = frozenset(
    _words("person | who | resource | bearbeiter | persona | name | nom | nombre | nome | naam")
)
"""Words for people that are as usual above titles of tasks or those who are to do them."""
