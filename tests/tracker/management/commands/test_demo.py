import socket

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_port_in_use_is_told_in_one_sentence(manage):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        answer = manage("demo", "--port", port)

    assert answer.returncode == 1
    assert answer.stderr == f"CommandError: Port {port} is already in use. Choose another one: make demo PORT=8123\n"


def test_the_settings_of_an_office_are_never_a_demo(manage, child_environment, free_port):
    child_environment["RECOURSE_DEMO"] = "false"

    answer = manage("demo", "--port", free_port())

    assert answer.returncode == 1
    assert "not a demo" in answer.stderr
