import { byTier } from './order.ts'
import type { OrgBrief, OrgDetail, OrgNode } from '#org/api.ts'

type OrgEdge = OrgDetail['edges'][number]

/** A line of the tree. The key is the way down to it, since a unit can hang in two lines. */
export type Branch = {
  key: string
  id: number
  name: string
  node: OrgNode | null
  isLeaf: boolean
  children?: Branch[]
}

const below = (key: string, { id, line }: Pick<OrgNode, 'id' | 'line'>): string =>
  `${key}/${id}${line === 2 ? '~' : ''}`

/** Unit of a key: `1/12/200~` → 200. */
export function idOf(key: string): number {
  return Number.parseInt(key.slice(key.lastIndexOf('/') + 1), 10)
}

/** The tree as far as it was read; what is not read yet has no children but can be opened. */
export function treeOf(root: OrgBrief, read: ReadonlyMap<number, readonly OrgNode[]>): Branch {
  const grow = (key: string, nodes: readonly OrgNode[]): Branch[] =>
    byTier(nodes, (node) => node.tier).map((node) => {
      const own = below(key, node)
      const next = read.get(node.id)
      return {
        key: own,
        id: node.id,
        name: node.shortName || node.name,
        node,
        isLeaf: node.children === 0,
        ...(next ? { children: grow(own, next) } : {}),
      }
    })
  const key = String(root.id)
  return {
    key,
    id: root.id,
    name: root.name,
    node: null,
    isLeaf: false,
    children: grow(key, read.get(root.id) ?? []),
  }
}

/** Whether the tree, as far as it was read, shows a key. */
export function shows(branch: Branch, key: string): boolean {
  return branch.key === key || (branch.children ?? []).some((child) => shows(child, key))
}

/** Keys that must be open to show a unit, given its superiors from the top; only those from the root down. */
export function keysTo(root: number, above: readonly { id: number }[]): string[] {
  const start = above.findIndex(({ id }) => id === root)
  if (start < 0) return []
  return above.slice(start).map((_, i, chain) =>
    chain
      .slice(0, i + 1)
      .map(({ id }) => id)
      .join('/'),
  )
}

/** Whether a unit on the way up lies at or below one's own, so that it can be opened; the city opens every unit. */
export function canOpen(own: OrgBrief, above: readonly { id: number }[], id: number): boolean {
  if (own.tier === 'city') return true
  const start = above.findIndex((unit) => unit.id === own.id)
  return start >= 0 && above.slice(start).some((unit) => unit.id === id)
}

/** The superior of a line in a month, or null. Edges hold from `fromYm` up to, but not in, `toYm`. */
export function parentAt(edges: readonly OrgEdge[], line: number, ym: number): OrgBrief | null {
  const edge = edges.find((e) => e.line === line && e.fromYm <= ym && (e.toYm === null || ym < e.toYm))
  return edge?.parent ?? null
}
