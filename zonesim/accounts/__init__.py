"""Where the identities hold: ledger, sharing, returns, land quotas, budgets, and the checks."""
