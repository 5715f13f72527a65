-- why: what presses of contracts was found by reading all of them: by the number that a renewal names, and by the day from which publication is due
CREATE INDEX contract_replaces ON app.contract (replaces_no) WHERE replaces_no IS NOT NULL;
CREATE INDEX contract_unpublished ON app.contract (effective_on) WHERE published_on IS NULL;
