"""Forms as data: table definitions, their formulas and checks, and the pages made from them."""
