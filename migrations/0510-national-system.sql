-- why: rows of open hardship files leave for the national aid system only of women who agreed to that by a consent of its own (decision 265)
ALTER TABLE app.consent DROP CONSTRAINT consent_purpose_check;
ALTER TABLE app.consent ADD CONSTRAINT consent_purpose_check CHECK (purpose IN ('screening', 'hardship', 'national', 'condolence', 'matchmaking', 'childcare', 'publication', 'handOver'));
