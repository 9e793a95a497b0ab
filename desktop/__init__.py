"""正版台账 (Zhengban Ledger): an offline ledger of a county's software and its official tables."""

__version__ = "0.1.0"
