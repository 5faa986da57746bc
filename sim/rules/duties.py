"""Which rule handles a matter of which duty."""

from sim.rules.borders import learn_borders
from sim.rules.delegation import bring_before_sponsor, exceeds_authority
from sim.rules.delivery_duties import (
    allot_resources,
    coordinate,
    decide_with_stakeholders,
    improve_process,
    oversee_service,
    satisfy_client,
    watch_operations,
)
from sim.rules.further import inform
from sim.rules.matters import give_back, put_away
from sim.rules.project_duties import (
    allocate,
    check_timeline,
    look_after_risks,
    plan,
    report,
    review_budget,
    track,
)
from sim.world import (
    ALLOCATION,
    BUDGET,
    COORDINATION,
    OPERATIONAL_RISK,
    OVERSIGHT,
    PLANNING,
    PROCESS,
    PROJECT_RISK,
    REPORTING,
    RESOURCES,
    SATISFACTION,
    STAKEHOLDERS,
    TIMELINE,
    TRACKING,
    World,
)


def handle(world: World, matter_id: int, wrong: int) -> None:
    """Settle a matter: it is off the table, and its duty has its effect; or the sponsor has to settle it."""
    duty = world.matters[matter_id].duty
    learn_borders(world, matter_id)
    inform(world, matter_id)
    if exceeds_authority(world, matter_id):
        bring_before_sponsor(world, matter_id)
        return
    world.counts[duty].handled += 1
    put_away(world, matter_id)
    if duty == PLANNING:
        plan(world, matter_id, wrong)
    elif duty == BUDGET:
        review_budget(world, matter_id)
    elif duty == ALLOCATION:
        allocate(world, matter_id)
    elif duty == TIMELINE:
        check_timeline(world, matter_id)
    elif duty == PROJECT_RISK:
        look_after_risks(world, matter_id)
    elif duty == REPORTING:
        report(world, matter_id)
    elif duty == TRACKING:
        track(world, matter_id)
    elif duty == OVERSIGHT:
        oversee_service(world, matter_id)
    elif duty == RESOURCES:
        allot_resources(world, matter_id)
    elif duty == PROCESS:
        improve_process(world, matter_id)
    elif duty == STAKEHOLDERS:
        decide_with_stakeholders(world, matter_id, wrong)
    elif duty == OPERATIONAL_RISK:
        watch_operations(world, matter_id)
    elif duty == SATISFACTION:
        satisfy_client(world, matter_id)
    elif duty == COORDINATION:
        coordinate(world, matter_id, wrong)
    give_back(world, matter_id)
