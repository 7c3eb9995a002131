"""The kind `documents`: a folder into which a newsroom drops its articles, one file each.

listing ─► what is new, changed, gone (folder.py) ─► each file ─► a reader by its suffix ─► RawRecord
                                                                  text · markdown · html · jsonitem
"""

from .kind import Documents

__all__ = ["Documents"]
