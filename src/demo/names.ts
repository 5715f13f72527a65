import type { Random } from '#demo/random.ts'

// Nobody in the demo exists, and every name shows it: each given name holds one of the four characters of
// 示例 "example" and 演样 "rehearsal, sample"; each enterprise, school and community is called after a thing of
// the sea and a thing of the writing desk or the music room (鲸笺, 螺谣). Only territory bears real names.

/** Each given name in the demo holds exactly one of these. */
export const MARKERS = ['例', '示', '演', '样'] as const

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜',
]
const SYLLABLES = [...'宁芳敏静娟燕玲慧琳洁颖婷欣悦雯岚萍霞蕾晴蓉倩薇媛怡佳瑶璐华清安平林春秋兰']

const SEA = [...'鲸鸥螺贝藻礁汐锚桅舵橹缆鳐鲷蛎鹬鲈鲳']
const DESK = [...'笺砚谣弦箴篆珮絮笙箫筝牍楹扉缃绡']

/** How many different person names there are. */
export const PERSON_NAMES = SURNAMES.length * SYLLABLES.length * MARKERS.length * 2

/**
 * A maker of made-up person names (张示宁, 李芳例) that never gives one twice, nor one of `taken`.
 * @throws RangeError, from the maker, when all names are used up
 */
export function nameMaker(random: Random, taken: Iterable<string> = []): () => string {
  const used = new Set(taken)
  return () => {
    if (used.size >= PERSON_NAMES) throw new RangeError('nameMaker: no names left')
    for (;;) {
      const given = [random.pick(MARKERS), random.pick(SYLLABLES)]
      if (random.chance(0.5)) given.reverse()
      const name = random.pick(SURNAMES) + given.join('')
      if (!used.has(name)) {
        used.add(name)
        return name
      }
    }
  }
}

/** Whether a person's name is recognisable as made up: exactly one marker, in the given name. */
export function isMadeUpPerson(name: string): boolean {
  return [...name].slice(1).filter((c) => (MARKERS as readonly string[]).includes(c)).length === 1
}

/** A made-up proper name of two characters for an enterprise, a school or a community. */
export function brand(random: Random): string {
  return random.pick(SEA) + random.pick(DESK)
}

/** Whether an organisation's name holds such a proper name. */
export function isMadeUpOrg(name: string): boolean {
  const chars = [...name]
  return chars.some((c, i) => SEA.includes(c) && DESK.includes(chars[i + 1] ?? ''))
}
