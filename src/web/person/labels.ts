import { personLabels } from '#person/form.ts'

function text(value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'string' && value !== '' ? value : '—'
}

/** Values in clear as lines of a description; a year stands for the sealed birthday. */
export function clearLines(
  values: Readonly<Record<string, unknown>>,
  birthYear: number | null,
): [string, string][] {
  return [
    ['性别', text(values['sex'])],
    ['出生', birthYear === null ? '—' : `${birthYear} 年`],
    ...Object.entries(personLabels)
      .filter(([key]) => !['name', 'sex', 'birth', 'idKind', 'idNumber', 'phone'].includes(key))
      .map(([key, label]): [string, string] => [label, text(values[key])]),
  ]
}
