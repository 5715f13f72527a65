-- why: a workbook goes back marked as it came, with her other sheets, widths and formulas, so its bytes wait with its rows
ALTER TABLE app.intake ADD file bytea;
COMMENT ON COLUMN app.intake.file IS 'sealed under the key of this workbook: the file itself, where it was an xlsx of moderate size; gone with it';
