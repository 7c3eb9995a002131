"""What the world sees: feeds, pages for people, pictures and health, over Flask.

    request ─► feeds · pages · pictures · health ─► Representation ─► respond ─► Answer ─► Flask
                        │                                ▲
                        └─► Representations: made once a change, kept in memory

Everything here only reads. What an answer says is decided in `answer.respond`, which knows no Flask.
"""
