"""Characters, words, dates and addresses: functions of strings alone."""
