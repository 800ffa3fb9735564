import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone

from tests.tracker.audit.conftest import BOARD, CLERK, Writer
from tracker.audit import actions, canonical, ledger, queries
from tracker.audit.actors import Actor
from tracker.audit.models import Anchor, AnchorLeaf, LedgerEntry, LedgerPrivate
from tracker.errors import ActionRefused

pytestmark = pytest.mark.django_db
ANCHORER = Actor.system("anchor")
APPROVERS = (uuid4(), uuid4())


def make(at):
    return actions.make_anchor(actor=ANCHORER, at=at)


def leaves(anchor):
    return {leaf.chain: (leaf.seq, leaf.hash) for leaf in anchor.leaves.all()}


def test_nothing_moved_makes_no_anchor(at):
    assert make(at) is None
    assert not Anchor.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_anchor_binds_the_head_of_every_chain(writer, at):
    writer()
    last, other = writer(), Writer()
    entry = other()

    anchor = make(at)

    assert leaves(anchor) == {writer.chain: (2, last.hash), other.chain: (1, entry.hash)}
    assert (anchor.number, anchor.prev_hash, anchor.leaf_count, anchor.at) == (1, canonical.GENESIS, 2, at)
    texts = sorted(f"{chain} {seq} {head}" for chain, (seq, head) in leaves(anchor).items())
    assert anchor.root == queries.merkle_root(texts)
    assert anchor.hash == canonical.anchor_hash(1, at, anchor.root, canonical.GENESIS)
    assert queries.anchor_faults() == []


def test_anchor_leaves_its_line_in_the_installations_chain(writer, at):
    writer()

    anchor = make(at)

    [(entry, facts)] = queries.facts_of(ledger.INSTALLATION_CHAIN, "anchor.made")
    assert facts == {"number": 1, "leaves": 1, "root": anchor.root, "hash": anchor.hash}
    assert (entry.board_id, json.loads(entry.body)["actor"]) == (None, "system:anchor")


def test_an_installation_that_only_anchored_has_not_moved(writer, at):
    writer()
    make(at)

    assert make(at) is None
    assert make(at) is None
    assert Anchor.objects.count() == 1


def test_next_anchor_binds_only_what_moved_and_the_anchor_before(writer, at):
    writer(), Writer()()
    first = make(at)
    entry = writer()

    second = make(at)

    line = LedgerEntry.objects.get(chain=ledger.INSTALLATION_CHAIN, seq=1)
    assert leaves(second) == {writer.chain: (2, entry.hash), ledger.INSTALLATION_CHAIN: (1, line.hash)}
    assert (second.number, second.prev_hash) == (2, first.hash)
    assert make(at) is None
    assert queries.anchor_faults() == []


def test_an_act_of_the_installation_moves_it(writer, at):
    writer()
    make(at)
    Writer(ledger.INSTALLATION_CHAIN)(board_id=None)

    assert leaves(make(at))[ledger.INSTALLATION_CHAIN][0] == 2


def test_anchor_file_holds_one_line_for_each(writer, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        writer()
        first = make(at)
    with django_capture_on_commit_callbacks(execute=True):
        writer()
        second = make(at)

    lines = Path(django_settings.ANCHOR_FILE).read_text().splitlines()
    assert lines == [f"{a.number} {canonical.rfc3339(at)} {a.root} {a.hash}" for a in (first, second)]


@pytest.mark.django_db(transaction=True)
def test_rolled_back_anchor_leaves_no_line(writer, at):
    writer()

    with transaction.atomic():
        make(at)
        transaction.set_rollback(True)

    assert not Path(django_settings.ANCHOR_FILE).exists()
    assert not AnchorLeaf.objects.exists()
    assert make(at).number == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_anchors_made_at_once_stay_linked(writer, together):
    def one():
        writer()
        return make(timezone.now())

    results = together(*[one] * 6)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert queries.anchor_faults() == []
    numbers = sorted(Anchor.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def dispose(*entries, **changes):
    told = {
        "actor": CLERK,
        "at": timezone.now(),
        "authority": "TX-GR-3.2",
        "approvers": APPROVERS,
        "reason": "Retention ended.",
        **changes,
    }
    return actions.dispose_private([entry.id for entry in entries], **told)


def states(chain):
    return [(verdict.seq, verdict.state.value, verdict.under) for verdict in queries.chain_report(chain).verdicts]


def test_disposal_takes_the_words_and_leaves_the_chain_whole(writer):
    first, second = writer("a"), writer("b")

    assert dispose(first) == 1

    assert not LedgerPrivate.objects.filter(entry=first.id).exists()
    assert LedgerPrivate.objects.filter(entry=second.id).exists()
    assert states(writer.chain) == [(1, "disposed", 3), (2, "intact", None), (3, "intact", None)]
    assert queries.chain_report(writer.chain).is_whole


def test_disposal_says_what_went_and_under_what(writer):
    entry = writer("a")
    dispose(entry)

    line = queries.timeline(writer.chain, with_private=True)[0]
    assert line.facts == {
        "entries": [str(entry.id)],
        "count": 1,
        "authority": "TX-GR-3.2",
        "approvers": [str(person) for person in APPROVERS],
    }
    assert line.private == {"reason": "Retention ended."}
    assert line.sentence == "Private parts of 1 entries disposed of under TX-GR-3.2"
    assert LedgerEntry.objects.get(pk=line.id).board_id == BOARD


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"authority": ""}, "Name the authority for the disposal by its code, without spaces."),
        ({"authority": "because I say so"}, "Name the authority for the disposal by its code, without spaces."),
        ({"approvers": ()}, "Two approvers must agree to a disposal."),
        ({"approvers": (APPROVERS[0], APPROVERS[0])}, "Two approvers must agree to a disposal."),
    ],
)
def test_disposal_without_authority_or_approvers_is_refused(writer, changes, reason):
    entry = writer("a")

    with pytest.raises(ActionRefused) as refusal:
        dispose(entry, **changes)

    assert refusal.value.reasons == [reason]
    assert states(writer.chain) == [(1, "intact", None)]


def test_disposal_over_two_chains_is_refused(writer):
    entries = writer("a"), Writer()("b")

    with pytest.raises(ActionRefused, match="one chain"):
        dispose(*entries)

    assert LedgerPrivate.objects.count() == 2


def test_nothing_to_dispose_of_is_refused(writer):
    with pytest.raises(ActionRefused, match="hold no private part"):
        dispose(writer(""))

    assert LedgerEntry.objects.count() == 1


def test_a_disposal_never_covers_up_a_loss(writer, tamper, key):
    lost, kept = writer("a"), writer("b")
    tamper("DELETE FROM tracker_ledgerprivate WHERE entry = %s", key(lost.id))

    assert dispose(lost, kept) == 1

    assert states(writer.chain) == [(1, "missing", None), (2, "disposed", 3), (3, "intact", None)]
    with pytest.raises(ActionRefused, match="hold no private part"):
        dispose(kept)
