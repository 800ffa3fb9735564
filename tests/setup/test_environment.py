"""`.env.example`: every setting explained, and an office filled in after it passes the deployment check."""

import re
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet

from tests.conftest import ROOT

EXAMPLE = ROOT / ".env.example"
# Explained elsewhere: it is for the tests only.
FOR_TESTS_ONLY = {"RECOURSE_IGNORE_ENV_FILE"}


def names_in_settings():
    text = (ROOT / "tracker" / "settings.py").read_text()
    return set(re.findall(r"""(?:env\.\w+|os\.environ\.get)\(\s*["']([A-Z_]+)["']""", text)) - FOR_TESTS_ONLY


def names_in_example():
    return set(re.findall(r"(?m)^#?([A-Z_]+)=", EXAMPLE.read_text()))


@pytest.fixture
def office(tmp_path):
    """The environment of an office: the example with its blanks filled in."""
    filled = {
        "SECRET_KEY": "k7Vw" * 16,
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "ALLOWED_HOSTS": "complaints.example.gov",
        "SITE_URL": "https://complaints.example.gov",
    }
    lines = EXAMPLE.read_text().splitlines()
    rows = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert {name for name, value in rows.items() if not value} == set(filled)
    # A key of repeated letters has too few different ones for Django.
    filled["SECRET_KEY"] = "".join(chr(33 + (index * 37) % 90) for index in range(64))
    return {
        **rows,
        **filled,
        "PATH": "/usr/bin:/bin",
        "RECOURSE_IGNORE_ENV_FILE": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'office.sqlite3'}",
    }


def check(environment):
    command = [sys.executable, str(ROOT / "manage.py"), "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_every_setting_is_explained():
    assert names_in_settings() - names_in_example() == set()


def test_nothing_is_explained_that_is_not_read():
    assert names_in_example() - names_in_settings() == set()


def test_a_filled_in_office_passes_the_deployment_check(office):
    answer = check(office)

    assert answer.returncode == 0, answer.stderr
    assert "System check identified no issues" in answer.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "SCANNER"])
def test_an_office_with_a_blank_is_refused_by_name(office, name):
    del office[name]

    answer = check(office)

    assert answer.returncode != 0
    assert f"{name} is not set" in answer.stderr


def test_debug_with_the_office_s_host_is_refused(office):
    answer = check({**office, "DEBUG": "true"})

    assert answer.returncode != 0
    assert "recourse.E003" in answer.stderr


def test_the_web_application_itself_refuses_to_start(office):
    del office["SCANNER"]
    command = [sys.executable, "-c", "import tracker.wsgi"]

    answer = subprocess.run(command, cwd=ROOT, env=office, capture_output=True, text=True, check=False)

    assert answer.returncode != 0
    assert "SCANNER is not set" in answer.stderr.splitlines()[-1]
