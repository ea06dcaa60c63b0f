"""The archive as a whole: identifiers, versions, the ledger, listings."""
