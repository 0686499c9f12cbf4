"""What belongs to a policy: rules, texts, settings' defaults, schemas, calendar. Data only."""
