/** Letters, digits and Han characters of a text, lower case, in runs. */
function runs(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** Bigrams by which a record is found; a run of one character stands for itself. */
export function bigrams(text: string): string[] {
  const found = new Set<string>()
  for (const run of runs(text)) {
    const letters = [...run]
    if (letters.length === 1) found.add(run)
    for (let i = 0; i + 1 < letters.length; i++) found.add(letters[i]! + letters[i + 1]!)
  }
  return [...found]
}

/** Bigrams of texts that are compared again and again: each text is taken apart once. */
export function rememberedBigrams(): (text: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>()
  return (text) => {
    const found = known.get(text) ?? new Set(bigrams(text))
    known.set(text, found)
    return found
  }
}

/** Share of common bigrams (Dice), 0 to 1. */
export function likeness(a: string, b: string, taken = rememberedBigrams()): number {
  const [x, y] = [taken(a), taken(b)]
  if (x.size + y.size === 0) return 0
  let common = 0
  for (const word of x) if (y.has(word)) common++
  return (2 * common) / (x.size + y.size)
}
