/** So many signs in a row are somebody's own words, and no turn of phrase that everybody uses. */
const own = 12

/**
 * The asker's own words in what is to be published: the whole where she said just that, else the longest run of twelve signs or
 * more. Blanks and stops count for nothing. Null where it is written anew.
 */
export function sharedRun(asked: string, written: string): string | null {
  const [hers, text] = [asked, written].map((words) => [
    ...words.normalize('NFKC').replaceAll(/[\p{White_Space}\p{Punctuation}]/gu, ''),
  ]) as [string[], string[]]
  if (text.length === 0) return null
  let longest = 0
  let end = 0
  let before = Array.from<number>({ length: text.length + 1 }).fill(0)
  for (const sign of hers) {
    const now = [0]
    for (let n = 0; n < text.length; n++) {
      now.push(text[n] === sign ? before[n]! + 1 : 0)
      if (now[n + 1]! > longest) {
        longest = now[n + 1]!
        end = n + 1
      }
    }
    before = now
  }
  if (longest < own && longest < text.length) return null
  return text.slice(end - longest, end).join('')
}
