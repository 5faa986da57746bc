"""Every assumption, a field each; what they mean stands in `sim/scenario/assumptions.toml`.

Made from it by `python -m sim.scenario.row_of_assumptions`.
"""

from sim.world.tables.row import Row, f64


class Assumptions(Row):
    """Every number that rules go by; `given` in them."""

    task_size_spread: f64  # log sd
    project_size_spread: f64  # log sd
    size_exponent: f64  # exponent
    reference_hours: f64  # hours
    task_exact_share: f64  # share
    task_error_spread: f64  # log scale
    task_error_limit: f64  # log
    project_bias: f64  # ratio
    project_bias_spread: f64  # log sd
    productivity_spread: f64  # log sd
    value_spread: f64  # log sd
    neighbour_share: f64  # share
    neighbour_reach: f64  # teams
    second_predecessor: f64  # share
    layer_tasks: f64  # tasks
    planned_crew: f64  # share
    planned_day: f64  # hours
    contingency: f64  # share
    plan_inherited: f64  # 0-1
    plan_decay: f64  # a day
    plan_followed: f64  # 0-1
    start_patience: f64  # days
    pace_known: f64  # share
    tail_share: f64  # share
    exception_rate: f64  # an hour
    question_share: f64  # share
    impediment_share: f64  # share
    cross_impediment_share: f64  # share
    plan_effect: f64  # times
    maturity_effect: f64  # times
    fatigue_effect: f64  # times
    newcomer_effect: f64  # times
    matter_spread: f64  # 0-1
    patience: f64  # days
    guess_wrong: f64  # chance
    wrong_answer: f64  # chance
    wrong_answer_hours: f64  # hours
    handover_patience: f64  # days
    handover_rework: f64  # hours
    allocation_patience: f64  # days
    longest_wait: f64  # days
    meetings: f64  # share
    communication: f64  # share
    communication_cap: f64  # share
    ceremonies: f64  # share
    sprint_sitting: f64  # hours a day
    team_duty_cap: f64  # share
    member_switch: f64  # hours
    fit_loss: f64  # share
    newcomer_speed: f64  # share
    ramp_days: f64  # days
    overtime: f64  # share
    fatigue_gain: f64  # an hour
    recovery: f64  # a day
    loan_days: f64  # days
    loan_speed: f64  # share
    loan_gap_hours: f64  # hours
    first_maturity: f64  # 0-1
    maturity_gain: f64  # share
    forgetting: f64  # share
    change_size: f64  # share
    change_growth: f64  # share
    report_fidelity: f64  # share
    review_fidelity: f64  # share
    least_rework_hours: f64  # hours
    touched_share: f64  # share
    creep_growth: f64  # share
    creep_most: f64  # share
    creep_found: f64  # share
    overrun_tolerance: f64  # share
    budget_prior: f64  # share
    overdraft_effect: f64  # share
    overrun_effect: f64  # share
    cut_effect: f64  # share
    sponsor_overrun: f64  # share
    sponsor_share: f64  # share
    sponsor_hours: f64  # hours
    sponsor_team_hours: f64  # hours
    sponsor_decision_hours: f64  # hours
    sponsor_comparison: f64  # times
    sponsor_refusal: f64  # share
    cut_share: f64  # share
    cut_depth: f64  # share
    defect_rate: f64  # share
    detection: f64  # share
    drift_tolerance: f64  # share
    escape_cost: f64  # times
    check_patience: f64  # days
    milestone_hours: f64  # hours
    milestone_patience: f64  # days
    risks_a_project: f64  # risks
    risk_hazard: f64  # a day
    risk_impact: f64  # share
    strike_growth: f64  # a day
    strike_days: f64  # days
    known_impact: f64  # times
    mitigated_hazard: f64  # times
    mitigated_impact: f64  # times
    attention_hours: f64  # hours a day
    sync_hours: f64  # hours a week
    sync_cap: f64  # share
    switch_subject: f64  # hours
    switch_family: f64  # hours
    learning_rate: f64  # exponent
    learning_scale: f64  # matters
    experience_at_start: f64  # matters
    same_hands: f64  # share
    help_days: f64  # days
    handoff_hours: f64  # hours
    firefighting: f64  # 0-1
    urgent_days: f64  # days
    blocking_urgency: f64  # points
    proactive_urgency: f64  # times
    thread_bonus: f64  # points
    comfortable_tray: f64  # matters
    rank_days: f64  # days
    rush_floor: f64  # share
    same_client_slack: f64  # times
    start_planning_hours: f64  # hours
    planning_hours: f64  # hours
    question_hours: f64  # hours
    budget_hours: f64  # hours
    allocation_hours: f64  # hours
    timeline_hours: f64  # hours
    project_risk_hours: f64  # hours
    reporting_hours: f64  # hours
    tracking_hours: f64  # hours
    service_oversight_hours: f64  # hours
    resources_hours: f64  # hours
    look_hours: f64  # hours
    ranking_hours: f64  # hours
    nearly_done: f64  # share
    least_left_hours: f64  # hours
    standing_change: f64  # share
    process_hours: f64  # hours
    stakeholders_hours: f64  # hours
    escalation_hours: f64  # hours
    operational_risk_hours: f64  # hours
    satisfaction_hours: f64  # hours
    coordination_hours: f64  # hours
    pair_hours: f64  # hours
    tangle_growth: f64  # share
    pair_days: f64  # days
    pair_lasting: f64  # days
    loose_pair: f64  # ratio
    impediment_hours: f64  # hours
    week_days: f64  # days
    month_days: f64  # days
    retrospective_days: f64  # days
    sprint_days: f64  # days
    ticket_spread: f64  # log sd
    ticket_maturity_effect: f64  # times
    severe_ticket_hours: f64  # hours
    ticket_margin_days: f64  # days
    reserved_share: f64  # share
    oversight_days: f64  # days
    severe_notice: f64  # days
    ticket_notice: f64  # days
    breach_effect: f64  # share
    few_tickets: f64  # tickets
    severe_times: f64  # times
    warranty_tickets: f64  # tickets
    warranty_days: f64  # days
    first_satisfaction: f64  # 0-1
    content: f64  # 0-1
    extra_projects: f64  # share
    gone: f64  # 0-1
    least_chance: f64  # chance
    bad_news: f64  # share
    surprise: f64  # share
    late_effect: f64  # share
    defect_effect: f64  # share
    on_time_gain: f64  # share
    care_gain: f64  # share
    forgiveness: f64  # a day
    unhappy: f64  # 0-1
    leave_hazard: f64  # a day
    cancel_factor: f64  # times
    give_up_hazard: f64  # a day
    complaint_overrun: f64  # share
    termination_pay: f64  # share
    cancel_effect: f64  # share
    absence_days: f64  # days a year
    absence_spell: f64  # days
    short_absence: f64  # days
    attrition: f64  # a year
    leave_fatigue: f64  # times
    leave_immaturity: f64  # times
    overload_fatigue: f64  # a day
    hire_days: f64  # days
    successor_experience: f64  # share
    aptitude: f64  # log sd
    clarity: f64  # chance
    dropped_share: f64  # share
    limbo_days: f64  # days
    consult_hours: f64  # hours
    inform_hours: f64  # hours
    handover_hours: f64  # hours
    handover_loss: f64  # chance
    unrest_distraction: f64  # share
    unrest_initiative: f64  # share
    leave_unrest: f64  # times
    unrest_days: f64  # days
    title_loss: f64  # departures
    clarity_new: f64  # chance
    border_cases: f64  # matters
    borders_kept: f64  # share
    operational_risks: f64  # 0 or 1
    key_person_chance: f64  # a year
    supplier_chance: f64  # a year
    supplier_hours: f64  # hours
    security_chance: f64  # a year
    security_cost: f64  # €
    outage_chance: f64  # a year
    outage_days: f64  # days
    member_cost: f64  # € an hour
    manager_cost: f64  # € an hour
    free_hour_value: f64  # € an hour
    overtime_cost: f64  # times
    cut_value: f64  # share
    late_penalty: f64  # share a day
    late_penalty_most: f64  # share
    value_decay: f64  # share a day
    days_a_year: f64  # days
