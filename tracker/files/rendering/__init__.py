"""Pages of files of any kind: photos, texts, e-mail, office files; and what to say of files that have no pages.

Everything here runs in a child process with limits (`child.render_safely`), because a received file may be made to
harm whoever opens it. Nothing here knows cases, settings or the database.
"""
