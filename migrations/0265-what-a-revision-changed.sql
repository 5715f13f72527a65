-- why: the history of a plan tells what each revision changed, of title and general requirement too
ALTER TABLE app.plan_revision ADD COLUMN title text, ADD COLUMN goal text;
COMMENT ON COLUMN app.plan_revision.title IS 'title before the revision; null: of before 0265, when only the items were kept';
COMMENT ON COLUMN app.plan_revision.goal IS 'general requirement before the revision; null as title';
