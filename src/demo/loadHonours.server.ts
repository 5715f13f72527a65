import { sql } from 'kysely'
import { openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { HonourTitle, NominationState, Nominee } from '#honour/api.ts'
import type { Actor } from '#identity/actor.ts'
import { openNotice } from '#publicNotice/open.server.ts'
import { demoToday } from '#server/boot.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { demoNominee, honourCampaigns } from './honourTexts.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'
import { nameMaker } from './names.ts'
import { seeded } from './random.ts'

type Unit = { id: number; district: number; name: string; short: string; account: string; person: string }
type Campaign = (typeof honourCampaigns)[number]

const employerOf = (name: string): string => name.replace(/(联合)?工会$/, '')

/** Grassroots units with a cadre, spread over the city; the demo's own first. */
const unitsOf = (tx: Tx): Promise<Unit[]> =>
  rows<Unit>(
    tx,
    sql`SELECT * FROM (SELECT DISTINCT ON (o.id) o.id, o.district_id AS district, o.name, o.short_name AS short, p.account_id AS account, a.person_id AS person, a.is_demo
      FROM app.org o JOIN app.post p ON p.org_id = o.id AND p.role = 'cadre' JOIN app.account a ON a.id = p.account_id
      WHERE o.tier = 'grassroots' AND o.closed_on IS NULL ORDER BY o.id, a.is_demo DESC, p.id) u ORDER BY is_demo DESC, (id * 7919) % 1009, id LIMIT 24`,
  )

/** Campaigns of the city from the first call to the grant; the granted one stands on honours of 2019 that are in the books already. */
export async function loadHonours(tx: Tx, work: UnitOfWork): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const units = await unitsOf(tx)
  const name = nameMaker(seeded(520))
  for (const [at, campaign] of honourCampaigns.entries()) {
    const id = idOf(50, at)
    await insertCampaign(tx, city, campaign, id)
    await insertJurors(tx, id)
    if (campaign.state === 'granted') await linkGranted(tx, id, campaign.types[0], city.org.name)
    else await insertNominations(tx, campaign, id, at, units, name)
    if (campaign.state === 'notice') await showList(tx, city, id, campaign)
    if (campaign.state === 'jury') await insertScores(tx, id)
    work.audit({
      districtId: city.org.districtId,
      action: 'honour.create',
      object: `honourCampaign:${id}`,
      accountId: city.accountId,
    })
  }
}

async function insertCampaign(tx: Tx, city: Actor, c: Campaign, id: string): Promise<void> {
  const granted = c.state === 'granted'
  await sql`INSERT INTO app.honour_campaign (id, org_id, kind, year, title, note, opens_on, closes_on, types, has_shares, state, doc_no, granted_on, created_by, created_at)
    VALUES (${id}::uuid, ${city.org.id}, ${c.kind}, ${Number(c.opensOn.slice(0, 4))}, ${c.title}, ${c.note}, ${c.opensOn}::date, ${c.closesOn}::date,
      ${JSON.stringify(c.types)}::jsonb, ${c.hasShares}, ${c.state}, ${granted ? '演示文号2019-03' : null}, ${granted ? '2019-03-08' : null}::date,
      ${city.accountId}::uuid, ${c.opensOn}::date)`.execute(tx)
}

/** Demo persons of districts and industries, so that whoever tries the demo may judge. */
const insertJurors = (tx: Tx, campaign: string) =>
  sql`INSERT INTO app.honour_juror (campaign_id, post_id, account_id, person_id, org_id)
    SELECT ${campaign}::uuid, p.id, a.id, a.person_id, p.org_id FROM app.post p JOIN app.account a ON a.id = p.account_id JOIN app.org o ON o.id = p.org_id
    WHERE a.is_demo AND p.role = 'cadre' AND o.tier IN ('district', 'industry') ORDER BY a.id LIMIT 4`.execute(
    tx,
  )

type Row = Nominee & { id: string; state: NominationState }

async function insertNomination(
  tx: Tx,
  campaign: string,
  unit: Unit,
  n: Row,
  created: string,
): Promise<void> {
  await sql`INSERT INTO app.honour_nomination (district_id, id, campaign_id, org_id, type_key, name, employer, sex, nation, birth_month, politics, education,
      job_title, position, post_kind, front_since, is_industrial, is_migrant, is_non_public, size, women, head_name, head_is_woman, founded_on, motto, before,
      deeds_short, deeds, state, turn_of, submitted_by, submitted_person, created_at)
    VALUES (${unit.district}, ${n.id}::uuid, ${campaign}::uuid, ${unit.id}, ${n.typeKey}, ${n.name}, ${n.employer}, ${n.sex}, ${n.nation}, ${n.birthMonth},
      ${n.politics}, ${n.education}, ${n.jobTitle}, ${n.position}, ${n.postKind}, ${n.frontSince}::date, ${n.isIndustrial}, ${n.isMigrant}, ${n.isNonPublic},
      ${n.size}, ${n.women}, ${n.headName}, ${n.headIsWoman}, ${n.foundedOn}::date, ${n.motto}, ${n.before}, ${n.deedsShort}, ${n.deeds}, ${n.state},
      ${n.state === 'upper' ? unit.district : null}, ${unit.account}::uuid, ${unit.person}::uuid, ${created}::date)`.execute(
    tx,
  )
  const steps = n.state === 'upper' ? ['party', 'union'] : ['party', 'union', 'upper']
  for (const step of n.state === 'draft' ? [] : steps)
    await sql`INSERT INTO app.honour_opinion VALUES (${unit.district}, ${n.id}::uuid, ${step}, ${step === 'upper' ? unit.district : unit.id}, true,
      ${step === 'upper' ? '材料属实，同意推荐' : '同意推荐'}, ${created}::date, ${unit.account}::uuid)`.execute(
      tx,
    )
}

