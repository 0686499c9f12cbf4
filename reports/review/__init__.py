"""The inspector's workbook: the findings of a draft out, decisions about them back."""
