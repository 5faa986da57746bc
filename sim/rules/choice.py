"""Which task comes next: for a free member from the team's line, and for free specialists."""

from sim.rules.hours import idle_until, rests
from sim.rules.network import take_task
from sim.rules.tasks import can_have_specialists, line_up, put_down, queue_of_pool, queue_of_team
from sim.world import NONE, RANKS_TEAM, READY_QUEUE, ROSTER_QUEUE, World


def order(world: World, task_id: int) -> float:
    """Place of a task within its project: by slack if there is a plan worth following, else by arrival.

    The task with the longest chain of work behind it has the least slack; lower goes first.
    """
    task = world.tasks[task_id]
    if world.projects[task.project].plan_quality >= world.given[0].plan_followed:
        return float(-task.tail)
    return float(task.joined)


def rank_of(world: World, task_id: int) -> float:
    """Rank of a task's project, lower first; where teams order their own lines, its rank in its team's."""
    if world.clock[0].ranks == RANKS_TEAM:
        return float(world.engagements[world.tasks[task_id].part].rank)
    return float(world.projects[world.tasks[task_id].project].rank)


def goes_before(world: World, one: int, other: int) -> bool:
    """Whether one task comes before another (NONE: yes): by rank of its project, the older project, its order
    within it, who came first, its row; but what has waited `longest_wait` days or more goes before all, the
    oldest first. A total order, so that it does not matter who is compared with whom first.
    """
    if other == NONE:
        return True
    since = world.clock[0].now - world.given[0].longest_wait
    joined = world.tasks[one].joined
    other_joined = world.tasks[other].joined
    if joined != other_joined and (joined <= since or other_joined <= since):
        return bool(joined < other_joined)
    rank = rank_of(world, one)
    other_rank = rank_of(world, other)
    if world.tasks[one].project != world.tasks[other].project:
        lower = world.tasks[one].project < world.tasks[other].project
        return bool((rank < other_rank) | ((rank == other_rank) & lower))
    place = order(world, one)
    other_place = order(world, other)
    came_first = (joined < other_joined) | ((joined == other_joined) & (one < other))
    return bool((place < other_place) | ((place == other_place) & came_first))


def may_take(world: World, member_id: int, task_id: int) -> bool:
    """Whether a task is there by now, and for this member, for anyone, or has waited too long for another."""
    task = world.tasks[task_id]
    theirs = (task.member == member_id) | (task.member == NONE)
    waited = world.clock[0].now - task.joined
    return bool((waited >= 0.0) & (theirs | (waited >= world.given[0].allocation_patience)))


def better_of(world: World, member_id: int, one: int, other: int) -> int:
    """Which of two tasks a member would rather take; `other` may be NONE, and is if neither may be taken."""
    better = goes_before(world, one, other) & may_take(world, member_id, one)
    return one if better else other


def oldest_task(world: World, member_id: int, first: int) -> int:
    """Of a line that begins with task `first`, the one that goes before all for its age; NONE if none does.

    In line they stand by the step in which they came, so that nobody has to look at the others.
    """
    since = world.clock[0].now - world.given[0].longest_wait
    best = NONE
    last = since  # day: from then on, none in line came before `best`
    task_id = first
    while task_id != NONE and world.tasks[task_id].joined <= last:
        best = better_of(world, member_id, task_id, best)
        if best == task_id:
            last = world.tasks[best].joined + 2.0 * world.clock[0].step_days
        task_id = int(world.tasks[task_id].after)
    return best


