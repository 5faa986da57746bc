"""Words by which trackers and spreadsheets call what the record holds: headers of columns, and values.

All in lower case; English first, then German, French, Spanish, Italian, Portuguese, Dutch where they differ.
"""

from __future__ import annotations

HEADERS: dict[str, str] = {
    "id": "issue key | key | work item key | work item id | task id | id | wbs | vorgangsschlüssel"
    " | card id | # | schlüssel | clé de ticket | clé | clave de incidencia | clave | chiave | chave"
    " | sleutel | nr"
    " | no | number | nr. | task number | task no | activity id | item id | ticket id | bug id | wbs id"
    " | id wbs | wbs number | issue id",
    "number": "issue id | vorgangs-id | id de ticket | id. de incidencia",
    "title": "summary | title | task name | task | name | subject | work item | work package | activity"
    " | card name | arbeitspaket | vorgang | aktivität | activité | actividad | attività"
    " | zusammenfassung | titel"
    " | aufgabe | vorgangsname | bezeichnung | résumé | titre | tâche | resumen | título | tarea"
    " | riepilogo"
    " | titolo | resumo | samenvatting | taak | tarefa | atividade | activity name"
    " | entregável | deliverable"
    " | task title | actividades | feature | user story",
    "type": "issue type | work item type | workitem type | work type | type | kind | tracker"
    " | vorgangstyp | typ"
    " | art"
    " | type de ticket | tipo de incidencia | tipo | tipo di ticket | issuetype",
    "status": "status | state | progress | list name | estado | stato | statut | état | zustand | stand",
    "status_group": "status category | statuskategorie | catégorie de statut | categoría de estado"
    " | status group",
    "project": "project name | project key | project | projektname | projektschlüssel | projekt"
    " | nom du projet | clé de projet | projet | nombre del proyecto | proyecto | progetto | projeto"
    " | projects | board name | folder name/path | area path | repository",
    "parent": "parent key | parent | parent issue | parent issue key | übergeordneter vorgang"
    " | übergeordnet"
    " | parent summary | parent name | tâche parente | parent task | übergeordnete aufgabe",
    "parent_number": "parent id | parent issue id | übergeordnete id",
    "epic": "epic link | epic | epic name link | epos | epik-verknüpfung | epos-link | milestone"
    " | target version",
    "client": "client | customer | account | kunde | auftraggeber | cliente | klant",
    "priority": "priority | severity | urgency | priorität | priorité | prioridad | priorità | prioridade"
    " | prioriteit",
    "resolution": "resolution | lösung | erledigung | résolution | resolución | reason",
    "person": "assignee | assigned to | owner | resource | resource names | responsible | bearbeiter"
    " | zugewiesene person | zuständig | verantwortlich | responsable | persona asignada | assegnatario"
    " | assignees | members | personne assignée | ressourcennamen | noms ressources"
    " | responsável | resources"
    " | task owner",
    "team": "team | team name | component/s | components | component | komponente/n | komponenten"
    " | komponente"
    " | composants | composant | componentes | componente | squad | group | gruppe | department | abteilung"
    " | équipe | equipo | equipe | squadra | subsystem | workstream | category | kategorie | categoria"
    " | role",
    "created": "created | created date | created at | date created text | creation date | date created"
    " | created on | opened | opened at | open date | reported | fecha de creación | date de création"
    " | data de criação"
    " | erstellt | erstelldatum | angelegt | création | créé | creada | creado | creato | criado",
    "started": "started | started at | start date text | start | start date | actual start"
    " | actual start date | activated date"
    " | begonnen | beginn | begin date | startdatum | anfang | début | inicio | início | inizio"
    " | fecha de inicio | fecha inicio | date de début | data de início",
    "done": "resolved | resolution date | done | completed | completed date | closed | closed date"
    " | closed at | completed at | completion date | finished | finished date | finished at | actual end"
    " | resolved date | resolved at | actual end date | actual finish | end | finish | end date | finish date"
    " | erledigt | gelöst | geschlossen | abgeschlossen | ende | fim | término | résolu"
    " | résolue | terminé | resuelta | fin | cerrado"
    " | risolto | resolvido | enddatum | fecha de fin | fecha fin | fecha de finalización | date de fin"
    " | data de término | data fim",
    "due": "due date text | due date | due | deadline | target date | fälligkeitsdatum"
    " | fällig | fällig am | termin"
    " | date d'échéance | échéance | fecha de vencimiento | vencimiento | scadenza",
    "estimate": "original estimate | time estimated text | estimate | estimated time | estimated hours"
    " | estimate hours | time estimate | planned hours | work"
    " | effort | est. | est | duration | durée | duración | duração | ursprüngliche schätzung | schätzung"
    " | aufwand | plan-stunden"
    " | dauer | estimation originale | estimation | charge | estimación original | estimación | esfuerzo"
    " | stima | hours | person days | person-days | man days | man-days | mandays | days | personentage"
    " | aufwand pt | tage | jours | jours-homme | esforço | horas",
    "remaining": "remaining estimate | remaining | remaining work | remaining hours | effort remaining"
    " | verbleibende schätzung"
    " | restaufwand | estimation restante | trabajo restante",
    "spent": "time spent text | time spent | spent time | spent | completed work | actual work"
    " | actual hours | actual effort | effort completed | logged | time logged"
    " | hours spent | aufgewendete zeit | benötigte zeit | protokollierte zeit | ist-stunden | gebucht"
    " | temps passé | tiempo trabajado | tempo impiegato",
    "points": "story points | story point estimate | points | effort points | storypoints"
    " | sp | estimate (pts) | estimate (points) | estimate (story points)"
    " | estimate (sp) | effort (points)",
    "after": "predecessors | predecessor | depends on | dependencies | dependency | blocked by"
    " | blocked by (dependencies) | after"
    " | inward issue link (blocks)"
    " | vorgänger | abhängig von | prédécesseurs | predecesoras | eingehende vorgangsverknüpfung (blocks)"
    " | lien de ticket entrant (blocks) | predecessoras | dependências | abhängigkeiten | dépendances"
    " | dependencias",
    "before": "successors | successor | blocks | blocking (dependencies) | dependents (after)"
    " | outward issue link (blocks)"
    " | nachfolger"
    " | ausgehende vorgangsverknüpfung (blocks) | lien de ticket sortant (blocks)",
    "outline": "outline number | wbs | wbs number | wbs code | wbs id | id wbs | psp-code | psp"
    " | gliederungsnummer | n° hiérarchique"
    " | edt",
    "level": "outline level | gliederungsebene | niveau hiérarchique | nivel de esquema | nível"
    " | nível da estrutura de tópicos",
    "percent": "% complete | % done | percent complete | % work complete | % abgeschlossen | % achevé"
    " | % completado | % concluída | % concluído | % completed | completion % | complete % | progress %"
    " | completion pct | percentage complete | % of task complete",
    "crew": "people | persons | headcount | personen",
    "log": "log work | worklog | arbeit protokollieren | journal du travail",
}
"""What a column of each field is headed, the likeliest name first."""

