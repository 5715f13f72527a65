/** Words of danger that stand in a text, whatever spaces or marks stand between their characters. */
export function dangerIn(text: string, words: readonly string[]): string[] {
  const plain = text.normalize('NFKC').replace(/[\s\p{P}]/gu, '')
  return words.filter((word) => plain.includes(word))
}
