"""Recourse: one complaint about a licensed professional, from filing to disposition.

Rooms, lowest first: audit, access, files, directory, notices, cases, evidence, hearings, bundle, web.
A room imports only from rooms below it; `boards` (the law as data) lies below them all.
"""