async function insertNominations(
  tx: Tx,
  c: Campaign,
  id: string,
  at: number,
  units: readonly Unit[],
  name: () => string,
): Promise<void> {
  const list: HonourTitle[] = [...c.types]
  const count = c.state === 'open' ? 9 : c.state === 'jury' ? 6 : 2
  for (let n = 0; n < count; n++) {
    const title = list[n % list.length]!
    const unit = units[(at * 7 + n) % units.length]!
    const who =
      title.subject === '集体' ? `${unit.short}质检班组` : title.subject === '家庭' ? `${name()}家庭` : name()
    const state: NominationState =
      c.state === 'notice'
        ? 'chosen'
        : c.state === 'jury'
          ? 'listed'
          : n === 0
            ? 'draft'
            : n < 4
              ? 'upper'
              : 'listed'
    const nominee = {
      ...demoNominee(title, who, employerOf(unit.name), n),
      id: idOf(51, at * 100 + n),
      state,
    }
    await insertNomination(tx, id, unit, nominee, c.state === 'open' ? '2020-04-10' : '2020-03-20')
  }
}

/** The list of families is shown since yesterday. */
async function showList(tx: Tx, city: Actor, id: string, c: Campaign): Promise<void> {
  const list = await rows<{ name: string; employer: string }>(
    tx,
    sql`SELECT name, employer FROM app.honour_nomination WHERE campaign_id = ${id}::uuid ORDER BY type_key, created_at, id`,
  )
  const { id: notice } = await openNotice({ today: () => '2020-04-15' }, tx, openWork(city), {
    kind: c.kind,
    subject: `honourCampaign:${id}`,
    title: `${c.title}拟表彰名单公示`,
    lines: list.map((n) => ({ name: n.name, unitName: n.employer, detail: c.types[0].name })),
  })
  await sql`UPDATE app.honour_campaign SET notice_id = ${notice}::uuid, proposed_by = ${city.accountId}::uuid WHERE id = ${id}::uuid`.execute(
    tx,
  )
}

/** One juror has judged all but the last; the others have still to begin. */
async function insertScores(tx: Tx, id: string): Promise<void> {
  const juror = await first<{ post: string }>(
    tx,
    sql`SELECT post_id AS post FROM app.honour_juror WHERE campaign_id = ${id}::uuid ORDER BY account_id DESC LIMIT 1`,
  )
  await sql`INSERT INTO app.honour_score (district_id, nomination_id, post_id, campaign_id, points)
    SELECT district_id, id, ${juror!.post}::uuid, campaign_id, ARRAY[18, 34 + (row_number() OVER (ORDER BY id))::int % 5, 21, 12] FROM app.honour_nomination
    WHERE campaign_id = ${id}::uuid ORDER BY id LIMIT 5`.execute(tx)
}

/** Honours of the city in the books of March 2019 get the nominations that they came from. */
async function linkGranted(tx: Tx, id: string, title: HonourTitle, giver: string): Promise<void> {
  const found = await rows<{
    id: string
    district: number
    org: number
    name: string
    employer: string
    account: string
    person: string
  }>(
    tx,
    sql`SELECT r.id, r.district_id AS district, r.org_id AS org, h.honoree AS name, coalesce(h.employer, '') AS employer, r.created_by AS account, r.submitted_by AS person
      FROM app.record r JOIN app.honour h ON h.district_id = r.district_id AND h.record_id = r.id
      JOIN app.honour_titles t ON t.district_id = r.district_id AND t.record_id = r.id AND t.giver = ${giver} AND t.honour_type = ${title.name}
      WHERE r.state = 'accepted' AND h.subject = '个人' AND h.granted_on BETWEEN '2019-03-01' AND '2019-03-31' AND h.granted_on <= ${demoToday}::date
      ORDER BY h.granted_on, r.id LIMIT 12`,
  )
  for (const [n, one] of found.entries()) {
    const unit = {
      id: one.org,
      district: one.district,
      name: '',
      short: '',
      account: one.account,
      person: one.person,
    }
    const nominee = {
      ...demoNominee(title, one.name, one.employer, n),
      id: idOf(52, n),
      state: 'granted' as const,
    }
    await insertNomination(tx, id, unit, nominee, '2019-01-20')
    await sql`UPDATE app.honour_nomination SET record_id = ${one.id}::uuid, record_district_id = ${one.district} WHERE id = ${nominee.id}::uuid`.execute(
      tx,
    )
  }
}
