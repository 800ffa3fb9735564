"""The public words stand for all four stages, in short plain sentences."""

from boards import stages, values


def test_all_four_stages_have_their_words():
    assert [stage["stage"] for stage in stages.PUBLIC_STAGES] == list(values.STAGES)
    assert [level["canonical"] for level in stages.CANONICAL_PRIORITIES] == list(values.PRIORITIES)


def test_no_sentence_is_long_or_blames():
    for stage in stages.PUBLIC_STAGES:
        for part in ("meaning", "next"):
            for sentence in stage[part]["en"].rstrip(".").split(". "):
                assert len(sentence.split()) <= 16, sentence
                assert "guilty" not in sentence.lower()
