"""The window: the only room that knows Qt. Pages show values and send actions; nothing here reads or writes a ledger itself."""
