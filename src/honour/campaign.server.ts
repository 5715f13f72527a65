import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import type { OrgBrief } from '#org/api.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { cadresOf, tell } from '#notify/tell.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { pageOf } from '#server/pages.server.ts'
import type { CampaignAct, CampaignList, NewCampaign } from './api.ts'
import { quotaFaults } from './checks.ts'
import { honourQuota } from './tables.ts'
import { campaignsWhere, getLed, setCampaign, type StoredCampaign } from './load.server.ts'
import { tellJury } from './tell.server.ts'
import { campaignStateWords } from './words.ts'

/** What a campaign says of itself. */
export function campaignFaults(given: NewCampaign): Issue[] {
  const faults: Issue[] = []
  if (given.title.length < 4) faults.push({ field: 'title', message: '请填写评选名称（至少 4 个字）' })
  if (given.closesOn < given.opensOn) faults.push({ field: 'closesOn', message: '截止日期不能早于开始日期' })
  if (given.types.length === 0) faults.push({ field: 'types', message: '请至少设一个称号' })
  given.types.forEach((type, at) => {
    if (type.name === '') faults.push({ field: `types.${at}.name`, message: '请填写称号' })
    if (type.series === '')
      faults.push({ field: `types.${at}.series`, message: '请填写同类荣誉的关键词，用来查重' })
    if (type.places < 1 || type.places > 10_000)
      faults.push({ field: `types.${at}.places`, message: '名额应为 1 至 10000' })
    if ((type.subject === '家庭') !== (given.kind === 'family'))
      faults.push({ field: `types.${at}.subject`, message: '最美家庭评选的对象是家庭，先进评选不含家庭' })
    if (type.demand === 'model' && type.subject !== '个人')
      faults.push({ field: `types.${at}.demand`, message: '标兵条件只用于个人' })
    if (type.demand === 'post' && type.subject !== '集体')
      faults.push({ field: `types.${at}.demand`, message: '标兵岗条件只用于集体' })
    if (given.types.findIndex((t) => t.key === type.key) < at)
      faults.push({ field: `types.${at}.name`, message: '称号重复，请删去一个' })
  })
  if (given.quotas.some((q) => q.places < 0 || !given.types.some((t) => t.key === q.type)))
    faults.push({ field: 'quotas', message: '名额分配中有不存在的称号或负数，请核对' })
  return [...faults, ...quotaFaults(given.types, given.quotas)]
}

const mustHold = (given: NewCampaign): void => {
  const issues = campaignFaults(given)
  if (issues.length > 0) throw Problem.invalid({ issues })
}

/** Every unit named in the quotas stands below the organiser. @throws Problem.invalid */
async function mustBeBelow(tx: Tx, actor: Actor, given: NewCampaign): Promise<void> {
  const units = [...new Set(given.quotas.map((q) => q.org))]
  const found = await rows(
    tx,
    sql`SELECT FROM app.org o WHERE o.id = ANY (${units}::int[]) AND o.scope_code >= ${actor.org.scopeCode} AND o.scope_code < ${`${actor.org.scopeCode}~`}`,
  )
  if (found.length < units.length)
    throw Problem.invalid({ issues: [{ field: 'quotas', message: '名额只能分给本级所属单位，请重新选择' }] })
}

const year = (given: NewCampaign): number => Number(given.opensOn.slice(0, 4))

export async function createCampaign(tx: Tx, work: UnitOfWork, given: NewCampaign): Promise<{ id: string }> {
  const { actor } = work
  mustHold(given)
  await mustBeBelow(tx, actor, given)
  const id = uuidv7()
  await sql`INSERT INTO app.honour_campaign (id, org_id, kind, year, title, note, opens_on, closes_on, types, quotas, has_shares, created_by)
    VALUES (${id}::uuid, ${actor.org.id}, ${given.kind}, ${year(given)}, ${given.title}, ${given.note}, ${given.opensOn}::date, ${given.closesOn}::date,
      ${JSON.stringify(given.types)}::jsonb, ${JSON.stringify(given.quotas)}::jsonb, ${given.hasShares}, ${actor.accountId}::uuid)`.execute(
    tx,
  )
  note(work, 'honour.create', id, given)
  return { id }
}

const note = (work: UnitOfWork, action: string, id: string, body?: unknown): void =>
  work.audit({ districtId: work.actor.org.districtId, action, object: `honourCampaign:${id}`, body })

