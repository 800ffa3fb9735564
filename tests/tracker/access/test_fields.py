import pytest
from cryptography.fernet import Fernet
from django.db import connection

from tests.factories.office import make_board
from tests.tracker.access.conftest import NOW
from tracker.access import fields
from tracker.cases.models import Identity
from tracker.errors import IntegrityBroken

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


@pytest.mark.parametrize("text", ["512-555-0142", "Ünïcödé 日本 \u200f", "a:b:c", "0", " "])
def test_text_comes_back(text):
    stored = fields.encrypt(text)

    assert fields.decrypt(stored) == text
    assert text not in stored or text in ("0", " ")


def test_the_same_text_is_stored_differently_each_time():
    assert fields.encrypt("a") != fields.encrypt("a")


def test_old_keys_still_read_and_the_first_writes(settings):
    settings.FIELD_KEYS = [OLD]
    stored = fields.encrypt("kept")

    settings.FIELD_KEYS = [NEW, OLD]

    assert fields.decrypt(stored) == "kept"
    assert stored.startswith(f"{fields.key_id(OLD)}:")
    assert fields.encrypt("new").startswith(f"{fields.key_id(NEW)}:")


def test_without_its_key_a_text_cannot_be_read(settings):
    settings.FIELD_KEYS = [OLD]
    stored = fields.encrypt("lost")

    settings.FIELD_KEYS = [NEW]

    with pytest.raises(IntegrityBroken, match=fields.key_id(OLD)):
        fields.decrypt(stored)


def test_a_changed_value_is_told():
    stored = fields.encrypt("a")
    changed = stored[:-6] + ("A" if stored[-6] != "A" else "B") + stored[-5:]

    with pytest.raises(IntegrityBroken, match="cannot be read"):
        fields.decrypt(changed)


@pytest.mark.parametrize("stored", ["plain text", "", ":", "é:é"])
def test_what_was_never_encrypted_is_told(stored):
    with pytest.raises(IntegrityBroken, match="cannot be read"):
        fields.decrypt(stored)


def test_nothing_is_stored_without_a_key(settings):
    settings.FIELD_KEYS = []

    with pytest.raises(IntegrityBroken, match="FIELD_KEYS is empty"):
        fields.encrypt("a")


def test_key_id_does_not_show_the_key():
    assert len(fields.key_id(OLD)) == 8
    assert fields.key_id(OLD) not in OLD


@pytest.mark.django_db
def test_a_column_holds_no_plain_text(make_case):
    identity_field = Identity._meta.get_field("email")
    assert isinstance(identity_field, fields.EncryptedTextField)

    case = make_case(make_board())
    participant = case.participants.create(board=case.board, role="complainant", label="C", since=NOW)
    identity = Identity.objects.create(
        board=case.board, participant=participant, name="Maya Ortiz", email="maya@example.org", phone=""
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT email, phone FROM tracker_identity")
        email, phone = cursor.fetchone()
    assert "maya" not in email
    assert phone == ""
    identity.refresh_from_db()
    assert (identity.email, identity.phone) == ("maya@example.org", "")
