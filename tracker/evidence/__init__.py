"""Evidence: what was received, whose hands it went through, and what a hearing made of it.

An *exhibit* is an item of evidence as received; its number (E-1, E-2 …) is its own for ever. A *rendition* is
a copy made from it for showing; the original is never altered. A *marking* is an exhibit in a proceeding: the
party's mark, offered, ruled on. *Custody* is the list of everyone who handled it, when and why; the list only
grows. An exhibit is *settled* when its scan and inspection ended, *cleared* when nothing was found.

This room does not know what an exhibit proves, who may enter a case, or how a bundle is printed.
"""
