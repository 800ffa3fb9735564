"""Every act of the directory, under one name: ``from tracker.directory import actions``."""

from tracker.directory.actions.codes import edit_ground, edit_profession, retire_ground
from tracker.directory.actions.delegating import end_delegation, record_delegation
from tracker.directory.actions.hosting import host_board
from tracker.directory.actions.imports import ImportResult, import_boards
from tracker.directory.actions.offices import (
    add_closed_day,
    edit_board,
    retract_closed_day,
    review_closed_day,
)
from tracker.directory.actions.people import (
    create_user,
    edit_user,
    end_membership,
    grant_role,
    offer_password,
    set_password,
)
from tracker.directory.actions.reference import LoadResult, load_reference
from tracker.directory.actions.rules import supersede_rule

__all__ = [
    "ImportResult",
    "LoadResult",
    "add_closed_day",
    "create_user",
    "edit_board",
    "edit_ground",
    "edit_profession",
    "edit_user",
    "end_delegation",
    "end_membership",
    "grant_role",
    "host_board",
    "import_boards",
    "load_reference",
    "offer_password",
    "record_delegation",
    "retire_ground",
    "retract_closed_day",
    "review_closed_day",
    "set_password",
    "supersede_rule",
]
