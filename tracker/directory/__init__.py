"""The directory: acts on boards, rules, closed days, code tables, people and their roles at boards.

Words: to *import* is to load a list of boards as of a date, whole or not at all; a rule is *superseded* by a
new dated row and never overwritten; a ground is *retired*, a closed day *retracted*, a membership *ended*:
nothing is deleted.

The room refuses to know complaints and cases. Acts on one board stand on the board's chain of the ledger;
acts on what all boards share, and on people, on the installation's chain.
"""