/** What nominations rest on. */
const shape = (c: Pick<NewCampaign, 'kind' | 'types'>): string =>
  JSON.stringify([c.kind, c.types.map(({ key, subject, level, demand }) => [key, subject, level, demand])])

/** A draft is changed freely; once open only dates, note and places. @throws Problem */
export async function changeCampaign(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, ...given }: NewCampaign & { version: number },
): Promise<void> {
  const led = await getLed(tx, work.actor, id, version)
  mustHold(given)
  await mustBeBelow(tx, work.actor, given)
  if (led.state !== 'draft' && led.state !== 'open') throw wrong(led, '修改')
  if (led.state === 'open' && shape(led) !== shape(given))
    throw Problem.invalid({
      issues: [
        { field: 'types', message: '已经开始接收推荐，称号、对象和条件不能再改，只能调整名额、日期和说明' },
      ],
    })
  await setCampaign(
    tx,
    led,
    sql`kind = ${given.kind}, year = ${year(given)}, title = ${given.title}, note = ${given.note}, opens_on = ${given.opensOn}::date,
      closes_on = ${given.closesOn}::date, types = ${JSON.stringify(given.types)}::jsonb, quotas = ${JSON.stringify(given.quotas)}::jsonb, has_shares = ${given.hasShares}`,
  )
  note(work, 'honour.change', id, given)
}

export const wrong = ({ state }: Pick<StoredCampaign, 'state'>, label: string): Problem =>
  Problem.honourState({ state: campaignStateWords[state], label })

/** Opens a draft to its units, begins the judging, or calls it off. @throws Problem */
export async function moveCampaign(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { act, reason, version }: CampaignAct,
): Promise<void> {
  const led = await getLed(tx, work.actor, id, version)
  const { actor } = work
  if (act === 'open') {
    if (led.state !== 'draft') throw wrong(led, '发布')
    await setCampaign(tx, led, sql`state = 'open'`)
    tell(
      tx,
      cadresOf(
        sql`SELECT u.id FROM app.org u WHERE u.scope_code > ${actor.org.scopeCode} AND u.scope_code < ${`${actor.org.scopeCode}~`} AND u.closed_on IS NULL`,
      ),
      {
        kind: 'notice',
        subject: `${actor.org.shortName}开始“${led.title}”推荐，${led.closesOn} 截止`,
        link: `/honours/${id}`,
      },
      actor.accountId,
    )
  } else if (act === 'judge') {
    if (led.state !== 'open') throw wrong(led, '开始评审')
    if (deps.today() <= led.closesOn)
      throw Problem.invalid({
        issues: [
          { field: 'state', message: `推荐 ${led.closesOn} 截止，次日起才能开始评审；要提前请先改截止日期` },
        ],
      })
    await mustHaveJury(tx, id)
    await setCampaign(tx, led, sql`state = 'jury'`)
    tellJury(tx, work, led)
  } else {
    if (led.state === 'granted' || led.state === 'cancelled') throw wrong(led, '取消')
    if ((reason ?? '').length < 4)
      throw Problem.invalid({ issues: [{ field: 'reason', message: '请写明取消的理由（至少 4 个字）' }] })
    await setCampaign(tx, led, sql`state = 'cancelled', reason = ${reason}`)
  }
  note(work, `honour.${act}`, id, { reason })
}

