import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { nameSort } from '#org/pinyin.server.ts'

/** zxcvbn's scale: 3 = safely unguessable, 10^8 guesses and more. */
const leastScore = 3

type Judge = { zxcvbn: ZxcvbnFactory; common: ReadonlySet<string> }
let loading: Promise<Judge> | null = null

/** What every password here is likely to be made of. */
const local = ['zonggonghui', 'gonghui', 'nvzhigong', 'nvgong', 'jinguo', '工会', '女职工', '巾帼']

/** What is left when the words that anybody would try are taken out; short pieces stay, they are in every text. */
function without(password: string, words: readonly string[]): string {
  const telling = words.filter((word) => /\p{Script=Han}/u.test(word) || word.length >= 4)
  return telling
    .sort((a, b) => b.length - a.length)
    .reduce((rest, word) => rest.replaceAll(word.toLowerCase(), ''), password.toLowerCase())
}

/** The word lists are large: they are read when the first password is chosen, not at the start. */
async function load(): Promise<Judge> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return {
    zxcvbn: new ZxcvbnFactory({
      dictionary: { ...dictionary, local },
      graphs: adjacencyGraphs,
      useLevenshteinDistance: true,
    }),
    common: new Set(dictionary['passwords-common']),
  }
}

/** Names and their pinyin, whole and by initials: what a stranger would try first. */
export const contextWords = (names: readonly string[]): string[] =>
  names.flatMap((name) => [name, ...nameSort(name).split(' ')]).filter((word) => [...word].length >= 2)

/**
 * Why a password is too easy to guess, as a sentence; null where it is not. The list of 49,000 common passwords of
 * zxcvbn-ts (from published breaches) stands for an offline breach list.
 */
export async function weakness(password: string, names: readonly string[]): Promise<string | null> {
  const { zxcvbn, common } = await (loading ??= load())
  const words = contextWords(names)
  if (common.has(password.toLowerCase())) return '这是泄露名单里的常见密码，请换一个'
  const score = (text: string): number => zxcvbn.check(text, words).score
  return Math.min(score(password), score(without(password, [...words, ...local]))) < leastScore
    ? '这个密码容易被猜到：请避开姓名、单位、日期和键盘顺序，换一句更长的、只有您知道的话'
    : null
}
