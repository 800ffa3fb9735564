"""The admin site: boards, rules, closed days, codes, people and roles are edited here, each form by one act.

Cases, exhibits and the ledger are read here, with links to the desk. Who may enter, and how far a person reaches, is
asked of the policy. Nothing is deleted, and no row is written but by an act.
"""

from tracker.web.admin import codes, days, ledger, offices, people, records, rules
from tracker.web.admin.site import site

__all__ = ["codes", "days", "ledger", "offices", "people", "records", "rules", "site"]
