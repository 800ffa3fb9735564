"""The ledger: everything that happened, in order, and who acted.

Words: an *entry* is one act; a *chain* is the entries of one case (or board, or the installation); the *body* is the
exact text that is hashed and holds ids, codes and digests only; the *private part* holds reasons, names and free text
and can be disposed of without breaking the chain; an *anchor* binds the heads of all chains at one moment.

The room refuses to know what a case is: it gets ids and plain values.
"""
