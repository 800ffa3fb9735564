import shutil

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_healthy(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "storage": "ok"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_asks_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/healthz")


@pytest.mark.django_db
def test_missing_vault_is_told(client, vault, caplog):
    shutil.rmtree(vault)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "storage": "unavailable"}


@pytest.mark.django_db
def test_a_file_in_place_of_the_vault_is_told(client, vault):
    shutil.rmtree(vault)
    vault.write_text("not a folder")

    assert client.get("/healthz").json()["storage"] == "unavailable"


@pytest.mark.django_db
def test_storage_that_cannot_be_opened_is_told(client, settings, caplog):
    settings.STORAGES = {**settings.STORAGES, "vault": {"BACKEND": "no.such.Storage"}}

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert "InvalidStorageError" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_database_away_is_told(client, caplog):
    # Any query fails from here on, as when the server went away in the middle.
    def away(execute, sql, params, many, context):
        raise OperationalError("server closed the connection")

    with connection.execute_wrapper(away):
        answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"database": "unavailable", "storage": "ok"}


@pytest.mark.django_db
def test_answers_without_https_so_that_a_probe_beside_the_server_can_ask(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200


def test_only_reads_are_allowed(client):
    assert client.post("/healthz").status_code == 405
