import { plain, type Normal } from './normal.ts'

/** Brackets, blanks and what people leave out or add do not tell two labels of a list apart. */
const bare = (text: string): string =>
  plain(text)
    .replace(/[\s()（）“”"'、，,。.·・-]/g, '')
    .toLowerCase()

/** Steps of inserting, leaving out, changing one character. */
function distance(a: string, b: string): number {
  const [from, to] = [Array.from(a), Array.from(b)]
  let line = to.map((_, i) => i + 1)
  line.unshift(0)
  from.forEach((c, i) => {
    const next = [i + 1]
    to.forEach((d, j) => next.push(Math.min(next[j]! + 1, line[j + 1]! + 1, line[j]! + (c === d ? 0 : 1))))
    line = next
  })
  return line.at(-1)!
}

/** 「非会员」 is not 「会员」: what denies must stand in both or in neither. */
const denials = (text: string): string => text.replace(/[^非不未无没]/g, '')

/** The choices that fit, nearest first; several only where they fit equally well. */
function nearest(typed: string, choices: readonly string[], pinyin: (text: string) => string): string[] {
  const wanted = bare(typed)
  if (wanted === '') return []
  const same = choices.filter((c) => bare(c) === wanted)
  if (same.length > 0) return same
  // 「沙河口」 for 「沙河口区」, 「独立」 for 「独立基层」; and 「中国共产党党员」 holds no label as a whole.
  const part = choices.filter((c) => bare(c).startsWith(wanted) && wanted.length >= 2)
  if (part.length > 0) return part
  const agreeing = choices.filter((c) => denials(c) === denials(wanted))
  const inside = agreeing.filter(
    (c) => bare(c).length >= 2 && (wanted.includes(bare(c)) || bare(c).includes(wanted)),
  )
  if (inside.length > 0 && wanted.length >= 2) return inside
  // 「区县」 for 「区市县」: its characters, in their order.
  const order = new RegExp(Array.from(wanted.replace(/[^\p{L}\p{N}]/gu, '')).join('.*'), 'u')
  const within = /^\p{Script=Han}{2,}$/u.test(wanted) ? agreeing.filter((c) => order.test(bare(c))) : []
  if (within.length > 0) return within
  if (/^[a-z]+$/.test(wanted)) {
    const keys = choices.map((c) => ({ c, key: pinyin(c).split(' ') }))
    const spelt = keys.filter(({ key }) => key.includes(wanted))
    const begun = spelt.length > 0 ? spelt : keys.filter(({ key }) => key.some((k) => k.startsWith(wanted)))
    return begun.map(({ c }) => c)
  }
  const sound = pinyin(typed).split(' ')[0] ?? ''
  const alike = choices.filter((c) => sound !== '' && pinyin(c).split(' ')[0] === sound)
  if (alike.length > 0) return alike
  return wanted.length >= 3 ? agreeing.filter((c) => distance(bare(c), wanted) === 1) : []
}

/** So few labels are each offered to press. */
const mostOffered = 6

/**
 * Finds a label of a list however it was typed: itself, a part, its pinyin, a homophone, one character off. Only one that is
 * alone in fitting is taken, and said; of several none is guessed.
 * @param pinyin full pinyin, a blank, the initials (src/org/pinyin.server.ts)
 */
export function choose(typed: string, choices: readonly string[], pinyin: (text: string) => string): Normal {
  if (choices.includes(typed)) return { value: typed }
  const found = nearest(typed, choices, pinyin)
  const [only] = found
  if (only !== undefined && found.length === 1) {
    return bare(only) === bare(typed) ? { value: only } : { value: only, note: `“${typed}”读作“${only}”` }
  }
  const shown = typed.slice(0, 20)
  if (found.length > 1)
    return {
      fault: `“${shown}”可以是${found
        .slice(0, 5)
        .map((c) => `“${c}”`)
        .join('、')}，请写清楚`,
      fixes: found.slice(0, mostOffered),
    }
  const list = choices.slice(0, 12).join('、')
  return {
    fault: `“${shown}”不在可选项中，请从“${list}${choices.length > 12 ? '…' : ''}”中选择`,
    ...(choices.length <= mostOffered ? { fixes: [...choices] } : {}),
  }
}
