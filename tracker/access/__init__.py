"""People, roles and scopes: who may do what, and on which case.

Words: a *membership* is a dated role at one board; an *assignment* puts a person on one case in a *capacity*; a
*scope* says which cases a role reaches (board, assigned, record only, released, own). `policy.py` is the one table; the
check (`gate.require`) and the list (`gate.scope_filter`) are made from the same row of it. `is_superuser` does not
exist here.

The room refuses to know what a step does: it answers yes or no about a permission.
"""
