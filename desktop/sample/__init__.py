"""The sample county (示例县): made-up workbooks in the shapes that offices use. Knows neither ledger nor intake."""
