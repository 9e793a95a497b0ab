"""Files from outside as sheets of raw cells: every kind measured before it is read. Knows no columns."""
