"""A scratch installation for the benches: a database, a vault and secrets of its own below one folder."""

import json
import os
import secrets
import shutil
import sys
from base64 import urlsafe_b64encode
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_NO_LIMIT = 64 * 1024**3


def open_scratch(folder: Path, *, migrate: bool = True) -> None:
    """Set Django up on an SQLite database and a vault below `folder`; both are made if they are new.

    Without `migrate` the database must be there: a worker does not look after that either. A new one is a copy of the
    migrated, empty database that `SCRATCH_FROM` names, where it names one. Must be called before anything of the
    product is imported. The same folder can be opened by several processes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(ROOT))
    os.environ.update(
        {
            "RECOURSE_IGNORE_ENV_FILE": "1",
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
            "HTTPS": "false",
            "DATABASE_URL": f"sqlite:///{folder}/scratch.sqlite3",
            "VAULT_OPTIONS": json.dumps({"location": str(folder / "vault")}),
            "FILE_UPLOAD_TEMP_DIR": str(folder / "tmp"),
            "ANCHOR_FILE": str(folder / "anchors.txt"),
            "EMAIL_FILE_PATH": str(folder / "mail"),
            "SIGNING_KEYS_DIR": str(folder / "keys"),
            "UPLOAD_MAX_BYTES": str(_NO_LIMIT),
            "LOG_LEVEL": "ERROR",
            **_secrets(folder / "secrets.json"),
        }
    )
    import django  # noqa: PLC0415 - only once the environment is set
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    template = os.environ.get("SCRATCH_FROM")
    if template and migrate and not (folder / "scratch.sqlite3").exists():
        shutil.copyfile(template, folder / "scratch.sqlite3")
    elif migrate:
        call_command("migrate", verbosity=0, skip_checks=True)


def _secrets(file: Path) -> dict[str, str]:
    """Secrets made once, so that what one process encrypts another can read."""
    if not file.exists():
        made = {
            "SECRET_KEY": secrets.token_hex(30),
            "FIELD_KEYS": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        }
        file.touch(mode=0o600)
        file.write_text(json.dumps(made))
    found: dict[str, str] = json.loads(file.read_text())
    return found
