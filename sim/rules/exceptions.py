"""What goes wrong on the way: questions about the plan, impediments between teams, escalations."""

from sim.rules.matters import matter_of_task, raise_for_task
from sim.rules.tasks import line_up, put_down, stop_waiting, wait_in_state
from sim.world import (
    BLOCKED,
    COORDINATION,
    OUT_OF_EXCEPTIONS,
    PLANNING,
    STAKEHOLDERS,
    World,
)


def exception_rate(world: World, team_id: int, member_id: int, task_id: int) -> float:
    """Exceptions expected in an hour of work: fewer with a good plan, a mature team and rested old hands."""
    given = world.given[0]
    member = world.members[member_id]
    plan = world.projects[world.tasks[task_id].project].plan_quality
    return float(
        given.exception_rate
        * (1.0 + given.plan_effect * (1.0 - plan))
        * (1.0 - given.maturity_effect * world.teams[team_id].maturity)
        * (1.0 + given.fatigue_effect * member.fatigue + given.newcomer_effect * (1.0 - member.ramp))
    )


def spare_exception(world: World, project_id: int) -> int:
    """A row of `exceptions` for a task that has none left: its project's, else one that is kept for all."""
    project = world.projects[project_id]
    clock = world.clock[0]
    if project.next_exception < project.last_exception:
        project.next_exception += 1
        return int(project.next_exception - 1)
    if clock.spare_exception >= len(world.exceptions):
        clock.fault = OUT_OF_EXCEPTIONS
        return int(project.next_exception - 1)
    clock.spare_exception += 1
    return int(clock.spare_exception - 1)


def wait_for_next(world: World, task_id: int) -> None:
    """Turn to the luck of a task's next exception: its own, else what is to spare."""
    task = world.tasks[task_id]
    task.next_exception += 1
    if task.next_exception >= task.last_exception:
        task.next_exception = spare_exception(world, task.project)
        task.last_exception = task.next_exception
    task.exposure = 0.0
    task.gap = world.exceptions[task.next_exception].gap


def block(world: World, member_id: int, task_id: int) -> None:
    """An exception stops a task; the member puts it down and the one who can answer is asked."""
    given = world.given[0]
    task = world.tasks[task_id]
    luck = world.exceptions[task.next_exception]
    wait_for_next(world, task_id)
    put_down(world, member_id)
    wait_in_state(world, task_id, BLOCKED)
    hours = (1.0 - given.matter_spread) + given.matter_spread * luck.size
    if luck.kind < task.question_share:
        raise_for_task(world, task_id, PLANNING, hours * given.question_hours, luck.answer)
    elif luck.kind < task.question_share + task.impediment_share:
        raise_for_task(world, task_id, COORDINATION, hours * given.impediment_hours, luck.answer)
    else:
        raise_for_task(world, task_id, STAKEHOLDERS, hours * given.escalation_hours, luck.answer)


def resume(world: World, task_id: int, wrong: int) -> None:
    """A blocked task goes on with whoever was on it. A wrong answer means doing part of it again."""
    task = world.tasks[task_id]
    stop_waiting(world, task_id)
    if wrong:
        hours = world.given[0].wrong_answer_hours
        task.remaining += hours
        world.projects[task.project].rework_hours += hours
    line_up(world, task_id, task.member)


def guess(world: World, task_id: int) -> None:
    """Nobody answered in time: the team goes on by its own lights, and is wrong more often."""
    wrong = world.matters[matter_of_task(world, task_id)].answer < world.given[0].guess_wrong
    resume(world, task_id, 1 if wrong else 0)
