"""Puts a sheet on pages: fonts, layout, paging, marks, PDF. Knows millimetres, not forms."""
