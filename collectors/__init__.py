"""Collectors: what the company's systems and registers say, as facts."""
