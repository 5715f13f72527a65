import type { Choice, Topic } from './topics.ts'

/** Where a text names a topic. */
export interface Mention {
  start: number
  end: number
  topic: Topic
}

const LEVELS = /(?:全国|国家级|省级|市级|区级|县级|[省市区县]总|厂级|公司级|上级)$/
/** 「评选市级先进女职工集体40个」: who honours names its own level, and tells all that it honoured. */
const HONOURS = /(?:评选|选树|表彰|命名|授予)了?(?:区级|县级|市级|省级|厂级|公司级)$/

/** Of a topic's indicators the first whose unit and words fit. */
export function choose(
  { topic, start }: Mention,
  unit: string,
  words: string,
  piece: string,
  object: string,
  text: string,
  head: string,
): Choice | null {
  for (const choice of topic.choices)
    if (fits(choice, unit, words, piece, object)) {
      if (
        /^honour\.(?:persons|collectives)$/.test(choice.indicator) &&
        LEVELS.test(text.slice(Math.max(0, start - 6), start)) &&
        !HONOURS.test(text.slice(Math.max(0, start - 8), start))
      )
        return null
      if (/[并和及]?(?:新增|评选出)?示范/.test(head) && choice.indicator !== 'childcare.provincialSites')
        return null
      return choice
    }
  return null
}

function fits(
  { units, needs, unless, piece, notObject }: Choice,
  unit: string,
  words: string,
  said: string,
  object: string,
): boolean {
  if (!units.includes(unit)) return false
  if (needs && !needs.test(words)) return false
  if (piece && !piece.test(said)) return false
  if (unless?.test(words)) return false
  return !notObject?.test(object)
}
