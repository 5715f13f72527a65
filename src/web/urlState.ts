/** Search parameters of a page: text only, as it stands in the address bar. */
export type Search = Readonly<Record<string, string | undefined>>

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** `?year=2019&q=%E6%B2%99` → `{ year: '2019', q: '沙' }`. Never throws; the last of repeated names wins. */
export function parseSearch(search: string): Record<string, string> {
  const pairs = search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))]
    })
  return Object.fromEntries(pairs)
}

/** `{ year: '2019', q: '' }` → `?year=2019`: what is absent or empty leaves the address; no parameters give ''. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(search)
    .filter(([, value]) => typeof value === 'string' && value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

type Shape = Record<string, { safeParse(value: unknown): { success: boolean } }>

/**
 * Reads a page's search parameters by the shape of a schema of optional texts.
 * Unknown and invalid ones are dropped, so an old or mistyped address still opens the page.
 */
export function readSearch<T>(schema: { shape: Shape; _zod: { output: T } }) {
  return (search: Readonly<Record<string, unknown>>): T =>
    Object.fromEntries(
      Object.entries(schema.shape).flatMap(([name, part]) => {
        const value = search[name]
        return value !== undefined && part.safeParse(value).success ? [[name, value]] : []
      }),
    ) as T
}

/** Path with its query: `/figures` + `{ year: '2019' }` → `/figures?year=2019`. */
export const withQuery = (path: string, search: Search): string => path + stringifySearch(search)
