"""Data in: NDJSON records from the host's own systems, one JSON object per line, upserted by natural keys.

A record kind is one file: what a record looks like (checked before any database is asked) and how a batch of them is
stored. `docs/import.md` describes the format for people.
"""
