"""Boards: found by state and profession, shown with their sources and the date of what is known."""

import pytest

from tests.factories.offices import make_board, make_rule


def names(response):
    return [board.slug for board in response.context["found"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["oh-cswmft", "tx-bhec"]),
        ("?state=UT&profession=", ["ut-dopl"]),
        ("?state=&profession=counseling", ["oh-cswmft", "tx-bhec", "ut-dopl"]),
        ("?state=TX&profession=counseling", ["tx-bhec"]),
        ("?state=ZZ&profession=", ["oh-cswmft", "tx-bhec"]),
    ],
)
def test_boards_are_found_by_state_and_profession(client, offices, query, found):
    assert names(client.get(f"/boards/{query}")) == found


def test_no_board_leads_to_other_help(client, offices):
    offices.elsewhere.professions.clear()
    page = client.get("/boards/?state=UT&profession=counseling").content.decode()
    assert "We know no board for this choice" in page
    assert "#others" in page


def test_the_list_takes_the_same_queries_for_one_and_for_many(client, offices, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get("/boards/?state=TX")
    for number in range(3):
        make_board(offices.texas.jurisdiction, offices.counseling, f"tx-{number}", f"T{number}")
    with django_assert_num_queries(4):
        client.get("/boards/?state=TX")


def test_a_hosted_board_can_be_filed_with_here(client, offices):
    page = client.get("/boards/tx-bhec/").content.decode()
    assert "/file/start/?board=tx-bhec" in page
    assert "512-305-7700" in page
    assert "https://lookup.example" in page


def test_a_board_elsewhere_is_explained(client, offices):
    page = client.get("/boards/ut-dopl/").content.decode()
    assert "/file/start/" not in page
    assert "160 East 300 South, Salt Lake City, UT" in page
    assert "https://dopl.example/complaint" in page
    assert "The complaint must be in writing." in page
    assert "Nothing was sent" not in page


def test_what_is_not_known_is_said_to_be_unknown(client, offices):
    offices.elsewhere.professions.clear()
    bare = make_board(offices.texas.jurisdiction, offices.counseling, "tx-bare", "BARE")
    page = client.get(f"/boards/{bare.slug}/").content.decode()
    assert page.count("Not stated") == 4
    assert "No source stated any." in page
    assert "No source says whether it must be in writing." in page


def test_every_board_shows_sources_and_the_as_of_warning(client, offices):
    for slug in ("tx-bhec", "ut-dopl"):
        page = client.get(f"/boards/{slug}/").content.decode()
        assert "as of November 1, 2026" in page
        assert "Check the board’s own page before you send anything." in page
        assert page.count('href="https://board.example/') == 2


def test_rules_show_their_citation_and_defaults_say_so(client, offices):
    page = client.get("/boards/tx-bhec/").content.decode()
    assert "22 TAC 884.10" in page
    assert page.count("Default, no source found for this board") == 8


def test_a_default_limit_does_not_contradict_the_note(client, offices):
    offices.texas.filing_deadline_notes = {"en": "Five years after services end"}
    offices.texas.save()
    page = client.get("/boards/tx-bhec/").content.decode()
    assert "Time limit: <strong>none" not in page
    assert "Five years after services end" in page
    make_rule(offices.texas, "limitation_years", 5)
    assert "Time limit: <strong>5 years" in client.get("/boards/tx-bhec/").content.decode()


def test_an_unknown_board_is_not_found(client, offices):
    assert client.get("/boards/no-such-board/").status_code == 404


def test_the_longest_name_is_shown_whole(client, offices):
    offices.texas.name = "Board of Examiners " * 9
    offices.texas.save()
    assert offices.texas.name.strip() in client.get("/boards/tx-bhec/").content.decode()


def test_one_board_takes_few_queries(client, offices, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get("/boards/tx-bhec/")
