"""A believable host with a handful of customers, made up from a fixed seed. Domains end in `.example` (RFC 2606)."""
