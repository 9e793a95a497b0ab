"""Puts numbers and words into the cells of a form, and checks them. Knows no file and no paper."""
