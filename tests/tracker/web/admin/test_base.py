"""What every table has in common."""

import pytest
from django.contrib.admin.models import LogEntry

from boards.models import Board
from tests.tracker.web.admin.conftest import errors_of, filled
from tracker.web.admin.base import ScopedAdmin, fingerprint
from tracker.web.admin.site import site

TABLES = list(site._registry.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.opts.model_name)
def test_every_table_is_scoped_and_deletes_nothing(table, rf, office):
    request = rf.get("/")
    request.user = office.administrator

    assert isinstance(table, ScopedAdmin)
    assert type(table).in_scope is not ScopedAdmin.in_scope
    assert not table.has_delete_permission(request)
    assert "delete_selected" not in table.get_actions(request)
    assert not any((url.name or "").endswith(("_delete", "_history")) for url in table.get_urls())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.opts.model_name)
@pytest.mark.parametrize("who", ["intake", "manager", "director", "presiding"])
def test_no_other_role_sees_any_table(table, rf, office, who):
    request = rf.get("/")
    request.user = getattr(office, who)

    assert not table.has_module_permission(request)
    assert not table.has_view_permission(request)
    assert not table.has_add_permission(request)
    assert not table.has_change_permission(request)


def test_djangos_own_log_stays_empty(office, save_as):
    save_as(office.administrator, f"/admin/boards/board/{office.board.pk}/change/", phone="512-555-0101")

    assert Board.objects.get(pk=office.board.pk).phone == "512-555-0101"
    assert not LogEntry.objects.exists()


def test_a_refusal_is_forgotten_with_its_request(office, save_as, open_as):
    path = f"/admin/boards/board/{office.board.pk}/change/"
    save_as(office.administrator, path, time_zone="Mars/Olympus", phone="1")

    assert "Mars" not in open_as(office.administrator, path).content.decode()


def test_what_another_changed_meanwhile_is_not_undone(office, open_as, send_as, entries):
    path = f"/admin/boards/board/{office.board.pk}/change/"
    shown = filled(open_as(office.administrator, path).context["adminform"].form)
    Board.objects.filter(pk=office.board.pk).update(phone="512-555-0123")

    page = send_as(office.administrator, path, {**shown, "city": "Austin"})

    assert "Somebody else changed this" in errors_of(page)[""][0]
    assert 'value="Austin"' in page.content.decode()
    assert Board.objects.values_list("phone", "city").get(pk=office.board.pk) == ("512-555-0123", "")
    assert entries() == []


def test_a_fingerprint_follows_every_column_and_list(office):
    before = fingerprint(office.board)
    assert fingerprint(Board.objects.get(pk=office.board.pk)) == before

    office.board.professions.clear()
    assert fingerprint(office.board) != before
    office.board.phone = "1"
    assert len({before, fingerprint(office.board), fingerprint(Board.objects.get(pk=office.board.pk))}) == 3


def test_lists_are_named_after_their_rows(office, open_as):
    assert "<h1>Closed days</h1>" in open_as(office.administrator, "/admin/boards/closedday/").content.decode()
