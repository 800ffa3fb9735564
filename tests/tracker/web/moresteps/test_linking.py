"""Links, companions and ex-parte contacts on the desk; and who decides reads nothing that is not the record."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.docketed import Docketed, now
from tests.factories.staffed import Staffed, make_staffed
from tests.tracker.web.moresteps.test_settling import front, offered, pages, told
from tracker.cases.models import Case
from tracker.evidence.models import Exhibit


@pytest.fixture
def office(db: None) -> Staffed:
    """A hosted board with everybody who works there."""
    return make_staffed()


class Loaded(Docketed):
    """A case in whose file lies everything that those who decide must not read, each with its canary."""

    def investigating(self) -> Docketed:
        """Danger was found and answered; an expert was asked and answered."""
        if self.case is None:
            self.file()
        self.reviewed(danger=True)
        self.do("decide_emergency", self.office.manager, {"outcome": "not_needed", "reasons": "SECRET-EMERGENCY"})
        super().investigating()
        asked = {"name": "SECRET-EXPERT", "email": "roe@expert.example", "conflict_check": "SECRET-CHECK"}
        asked |= {"questions": "SECRET-QUESTION", "letter": "SECRET-LETTER"}
        self.do("refer_to_expert", self.office.investigator, asked)
        came = {"received_on": self.today(), "text": "SECRET-OPINION"}
        return self.do("receive_opinion", self.office.investigator, came)

    def loaded(self) -> "Loaded":
        """Before its hearing, with a hold, an abeyance, links, a companion and settlement talks."""
        self.scheduled()
        counsel = self.office.counsel
        offered(self)
        self.do("place_hold", counsel, {"reason": "SECRET-HOLD", "review_on": "2099-01-01"})
        self.do("begin_abeyance", counsel, {"reason": "SECRET-ABEYANCE"})
        other = Docketed(self.office, at=now()).file(respondent="SECRET-OTHER").case
        self.do("link_dockets", counsel, {"docket": other.docket, "kind": "same_respondent", "reason": "SECRET-LINK"})
        row = {"name": "SECRET-COMPANION", "allegations": ["A1"], "share_exhibits": "on", "reason": "SECRET-REASON"}
        return self.do("open_companion", counsel, row)


@pytest.mark.once
def test_who_decides_reads_the_record_and_nothing_else(office: Staffed, client: Client) -> None:
    story = Loaded(office).loaded()
    contact = {"decider": office.presiding.email, "contact_on": story.today(), "by_whom": "A neighbor"}
    story.do("log_ex_parte", office.counsel, {**contact, "text": "Told on the stairs"})
    others = list(Case.objects.exclude(pk=story.case.pk).values_list("docket", flat=True))
    canaries = ("SECRET", "Canary", "ettlement", "xpert", "Maya", "Linked dockets", *others)
    for person in (office.presiding, office.voters[0]):
        text = pages(client, person, story.case.docket)
        assert told(text, canaries) == []
        assert "Told on the stairs" in text
        for word in ("SECRET", "COMPANION", others[0]):
            listed = client.get(reverse("desk:queue"), {"q": word}).context["page"].rows
            assert listed == [], word
    # All of it is there for those who may.
    text = pages(client, office.counsel, story.case.docket)
    for word in ("SECRET-OPINION", "SECRET-HOLD", "SECRET-LINK", "SECRET-EMERGENCY", "Canary offer", *others):
        assert word in text, word


def test_a_companion_is_linked_on_both_pages_and_shares_the_exhibits(office: Staffed, client: Client) -> None:
    story = Docketed(office).file()
    story.receive()
    docket = story.case.docket
    row = {"name": "Ines Farrow", "allegations": ["A1"], "share_exhibits": "on", "reason": "She was there."}
    story.do("open_companion", office.counsel, row)
    opened = Case.objects.exclude(pk=story.case.pk).get()
    for here, there, name in ((docket, opened.docket, "Ines Farrow"), (opened.docket, docket, "Robin Vale")):
        text = front(client, office.counsel, here)
        assert told(text, ("Same complaint, another respondent", there, name)) == [
            "Same complaint, another respondent", there, name,
        ]  # fmt: skip
    # One more exhibit is shared by hand, from its own page.
    late = story.receive("late.txt", b"late")
    act = reverse("desk:exhibit-act", args=[docket, late.key, "share"])
    page = client.get(reverse("desk:exhibit", args=[docket, late.key])).content.decode()
    assert "Share with a linked docket" in page
    assert client.post(act, {"docket": "BHEC-2026-99999"}).status_code == 409
    assert client.post(act, {"docket": opened.docket}).status_code == 302
    assert Exhibit.objects.filter(case=opened).count() == 2


def test_a_merged_docket_points_on(office: Staffed, client: Client) -> None:
    first = Docketed(office).file()
    story = Docketed(office).reviewed()
    closing = {"disposition": "DUPLICATE", "reason": "The same.", "other_docket": first.case.docket}
    story.do("approve_closure", office.director, {"disposition": "DUPLICATE", "agrees": "yes"})
    story.do("close_at_intake", office.intake, closing)
    text = front(client, office.intake, story.case.docket)
    assert "This case repeats another one and was merged into it." in text
    assert reverse("desk:case", args=[first.case.docket]) in text
    assert "Merged into this docket" in front(client, office.intake, first.case.docket)
