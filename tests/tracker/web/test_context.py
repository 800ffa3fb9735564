"""What every page says of the site."""

import pytest
from django.test import RequestFactory

from tracker.web import context


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("", ""), ('"><b>', "")])
def test_only_known_colors_reach_the_page(cookie, theme):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert context.site(request)["site"]["theme"] == theme


def test_where_leaving_leads_is_a_setting(settings):
    settings.SAFE_EXIT_URL = "https://elsewhere.example/"
    assert context.site(RequestFactory().get("/"))["site"]["leave_url"] == "https://elsewhere.example/"
