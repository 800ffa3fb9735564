"""The law as data: who licenses whom, where a complaint goes, which days and rules each board keeps.

Words: a *jurisdiction* (state, district or territory) has *boards*; a board looks after *professions*; a
*ground* is a reason for which a board may act, in plain words; a *rule* is one setting of a board with its
citation, source and dates; a *closed day* is a day on which a board's office does not work.

This package knows nothing of complaints, cases or people. It answers questions; the acts that change its rows
live in ``tracker.directory``.
"""
