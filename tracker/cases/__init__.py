"""Complaints and cases: what was filed, where the matter stands, and which step may follow.

Words: a *draft* is what somebody is still writing; a *complaint* is what was submitted, word for word; a *case* is the
docketed matter; *stage* is the public word (filed, investigation, hearing, disposition) and *status* the working one;
a *step* moves the case, an *act* changes something about it; an *allegation* is one claimed violation, a *count* one
charge; a *finding* is what somebody concluded about either. "Party" is used only in its legal sense.

`workflow.py` is the one table of steps. The room refuses to know how exhibits are stored, what a hearing room is, or
how a letter travels.
"""
