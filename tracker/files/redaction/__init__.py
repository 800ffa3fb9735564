"""True redaction: covered pages are drawn anew from their picture, and the result is searched for what was covered.

`rebuild.redact` makes the copy, `prove.prove` looks for every covered word in it; `areas` are the boxes. What is
covered is never written anywhere: the boxes name places, the proof names pages.
"""
