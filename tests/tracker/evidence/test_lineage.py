"""What came out of what, at any depth; what an e-mail within an e-mail closes."""

import pytest

from tests.tracker.evidence.conftest import AT, WORKER
from tracker.errors import ActionRefused
from tracker.evidence import actions, lineage, queries
from tracker.evidence.actions import attaching
from tracker.evidence.models import Exhibit
from tracker.files import storage
from tracker.files.rendering.rendered import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(exhibit, tmp_path):
    """E-1 holds E-1.1 and E-1.2; E-1.3 came out of E-1.1, and E-1.4 out of E-1.3."""
    (tmp_path / "x").write_bytes(b"words")
    prefix = storage.case_prefix(exhibit.board_id, exhibit.case_id)
    (arrived,) = attaching.store([Attachment("x.eml", tmp_path / "x", "")], prefix)
    found = {0: exhibit}
    for part, origin in ((1, 0), (2, 0), (3, 1), (4, 3)):
        found[part] = attaching.receive_attachment(found[origin], arrived, actor=WORKER, at=AT)
    Exhibit.objects.filter(parent=exhibit).update(state="cleared", settled_at=AT)
    return found


def keys(rows):
    return [row.key for row in rows.order_by("part")]


def test_what_came_out_of_each(family):
    assert lineage.origins(family[0].case_id) == {
        family[part].pk: family[origin].pk for part, origin in ((1, 0), (2, 0), (3, 1), (4, 3))
    }
    assert keys(lineage.inside(family[0])) == ["E-1.1", "E-1.2", "E-1.3", "E-1.4"]
    assert keys(lineage.inside(family[1])) == ["E-1.3", "E-1.4"]
    assert keys(lineage.inside(family[2])) == []


@pytest.fixture
def shown(family, offered, case, staff):
    """The names of what a reader of the record finds."""
    member = staff("board_member")
    case.refresh_from_db()
    return lambda: [row.key for row in queries.exhibits_for(case, member, at=AT)]


def test_a_withheld_email_withholds_what_came_out_of_it(family, shown, case, counsel, django_assert_num_queries):
    assert shown() == ["E-1", "E-1.1", "E-1.2", "E-1.3", "E-1.4"]
    with django_assert_num_queries(1):
        assert lineage.covered(case) == set()

    actions.withhold(family[1].pk, actor=counsel, at=AT, code="W-1", reason="x")
    assert shown() == ["E-1", "E-1.2"]
    actions.release(family[1].pk, actor=counsel, at=AT, reason="x")
    assert len(shown()) == 5
    actions.withhold(family[0].pk, actor=counsel, at=AT, code="W-1", reason="x")
    assert shown() == ["E-1"]


@pytest.mark.parametrize("part", [0, 1])
def test_a_class_that_needs_a_release_closes_it_too(family, shown, counsel, part):
    by = {"actor": counsel, "at": AT, "confidentiality": "part2", "reason": "x"}
    actions.classify(family[part].pk, **by)
    assert "E-1.3" not in shown()
    actions.classify(family[part].pk, **by, release_basis="Order 3")
    assert "E-1.3" in shown()


def test_the_original_of_an_email_is_kept_back_when_what_is_in_it_is_closed(family, shown, staff, counsel):
    member = staff("board_member")
    assert queries.downloadable_exhibit(family[1].pk, member, at=AT) == family[1]
    actions.withhold(family[4].pk, actor=counsel, at=AT, code="W-1", reason="x")
    for part in (0, 1, 3):
        with pytest.raises(ActionRefused, match="Parts of exhibit"):
            queries.downloadable_exhibit(family[part].pk, member, at=AT)
    assert queries.downloadable_exhibit(family[2].pk, member, at=AT) == family[2]
