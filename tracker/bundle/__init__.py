"""The evidence bundle: one PDF with every chosen exhibit, numbered, linked, sealed and checkable by anyone.

Words: a *plan* is the frozen content of one export; an *edition* is for whom it is made; a *freeze* is the
moment the plan was made; *Bates numbers* name pages for ever; a *divider* stands before an exhibit, a *slip
sheet* stands for what cannot be shown on paper, a *withheld sheet* for what this edition does not show; the
*manifest* lists everything inside; the *seal* covers every byte.

The stages (render, merge, stamp, index, seal, verify) take a plan and a folder and give a path. They know no
database, no settings, no clock and no request, and the same plan gives the same bytes.
"""
