"""Letters: every word that leaves the board's office in writing.

A *notice* is one letter: its kind, its words and its recipients are frozen when an act queues it, so that
years later the file shows exactly what was sent and to whom. A *delivery* is one attempt to bring it to one
recipient by one method: e-mail, paper mail, or the tracking page. A *statutory* letter is one the law demands
and whose service must be proved; a *courtesy* letter keeps people informed.

This room knows boards and addresses, never cases: names, dates and reasons come in as plain merge values from
the act that queues a letter, which is also the place where it is decided what a recipient may learn. E-mail
says only that a letter waits and how to read it; the letter itself travels as PDF by mail or is read on the
tracking page.
"""
