import { randomUUID } from 'node:crypto'
import type { Counts, IntakeDetail, IntakeRow } from '#intake/api.ts'
import { cellText } from '#intake/ref.ts'
import { lineStates, shownFields } from '#intake/target.ts'
import { formFields, type AnyRow, type Programme } from '#kit/programme.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { ofTitle, recordTargetOf } from '#record/intake/target.ts'
import type { Answer, Stage } from './client.ts'

export const none = Object.fromEntries(lineStates.map((state) => [state, 0])) as Counts

export type SheetGiven = { name: string; head: readonly string[]; lines: readonly Cell[][] }

/** A workbook of people: headings and rows, every column as text. */
export const bookOf = (stage: Pick<Stage, 'world'>, ...sheets: SheetGiven[]): Promise<Uint8Array> =>
  stage.world.deps.sheets.write({
    keys: {},
    sheets: sheets.map(({ name, head, lines }) => ({
      name,
      columns: head.map((title) => ({ title, kind: 'text', width: 12 })),
      rows: lines.map((cells) => ({ cells })),
    })),
  })

export type Brought = { id: string; page: IntakeDetail; answer: Answer }

/** Uploads a workbook and reads what was found. */
export async function bring(
  stage: Pick<Stage, 'as'>,
  who: string,
  target: string,
  bytes: Uint8Array,
  name = '台账.xlsx',
): Promise<Brought> {
  const id = randomUUID()
  const url = `/api/intakes/${id}?target=${target}&name=${encodeURIComponent(name)}`
  const answer = await stage.as(who).upload(url, Buffer.from(bytes))
  const page = await stage.as(who).get<IntakeDetail>(`/api/intakes/${id}`)
  return { id, answer, page: page.body }
}

export const rowsOf = async (stage: Pick<Stage, 'as'>, who: string, id: string, query = '') =>
  (await stage.as(who).get<{ rows: IntakeRow[] }>(`/api/intakes/${id}/rows${query}`)).body.rows

/** What was said, a line each: row, state, then column and message. */
export const said = (list: IntakeRow[]) =>
  list.map((r) => [r.line, r.state, ...r.issues.map((i) => `${i.column}: ${i.message}`)])

type Committed = { made: number; left: number; code: string; message: string }

export const commitAll = (
  stage: Pick<Stage, 'as'>,
  who: string,
  { id, page }: Pick<Brought, 'id' | 'page'>,
  more: object = {},
) =>
  stage.as(who).post<Committed>(`/api/intakes/${id}/commit`, { version: page.version, mode: 'all', ...more })

/** Bodies of a programme as the sheets of its template: what a cadre would have typed into it. */
export function sheetsOf(programme: Programme, bodies: readonly AnyRow[]): SheetGiven[] {
  return recordTargetOf(programme).sheets.map((spec) => {
    const columns = shownFields(spec)
    const lines = bodies.flatMap((body) =>
      spec.key === programme.key
        ? [body]
        : ((body[spec.key] as AnyRow[] | undefined) ?? []).map((row) => ({
            ...row,
            [ofTitle]: body['title'],
          })),
    )
    return {
      name: spec.label,
      head: columns.map(([, field]) => field.label),
      lines: lines.map((line: AnyRow) => columns.map(([key]): Cell => cellText(line[key]) || null)),
    }
  })
}

/** What an export would hold of records: their number and version first, then the columns of the form. */
export function exportedOf(
  programme: Programme,
  records: readonly { id: string; version: number; body: AnyRow; coHosts?: string }[],
): SheetGiven {
  const fields = Object.entries(formFields(programme))
  return {
    name: programme.label,
    head: [
      '记录编号',
      ...fields.map(([, field]) => field.label),
      '联办单位',
      '状态',
      '填报单位',
      '审核通过日期',
    ],
    lines: records.map(({ id, version, body, coHosts }) => [
      `${id}:${version}`,
      ...fields.map(([key]): Cell => cellText(body[key]) || null),
      coHosts ?? null,
      '待审核',
      '某工会',
      '2020-01-01',
    ]),
  }
}
