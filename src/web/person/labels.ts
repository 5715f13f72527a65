import { personLabels } from '#person/form.ts'
import type { ConsentState, PersonRequest } from '#person/api.ts'

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

export const consentWords: Record<ConsentState['state'], string> = {
  given: '已同意',
  outdated: '文本已更新，原同意不再有效',
  withdrawn: '已撤回',
  none: '未同意',
}

export const requestWords: Record<PersonRequest['kind'], string> = {
  transfer: '转出',
  merge: '合并登记',
  erase: '删除信息',
}

export const requestStateWords: Record<PersonRequest['state'], string> = {
  open: '待确认',
  done: '已办结',
  refused: '不同意',
  undone: '已撤销',
}
