"""The contestants: small servers over the same tables. Each reads BENCH_DATABASE and PORT."""
