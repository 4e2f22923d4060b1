"""What people see: figures with their tables, the offline page, and the summary in the terminal."""
