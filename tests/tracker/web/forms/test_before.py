"""The five questions: every answer gets its sentence, the urgent one first."""

import pytest

from tracker.web.forms.before import BeforeForm

FITTING = {"danger": "no", "licensed": "yes", "conduct": "yes", "money": "no", "written": "yes"}


def advice(**answers):
    form = BeforeForm({**FITTING, **answers})
    assert form.is_valid(), form.errors
    return form.advice()


def test_a_fitting_matter_may_be_filed_at_once():
    found = advice()
    assert found.fits
    assert found.points == ["You can file now. It takes about ten minutes, and you may stop and come back."]


@pytest.mark.parametrize(
    ("question", "answer", "words", "fits"),
    [
        ("danger", "yes", "911", True),
        ("danger", "unsure", "911", True),
        ("licensed", "no", "consumer office", False),
        ("licensed", "unsure", "look-up", True),
        ("conduct", "no", "health plan", False),
        ("money", "yes", "small claims court", True),
        ("written", "no", "in writing", True),
    ],
)
def test_each_answer_has_its_sentence(question, answer, words, fits):
    found = advice(**{question: answer})
    assert len(found.points) == 1
    assert words in found.points[0]
    assert found.fits is fits


def test_danger_comes_first():
    assert "911" in advice(written="no", money="yes", danger="yes").points[0]


def test_every_question_wants_an_answer():
    form = BeforeForm({})
    assert not form.is_valid()
    assert set(form.errors) == set(FITTING)
