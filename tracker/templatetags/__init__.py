"""What templates may say about a case: marks, dates, hashes and sizes, each shown the same way everywhere."""
