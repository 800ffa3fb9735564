"""Who may enter, and what stands in the menu."""

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from tests.factories.office import make_person
from tracker.access.models import Membership
from tracker.web.admin.site import site

READERS = ("administrator", "auditor", "custodian")
OTHERS = ("intake", "investigator", "manager", "counsel", "presiding", "monitor", "director")


def test_without_a_sign_in_the_desks_page_is_asked(client, db):
    page = client.get("/admin/boards/board/", follow=True)

    assert page.redirect_chain[-1] == ("/sign-in/?next=/admin/boards/board/", 302)


def test_djangos_own_sign_in_leads_to_the_desks(client, db):
    assert client.get("/admin/login/").url == "/sign-in/?next=/admin/"


@pytest.mark.parametrize("who", READERS)
def test_these_roles_enter(office, open_as, who):
    assert open_as(getattr(office, who), "/admin/").status_code == 200


@pytest.mark.parametrize("who", OTHERS)
def test_no_other_role_enters(office, open_as, who):
    page = open_as(getattr(office, who), "/admin/")

    assert page.status_code == 403
    assert "Administrator, Auditor, Records custodian" in page.content.decode()


def test_a_signed_in_person_without_the_role_is_not_sent_in_circles(office, open_as):
    assert open_as(office.intake, "/admin/login/", next="/admin/").status_code in (302, 403)
    assert open_as(office.intake, "/admin/boards/board/").status_code == 403


def test_an_ended_role_does_not_open_the_site(office, open_as):
    Membership.objects.filter(user=office.administrator).update(valid_until="2021-01-01")

    assert open_as(office.administrator, "/admin/").status_code == 403


def test_a_person_without_a_role_does_not_enter(office, open_as):
    assert open_as(make_person(), "/admin/").status_code == 403


def test_the_menu_groups_the_tables(office, open_as):
    groups = open_as(office.administrator, "/admin/").context["app_list"]

    assert [str(group["name"]) for group in groups] == ["Boards", "People", "Read only"]
    assert [row["name"] for row in groups[2]["models"]] == ["Cases", "Exhibits", "Ledger entries"]


def test_only_our_tables_are_registered():
    assert {model._meta.object_name for model in site._registry} == {
        "Board", "BoardRule", "ClosedDay", "Jurisdiction", "Profession", "Ground", "NpdbCode",
        "User", "Membership", "Case", "Exhibit", "LedgerEntry",
    }  # fmt: skip
    assert apps.get_model("django_tasks_database", "DBTaskResult") not in site._registry


@pytest.mark.parametrize(
    "name", ["password_change", "boards_board_delete", "tracker_case_delete", "tracker_user_history"]
)
def test_pages_that_would_write_by_themselves_are_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{name}", args=[] if name == "password_change" else ["x"])


def test_signing_out_there_leads_back(office, send_as):
    assert send_as(office.administrator, "/admin/logout/").url == "/admin/"


def test_pages_follow_the_chosen_colors(office, client):
    client.force_login(office.administrator)
    client.cookies["theme"] = "dark"

    assert "theme-dark" in client.get("/admin/").content.decode()
