"""What every page says of the site."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from tests.factories.staffed import make_staffed
from tracker.web import context


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("", ""), ('"><b>', "")])
def test_only_known_colors_reach_the_page(cookie, theme):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert context.site(request)["site"]["theme"] == theme


def test_where_leaving_leads_is_a_setting(settings):
    settings.SAFE_EXIT_URL = "https://elsewhere.example/"
    assert context.site(RequestFactory().get("/"))["site"]["leave_url"] == "https://elsewhere.example/"


@pytest.mark.django_db
def test_the_admin_site_is_offered_only_to_those_who_may_open_it(rf):
    office = make_staffed()
    for person, offered in ((office.administrator, True), (office.auditor, True), (office.intake, False)):
        request = rf.get("/")
        request.user = person
        assert bool(context.site(request)["may_administer"]) is offered
    request = rf.get("/")
    request.user = AnonymousUser()
    assert not context.site(request)["may_administer"]
