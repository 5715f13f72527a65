import { sql } from 'kysely'
import type { Asked } from '#export/api.ts'
import { mostFullRows } from '#export/rules.ts'
import type { OpenSource } from '#export/source.server.ts'
import type { Field } from '#kit/field/kind.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import type { BookColumn, BookRow, BookSheet } from '#paper/sheet/book.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { columnOf, cellOf } from '#paper/sheet/fieldColumn.ts'
import { textHash } from '#person/consent.server.ts'
import { reveal } from '#person/vault.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { openFile, type File } from './file.server.ts'
import { isCentre, mustBeNamed } from './hands.server.ts'
import { householdFields, kinFields } from './householdFields.ts'

/** What the national system asks of a household; her story and what an accident cost stay here. */
const told = [
  'health',
  'disability',
  'job',
  'housing',
  'area',
  'marital',
  'singleParent',
  'migrant',
  'insurance',
  'zeroEmployment',
  'heads',
  'income',
  'rigid',
  'cause',
  'furtherCauses',
  'address',
  'bank',
  'account',
] as const satisfies readonly (keyof typeof householdFields)[]
const kinTold = ['name', 'relation', 'idNumber', 'health', 'income', 'school'] as const

const text = (title: string, width: number): BookColumn => ({ title, kind: 'text', width })
/** A column that nobody fills in. */
const shown = (field: Field): BookColumn => {
  const { title, kind, width } = columnOf(field)
  return { title, kind, width }
}
const columns: BookColumn[] = [
  text('档案编号', 20),
  text('姓名', 12),
  text('身份证号', 22),
  text('手机号码', 16),
  text('所在单位', 30),
  text('困难类别', 16),
  { title: '月人均收入（元）', kind: 'money', width: 16 },
  { title: '建档日期', kind: 'day', width: 14 },
  ...told.map((key) => shown(householdFields[key])),
]
const kinColumns: BookColumn[] = [
  text('档案编号', 20),
  text('户主姓名', 12),
  ...kinTold.map((key) => shown(kinFields[key])),
]

type Agreed = File & { name: string; unit: string; withFamily: boolean }

/** Open files of the actor's aid centre, by whether she agreed to these words and whether her family signed too. */
const agreedFiles = (tx: Tx, actor: Actor, id: string | null = null): Promise<Agreed[]> =>
  rows<Agreed>(
    tx,
    sql`SELECT f.*, p.name, o.name AS unit, c.with_family AS "withFamily" FROM app.hardship_file f JOIN app.person p ON p.id = f.person_id JOIN app.org o ON o.id = f.org_id
      JOIN app.consent c ON c.person_id = f.person_id AND c.purpose = 'national' AND c.withdrawn_at IS NULL AND c.text_hash = ${textHash('national')}
      WHERE f.state = 'open' AND f.centre_id = ${actor.org.id} AND f.person_id <> ${actor.personId}::uuid
        AND (${id}::uuid IS NULL OR f.id = ${id}::uuid) ORDER BY f.no`,
  )

async function openFiles(tx: Tx, actor: Actor): Promise<number> {
  const [found] = await rows<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM app.hardship_file f WHERE f.state = 'open' AND f.centre_id = ${actor.org.id}`,
  )
  return found!.n
}

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/**
 * Rows for the national aid system, in full or not at all: it takes no masked number. Of the centre's own open files, those of
 * women who agreed to it; their families where the paper stands on which they signed. Each opening is noted for her.
 * @throws Problem.denied unless she is named to approve there; invalid
 */
export const openNational: OpenSource<Extract<Asked, { kind: 'hardship' }>> = async (call) => {
  const { deps, tx, actor, full, reason } = call
  if (!isCentre(actor)) throw Problem.denied({ what: '报送全国帮扶系统由区县、产业和市级帮扶中心办理' })
  await mustBeNamed(tx, actor, 'approve')
  if (!full) throw refuse('full', '全国帮扶系统不收掩码，只能按完整内容报送')
  const [agreed, open] = [await agreedFiles(tx, actor), await openFiles(tx, actor)]
  if (agreed.length === 0)
    throw refuse(
      'ask',
      open === 0
        ? '还没有建档的困难职工'
        : `已建档 ${open} 户，都还没有同意报送全国帮扶系统；请单位在会员名册登记本人书面同意，或由本人在“我的信息”里同意`,
    )
  if (agreed.length > mostFullRows)
    throw refuse('ask', `一次最多报送 ${mostFullRows} 户，现有 ${agreed.length} 户`)
  const silent = agreed.filter(({ withFamily }) => !withFamily).length
  return {
    title: '困难职工档案（报送全国帮扶系统）',
    scope: [
      `${actor.org.name}帮扶中心已建档 ${open} 户，其中同意报送的 ${agreed.length} 户`,
      ...(open > agreed.length ? [`没有同意报送的 ${open - agreed.length} 户不在表中`] : []),
      ...(silent > 0 ? [`${silent} 户没有登记家属也签了字的书面授权，不报家庭成员`] : []),
    ],
    rows: agreed.length,
    personal: true,
    alwaysSecond: true,
    columns: [...columns, ...kinColumns.slice(2).map(({ title }) => ({ title: `家庭成员${title}` }))].map(
      ({ title }) => title,
    ),
    sheets: async (reading) => {
      const kin: BookRow[] = []
      const main: BookRow[] = []
      for (const { id } of agreed) {
        // Asked again when it is read: she may have taken her word back since.
        const row = await reading(async (own) => {
          const [file] = await agreedFiles(own, actor, id)
          return file ? rowsOf(deps, own, actor, file, reason) : null
        })
        if (row === null) continue
        main.push({ cells: row.main })
        kin.push(...row.kin.map((cells) => ({ cells })))
      }
      const sheets: BookSheet[] = [{ name: '困难职工', columns, rows: main }]
      return [...sheets, { name: '家庭成员', columns: kinColumns, rows: kin }]
    },
  }
}

async function rowsOf(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  file: Agreed,
  reason: string,
): Promise<{ main: Cell[]; kin: Cell[][] }> {
  const why = { purpose: 'national', reason: `报送全国工会帮扶系统：${reason}` } as const
  const values = await reveal(deps, tx, actor, file.person_id, ['idNumber', 'phone'], why)
  const { household, result } = await openFile(deps, tx, actor, file, why.reason, why.purpose)
  return {
    main: [
      file.no,
      file.name,
      values.idNumber ?? null,
      values.phone ?? null,
      file.unit,
      result?.category ?? null,
      result?.perHead ?? null,
      { day: file.opened_on! },
      ...told.map((key) => cellOf(householdFields[key], household[key])),
    ],
    kin: file.withFamily
      ? household.family.map((one) => [
          file.no,
          file.name,
          ...kinTold.map((key) => cellOf(kinFields[key], one[key])),
        ])
      : [],
  }
}
