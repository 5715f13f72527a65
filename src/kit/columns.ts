import type { Field, Fields } from './field/kind.ts'
import type { Programme } from './programme.ts'

/** A column of a typed table; `check` is the named CHECK that holds the kind's rule in the database too. */
export type Column = { name: string; type: string; nullable: boolean; check?: { name: string; body: string } }

/** A typed table. `child` is null for the programme's own row, else the name of the rows it holds. */
export type Table = { name: string; label: string; child: string | null; keys: Column[]; columns: Column[] }

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)

/** `carrier` → `carrier`, `otherTopic` → `other_topic`; the part's `all` is a reserved word, stored as `all_count`. */
export const columnName = (key: string): string => (key === 'all' ? 'all_count' : snake(key))

/** `lawTalk` → `law_talk`. */
export const tableOf = (programme: Programme): string => snake(programme.key)

/** `contract`, `covered` → `contract_covered`. */
export const childTableOf = (programme: Programme, child: string): string =>
  `${tableOf(programme)}_${snake(child)}`

function column(table: string, key: string, field: Field): Column {
  const name = columnName(key)
  const check = field.check && { name: `${table}_${name}_check`, body: field.check(name) }
  return { name, type: field.type, nullable: !field.required, ...(check ? { check } : {}) }
}

const columnsIn = (table: string, fields: Fields): Column[] =>
  Object.entries(fields).map(([key, field]) => column(table, key, field))

/** The columns of a programme's own fields, in the order of the definition; keys and head are not among them. */
export const columnsOf = (programme: Programme): Column[] => columnsIn(tableOf(programme), programme.fields)

/** The columns of one of its rows of children; `line` counts them from 0. */
export const childColumnsOf = (programme: Programme, child: string): Column[] =>
  columnsIn(childTableOf(programme, child), programme.children[child]!.fields)

const key = (name: string, type: string): Column => ({ name, type, nullable: false })
const recordKeys = [key('district_id', 'integer'), key('record_id', 'uuid')]

/** All tables of a programme: its own first, then those of its children. */
export function tablesOf(programme: Programme): Table[] {
  return [
    {
      name: tableOf(programme),
      label: programme.label,
      child: null,
      keys: recordKeys,
      columns: columnsOf(programme),
    },
    ...Object.entries(programme.children).map(([child, spec]) => ({
      name: childTableOf(programme, child),
      label: `${programme.label}：${spec.label}`,
      child,
      keys: [...recordKeys, key('line', 'smallint')],
      columns: childColumnsOf(programme, child),
    })),
  ]
}

const columnDdl = ({ name, type, nullable }: Column): string =>
  `  ${name} ${type}${nullable ? '' : ' NOT NULL'}`

/** CREATE TABLE of a typed table, every constraint named. */
export function ddlOf({ name, keys, columns }: Table, schema = 'app'): string {
  const lines = [
    ...[...keys, ...columns].map(columnDdl),
    `  CONSTRAINT ${name}_pkey PRIMARY KEY (${keys.map((k) => k.name).join(', ')})`,
    `  CONSTRAINT ${name}_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id)`,
    ...columns.flatMap(({ check }) => (check ? [`  CONSTRAINT ${check.name} CHECK (${check.body})`] : [])),
  ]
  return `CREATE TABLE ${schema}.${name} (\n${lines.join(',\n')}\n);`
}
