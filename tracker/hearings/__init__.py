"""Hearings, proposed decisions, orders and sanctions, and the terms that follow.

Words: the *presiding officer* hears; a *proposed decision* is what that officer recommends; an *order* is what the
board decides; a *sanction* is one of its parts, a *term* a sanction that somebody must fulfil. The room refuses to
know how the order is printed or who reads it.
"""
