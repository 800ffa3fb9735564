"""A settlement from the first offer to its rejection, as the desk does it; who hears and decides reads none of it."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.cases import set_rule
from tests.factories.docketed import Docketed
from tests.factories.staffed import Staffed, make_staffed
from tracker.access.models import User

CANARY = "Canary"
OFFER = {"side": "respondent", "text": f"{CANARY} offer", "terms": [{"code": "CENSURE", "terms": f"{CANARY} term"}]}
TALKS = (CANARY, "ettlement", "Stipulation")


@pytest.fixture
def office(db: None) -> Staffed:
    """A hosted board with everybody who works there."""
    return make_staffed()


def pages(client: Client, person: User, docket: str) -> str:
    """All that a person reads of a case: its page and each address on it below the case, and the lists."""
    client.force_login(person)
    case = reverse("desk:case", args=[docket])
    first = client.get(case).content.decode()
    below = sorted(set(re.findall(rf'href="({case}[^"#]+)', first)) - {case})
    below += [f"{case}?timeline=settlement", f"{reverse('desk:queue')}?q={CANARY.upper()}", reverse("desk:home")]
    found = [first]
    for path in below:
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found.append(body.decode(errors="replace"))
    return "\n".join(found)


def front(client: Client, person: User, docket: str) -> str:
    """The page of a case alone."""
    client.force_login(person)
    return client.get(reverse("desk:case", args=[docket])).content.decode()


def told(text: str, words: Iterable[str]) -> list[str]:
    """Which of the words somebody reads."""
    return [word for word in words if word in text]


def offered(story: Docketed, **data: Any) -> Docketed:
    """Both sides talk: an offer and the answer to it."""
    counsel = story.office.counsel
    story.do("offer_settlement", counsel, {**OFFER, "offered_on": story.today(), **data})
    return story.do("offer_settlement", counsel, {**OFFER, "side": "board", "offered_on": story.today(), **data})


def signed(story: Docketed) -> Docketed:
    """The answer is signed by both."""
    day = story.today()
    data = {"respondent_signed_on": day, "counsel_signed_on": day, "text": f"{CANARY} stipulation"}
    return story.do("sign_settlement", story.office.counsel, data)


@pytest.mark.once
def test_talks_stay_between_the_parties(office: Staffed, client: Client) -> None:
    story = offered(Docketed(office).scheduled())
    docket = story.case.docket
    for person in (office.presiding, *office.voters[:1]):
        assert told(pages(client, person, docket), TALKS) == []
    # Nor those who sat on probable cause or investigated, though they see the file.
    for person in (office.panel[0], office.investigator):
        assert told(pages(client, person, docket), (CANARY, "ettlement offer", "ettlement talks")) == []
    for person in (office.counsel, office.director):
        text = front(client, person, docket)
        for words in ("Settlement talks", "Offer 2 by the board", "Censure: Canary term", "Answered by another offer"):
            assert words in text

    signed(story)
    assert told(pages(client, office.presiding, docket), TALKS) == []
    # Who votes reads what was signed, and nothing of the talks before.
    text = pages(client, office.voters[0], docket)
    assert "Canary stipulation" in text
    assert told(text, ("Canary offer", "ettlement offer", "ettlement talks")) == []

    ballots = "\n".join(f"{member.email} yes" for member in office.voters)
    vote = {"kind": "order", "decision": "reject_settlement", "held_on": story.today(), "ballots": ballots}
    story.do("record_vote", office.director, vote).do("reject_settlement", office.director, {"reasons": "Too lenient"})
    assert story.case.status == "prehearing"
    for person in (office.presiding, *office.voters[:1]):
        assert told(pages(client, person, docket), TALKS) == []
    assert "Rejected by the board" in front(client, office.counsel, docket)


def test_a_record_may_begin_with_what_both_sides_signed(office: Staffed, client: Client) -> None:
    set_rule(office.board, "informal_track", value=True)
    story = signed(offered(Docketed(office).reported()))
    text = pages(client, office.voters[0], story.case.docket)
    assert "Canary stipulation" in text
    assert "Since the record began" in text
    assert told(text, ("SECRET", "Canary offer", "Maya")) == []
    # There is nothing to hear, so who presides never learns that there is such a case.
    client.force_login(office.presiding)
    case, queue = reverse("desk:case", args=[story.case.docket]), reverse("desk:queue")
    assert client.get(case).status_code == 404
    for page in (f"{queue}?shown=all", f"{queue}?shown=all&q={story.case.docket}", reverse("desk:home")):
        answer = client.get(page)
        assert (answer.status_code, case in answer.content.decode()) == (200, False)
