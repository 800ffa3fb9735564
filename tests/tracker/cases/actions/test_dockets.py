"""A docket that an act on another opens, and the entry on the other chain."""

from django.db import transaction

from tests.factories.cases import Story
from tracker.audit.actors import Actor, Origin
from tracker.cases.actions import dockets, moving, overlays, people
from tracker.cases.kinds import ParticipantRole
from tracker.cases.pathkinds import LinkKind
from tracker.cases.states import CaseKind, Status


@transaction.atomic
def test_a_docket_is_opened_with_its_people_and_told_on_its_own_chain(story: Story) -> None:
    story.to("investigating")
    known = story.case.participants.get(role="complainant").identity
    known.safe_contact, known.birth_date = "e-mail only", "1990-01-02"
    known.save(update_fields=["safe_contact", "birth_date"])
    actor = Actor.staff(story.office.counsel.pk, Origin.DEMO)
    begun = moving.begin(story.case_id, "open_companion", actor=actor, at=story.at)
    row = {"kind": CaseKind.COMPLAINT, "status": Status.RECEIVED, "link": LinkKind.SAME_COMPLAINT, "reason": "x"}
    opened = dockets.open_docket(begun, **row)
    assert (opened.stage, opened.charged_at, opened.board_id) == ("filed", None, story.case.board_id)
    assert opened.links.get().other_id == story.case_id
    old = story.case.participants.get(role=ParticipantRole.COMPLAINANT)
    copied = dockets.copy_person(old, opened, at=story.at)
    assert (copied.relation, copied.identity.name) == ("client", "Maya Ortiz")
    assert (copied.identity.safe_contact, copied.identity.birth_date) == ("e-mail only", "1990-01-02")
    assert copied.identity.pk != known.pk
    respondent = dockets.copy_respondent(begun, opened)
    assert respondent.identity.license_number == "88214"
    facts = {"other": story.docket, "kind": "x"}
    dockets.tell(opened, "case.docket_linked", actor=begun.actor, at=story.at, facts=facts, private={"reason": "y"})
    assert story.on(opened).entry("case.docket_linked")["facts"] == facts


@transaction.atomic
def test_a_seal_and_recusals_in_force_lie_over_the_new_docket_too(story: Story) -> None:
    office = story.office
    story.to("investigating")
    for who in (office.investigator, office.second):
        story.do(people.declare_conflict, who, has_conflict=True, reason="A cousin.")
    story.do(overlays.lift_recusal, office.director, email=office.second.email, reason="Another one.")
    story.do(overlays.seal_case, office.counsel, reason="A minor.")
    begun = moving.begin(
        story.case_id, "open_companion", actor=Actor.staff(office.counsel.pk, Origin.DEMO), at=story.at
    )
    row = {"kind": CaseKind.COMPLAINT, "status": Status.RECEIVED, "link": LinkKind.SAME_COMPLAINT, "reason": "x"}
    there = story.on(dockets.open_docket(begun, **row))
    assert there.case.sealed_at == story.at
    seal = there.case.overlays.get()
    assert (seal.kind, seal.reason, seal.ended_at, seal.placed_by) == ("seal", "A minor.", None, office.counsel)
    recused = list(there.case.conflict_declarations.values_list("user", "has_conflict", "reason"))
    assert recused == [(office.investigator.pk, True, "A cousin.")]
    told = {"overlay": str(seal.pk), "recused": [str(office.investigator.pk)]}
    assert dockets.followed(there.case) == told
    # Whoever may lift them on the first docket lifts them here.
    dockets.tell(there.case, "case.docket_linked", actor=begun.actor, at=story.at, facts={"other": "x", "kind": "x"})
    there.do(overlays.lift_recusal, office.director, email=office.investigator.email, reason="Not on this one.")
    there.do(overlays.unseal_case, office.director, reason="An adult.")
    assert (there.case.sealed_at, dockets.followed(there.case)) == (None, {})


@transaction.atomic
def test_another_docket_is_found_by_its_exact_number(story: Story) -> None:
    other = Story(story.office, at=story.at)
    assert dockets.lock_other(f" {other.docket.lower()} ", story.case) == other.case
    assert dockets.lock_other(story.docket, story.case) is None
    assert dockets.lock_other(other.docket[:-1], story.case) is None
