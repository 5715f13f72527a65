import type { Programme } from '#kit/programme.ts'
import { programmes } from '#programmes/index.ts'

/** Short names of the six sections of the annual summary, for menus and headings. */
export const sectionNames: Record<string, string> = {
  '一（一）': '思想引领与表彰',
  '一（二）': '素质提升',
  '一（三）': '权益维护',
  '一（四）': '关爱服务',
  '一（五）': '家风与课堂',
  '一（六）': '工作亮点',
}

export type Section = { key: string; name: string; programmes: readonly Programme[] }

/** The registered programmes by section, in the order of the annual summary; sections without any are left out. */
export const sections: readonly Section[] = Object.entries(sectionNames)
  .map(([key, name]) => ({ key, name, programmes: programmes.filter((p) => p.section === key) }))
  .filter((section) => section.programmes.length > 0)
