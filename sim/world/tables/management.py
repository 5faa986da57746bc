"""Who holds which duty, the managers, and the matters that wait for them."""

from __future__ import annotations

from sim.world.tables.fields import LINKS, C, F, H, I, rows, rows_in_lines

DUTY = rows(
    [
        ("role", I),  # row of the role that holds it, or TEAM or NOBODY
        ("by_team", I),  # 1: its holders look after teams, not projects
        ("by_project", I),  # 1: when it recurs, it is about a project
        ("about", I),  # what it is about: ABOUT_PROJECT, ABOUT_TEAM, ABOUT_SERVICE or ABOUT_CLIENT
        ("family", I),  # 0: textbook duty of a project manager, 1: of a delivery manager
        ("area", I),  # overlap area in which both titles claim it, or NONE
        ("proactive", I),  # 1: nobody shouts when it waits
        ("hours", F),  # h a matter takes someone without experience of it
        ("every", F),  # days between two recurring matters; 0: only on occasion
        ("weight", F),  # h a week that it costs for an ordinary project or team; for dealing work out evenly
    ]
)

ROLE = rows(
    [
        ("first_manager", I),  # row of its first holder
        ("count", I),  # how many people hold it
        ("cost", F),  # euro an hour of theirs
        ("last_share", F),  # 0-1: of a post that the last of them has
        ("by_team", I),  # 1: they look after teams, 0: after projects
    ]
)

MANAGER = rows(
    [
        ("role", I),  # row of the role
        ("share", F),  # 0-1: of a post: of the hours of attention and of pay
        ("left", F),  # h of attention left in this step
        ("pace", F),  # h of attention for matters in a whole day like this step
        ("moment", F),  # day: how far the manager has come in this step
        ("pause", I),  # WORKING, RESTING, CALLED or DECLINED
        ("owed_switching", F),  # h of picking up the thread, to be paid before anything else
        ("owed_handoffs", F),  # h of handing matters on or taking them over, likewise
        ("owed_meetings", F),  # h of meetings in which all who rank do so together, likewise
        ("owed_duplicates", F),  # h that a colleague spends on the same matter, likewise
        ("matter", I),  # the matter being dealt with, or NONE
        ("subject", I),  # what the last matter was about (see `matters.subject_of`)
        ("family", I),  # family of the last duty, or NONE
        ("load", F),  # h a week of the work dealt out to this person
        ("projects", I),  # running projects over whose rank this person decides
        ("borders", F),  # 0-1: how well this person knows what is whose, of what is settled in the end
        ("interfaces", I),  # colleagues with whom work must be synchronised
        ("away_until", F),  # day: end of an absence, or of a vacancy
        ("absent_from", F),  # day: the next absence begins
        ("vacant_until", F),  # day: until then nobody sits here
        ("absences", I),  # of this seat so far
        ("fatigue", F),  # 0-1
        ("gap", F),  # departures still to be expected before the next one
        ("available", F),  # h of attention so far
        ("on_matters", F),  # h spent handling matters
        ("on_switching", F),  # h lost to changes of subject and of family
        ("on_handoffs", F),  # h of handing matters on
        ("sitting", F),  # h a day in the meetings of sprints
        ("on_sync", F),  # h in meetings with interfaces, and in those of sprints
        ("duplicated", F),  # h spent on what a colleague did as well
        ("idle", F),  # h with an empty in-tray
        ("idle_before", F),  # h of that by the end of the last step
        ("absent", F),  # h away (not in `available`)
        ("vacant", F),  # h of attention missing while the seat was empty (likewise)
        ("paid", F),  # h paid so far, absences included
        ("pay", F),  # euro of that
        ("idle_pay", F),  # euro of the hours with an empty in-tray
        ("leavers", I),  # people who left this seat
    ]
)

EXPERIENCE = rows(
    [  # one row for each holder and duty: row holder * N_DUTIES + duty; holders are managers, then teams
        ("handled", F),  # matters of this duty handled in a working life
        ("practice", F),  # 0-1: share of a beginner's hours that such a matter takes
        ("hours", F),  # h spent on this duty in this run
    ]
)

RESPONSIBILITY = rows(
    [  # a duty about one subject
        ("owner", I),  # in whose hands it is: a manager, or TEAM or NOBODY
        ("shared_with", I),  # who else could think it theirs, or NONE
        ("matter", I),  # the row of the matter that is open, or NONE; a task's matter stands with the task
        ("row", I),  # of the project, team, service, client or portfolio that it is about
        ("about", H),  # ABOUT_PROJECT ...
        ("duty", H),
        ("known", H),  # 1 once a case of it has come up
    ]
)

MATTER = rows_in_lines(  # a row has a matter in it as long as that is open; then it is free for another
    [  # what its owner sees of it in the in-tray
        ("call", F),  # how much it would have called for attention on day 0 (see `matters.weigh`)
        ("growth", F),  # by how much it calls louder each day
        ("raised", F),  # day
        *LINKS,  # in its owner's in-tray
        ("subject", I),  # what it is about, as one number (see `matters.subject_of`)
        ("duty", I),
        ("pressing", I),  # 1: work stands still until it is handled
        ("owner", I),  # manager, or TEAM or NOBODY
        ("open", I),  # 1 while it needs someone
    ],
    [
        ("remaining", F),  # h
        ("hours", F),  # h it takes someone without experience and without haste
        ("handoff", F),  # h to take it over from a colleague
        ("answer", F),  # 0-1: the luck of the answer; below the chance of error, it is wrong
        ("care", F),  # 0-1: share of the due hours that its owner takes over it; less in haste
        ("row", I),  # of the project, task, team, service, client or portfolio that it is about
        ("project", I),  # the project behind it, or NONE
        ("responsibility", I),  # the row of what it is a case of
        ("called_before", I),  # the matter ahead of it on the list of what others may take up, or NONE
        ("called_after", I),  # the one behind it there, or NONE
        ("about", C),  # ABOUT_PROJECT ...
        ("started", C),  # 1 once its owner has begun
        ("riddle", C),  # 1: someone else could think it theirs as well
        ("calls", C),  # 1: it is on that list
    ],
)

COUNT = rows(
    [  # matters of one duty
        ("raised", I),
        ("handled", I),
        ("missed", I),  # came up again, or were given up, before anyone handled them
        ("dropped", I),  # lay in nobody's tray for a while, because each thought it the other's
        ("duplicated", I),  # were handled by two, because each thought it theirs
        ("begun", I),
        ("waited", F),  # days from raised to begun
    ]
)
