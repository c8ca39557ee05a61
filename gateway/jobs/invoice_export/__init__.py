"""A year's invoices in one file: made by a job, kept for some days."""
