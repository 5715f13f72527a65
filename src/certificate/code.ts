// Crockford's base 32: no I, L, O or U; who types from paper may still write them.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** First letter of every code: under which key it was made. A new key takes the next letter. */
export const keyLetter = 'A'
/** Letters of the digest: 26 of five bits are 130. */
export const digestLetters = 26
const groupLength = 4

/** Tells a slip of the pen from a code that nobody issued. */
function checkLetter(body: string): string {
  const sum = [...body].reduce((total, letter, at) => total + letters.indexOf(letter) * (at * 2 + 1), 0)
  return letters[sum % letters.length]!
}

/** The code of a digest in letters. */
export const codeOf = (digest: string): string => {
  const body = keyLetter + digest
  return body + checkLetter(body)
}

/** `A43P-G6RP-…`: seven groups of four. */
export const groupedCode = (code: string): string =>
  code.match(new RegExp(`.{1,${groupLength}}`, 'g'))!.join('-')

/** What somebody typed as a code; null where it can be none. */
export function readCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-—–_.·]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (code.length !== digestLetters + 2 || [...code].some((letter) => !letters.includes(letter))) return null
  return checkLetter(code.slice(0, -1)) === code.at(-1) ? code : null
}

/** The name of a person as strangers see it: 王*, 欧阳娜 → 欧**. */
export const maskedName = (name: string): string => {
  const [first = '', ...rest] = [...name]
  return first + '*'.repeat(Math.min(3, Math.max(1, rest.length)))
}
