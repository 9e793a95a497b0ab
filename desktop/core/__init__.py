"""The words of the domain as values and pure functions: no files, no SQL, no window, no clock."""
