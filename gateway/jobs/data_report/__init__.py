"""Reports of everything stored about a customer (Art. 15 GDPR): what goes in, how it is read, written and kept."""
