type Named = { id: string; name: string }
export type Picked = { ids: string[]; unknown: string[]; twice: string[] }

/** Whom a pasted list of names means; a name that several bear is left for choosing by hand. */
export function pickByNames(text: string, persons: readonly Named[]): Picked {
  const byName = new Map<string, string[]>()
  for (const { id, name } of persons) byName.set(name, [...(byName.get(name) ?? []), id])
  const picked: Picked = { ids: [], unknown: [], twice: [] }
  const asked = new Set(text.split(/[\s、，,；;]+/).filter((name) => name !== ''))
  for (const name of asked) {
    const found = byName.get(name) ?? []
    if (found.length === 1) picked.ids.push(found[0]!)
    else (found.length === 0 ? picked.unknown : picked.twice).push(name)
  }
  return picked
}
