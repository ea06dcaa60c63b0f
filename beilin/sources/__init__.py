"""What captures are and how each outlet's pages are read: declarations, wrappers, facts."""
