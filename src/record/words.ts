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

/** Share of common bigrams (Dice), 0 to 1. */
export function likeness(a: string, b: string): number {
  const [x, y] = [bigrams(a), new Set(bigrams(b))]
  if (x.length + y.size === 0) return 0
  return (2 * x.filter((w) => y.has(w)).length) / (x.length + y.size)
}
