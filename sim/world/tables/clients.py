"""Clients, what is served to them under contract, and their tickets."""

from sim.world.tables.row import Row, f64, i32


class Client(Row):
    """Someone whose projects are delivered and whose services are kept."""

    satisfaction: f64  # 0-1
    here: i32  # 1 while it is a client
    unhappy: i32  # 1: below `unhappy`
    complaints: i32
    exposure: f64  # departures expected so far
    threshold: f64  # departures expected at which it does leave
    business: f64  # euro: of its running projects, and of a year of its services
    recent: f64  # its tickets of the last month, fading; severe ones count `severe_times`
    lost_value: f64  # euro of contracts and projects that went elsewhere


class Service(Row):
    """A contract under which a team serves a client."""

    client: i32
    team: i32  # row of the team that serves it
    begins: f64  # day
    ends: f64  # day: the contract is renewed or lost
    term: f64  # days of a contract
    state: i32  # TO_COME, SERVED or ENDED
    rate: f64  # tickets a day
    exposure: f64  # tickets expected since the last one
    next_ticket: i32  # the next of its rows in `tickets`
    last_ticket: i32  # one past the last of them
    renewal: f64  # luck of its renewals: what is left of it at the last one (see `services`)
    value: f64  # euro a day
    earned: f64  # euro so far


class Ticket(Row):
    """Something that a client asks of a service, or a defect under warranty. A row for each that may come."""

    gap: f64  # luck: tickets expected before this one comes
    client: i32
    team: i32
    severe: i32
    effort: f64  # h
    remaining: f64  # h
    allowed: f64  # days from raised to breach
    penalty: f64  # euro if it is breached
    state: i32  # EXPECTED ... RESOLVED
    raised: f64  # day
    due: f64  # day: breached after it
    resolved: f64  # day, or -1
    joined: f64  # day: when it came to stand in the line of its team
    queue: i32  # the queue that this row stands in, or NONE
    before: i32  # the row ahead of it there
    after: i32  # the row behind it there, or NONE
