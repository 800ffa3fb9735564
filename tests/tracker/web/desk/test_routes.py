"""Which lines the drawing has and which way each takes."""

from tracker.cases.steptable import TRANSITIONS
from tracker.web.desk import routes
from tracker.web.desk.routes import Way


def ways(number):
    found = [route for route in routes.plan(lambda row: True).routes if route.edge.number == number]
    return {(route.edge.source.key, route.edge.target.key): route.way for route in found}


def test_the_way_depends_on_where_the_ends_stand():
    assert ways("T2") == {("received", "intake_review"): Way.STRAIGHT}
    assert ways("T5") == {("intake_review", "assigned"): Way.ACROSS}
    assert ways("T4") == {("intake_review", "closed"): Way.FOOT}
    assert ways("T28") == {("compliance", "charges_filed"): Way.BACK}
    assert set(ways("T9").values()) <= {Way.LEFT, Way.RIGHT}


def test_a_step_that_names_its_target_leads_to_the_chosen_status():
    assert {target for _source, target in ways("T30")} == {routes.CHOSEN}


def test_a_step_and_its_way_back_are_one_line():
    doubles = {route.edge.number for route in routes.plan(lambda row: True).routes if route.edge.is_double}

    assert doubles == {"T3", "T8", "T19"}


def test_what_rests_on_a_rule_is_a_line_of_its_own():
    plan = routes.plan(lambda row: row.uses is None)

    resting = sum(len(row.uses_at or row.sources) for row in TRANSITIONS if row.uses is not None)
    assert sum(not route.edge.offered for route in plan.routes) == resting


def test_no_two_lines_share_a_lane_or_a_place():
    plan = routes.plan(lambda row: True)
    lanes = [(r.edge.source.column, r.way, r.lane) for r in plan.routes if r.way in (Way.LEFT, Way.RIGHT)]
    places = [(r.gutter, r.place) for r in plan.routes if r.way in (Way.ACROSS, Way.BACK, Way.FOOT)]

    assert len(set(lanes)) == len(lanes)
    assert len(set(places)) == len(places)
    assert plan.rails == sum(r.way is Way.FOOT for r in plan.routes)
