"""*Is this you?* Today's organisation as simulated, beside what is published and known of last year."""
