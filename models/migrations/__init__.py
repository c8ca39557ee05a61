"""The tables, as they came to be: written by Tortoise's autodetector, then reviewed by hand."""
