import { sql } from 'kysely'

/**
 * What was given, oldest first, as one value: it travels with the look-up of the session, so that no request costs a way more.
 * What lies further back than this is long past.
 */
export const givenChanges = sql`(SELECT coalesce(jsonb_agg(jsonb_build_object('mode', c.mode, 'fromOn', c.from_on, 'reason', c.reason,
    'successor', c.successor, 'whither', c.whither, 'contact', c.contact) ORDER BY c.decided_at), '[]')
  FROM (SELECT * FROM app.running_change WHERE is_granted ORDER BY decided_at DESC LIMIT 12) c)`
