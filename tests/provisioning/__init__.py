"""Operations on their way to a host's system in another process."""
