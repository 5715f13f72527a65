-- why: a district asks two of its subdistricts, not all
ALTER TABLE app.task ADD COLUMN under int[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN app.task.under IS 'units with all below them that are asked, by the tree of today; empty = everything below the issuer';
