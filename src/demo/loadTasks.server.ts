import { sql } from 'kysely'
import { publish } from '#bulletin/service.server.ts'
import { openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import type { Deps } from '#server/deps.server.ts'
import { noWayOut } from '#notify/open.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { NewTask } from '#task/api.ts'
import { sendTask } from '#task/write.server.ts'

const head = { validFrom: '2020-01-01', validUntil: '2020-12-31', tiers: ['grassroots' as const], reason: '' }

/** What the city asks: nobody types it again, the records of the quarter are there. */
const quarter: NewTask = {
  ...head,
  title: '一季度女职工教育培训情况',
  note: '请核对一季度的培训记录；没有办培训的，选“本期无此项工作”上报。',
  formNo: '演示女工01表',
  issuer: '',
  approvalNo: '演示统制〔2020〕1号',
  programme: 'training',
  questions: [],
  fromOn: '2020-01-01',
  untilOn: '2020-03-31',
  dueOn: '2020-04-20',
}

/** What a district asks besides, since no record tells it. */
const survey: NewTask = {
  ...head,
  title: '复工复产女职工关爱需求摸底',
  note: '只问系统里没有的，结果只供安排服务，不排名、不考核。',
  formNo: '演示女工调01表',
  issuer: '',
  approvalNo: '演示统备〔2020〕3号',
  programme: null,
  questions: [
    { kind: 'yesNo', label: '是否需要防疫用品', required: true },
    {
      kind: 'choice',
      label: '最需要哪类服务',
      required: true,
      choices: ['心理疏导', '子女看护', '技能培训', '法律咨询'],
    },
    { kind: 'note', label: '其他需要', required: false },
  ],
  fromOn: '2020-04-01',
  untilOn: '2020-04-30',
  dueOn: '2020-04-17',
}

/** What those above tell the units below, one each. */
const notices = {
  city: {
    title: '女职工特殊关爱室开放时间请核对',
    body: '各区市县、产业工会：\n请在月底前核对本级及基层关爱室的开放时间和联系电话，有变动的在“组织”里更新。\n不需要另报表。',
    validUntil: '2020-04-30',
  },
  district: {
    title: '心理疏导热线延长服务时间',
    body: '复工复产期间，区总工会心理疏导热线延长至每天 20 时，请转告女职工。',
    validUntil: '2020-05-31',
  },
} as const

/** Sends the demo's two open tasks as the cadres would; the units that have records answered, some took note. */
export async function loadTasks(
  deps: Pick<Deps, 'catalogue' | 'today'>,
  tx: Tx,
  work: UnitOfWork,
): Promise<void> {
  for (const [tier, task] of [
    ['city', quarter],
    ['district', survey],
  ] as const) {
    const actor = await demoCadre(tx, tier)
    const sent = openWork(actor)
    const { id } = await sendTask(deps, tx, sent, { ...task, issuer: actor.org.name })
    await sql`UPDATE app.task SET created_at = ${deps.today()}::date - 6, updated_at = ${deps.today()}::date - 6 WHERE id = ${id}::uuid`.execute(
      tx,
    )
    work.audit({
      districtId: actor.org.districtId,
      action: 'task.send',
      object: `task:${id}`,
      accountId: actor.accountId,
    })
    await answers(tx, id, actor.org.scopeCode, deps.today())
    await publish({ ...deps, waysOut: noWayOut }, tx, sent, notices[tier])
  }
}

/** Of the units asked two in five reported and one in five took note, told by their number, the same on every machine. */
async function answers(tx: Tx, task: string, scope: string, today: string): Promise<void> {
  await sql`INSERT INTO app.task_answer (district_id, task_id, org_id, state, task_version, is_nil, answers, received_at, reported_at, reported_by)
    SELECT u.district_id, t.id, u.id, CASE WHEN u.id % 5 < 2 THEN 'reported' ELSE 'received' END, 1,
      u.id % 5 < 2 AND t.programme IS NOT NULL AND NOT EXISTS (SELECT FROM app.record r WHERE r.org_id = u.id AND r.programme = t.programme
        AND r.occurred_on BETWEEN t.from_on AND t.until_on),
      CASE WHEN u.id % 5 < 2 AND t.programme IS NULL THEN jsonb_build_object('q1', u.id % 2 = 0,
        'q2', (ARRAY['心理疏导', '子女看护', '技能培训', '法律咨询'])[u.id % 4 + 1], 'q3', NULL) ELSE '{}' END,
      ${today}::date - 2, CASE WHEN u.id % 5 < 2 THEN ${today}::date - 1 END,
      CASE WHEN u.id % 5 < 2 THEN (SELECT p.account_id FROM app.post p WHERE p.org_id = u.id AND p.role = 'cadre' ORDER BY p.id LIMIT 1) END
    FROM app.task t JOIN app.org u ON u.tier = ANY(t.tiers) AND u.scope_code >= ${scope} AND u.scope_code < ${`${scope}~`} AND u.closed_on IS NULL
    WHERE t.id = ${task}::uuid AND u.id % 5 < 3
      AND NOT EXISTS (SELECT FROM app.post p JOIN app.account a ON a.id = p.account_id WHERE p.org_id = u.id AND a.is_demo)`.execute(
    tx,
  )
}

/** A demo cadre of a tier, as an actor. */
export async function demoCadre(tx: Tx, tier: 'city' | 'district', nth = 0): Promise<Actor> {
  const found = await first<{
    account: string
    person: string
    post: string
    name: string
    org: Actor['org']
  }>(
    tx,
    sql`SELECT a.id AS account, a.person_id AS person, p.id AS post, a.name, jsonb_build_object('id', o.id, 'code', o.org_code, 'name', o.name,
        'shortName', o.short_name, 'tier', o.tier, 'scopeCode', o.scope_code, 'districtId', o.district_id) AS org
      FROM app.post p JOIN app.account a ON a.id = p.account_id JOIN app.org o ON o.id = p.org_id
      WHERE a.is_demo AND p.role = 'cadre' AND o.tier = ${tier} ORDER BY a.id OFFSET ${nth} LIMIT 1`,
  )
  if (!found) throw new Error(`the demo has no cadre of tier ${tier}`)
  return {
    accountId: found.account,
    personId: found.person,
    postId: found.post,
    name: found.name,
    role: 'cadre',
    org: found.org,
    aal: 2,
    isPasswordDue: false,
    stepUp: true,
    token: null,
    onBehalf: found.post,
    requestId: 'demo',
  }
}
