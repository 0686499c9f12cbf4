"""Samples of messages: drawn from the index in a snapshot, labelled in a workbook, read back as registers."""
