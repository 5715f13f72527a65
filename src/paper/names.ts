/**
 * The names by which a printed figure finds its way home.
 *
 * Two for each figure, because a round trip through .doc loses every content control and keeps every bookmark.
 * Word takes 64 characters in a tag and 40 in a bookmark name, and only letters, digits and `_` in the latter.
 */
const TAG_LIMIT = 64
const BOOKMARK_LIMIT = 40

export interface FigureTag {
  indicator: string
  /** Of what else than the document's own unit and year. */
  of?: string
  value: number
  snapshot: string
}

/** `fig:training.sessions=485@S2019-1`, of a half year `fig:training.sessions~2019h1=240@S2019-1`. @throws RangeError when it won't fit Word's 64 characters */
export function figureTag(tag: FigureTag): string {
  const of = tag.of === undefined ? '' : `~${tag.of}`
  return fitting(`fig:${tag.indicator}${of}=${tag.value}@${tag.snapshot}`, TAG_LIMIT)
}

const TAG = /^fig:([A-Za-z][A-Za-z0-9.]*)(?:~([0-9A-Za-z.-]+))?=(-?\d+(?:\.\d{1,2})?)@(S\d{4}-\d+|live)$/

/**
 * Reads a tag back, null if it isn't ours. A returning file is untrusted: take indicator and snapshot from it, and
 * the value from the snapshot, never from here.
 */
export function parseFigureTag(text: string): FigureTag | null {
  const [, indicator, of, value, snapshot] = TAG.exec(text) ?? []
  if (!indicator || !value || !snapshot) return null
  return { indicator, ...(of ? { of } : {}), value: Number(value), snapshot }
}

/** `fig_training_sessions_1`: the nth place (from 1) where the text names this indicator. */
export function figureBookmark(indicator: string, nth: number): string {
  return fitting(`fig_${underscored(indicator)}_${nth}`, BOOKMARK_LIMIT)
}

/** `src_training_sessions`: the indicator's row in the appendix of sources; of another unit or period with both behind it. */
export function sourceBookmark(indicator: string, of?: string): string {
  const behind = of === undefined ? '' : `_${of.replaceAll(/[.-]/g, '_')}`
  return fitting(`src_${underscored(indicator)}${behind}`, BOOKMARK_LIMIT)
}

function underscored(indicator: string): string {
  if (!/^[A-Za-z][A-Za-z0-9.]*$/.test(indicator)) throw new RangeError(`Not an indicator id: ${indicator}`)
  return indicator.replaceAll('.', '_')
}

function fitting(name: string, limit: number): string {
  if (name.length > limit) throw new RangeError(`Longer than Word's ${limit} characters: ${name}`)
  return name
}