async function mustHaveJury(tx: Tx, id: string): Promise<void> {
  const found = await first<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM app.honour_juror WHERE campaign_id = ${id}::uuid`,
  )
  if (found!.n === 0)
    throw Problem.invalid({ issues: [{ field: 'jurors', message: '请先确定评委，再开始评审' }] })
}

/** Campaigns that concern the actor: her unit's own, those above it, those she judges. */
export async function listCampaigns(tx: Tx, actor: Actor, after: number): Promise<CampaignList> {
  const order = sql`ORDER BY c.opens_on DESC, c.id DESC`
  const page = await pageOf(after, (end) =>
    rows<{ id: string }>(
      tx,
      sql`SELECT c.id FROM app.honour_campaign c WHERE (c.state <> 'draft' OR c.org_id = ${actor.org.id}) ${order} ${end}`,
    ),
  )
  const found = await campaignsWhere(tx, sql`c.id = ANY (${page.rows.map(({ id }) => id)}::uuid[]) ${order}`)
  const counts = await rows<{ id: string; n: number; judges: boolean }>(
    tx,
    sql`SELECT c.id, (SELECT count(*)::int FROM app.honour_nomination n WHERE n.campaign_id = c.id
        AND (n.org_id = ${actor.org.id} OR n.state NOT IN ('draft', 'unitNotice', 'withdrawn'))) AS n,
        EXISTS (SELECT FROM app.honour_juror j WHERE j.campaign_id = c.id AND j.post_id = ${actor.postId}::uuid) AS judges
      FROM app.honour_campaign c WHERE c.id = ANY (${found.map((c) => c.id)}::uuid[])`,
  )
  const by = new Map(counts.map((c) => [c.id, c]))
  const cards = found.map(({ id, kind, title, organiser, year: of, opensOn, closesOn, state, orgId }) => ({
    id,
    kind,
    title,
    organiser,
    year: of,
    opensOn,
    closesOn,
    state,
    nominations: by.get(id)?.n ?? 0,
    isMine: orgId === actor.org.id,
    isJuror: by.get(id)?.judges ?? false,
  }))
  return { rows: cards, next: page.next }
}

/** Units below with so many women workers that the rule gives them places, the largest first. */
export async function quotaUnits(
  deps: Deps,
  tx: Tx,
  actor: Actor,
): Promise<{ org: OrgBrief; places: number }[]> {
  const { value } = await ruleOn(tx, honourQuota, deps.today())
  const found = await rows<{ org: OrgBrief }>(
    tx,
    sql`SELECT ${briefOf('o')} AS org FROM app.org o WHERE o.scope_code > ${actor.org.scopeCode} AND o.scope_code < ${`${actor.org.scopeCode}~`}
      AND o.closed_on IS NULL AND o.women_workers >= ${value.womenFrom} AND o.tier IN ('grassroots', 'branch') ORDER BY o.women_workers DESC, o.id LIMIT ${bounds.quotaUnits.most}`,
  )
  return found.map(({ org }) => ({ org, places: value.each }))
}

/** Holders of posts within the organiser's scope whose name holds some words. */
export function jurorChoices(tx: Tx, actor: Actor, q: string) {
  const words = `%${q.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return rows<{ postId: string; name: string; org: OrgBrief }>(
    tx,
    sql`SELECT p.id AS "postId", a.name, ${briefOf('o')} AS org FROM app.post p JOIN app.account a ON a.id = p.account_id JOIN app.org o ON o.id = p.org_id
      WHERE p.role IN ('cadre', 'leader', 'handler') AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date AND a.disabled_at IS NULL
        AND o.scope_code >= ${actor.org.scopeCode} AND o.scope_code < ${`${actor.org.scopeCode}~`} AND a.name LIKE ${words} ORDER BY a.name, p.id LIMIT ${bounds.jurorChoices.most}`,
  )
}

/** Sets the jury before judging begins. @throws Problem */
export async function setJurors(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { posts, version }: { posts: readonly string[]; version: number },
): Promise<void> {
  const led = await getLed(tx, work.actor, id, version)
  if (led.state !== 'draft' && led.state !== 'open') throw wrong(led, '调整评委')
  await sql`DELETE FROM app.honour_juror WHERE campaign_id = ${id}::uuid`.execute(tx)
  const made = await rows(
    tx,
    sql`INSERT INTO app.honour_juror (campaign_id, post_id, account_id, person_id, org_id)
      SELECT ${id}::uuid, p.id, p.account_id, a.person_id, p.org_id FROM app.post p JOIN app.account a ON a.id = p.account_id JOIN app.org o ON o.id = p.org_id
      WHERE p.id = ANY (${[...new Set(posts)]}::uuid[]) AND p.role IN ('cadre', 'leader', 'handler') AND a.disabled_at IS NULL
        AND o.scope_code >= ${work.actor.org.scopeCode} AND o.scope_code < ${`${work.actor.org.scopeCode}~`} RETURNING 1`,
  )
  if (made.length < new Set(posts).size)
    throw Problem.invalid({
      issues: [{ field: 'posts', message: '有的评委已离任或不在本级范围内，请重新选择' }],
    })
  await setCampaign(tx, led, sql`reason = reason`)
  note(work, 'honour.jurors', id, posts)
}
