"""The public portal: find a board, file, keep a receipt, see where a complaint stands. No account."""
