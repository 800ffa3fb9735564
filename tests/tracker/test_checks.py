import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tracker import checks
from tracker.access.models import User
from tracker.audit import guards
from tracker.files.rendering import child

DATABASES = ["default"]


def ids(found):
    return [message.id for message in found]


@pytest.fixture
def sound(settings):
    """Settings with which an office may start."""
    settings.DEMO = False
    settings.DEBUG = False
    settings.SCANNER = "clamd"
    settings.ALLOWED_HOSTS = ["complaints.example.gov"]
    return settings


@pytest.mark.django_db
def test_sound_installation_starts(sound):
    checks.refuse_unsafe_start()


def test_missing_secret_key_is_refused(sound):
    sound.SECRET_KEY = ""

    found = checks.secret_key()

    assert ids(found) == ["recourse.E001"]
    assert found[0].msg == "SECRET_KEY is not set."


def test_missing_field_keys_are_refused(sound):
    sound.FIELD_KEYS = []

    assert ids(checks.field_keys()) == ["recourse.E002"]


def test_a_field_key_that_is_none_is_named_by_its_place(sound):
    sound.FIELD_KEYS = [Fernet.generate_key().decode(), "too short"]

    found = checks.field_keys()

    assert ids(found) == ["recourse.E002"]
    assert found[0].msg == "Key 2 of FIELD_KEYS is not a Fernet key."


@pytest.mark.parametrize("hosts", [["127.0.0.1", "localhost"], ["[::1]"], []])
def test_debug_is_allowed_on_loopback(sound, hosts):
    sound.DEBUG = True
    sound.ALLOWED_HOSTS = hosts

    assert checks.debug_on_public_host() == []


@pytest.mark.parametrize("host", ["complaints.example.gov", "*", ".example.gov", "10.0.0.7"])
def test_debug_with_a_public_host_is_refused(sound, host):
    sound.DEBUG = True
    sound.ALLOWED_HOSTS = ["localhost", host]

    found = checks.debug_on_public_host()

    assert ids(found) == ["recourse.E003"]
    assert host in found[0].msg
    assert "localhost" not in found[0].msg


def test_a_missing_scanner_is_refused_outside_the_demo_only(sound):
    sound.SCANNER = ""

    assert ids(checks.scanner()) == ["recourse.E006"]

    sound.DEMO = True

    assert checks.scanner() == []


def test_missing_assets_are_refused(sound, tmp_path):
    sound.USWDS_DIST = tmp_path / "dist"
    sound.FONTS_DIR = tmp_path

    found = checks.front_end()

    assert ids(found) == ["recourse.E007", "recourse.E008"]
    assert "@expo-google-fonts/noto-serif" in found[1].msg


def test_installed_assets_are_found(sound):
    assert checks.front_end() == []


@pytest.mark.django_db
def test_demo_sign_ins_are_refused_outside_the_demo(sound):
    User.objects.create(email="clerk@demo.example", full_name="A Clerk", is_demo=True)

    found = checks.demo_sign_ins(databases=DATABASES)

    assert ids(found) == ["recourse.E004"]
    assert "1 demo sign-ins" in found[0].msg


@pytest.mark.django_db
def test_demo_sign_ins_are_allowed_in_the_demo_or_when_closed(sound):
    person = User.objects.create(email="clerk@demo.example", full_name="A Clerk", is_demo=True)
    sound.DEMO = True
    assert checks.demo_sign_ins(databases=DATABASES) == []

    sound.DEMO = False
    person.is_active = False
    person.save()
    assert checks.demo_sign_ins(databases=DATABASES) == []


@pytest.mark.django_db
def test_people_of_the_office_are_no_demo_sign_ins(sound):
    User.objects.create(email="clerk@board.example", full_name="A Clerk")

    assert checks.demo_sign_ins(databases=DATABASES) == []


@pytest.mark.django_db
def test_every_guard_is_there_after_the_migrations(sound):
    assert checks.ledger_guards(databases=DATABASES) == []
    assert guards.expected(connection)


@pytest.mark.django_db
def test_a_missing_guard_is_named_and_refused(sound):
    name = sorted(guards.expected(connection))[0]
    table = next(guard.table for guard in guards.GUARDS if name.startswith(f"guard_{guard.table}_"))
    on_table = "" if connection.vendor == "sqlite" else f" ON {table}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on_table}")

    found = checks.ledger_guards(databases=DATABASES)

    assert ids(found) == ["recourse.E005"]
    assert name in found[0].msg
    with pytest.raises(ImproperlyConfigured, match=r"recourse\.E005"):
        checks.refuse_unsafe_start()


def test_checks_on_the_database_ask_nothing_when_no_database_is_named(sound):
    assert checks.demo_sign_ins(databases=None) == []
    assert checks.ledger_guards() == []


@pytest.mark.django_db
def test_the_refusal_holds_every_reason_with_its_hint(sound):
    sound.FIELD_KEYS = []
    sound.SCANNER = ""

    with pytest.raises(ImproperlyConfigured) as refusal:
        checks.refuse_unsafe_start()

    lines = str(refusal.value).splitlines()
    assert lines[0] == "Recourse does not start:"
    assert [line.split(":")[0] for line in lines[1:]] == ["recourse.E002", "recourse.E006"]
    assert "Set SCANNER=clamd" in lines[2]


@pytest.mark.parametrize(("keeps", "found"), [(False, []), (True, ["recourse.W001"])])
def test_a_network_that_cannot_be_left_is_told_before_going_live(monkeypatch, keeps, found):
    child._nursery.keeps_network()
    monkeypatch.setattr(child._nursery, "_keeps_network", keeps)

    assert ids(checks.renderer_network()) == found
