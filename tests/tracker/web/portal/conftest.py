"""Somebody at a browser: filling the wizard step by step, filing, tracking."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

PLACE = {"state": "TX", "profession": "counseling"}
WHO = {"name": "Leland Prewitt", "practice": "Cedar Row Counseling, Waco"}
WHAT = {
    "grounds": ["refusal_to_terminate", "confidentiality_breach"],
    "occurred_from_0": "2",
    "occurred_from_2": "2026",
    "occurred_to_0": "4",
    "occurred_to_1": "20",
    "occurred_to_2": "2026",
    "narrative": "I told him that I wanted to stop. He said I was not ready.",
    "raised": "yes",
}
YOU = {"relation": "client", "name": "Maya Ortiz-Bell", "email": "maya@example.com", "safe_contact": "any"}
SIGNED = {"attestation_version": "plain-1", "attested": "on", "name": "Maya Ortiz-Bell"}
ANSWERS = {"start": {}, "board": PLACE, "who": WHO, "what": WHAT, "you": YOU, "documents": {}}
TEXT = b"Feb 2: I said that I want to stop.\nFeb 16: he booked me again.\n"


def text_file(name: str = "messages.txt", body: bytes = TEXT) -> SimpleUploadedFile:
    """A small readable file."""
    return SimpleUploadedFile(name, body, "text/plain")


@pytest.fixture
def fill(client: Client, offices) -> Callable:
    """Answer the steps up to and with `last`; answers of single steps may be given by name."""

    def go(last: str = "documents", **changed: dict):
        response = None
        for key, usual in ANSWERS.items():
            response = client.post(f"/file/{key}/", {**usual, **changed.get(key, {})})
            assert response.status_code == 302, response.content.decode()[:3000]
            if key == last:
                break
        return response

    return go


@pytest.fixture
def sign(client: Client) -> Callable:
    """Press "File my complaint"."""
    return lambda **changed: client.post("/file/review/", {**SIGNED, **changed})


@pytest.fixture
def filed(client: Client, fill, sign) -> dict[str, str]:
    """A filed complaint: its docket and tracking code, read from the receipt page."""
    fill()
    assert sign().status_code == 302
    return numbers(client)


def numbers(client: Client) -> dict[str, str]:
    """Docket and code as the receipt page shows them."""
    kept = client.get("/file/receipt/").context["kept"]
    return {"docket": kept.receipt.docket, "code": kept.code}
