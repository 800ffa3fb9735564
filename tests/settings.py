"""Settings of the test run: the product's own, with secrets made on the spot and all files under var/test."""

import atexit
import os
import secrets
import shutil
import tempfile
from base64 import urlsafe_b64encode
from pathlib import Path

os.environ["RECOURSE_IGNORE_ENV_FILE"] = "1"
os.environ.setdefault("HTTPS", "false")
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
os.environ["FIELD_KEYS"] = urlsafe_b64encode(secrets.token_bytes(32)).decode()

from tracker.settings import *  # noqa: E402, F403
from tracker.settings import DATABASES, STORAGES, VAR_DIR  # noqa: E402

(VAR_DIR / "test").mkdir(parents=True, exist_ok=True)
TEST_DIR = Path(tempfile.mkdtemp(prefix="run-", dir=VAR_DIR / "test"))


@atexit.register
def _leave_nothing(owner: int = os.getpid()) -> None:
    # A forked child ends too, and the folder is not its own.
    if os.getpid() == owner:
        shutil.rmtree(TEST_DIR, ignore_errors=True)


DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DB_NAME") or str(TEST_DIR / "db.sqlite3")}
if "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": f"test_recourse_{os.getpid()}"}
STORAGES["vault"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": str(TEST_DIR / "vault")},
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
FILE_UPLOAD_TEMP_DIR = TEST_DIR / "tmp"
FILE_UPLOAD_TEMP_DIR.mkdir()
STATIC_ROOT = TEST_DIR / "static"
STATIC_ROOT.mkdir()
ANCHOR_FILE = str(TEST_DIR / "anchors.txt")
SIGNING_KEYS_DIR = TEST_DIR / "keys"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
