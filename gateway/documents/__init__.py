"""Documents: plain values in, bytes out. Nothing here knows a database, a network or the wall clock."""
