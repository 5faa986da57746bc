"""What goes wrong on the way: questions about the plan, impediments between teams, escalations."""

from sim.rules.luck import luck_of, number_of_task
from sim.rules.matters import matter_of_task, raise_for_task
from sim.rules.rework import redo
from sim.rules.tasks import line_up, put_down, stop_waiting, wait_in_state
from sim.world import BLOCKED, COORDINATION, EXCEPTIONS, PLANNING, STAKEHOLDERS, World
from sim.world.philox import exponential


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


def shares_of_kinds(world: World, task_id: int) -> tuple[float, float]:
    """Of a task's exceptions, the share of questions and that of impediments; the rest are escalations.

    Away from its project's home team more are impediments, at the cost of both others alike.
    """
    given = world.given[0]
    task = world.tasks[task_id]
    others = 1.0 - given.impediment_share
    questions = min(given.question_share, others)
    if task.team == world.projects[task.project].home:
        return questions, given.impediment_share
    impediments = given.cross_impediment_share
    if others <= 0.0:
        return 0.0, impediments
    return questions * (1.0 - impediments) / others, impediments


def duty_asked(world: World, task_id: int, luck: float) -> int:
    """Whose duty an exception calls for, by its luck: that of questions, impediments or escalations."""
    questions, impediments = shares_of_kinds(world, task_id)
    if luck < questions:
        return PLANNING
    if luck < questions + impediments:
        return COORDINATION
    return STAKEHOLDERS


def block(world: World, member_id: int, task_id: int) -> None:
    """An exception stops a task; the member puts it down and the one who can answer is asked."""
    given = world.given[0]
    task = world.tasks[task_id]
    kind, size, answer, gap = luck_of(world, EXCEPTIONS, number_of_task(world, task_id), task.exceptions)
    task.exceptions += 1
    task.gap = exponential(gap)
    put_down(world, member_id)
    wait_in_state(world, task_id, BLOCKED)
    hours = (1.0 - given.matter_spread) + given.matter_spread * exponential(size)
    duty = duty_asked(world, task_id, kind)
    if duty == PLANNING:
        hours *= given.question_hours
    elif duty == COORDINATION:
        hours *= given.impediment_hours
    else:
        hours *= given.escalation_hours
    raise_for_task(world, task_id, duty, hours, answer)


def resume(world: World, task_id: int, wrong: int) -> None:
    """A blocked task goes on with whoever was on it. A wrong answer means doing part of it again."""
    stop_waiting(world, task_id)
    if wrong:
        redo(world, task_id, world.given[0].wrong_answer_hours)
    line_up(world, task_id, world.tasks[task_id].member)


def guess(world: World, task_id: int) -> None:
    """Nobody answered in time: the team goes on by its own lights, and is wrong more often."""
    wrong = world.matters[matter_of_task(world, task_id)].answer < world.given[0].guess_wrong
    resume(world, task_id, 1 if wrong else 0)
