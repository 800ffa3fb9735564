from tests.factories.cases import Story


def test_whole(story: Story) -> None:
    story.to("closed")
    assert story.case.disposition == "PROBATION"
