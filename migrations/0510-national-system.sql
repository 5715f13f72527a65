-- why: rows of open hardship files leave for the national aid system only of women who agreed to that by a consent of its own (decision 265)
ALTER TABLE app.consent DROP CONSTRAINT consent_purpose_check;
ALTER TABLE app.consent ADD CONSTRAINT consent_purpose_check CHECK (purpose IN ('screening', 'hardship', 'national', 'condolence', 'matchmaking', 'childcare', 'publication', 'handOver'));
-- why: her family is reported only where it signed beside her, and a paper that she alone signed is a consent too
ALTER TABLE app.consent ADD COLUMN with_family boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT consent_family_check CHECK (NOT with_family OR form = 'paper' AND purpose = 'national');
COMMENT ON COLUMN app.consent.with_family IS 'the paper bears the signatures of her family too (of a child, its guardian''s), as the cadre told who recorded it';
