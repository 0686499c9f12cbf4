"""Checks: their descriptions, the catalogue they form, and the laws they keep."""
