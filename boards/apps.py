"""The app of the law as data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardsConfig(AppConfig):
    """The app of jurisdictions, boards, grounds, rules and closed days."""

    name = "boards"
    verbose_name = _("Boards and rules")
    default_auto_field = "django.db.models.BigAutoField"
