"""One complaint against several respondents: the second case stands by itself."""

from dataclasses import replace
from typing import Any

import pytest

from tests.factories.cases import Story
from tracker.access import gate
from tracker.audit.actors import Actor
from tracker.cases.actions import companions, overlays, people
from tracker.cases.filingdata import RespondentData
from tracker.cases.models import Case, CaseLink
from tracker.cases.queries import public

PERSON = RespondentData(name="Ines Farrow", license_number="7731")


def row(**changed: Any) -> dict[str, Any]:
    """What opens a companion case."""
    return {"respondent": PERSON, "allegations": ["A2"], "reason": "She sold them too.", **changed}


def test_a_companion_begins_at_receipt_with_its_own_respondent(story: Story) -> None:
    story.to("investigating")
    first = story.case
    opened = story.do(companions.open_companion, story.office.counsel, **row())
    second = story.on(opened)
    assert (second.case.status, second.case.version) == ("received", 1)
    assert second.case.profession == first.profession
    people = {one.role: one.identity for one in opened.participants.select_related("identity")}
    assert (people["respondent"].name, people["respondent"].license_number) == ("Ines Farrow", "7731")
    assert (people["complainant"].name, people["complainant"].email) == ("Maya Ortiz", "maya@example.org")
    assert [(a.key, a.narrative) for a in opened.allegations.all()] == [("A1", "He sold me oils.")]
    assert list(opened.complaints.all()) == list(first.complaints.all())
    assert [paper.kind for paper in opened.documents.all()] == ["complaint_form"]
    assert second.clocks() >= {"danger_screen", "intake", "investigation_target"}
    assert second.clock("acknowledgement").state == "met"
    assert second.clock("intake").starts_on == story.today
    assert second.letters() == [("acknowledgement", "complainant")]
    link = CaseLink.objects.get()
    assert (link.case, link.other, link.kind) == (opened, first, "same_complaint")
    told = story.entry("case.companion_opened")
    assert told["facts"] == {"other": opened.docket, "allegations": ["A2"]}
    assert told["private"] == {"reason": "She sold them too.", "respondent": "Ines Farrow"}
    assert second.entry("case.filed")["facts"]["companion_of"] == first.docket
    # It goes its own way from there, and the complainant follows each with the same code.
    second.to("assigned")
    assert story.case.status == "investigating"
    assert story.code
    status = public.public_status(opened.docket, story.code, at=second.at)
    assert status
    assert (status.docket, status.is_merged) == (opened.docket, False)


def test_a_companion_of_a_sealed_case_is_shut_to_who_is_shut_out_there(story: Story) -> None:
    office = story.office
    story.to("investigating")
    story.do(people.declare_conflict, office.second, has_conflict=True, reason="A cousin.")
    story.do(overlays.seal_case, office.counsel, reason="A minor.")
    there = story.on(story.do(companions.open_companion, office.counsel, **row()))
    told = there.entry("case.filed")["facts"]
    assert (told["overlay"], told["recused"]) == (str(there.case.overlays.get().pk), [str(office.second.pk)])
    for shut in (office.second, office.intake):
        assert not gate.sees(Actor.staff(shut.pk), there.case, at=there.at)
    there.do(overlays.unseal_case, office.director, reason="An adult.")
    assert gate.sees(Actor.staff(office.intake.pk), there.case, at=there.at)
    assert not gate.sees(Actor.staff(office.second.pk), there.case, at=there.at)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"respondent": replace(PERSON, name=" ")}, "Give the name of the respondent."),
        ({"respondent": replace(PERSON, profession="x")}, "The profession x is not known."),
        ({"allegations": []}, "Choose at least one allegation that concerns this person."),
        ({"allegations": ["A1", "A9"]}, "The case has no allegation A9."),
        ({"reason": ""}, "Give the reason."),
    ],
)
def test_a_companion_is_refused(story: Story, changed: dict, sentence: str) -> None:
    assert story.refused(companions.open_companion, story.office.manager, **row(**changed)) == sentence
    assert Case.objects.count() == 1
