"""Bytes: receiving, naming, typing, scanning, storing and reading them back unchanged.

A *stored file* is a run of bytes kept under board, case and digest; it is never shared between cases and
never changed. A *staged upload* waits in a draft until the complaint is filed. A *key* is the storage name of
bytes. The *kind* of a file is found in its content, never in its name or in what a browser says.

This room does not know what the bytes mean to a case, who may read them, or who brought them.
"""