def pick_task(world: World, team_id: int, member_id: int) -> int:
    """The task that a free member takes next from the team's line; NONE if there is none.

    From both ends (see `queues`); the one in the middle may be looked at twice.
    """
    line = world.queues[queue_of_team(team_id, READY_QUEUE)]
    best = oldest_task(world, member_id, int(line.first))
    if best != NONE:
        return best
    front = int(line.first)
    back = int(line.last)
    for _ in range((line.length + 1) // 2):
        best = better_of(world, member_id, front, best)
        best = better_of(world, member_id, back, best)
        front = world.tasks[front].after
        back = world.tasks[back].before
    return best


def is_free(world: World, member_id: int) -> bool:
    """Whether a member is there and has nothing in hand."""
    member = world.members[member_id]
    return bool(member.task == NONE and can_turn_to(world, member_id))


def can_turn_to(world: World, member_id: int) -> bool:
    """Whether a member is there with time left, and free or on a task without specialists, which can be put
    down.
    """
    clock = world.clock[0]
    member = world.members[member_id]
    if member.ticket != NONE or member.away_until > clock.begun or member.moment >= clock.until:
        return False
    return bool(member.task == NONE or world.tasks[member.task].n_needs == 0)


def hand_for(world: World, task_id: int) -> int:
    """The member who takes up a task whose specialists are free; NONE if there is none.

    Its own member if there, else who is free, else who can put something down: specialists are the scarcer,
    so they do not wait for members (subordinate all else to the constraint; Goldratt 1984).
    """
    task = world.tasks[task_id]
    theirs = task.member != NONE and world.members[task.member].team == task.team
    if theirs and can_turn_to(world, task.member):
        return int(task.member)
    busy = NONE
    member_id = world.queues[queue_of_team(task.team, ROSTER_QUEUE)].first
    while member_id != NONE:
        if may_take(world, member_id, task_id):
            if is_free(world, member_id):
                return int(member_id)
            if busy == NONE and can_turn_to(world, member_id):
                busy = int(member_id)
        member_id = world.members[member_id].after
    return busy


def can_begin(world: World, task_id: int) -> bool:
    """Whether the specialists that a task needs are free in this step, and a member for it."""
    clock = world.clock[0]
    if world.tasks[task_id].joined > clock.now or not can_have_specialists(world, task_id):
        return False
    member_id = hand_for(world, task_id)
    return bool(member_id != NONE and begins_at(world, task_id, member_id) < clock.until)


def begins_at(world: World, task_id: int, member_id: int) -> float:
    """Moment from which a task, its specialists and a member are all there, in this step."""
    task = world.tasks[task_id]
    moment = max(world.clock[0].begun, task.joined, world.members[member_id].moment)
    for need_id in range(task.first_need, task.first_need + task.n_needs):
        moment = max(moment, world.pools[world.needs[need_id].pool].freed)
    return float(moment)


def find_next(world: World, pool_id: int) -> None:
    """Note the first, by rank, of the tasks in line for a pool that can begin now; NONE without any."""
    pool = world.pools[pool_id]
    pool.next = NONE
    if pool.used >= pool.units:
        return
    task_id = world.queues[queue_of_pool(world, pool_id)].first
    while task_id != NONE:
        if goes_before(world, task_id, pool.next) and can_begin(world, task_id):
            pool.next = task_id
        task_id = world.tasks[task_id].after


def foremost_pool(world: World) -> int:
    """The pool whose next task comes first, by rank; NONE if none has any."""
    foremost = NONE
    best = NONE
    for pool_id in range(len(world.pools)):
        task_id = world.pools[pool_id].next
        if task_id != NONE and goes_before(world, task_id, best):
            foremost = pool_id
            best = int(task_id)
    return foremost


def begin_with_specialists(world: World, task_id: int) -> None:
    """A member puts down what is at hand, if anything, and begins a task whose specialists are free."""
    member_id = hand_for(world, task_id)
    world.clock[0].now = begins_at(world, task_id, member_id)
    at_hand = world.members[member_id].task
    if at_hand != NONE:
        put_down(world, member_id)
        line_up(world, at_hand, member_id)
    if rests(world, member_id):
        idle_until(world, member_id, world.clock[0].now)
        world.teams[world.members[member_id].team].at_work += 1
    take_task(world, member_id, task_id)


def task_with_specialists(world: World, member_id: int) -> int:
    """The task that a member turns to who is free in the course of a step, if its specialists are free too.

    NONE if there is none, or another task goes before it. (At the beginning of a step they are granted.)
    """
    best = NONE
    for pool_id in range(len(world.pools)):
        find_next(world, pool_id)
        if world.pools[pool_id].next != NONE and goes_before(world, world.pools[pool_id].next, best):
            best = int(world.pools[pool_id].next)
    if best == NONE or world.tasks[best].team != world.members[member_id].team:
        return NONE
    return best if may_take(world, member_id, best) else NONE


def grant_specialists(world: World, until: float) -> None:
    """Give specialists who are free to the tasks that wait for them, in the order of their projects' ranks:
    those that are there `until` a moment, to the people who are free then or (at a step's start) can put
    something down.

    What a pool has noted as next is looked at again only when its turn comes: by then others may have taken
    what that task needs, but nothing has become free.
    """
    clock = world.clock[0]
    clock.now = until
    for pool_id in range(len(world.pools)):
        find_next(world, pool_id)
    pool_id = foremost_pool(world)
    while pool_id != NONE:
        task_id = world.pools[pool_id].next
        if can_begin(world, task_id):
            begin_with_specialists(world, task_id)
            clock.now = until
        find_next(world, pool_id)
        pool_id = foremost_pool(world)
    clock.now = clock.begun
