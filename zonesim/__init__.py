"""Zone policy outcomes."""
