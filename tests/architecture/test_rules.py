"""The floor plan, executable. Every rule is shown to catch planted faults and to leave good code alone."""

import pytest

from tests.architecture import rules
from tests.architecture.sources import ROOMS, Source, product, suite

GOOD = Source(
    "tracker/evidence/actions.py",
    '''"""Acts on exhibits."""

from tracker.audit import ledger
from tracker.evidence import queries
from tracker.errors import ActionRefused


@transaction.atomic
def seal(exhibit_id, *, actor, at):
    """Close an exhibit. Ledger: exhibit.sealed."""
    context = {}
    context.update(at=at)
    return queries.find(exhibit_id).filter(pk=1).update(sealed_at=at)
''',
)
DOC = '"""A file."""\n'
ACT = DOC + '@transaction.atomic\ndef seal(pk, {arguments}):\n    """Close it."""\n'
FAULTS = {
    "imports_go_down": [
        ("tracker/cases/queries.py", "from tracker.evidence.models import Exhibit"),
        ("tracker/audit/ledger.py", "import tracker.access.gate"),
        ("boards/queries.py", "from tracker.audit import ledger"),
        ("tracker/bundle/actions.py", "from tracker.web.forms import exhibit"),
        ("tracker/files/storage.py", "from tracker.settings import VAR_DIR"),
    ],
    "kinds_go_down": [
        ("tracker/cases/models/case.py", "from tracker.cases import queries"),
        ("tracker/cases/queries.py", "from tracker.cases.actions import filing"),
        ("boards/rules.py", "from boards.models import Board"),
        ("tracker/bundle/actions.py", "from tracker.bundle.tasks import build"),
        ("tracker/files/storage.py", "from tracker.files import actions"),
    ],
    "pure_files_are_pure": [
        ("tracker/cases/workflow.py", "from django.db.models import Q"),
        ("tracker/hearings/rules.py", "from tracker.cases.models import Case"),
        ("tracker/bundle/stamp.py", "from django.conf import settings"),
        ("tracker/cases/votes.py", "def count(case):\n    return case.ballots.objects.all()"),
    ],
    "no_clock_below_the_doors": [
        ("tracker/cases/actions/intake.py", "def f():\n    return timezone.now()"),
        ("tracker/hearings/rules.py", "import datetime\nLATE = datetime.date.today()"),
        ("tracker/files/storage.py", "import time\nSTARTED = time.time()"),
        ("boards/models.py", "class A(M):\n    at = models.DateTimeField(auto_now_add=True)"),
    ],
    "doors_do_not_write": [
        ("tracker/web/desk/cases.py", "def f(case):\n    case.save()"),
        ("tracker/web/portal/views.py", "def f(q):\n    q.objects.filter(pk=1).update(stage=1)"),
        ("tracker/management/commands/advance.py", "def f(case):\n    case.exhibits.create(number=1)"),
        ("tracker/web/admin/boards.py", "def f(board):\n    board.delete()"),
        ("tracker/web/desk/cases.py", "from tracker.audit import ledger"),
        ("tracker/web/desk/bundles.py", "from tracker.bundle.stamp import stamp"),
        ("tracker/web/desk/cases.py", "def f(pk):\n    return Case.objects.get(pk=pk)"),
    ],
    "only_web_speaks_http": [
        ("tracker/cases/queries.py", "from django.http import Http404"),
        ("tracker/evidence/actions.py", "from django.shortcuts import get_object_or_404"),
        ("tracker/hearings/rules.py", "from django import http\nfrom django.http import HttpRequest"),
    ],
    "actions_name_their_actor": [
        ("tracker/evidence/actions.py", ACT.format(arguments="actor, at")),
        ("tracker/evidence/actions.py", ACT.format(arguments="*, actor")),
        ("tracker/cases/actions/intake.py", ACT.format(arguments="*, at")),
        (
            "tracker/cases/actions/intake.py",
            DOC + "@transaction.atomic(durable=True)\ndef open_it(pk, *, actor, at):\n    return pk",
        ),
    ],
    "public_functions_are_explained": [
        ("tracker/evidence/__init__.py", "EXHIBITS = 1"),
        ("tracker/evidence/__init__.py", ""),
        ("tracker/cases/queries.py", DOC + "def docket_list():\n    return 1"),
        ("tracker/cases/queries.py", "LIMIT = 1"),
    ],
    "sizes_are_kept": [
        ("tracker/cases/queries.py", "A = 1\n" * 401),
        ("tracker/cases/queries.py", "def f():\n" + "    a = 1\n" * 60),
        ("tracker/management/commands/advance.py", "A = 1\n" * 31),
    ],
    "arguments_are_few": [
        ("tracker/cases/queries.py", "def f(a, b, c, d, e):\n    return a"),
        ("tracker/cases/queries.py", "class A:\n    def f(self, a, b, c, d, e):\n        return a"),
    ],
    "no_hidden_effects": [
        ("tracker/cases/models/case.py", "from django.db.models.signals import post_save"),
        ("tracker/cases/apps.py", "from django.dispatch import receiver"),
        ("tracker/cases/models/case.py", "class Case:\n    def save(self):\n        pass"),
    ],
    "names_say_what_they_are": [
        ("tracker/cases/utils.py", ""),
        ("tracker/core/models.py", ""),
    ],
    "only_tasks_know_the_task_library": [
        ("tracker/notices/actions.py", "from django_tasks import task"),
        ("tracker/web/desk/bundles.py", "from django_tasks_db.models import DBTaskResult"),
    ],
}
PLANTED = [
    pytest.param(name, Source(path, text), id=f"{name}-{number}")
    for name, faults in FAULTS.items()
    for number, (path, text) in enumerate(faults, start=1)
]


def test_product_keeps_every_rule() -> None:
    # Once for all rules, since reading all files takes longer than any of them.
    sources = product()
    found = [f"{rule.__name__}: {line}" for rule in rules.RULES for line in rule(sources)]

    assert not found, "\n".join(found)


def test_tests_keep_sizes_and_names() -> None:
    sources = suite()
    found = [*rules.sizes_are_kept(sources), *rules.names_say_what_they_are(sources)]

    assert found == []


@pytest.mark.parametrize(("name", "fault"), PLANTED)
def test_rule_catches_planted_fault(name: str, fault: Source) -> None:
    rule = getattr(rules, name)

    found = list(rule([fault]))

    assert found
    assert all(line.startswith(f"{fault.path}:") for line in found)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_rule_leaves_good_code_alone(rule: rules.Rule) -> None:
    assert list(rule([GOOD])) == []


def test_every_rule_has_planted_faults() -> None:
    assert set(FAULTS) == {rule.__name__ for rule in rules.RULES}


def test_product_has_every_room() -> None:
    # Else a renamed folder would leave the rules with nothing to look at.
    assert set(ROOMS) <= {source.room for source in product()}
