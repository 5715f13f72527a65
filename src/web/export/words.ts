import type { ExportLine } from '#export/api.ts'
import { formatCount } from '../format.ts'

/** 1536 → 「2 KB」, 3 MB with one decimal. */
export const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** States of a file as a list shows them. */
export const exportStates: Record<ExportLine['state'], { label: string; color: string }> = {
  asked: { label: '待批准', color: 'warning' },
  lapsed: { label: '过期未批', color: 'default' },
  refused: { label: '已退回', color: 'error' },
  waiting: { label: '正在生成', color: 'processing' },
  ready: { label: '可以下载', color: 'success' },
  failed: { label: '没有做成', color: 'error' },
  gone: { label: '已清除', color: 'default' },
}

/** How much a file holds: rows of a table, sheets of a paper. */
export const amountOf = ({ rows, name }: Pick<ExportLine, 'rows' | 'name'>): string =>
  `${formatCount(rows)} ${name.endsWith('.pdf') ? '份' : '行'}`
