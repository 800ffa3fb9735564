"""A text column that is encrypted at rest (Fernet: AES-128-CBC with HMAC-SHA-256), for contacts and birth dates."""

import hashlib
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models

from tracker.errors import IntegrityBroken


def key_id(key: str) -> str:
    """The short public name of a key, stored beside what it encrypted so that old keys can be retired."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]


@lru_cache(maxsize=4)
def _ring(keys: tuple[str, ...]) -> dict[str, Fernet]:
    return {key_id(key): Fernet(key) for key in keys}


def encrypt(text: str) -> str:
    """`key id:token` under the first key of `FIELD_KEYS`. Raises IntegrityBroken where no key is set."""
    if not settings.FIELD_KEYS:
        raise IntegrityBroken("FIELD_KEYS is empty: contacts cannot be stored.")
    ring = _ring(tuple(settings.FIELD_KEYS))
    name = key_id(settings.FIELD_KEYS[0])
    return f"{name}:{ring[name].encrypt(text.encode()).decode()}"


def decrypt(stored: str) -> str:
    """The text of a stored value. Raises IntegrityBroken when its key is gone or the value was changed."""
    name, _, token = stored.partition(":")
    try:
        return _ring(tuple(settings.FIELD_KEYS))[name].decrypt(token.encode()).decode()
    except (KeyError, InvalidToken):
        raise IntegrityBroken(f"A stored contact cannot be read with the keys at hand (key {name}).") from None


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Plain text in Python, encrypted text in the database. It cannot be searched."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str:
        """Decrypt on reading."""
        return decrypt(value) if value else ""

    def get_prep_value(self, value: Any) -> str:
        """Encrypt on writing. Empty stays empty."""
        return encrypt(str(value)) if value else ""
