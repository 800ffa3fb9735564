"""`seed_demo` refuses to make demo data anywhere but in a demo. What it makes is tested in `web/seeding`."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tracker.access.models import User


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "password"), [(False, "something long"), (True, "")])
def test_no_demo_people_outside_a_demo(settings: Any, demo: bool, password: str) -> None:
    settings.DEMO, settings.DEMO_PASSWORD = demo, password
    with pytest.raises(CommandError, match="only in demo mode"):
        call_command("seed_demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_without_the_boards_it_says_what_to_do(settings: Any) -> None:
    settings.DEMO, settings.DEMO_PASSWORD = True, "something long enough"
    with pytest.raises(CommandError, match="load_reference"):
        call_command("seed_demo")
    assert not User.objects.exists()
