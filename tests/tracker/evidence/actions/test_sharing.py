"""Evidence by reference: the same bytes on a linked docket, with a class, custody and readers of its own."""

from pathlib import Path

import pytest

from tests.data import mails
from tests.factories.cases import refused
from tests.factories.docketed import Docketed
from tests.factories.staffed import Staffed, make_staffed
from tracker.audit.actors import Actor, Origin
from tracker.cases.models import Case
from tracker.errors import NotPermitted, OutOfScope
from tracker.evidence import actions, lineage, queries
from tracker.evidence.models import CustodyEvent, Exhibit
from tracker.files.models import StoredFile


@pytest.fixture
def office(db: None) -> Staffed:
    """A hosted board with everybody who works there."""
    return make_staffed()


@pytest.fixture
def story(office: Staffed) -> Docketed:
    """A case with an exhibit that is cleared."""
    story = Docketed(office).file()
    story.receive("paper.txt", b"exhibit", "Paper")
    return story


def companion(story: Docketed, **data: object) -> Case:
    """A case against another respondent of the same complaint."""
    row = {"name": "Ines Farrow", "allegations": ["A1"], "reason": "SECRET-COMPANION", **data}
    story.do("open_companion", story.office.counsel, row)
    return Case.objects.exclude(pk=story.case.pk).get()


def test_a_companion_gets_the_exhibits_by_reference(story: Docketed) -> None:
    source, files = story.exhibits[0], StoredFile.objects.count()
    actions.classify(
        source.pk, actor=story.actor(story.office.counsel), at=story.at, confidentiality="sealed", reason="Order."
    )
    opened = companion(story, share_exhibits="on")
    exhibit = Exhibit.objects.get(case=opened)
    assert (exhibit.shares, exhibit.stored_file, exhibit.key) == (source, source.stored_file, "E-1")
    assert StoredFile.objects.count() == files
    assert (exhibit.confidentiality, exhibit.state, exhibit.page_count) == ("sealed", "cleared", source.page_count)
    copies = [sorted(one.renditions.values_list("kind", "stored_file_id")) for one in (exhibit, source)]
    assert copies[0] == copies[1] != []
    events = CustodyEvent.objects.filter(exhibit_id=exhibit.pk)
    assert [(event.act, event.purpose) for event in events] == [
        ("received", "By reference from a linked docket; the bytes were not copied")
    ]
    # From now on each has a class of its own.
    actor = story.actor(story.office.counsel)
    actions.classify(exhibit.pk, actor=actor, at=story.at, confidentiality="none", reason="Not here.")
    source.refresh_from_db()
    assert source.confidentiality == "sealed"
    assert queries.evidence_faults(opened.pk) == queries.evidence_faults(story.case.pk) == []


def test_who_works_on_one_case_sees_only_the_exhibit_of_that_case(story: Docketed) -> None:
    opened = companion(story, share_exhibits="on")
    source, exhibit = story.exhibits[0], Exhibit.objects.get(case=opened)
    person = story.office.investigator
    story.case = opened
    story.do("assign", story.office.manager, {"email": person.email, "capacity": "investigator"})
    seen = queries.visible_exhibit(exhibit.pk, story.actor(person), at=story.at)
    assert seen == exhibit
    with pytest.raises(OutOfScope):
        queries.visible_exhibit(source.pk, story.actor(person), at=story.at)


def test_one_exhibit_is_shared_once_with_a_linked_docket(story: Docketed, office: Staffed) -> None:
    opened = companion(story)
    assert not Exhibit.objects.filter(case=opened).exists()
    source, actor = story.exhibits[0], story.actor(office.manager)

    def share(one: Exhibit, who: Actor, docket: str) -> Exhibit:
        return actions.share_exhibit(one.pk, actor=who, at=story.at, docket=docket)

    shared = share(source, actor, opened.docket.lower())
    assert shared.case == opened
    there = ["That docket has this exhibit already."]
    assert refused(lambda: share(source, actor, opened.docket)) == there
    assert refused(lambda: share(shared, actor, story.case.docket)) == there
    unlinked = Docketed(office, at=story.at).file().case
    for docket in (unlinked.docket, "BHEC-2026-99999"):
        assert refused(lambda docket=docket: share(source, actor, docket)) == [
            f"No docket {docket} is linked with this one."
        ]
    intake = story.actor(office.intake)
    refused(lambda: share(source, intake, opened.docket), NotPermitted)
    waiting = Path(__file__)
    row = {"original_name": "late.txt", "title": "Late", "source": "x"}
    late = actions.receive_exhibit(story.case.pk, actor=intake, at=story.at, path=waiting, **row)
    assert refused(lambda: share(late, actor, opened.docket)) == ["Only an exhibit that is cleared can be shared."]


def test_attachments_go_with_their_email(story: Docketed, office: Staffed) -> None:
    opened = companion(story)
    mail = (
        b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Oils\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="X"\r\n\r\n--X\r\nContent-Type: text/plain\r\n\r\nSee the list.\r\n'
        b'--X\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="list.txt"\r\n\r\n'
        b"Oils.\r\n--X--\r\n"
    )
    email = story.receive("mail.eml", mail, "Mail")
    part = email.attachments.get()
    worker = Actor.system("worker", Origin.DEMO)
    actions.process_exhibit(part.pk, actor=worker, at=story.at)
    actor = story.actor(office.counsel)
    alone = refused(lambda: actions.share_exhibit(part.pk, actor=actor, at=story.at, docket=opened.docket))
    assert alone == ["An attachment is shared together with its e-mail."]
    shared = actions.share_exhibit(email.pk, actor=actor, at=story.at, docket=opened.docket)
    copy = shared.attachments.get()
    assert (copy.key, copy.shares, copy.case) == ("E-1.1", part, opened)
    assert queries.evidence_faults(opened.pk) == []


def test_what_came_out_of_an_email_within_an_email_still_does(story: Docketed, office: Staffed) -> None:
    email = story.receive("mail.eml", mails.nested(1), "Mail")
    worker = Actor.system("worker", Origin.DEMO)
    for _depth in range(2):
        for part in email.attachments.order_by("part"):
            actions.process_exhibit(part.pk, actor=worker, at=story.at)
    opened, actor = companion(story), story.actor(office.counsel)
    shared = actions.share_exhibit(email.pk, actor=actor, at=story.at, docket=opened.docket)
    inner, *held = shared.attachments.order_by("part")
    assert lineage.origins(opened.pk) == {inner.pk: shared.pk, **{row.pk: inner.pk for row in held}}
    actions.withhold(inner.pk, actor=actor, at=story.at, code="W-1", reason="x")
    assert lineage.covered(opened) == {row.pk for row in held}
