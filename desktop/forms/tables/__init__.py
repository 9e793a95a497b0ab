"""Writes a sheet as a workbook and as text. Knows no pages."""
