"""Who holds which duty, the managers, and the matters that wait for them."""

from sim.world.tables.row import Row, f64, i8, i16, i32


class Duty(Row):
    """A management duty, as a structure has it."""

    role: i32  # row of the role that holds it, or TEAM or NOBODY
    by_team: i32  # 1: its holders look after teams, not projects
    by_project: i32  # 1: when it recurs, it is about a project
    about: i32  # what it is about: ABOUT_PROJECT, ABOUT_TEAM, ABOUT_SERVICE or ABOUT_CLIENT
    family: i32  # 0: textbook duty of a project manager, 1: of a delivery manager
    area: i32  # overlap area in which both titles claim it, or NONE
    proactive: i32  # 1: nobody shouts when it waits
    hours: f64  # h a matter takes someone without experience of it
    every: f64  # days between two recurring matters; 0: only on occasion
    weight: f64  # h a week that it costs for an ordinary project or team; for dealing work out evenly
    first_further: i32  # its rows in `further`
    n_further: i32


class FurtherRole(Row):
    """A further role of a duty: accountable too, consulted or informed, in this order within a duty."""

    role: i32  # row of the role
    part: i32  # ALSO_ACCOUNTABLE, CONSULTED or INFORMED


class Role(Row):
    """A role of a structure, and who holds it."""

    first_post: i32  # place of its first post (see `world.posts`)
    count: i32  # how many people hold it
    kept: i32  # of the structure after a reorganisation: row of the role of that name before, or NONE
    cost: f64  # euro an hour of theirs
    last_share: f64  # 0-1: of a post that the last of them has
    by_team: i32  # 1: they look after teams, 0: after projects


class Manager(Row):
    """Someone who holds management duties; or the seat, while it is empty."""

    role: i32  # row of the role
    share: f64  # 0-1: of a post: of the hours of attention and of pay
    left: f64  # h of attention left in this step
    pace: f64  # h of attention for matters in a whole day like this step
    moment: f64  # day: how far the manager has come in this step
    pause: i32  # WORKING, RESTING, CALLED or DECLINED
    owed_switching: f64  # h of picking up the thread, to be paid before anything else
    owed_handoffs: f64  # h of handing matters on or taking them over, likewise
    owed_meetings: f64  # h of meetings in which all who rank do so together, likewise
    owed_duplicates: f64  # h that a colleague spends on the same matter, likewise
    placed: i32  # 1: has a post in the structure that takes over
    matter: i32  # the matter being dealt with, or NONE
    subject: i32  # what the last matter was about (see `matters.subject_of`)
    family: i32  # family of the last duty, or NONE
    talent: f64  # share of the ordinary hours that duties of family 0 take this person, by talent
    other_talent: f64  # likewise, those of family 1
    load: f64  # h a week of the work dealt out to this person
    projects: i32  # running projects over whose rank this person decides
    borders: f64  # 0-1: how well this person knows what is whose, of what is settled in the end
    interfaces: i32  # colleagues with whom work must be synchronised
    away_until: f64  # day: end of an absence, or of a vacancy
    absent_from: f64  # day: the next absence begins
    vacant_until: f64  # day: until then nobody sits here
    absences: i32  # of this seat so far
    fatigue: f64  # 0-1
    gap: f64  # departures still to be expected before the next one
    available: f64  # h of attention so far
    on_matters: f64  # h spent handling matters
    on_switching: f64  # h lost to changes of subject and of family
    on_handoffs: f64  # h of handing matters on
    sitting: f64  # h a day in the meetings of sprints
    on_sync: f64  # h in meetings with interfaces, and in those of sprints
    duplicated: f64  # h spent on what a colleague did as well
    idle: f64  # h with an empty in-tray
    idle_before: f64  # h of that by the end of the last step
    absent: f64  # h away (not in `available`)
    vacant: f64  # h of attention missing while the seat was empty (likewise)
    paid: f64  # h paid so far, absences included
    pay: f64  # euro of that
    idle_pay: f64  # euro of the hours with an empty in-tray
    leavers: i32  # people who left this seat


class Experience(Row):
    """What a holder knows of a duty, in row holder * N_DUTIES + duty; holders are managers, then teams."""

    handled: f64  # matters of this duty handled in a working life
    practice: f64  # 0-1: share of a beginner's hours that such a matter takes
    hours: f64  # h spent on this duty in this run


class Responsibility(Row):
    """A duty about one subject."""

    owner: i32  # in whose hands it is: a manager, or TEAM or NOBODY
    shared_with: i32  # who else could think it theirs, or NONE
    matter: i32  # the row of the matter that is open, or NONE; a task's matter stands with the task
    row: i32  # of the project, team, service, client or portfolio that it is about
    about: i16  # ABOUT_PROJECT ...
    duty: i16
    known: i16  # 1 once a case of it has come up


class Matter(
    Row,
    lines=(
        "call",
        "remaining",
    ),
):
    """Something to be dealt with. A row has one in it as long as it is open; then it is free for another."""

    # what its owner sees of it in the in-tray
    call: f64  # how much it would have called for attention on day 0 (see `matters.weigh`)
    growth: f64  # by how much it calls louder each day
    raised: f64  # day
    joined: f64  # day: when it came to stand in its owner's in-tray
    queue: i32  # the queue that this row stands in, or NONE
    before: i32  # the row ahead of it there
    after: i32  # the row behind it there, or NONE
    subject: i32  # what it is about, as one number (see `matters.subject_of`)
    duty: i32
    pressing: i32  # 1: work stands still until it is handled
    owner: i32  # manager, or TEAM or NOBODY
    open: i32  # 1 while it needs someone

    remaining: f64  # h
    hours: f64  # h it takes someone without experience and without haste
    handoff: f64  # h to take it over from a colleague
    answer: f64  # 0-1: the luck of the answer; below the chance of error, it is wrong
    care: f64  # 0-1: share of the due hours that its owner takes over it; less in haste
    row: i32  # of the project, task, team, service, client or portfolio that it is about
    project: i32  # the project behind it, or NONE
    responsibility: i32  # the row of what it is a case of
    called_before: i32  # the matter ahead of it on the list of what others may take up, or NONE
    called_after: i32  # the one behind it there, or NONE
    about: i8  # ABOUT_PROJECT ...
    started: i8  # 1 once its owner has begun
    riddle: i8  # 1: someone else could think it theirs as well
    calls: i8  # 1: it is on that list


class Count(Row):
    """Matters of one duty."""

    raised: i32
    handled: i32
    missed: i32  # came up again, or were given up, before anyone handled them
    dropped: i32  # lay in nobody's tray for a while, because each thought it the other's
    duplicated: i32  # were handled by two, because each thought it theirs
    begun: i32
    waited: f64  # days from raised to begun
