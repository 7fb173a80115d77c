"""Scripts: tables of lines, and the ledgers of what has been made of them."""