PLANNED_ENDS = frozenset(
    {
        *("end", "finish", "end date", "finish date", "ende", "enddatum", "fin", "fecha de fin", "fecha fin"),
        *("fecha de finalización", "date de fin", "fim", "término", "data fim", "data de término"),
    }
)
"""Headers that say when something was done only where a status says that it was; else it is planned."""

JIRA_KEYS = frozenset(
    {"issue key", "work item key", "vorgangsschlüssel", "clé de ticket", "clave de incidencia"}
)
"""What only Jira calls the id of an item."""

JIRA = frozenset(
    {
        *("issue key", "work item key", "issue id", "vorgangsschlüssel", "vorgangs-id", "clé de ticket"),
        *("clave de incidencia", "project lead", "log work", "epic link", "status category", "project key"),
        *("inward issue link (blocks)", "outward issue link (blocks)", "votes", "watchers", "sprint"),
        *("security level", "fix version/s", "fix versions", "affects version/s", "projektschlüssel"),
    }
)
"""Headers that only exports of Jira have, or next to."""


def _words(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split("|"))


CONTAINERS = _words(
    "epic | initiative | theme | capability | portfolio epic | epos | épopée | épica | saga | iniziativa"
    " | feature (azure) | summary | phase"
)
BUGS = _words("bug | defect | fault | fehler | fehlerbericht | defekt | anomalie | bogue | error | difetto")
REQUESTS = _words(
    "incident | service request | support | support request | ticket | problem | it help | question"
    " | service request with approvals | [system] incident | [system] service request | störung | anfrage"
    " | [system] problem | serviceanfrage | demande | demande de service | solicitud | incidencia"
)
DONE = _words(
    "done | closed | resolved | complete | completed | finished | delivered | released | fertig | erledigt"
    " | geschlossen | abgeschlossen | gelöst | terminé | terminée | fermé | fermée | résolu | résolue"
    " | listo"
    " | finalizada | cerrado | cerrada | hecho | completato | chiuso | concluído | gereed | gesloten"
)
REJECTED = _words(
    "won't do | won't fix | wont fix | wontfix | won’t do | won’t fix | duplicate | cannot reproduce"
    " | invalid | rejected | cancelled | canceled | declined | not a bug | abandoned | removed | obsolete"
    " | withdrawn | known error | abgelehnt | duplikat | verworfen"
    " | wird nicht erledigt | abgebrochen | kann nicht reproduziert werden"
    " | annulé | abandonné | doublon | rejeté | rechazado | cancelado | duplicado"
)
SEVERE = _words(
    "highest | blocker | critical | urgent | severe | emergency | p1 | p0 | 1 | sev1 | sev 1 | s1"
    " | 1 - critical | höchste | höchster | kritisch | dringend | blockierend"
    " | la plus élevée | critique | bloquant | crítico | crítica | más alta | massima"
)
