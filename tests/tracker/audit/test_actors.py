from uuid import UUID

import pytest

from tracker.audit.actors import Actor, ActorKind, Origin

SOMEBODY = UUID("01900000-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    ("actor", "code", "user_id"),
    [
        (Actor.staff(SOMEBODY), f"staff:{SOMEBODY}", SOMEBODY),
        (Actor.filer(SOMEBODY), f"filer:{SOMEBODY}", None),
        (Actor.respondent(SOMEBODY), f"respondent:{SOMEBODY}", None),
        (Actor.system("worker"), "system:worker", None),
    ],
)
def test_code_and_person_of_an_actor(actor, code, user_id):
    assert actor.code == code
    assert actor.user_id == user_id
    assert actor.origin is Origin.LIVE


@pytest.mark.parametrize("make", [Actor.staff, Actor.filer, Actor.respondent])
def test_origin_is_kept(make):
    assert make(SOMEBODY, Origin.DEMO).origin == "demo"
    assert Actor.system("seed_demo", Origin.IMPORT).origin == "import"


def test_actors_are_values():
    assert Actor.staff(SOMEBODY) == Actor(ActorKind.STAFF, str(SOMEBODY))
    assert Actor.staff(SOMEBODY) != Actor.filer(SOMEBODY)
    with pytest.raises(AttributeError):
        Actor.staff(SOMEBODY).ref = "other"
