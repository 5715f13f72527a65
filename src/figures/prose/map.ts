import { choose, type Mention } from './choose.ts'
import type { Found } from './extract.ts'
import { normalise } from './mask.ts'
import { holdsPeople, madeOfIt, namesAnother } from './object.ts'
import { topics, type Choice } from './topics.ts'

/** Where a figure stands: its sentence and its clause, in units of the paragraph. */
export interface Place {
  sentence: [start: number, end: number]
  clause: [start: number, end: number]
}

/** Of work that is none of ours, though ours was told before it. */
const OTHER = Symbol('other')

/** Told of a part, a mean or the best: it is no value of the indicator. */
const PART =
  /(?:平均|[人户日周月年班期场次]均|每[期场次人户家个名]|单[场期次]|最[多高少低大])[^，。；]{0,12}$/
/** A difference: a word of change straight before the number, or last year anywhere in the clause. */
const TREND =
  /(?:增长|增加|提高|提升|上升|增幅|下降|减少|降低|降幅|扩大|缩小|[多少]了?)(?:了|约|近|超过?|逾|幅度为?|比例为?)?$|(?:同比|环比|[比较]?(?:上年|去年|上一年|上年度|年初|往年)(?:同期)?(?:相比)?)[^，。；为至到达]*(?:增|提高|提升|上升|降|减|[多少])[^，。；至到达为]*$/
const PEOPLE = new Set(['人次', '人', '名', '位', '场', '期'])
const THINGS = new Set(['个', '家', '处', '座'])
/** 「在9个园区办起托管班」: where it was done, not how much. */
const PLACES =
  /^(?:县|区|市|省|乡|镇|村|街道|社区|园区|地区|城市|工地|车间|班组|部门|系统|行业|工种|校区|学校|医院|企业|单位|基层)/
/** Nothing but what was added in the year, between two numbers. */
const ADDED =
  /^[，,（(；](?:其中)?[，,]?(?:当年|今年|本年度?|年度|年内|全年)[^，。；\d]{0,4}(?:新增|新建|新设|增设|建成)[^，。；\d]{0,8}$/
/** What stands of what was added. */
const STANDS: Readonly<Record<string, string>> = {
  'careRoom.built': 'careRoom.total',
  'parentStudio.built': 'parentStudio.active',
  'studio.named': 'studio.active',
}
/** 「带动各市命名156个」: of those who did it after, beside what was told of itself. */
const OF_OTHERS = /带动[各所下基][^，。；\d]{0,16}$/
const SUMMED = /(?:合计|共计|总计|一共)$/
const REACHES = /^(?:女?职工)?(?:分别|踊跃|积极|先后)?(?:参加|参与|走进|观看|收听)了?$/
const SENTENCE = /[。！？\n]/
const CLAUSE = /[，。；！？\n]/

/** No sentence reaches further; without it a text without marks would be read anew for each of its figures. */
const REACH = 300

/** Marks that part: up to the last one before, from the first after. */
function stretch(text: string, start: number, end: number, marks: RegExp): [number, number] {
  let from = start
  while (from > 0 && start - from < REACH && !marks.test(text[from - 1]!)) from--
  let to = end
  while (to < text.length && to - end < REACH && !marks.test(text[to]!)) to++
  return [from, to]
}

export function placeOf(text: string, { start, end }: Pick<Found, 'start' | 'end'>): Place {
  return { sentence: stretch(text, start, end, SENTENCE), clause: stretch(text, start, end, CLAUSE) }
}

/** Every topic that a text names, in reading order; of overlapping ones the longer, then the one listed first. */
function mentionsIn(text: string): Mention[] {
  const all = topics.flatMap((topic) =>
    [...text.matchAll(topic.words)].map((found) => ({
      start: found.index,
      end: found.index + found[0].length,
      topic,
    })),
  )
  const chosen: Mention[] = []
  for (const mention of all.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
    if (!chosen.some((other) => mention.start < other.end && other.start < mention.end)) chosen.push(mention)
  }
  return chosen.toSorted((a, b) => a.start - b.start)
}

/**
 * The indicator of each figure of a paragraph, or null: the topic named nearest to it decides, with its unit and the words
 * of its clause.
 */
export function mapFigures(paragraph: string, figures: readonly Found[]): (string | null)[] {
  const text = withoutQuotes(normalise(paragraph))
  const mentions = mentionsIn(text.plain)
  const moved = withoutVerbs(
    paragraph,
    mentions.map((m) => ({ ...m, start: text.at(m.start), end: text.at(m.end) })),
  )
  const found = figures.map((figure, n) => {
    const mapped = mapOne(paragraph, figure, figures[n - 1], figures[n + 1], moved)
    if (mapped !== OTHER) return mapped
    const { start, end, written } = figure
    // Who came to it came to nothing that was told before.
    if (holdsPeople(written.unit, paragraph.slice(placeOf(paragraph, figure).clause[0], start))) {
      moved.push({ start, end, topic: { words: /(?!)/g, choices: [] } })
      moved.sort((a, b) => a.start - b.start)
    }
    return null
  })
  // 「1.2万、1.3万人次」: the first is told of what the second is.
  for (let n = figures.length - 2; n >= 0; n--) {
    const [one, next] = [figures[n]!, figures[n + 1]!]
    const isListed = /^[、和及]$/.test(paragraph.slice(one.end, next.start))
    if (found[n] === null && isListed && one.written.unit === next.written.unit) found[n] = found[n + 1]!
  }
  // 「建成关爱室81个，（其中60个开放，）当年新增17个」: what the year added stands behind, so the first is what there is.
  for (let m = 1; m < figures.length; m++) {
    const all = STANDS[found[m] ?? '']
    const gap = paragraph.slice(figures[m - 1]!.end, figures[m]!.start)
    if (!all || !(ADDED.test(gap) || ADDED.test(gap.slice(Math.max(0, gap.lastIndexOf('，')))))) continue
    const from = placeOf(paragraph, figures[m]!).sentence[0]
    const n = found.lastIndexOf(found[m]!, m - 1)
    if (n >= 0 && figures[n]!.start >= from) found[n] = all
  }
  return found.map((indicator, n) =>
    isPart(paragraph, figures, found, n) || isSummed(paragraph, figures, found, n) ? null : indicator,
  )
}

/** Verbs that no indicator counts by themselves, and of what they are once it is named in the sentence. */
const SAME_WORK: Readonly<Record<string, string>> = {
  检查: 'screening.persons',
  咨询: 'counselling.sessions',
  帮扶: 'hardship.helped',
}

/** 「对女工干部进行了…业务培训」: whom it was for, and a course without a public or a subject of its own. */
const FOR_CADRES = /干部(?:进行|开展|举办|组织)了?$/
const ITS_COURSE = /^(?:业务|专题)?[培轮]训班?$/

/** 「家政技能培训18期，培训736人次，带动就业315人」: 培训 as a verb is of the class told before it in the sentence. */
function withoutVerbs(text: string, mentions: readonly Mention[]): Mention[] {
  const told: Mention[] = []
  for (const mention of mentions) {
    const before = told.at(-1)
    const isVerb =
      text.slice(mention.start, mention.end) === '培训' &&
      /^(?:[了]|各[类级]|下岗|失业|转岗|困难|农|女|妇|职|学|\d)/.test(text.slice(mention.end))
    const isSame = before && !SENTENCE.test(text.slice(before.end, mention.start))
    // 「用于两癌检查，共检查8126人」, 「心理咨询室…咨询260人次」: the same work as a verb.
    const same = SAME_WORK[text.slice(mention.start, mention.end)]
    const its =
      same && told.findLast(({ topic }) => topic.choices.some(({ indicator }) => indicator === same))
    const isSameWork = its && !SENTENCE.test(text.slice(its.end, mention.start))
    const isClass = before && /[班课校]|培训/.test(text.slice(before.start, before.end))
    const ofCadres =
      before &&
      ITS_COURSE.test(text.slice(mention.start, mention.end)) &&
      FOR_CADRES.test(text.slice(before.start, before.end)) &&
      !CLAUSE.test(text.slice(before.end, mention.start))
    const of = isSameWork ? its.topic : (isSame && isVerb && isClass) || ofCadres ? before.topic : null
    told.push(of ? { ...mention, topic: of } : mention)
  }
  return told
}

/** 「培训500期，其中线上200期」: the second is a part of what the first tells. */
function isPart(
  text: string,
  figures: readonly Found[],
  found: readonly (string | null)[],
  n: number,
): boolean {
  const { sentence } = placeOf(text, figures[n]!)
  const among = text.lastIndexOf('其中', figures[n]!.start)
  if (found[n] === null || among < sentence[0] || text.slice(among, figures[n]!.start).includes('；'))
    return false
  // 「共举办46期。其中，县总举办8期」: a sentence that begins so speaks of the one before it.
  const begins = among === sentence[0] && among > 0
  const from = begins ? stretch(text, among - 1, among - 1, SENTENCE)[0] : sentence[0]
  return figures.some((f, m) => m < n && found[m] === found[n] && f.start >= from && f.end <= among)
}

/** 「首签35份，续签61份，合计96份」: the first two are parts of what the last tells. */
function isSummed(
  text: string,
  figures: readonly Found[],
  found: readonly (string | null)[],
  n: number,
): boolean {
  const { sentence } = placeOf(text, figures[n]!)
  const same = figures.filter(
    (f, m) => found[m] === found[n] && f.start >= sentence[0] && f.end <= sentence[1],
  )
  const sum = same.find((f) => f.start > figures[n]!.start && SUMMED.test(text.slice(0, f.start)))
  return found[n] !== null && sum !== undefined && same.indexOf(sum) > 1
}

/** Quotes left out, with the place of each remaining character in the text with them. */
function withoutQuotes(text: string): { plain: string; at: (i: number) => number } {
  const places: number[] = []
  let plain = ''
  for (let i = 0; i < text.length; i++) {
    if ('“”"「」『』‘’'.includes(text[i]!)) continue
    places.push(i)
    plain += text[i]
  }
  places.push(text.length)
  return { plain, at: (i) => places[i]! }
}

/** The noun of its work straight at the head of the clause, as the later ones of a list have it. */
const BARE =
  /^(?:女职工|[“”"])*(?:(?:权益保护|特殊权益)?专项(?:集体)?合同|两癌[”"]?(?:防治|筛查|知识|健康)*手册)$/
const OF_MONEY = /^其中[，,]?/

/** The clause of a figure; with what the sentence said before, where its verb or what the money was for is told there. */
function saidOf(
  text: string,
  { start, written }: Found,
  clause: Place['clause'],
  sentence: Place['sentence'],
) {
  const head = text.slice(clause[0], start)
  const carries = BARE.test(head) || (written.unit === '元' && OF_MONEY.test(head))
  return text.slice(carries ? sentence[0] : clause[0], clause[1])
}

function mapOne(
  text: string,
  figure: Found,
  previous: Found | undefined,
  next: Found | undefined,
  mentions: readonly Mention[],
): string | null | typeof OTHER {
  if (THINGS.has(figure.written.unit) && PLACES.test(text.slice(figure.end, figure.end + 6))) return null
  const { clause, sentence } = placeOf(text, figure)
  const since = Math.max(clause[0], previous?.end ?? 0)
  const head = text.slice(since, figure.start)
  const wholeHead = text.slice(clause[0], figure.start)
  if (PART.test(wholeHead.slice(-24))) return null
  if (TREND.test(wholeHead.slice(-24)) || OF_OTHERS.test(wholeHead.slice(-24))) return null
  const piece = stretch(text, figure.start, figure.end, /[，。；、！？\n]/)
  const until = Math.min(piece[1], next?.start ?? clause[1])
  // 「1.3万人次参加了两期答题」: what they took part in is told after its own number.
  const reaches = next && REACHES.test(text.slice(figure.end, next.start))
  const end = reaches ? piece[1] : until
  const behind = mentions.filter((m) => m.start >= figure.end && m.start < end)
  const inHead = mentions.filter((m) => m.start >= since && m.end <= figure.start + 1)
  const inClause = mentions.filter((m) => m.start >= clause[0] && m.start < since)
  const inSentence = mentions.filter((m) => m.start >= sentence[0] && m.start < clause[0])
  const earlier = mentions.filter((m) => m.start < sentence[0] && m.start >= 0)
  const said = saidOf(text, figure, clause, sentence)
  // What follows straight behind the number may be told in brackets with commas of their own.
  const follows = behind[0] !== undefined && behind[0].start - figure.end <= 2
  const between = text.slice(since, follows ? Math.min(clause[1], next?.start ?? clause[1]) : until)
  const object = text.slice(Math.max(since, inHead.at(-1)?.end ?? since), figure.start)
  // 「开办实用技能班32期，培训2168人次」: here 培训 is what the class did, no work of its own.
  const asVerb = (list: readonly Mention[], told: readonly Mention[]): string | null => {
    const one = list.at(-1)
    const activity = told.at(-1)
    if (!one || !activity || text.slice(one.start, one.end) !== '培训') return null
    if (!/[班课校]|培训/.test(text.slice(activity.start, activity.end))) return null
    return ask([activity], text.slice(sentence[0], clause[1])) ?? null
  }
  const pick = (list: readonly Mention[], words: string): Choice | null | undefined => {
    // People and occasions are no value of what was handed out by the way: they belong to what was told before it.
    const isOfThing = PEOPLE.has(figure.written.unit)
    const mention = list.findLast(({ topic }) => !(topic.aside && isOfThing))
    if (!mention) return undefined
    return choose(mention, figure.written.unit, words, between, object, text, head)
  }
  const ask = (list: readonly Mention[], words: string): string | null | undefined => {
    const choice = pick(list, words)
    return choice && choice.indicator
  }
  /** Of the work told before, unless another is named beside the number. */
  const goesOn = (list: readonly Mention[], words: string): string | null | undefined | typeof OTHER => {
    const choice = pick(list, words)
    if (choice === undefined) return undefined
    const tail = text.slice(figure.end, until)
    return namesAnother(head, tail, figure.written.unit, choice ?? {}) ? OTHER : (choice?.indicator ?? null)
  }
  // Where the noun follows the number, it is what the number counts: 「举办300场劳动竞赛」, 「60个关爱室对外开放」.
  const close = behind.filter((m) => m.start - figure.end <= 12)
  const near = asVerb(inHead, [...inSentence, ...inClause]) ?? ask(inHead, said)
  if (near) return madeOfIt(object) ? OTHER : near
  const after = ask(close.slice(0, 1), said)
  if (after !== undefined && (near === undefined || after !== null)) return after
  if (near !== undefined) return near
  const before = goesOn(inClause, said)
  if (before !== undefined) return before
  const words = text.slice(sentence[0], clause[1])
  const same = goesOn(inSentence, words)
  if (same !== undefined) return same
  const far = ask(behind.slice(0, 1), said)
  if (far !== undefined) return far
  // 「筹资200万元，为…开展筛查」: what money is for may be told in the clause after.
  // What stands behind 其中 is of a part of it alone.
  const among = text.slice(figure.end, sentence[1]).indexOf('其中')
  const reach = among < 0 ? sentence[1] : figure.end + among
  const onward = mentions.filter((m) => m.start >= figure.end && m.start < reach)
  const purpose = figure.written.unit === '元' ? ask(onward.slice(0, 1), said) : undefined
  if (purpose) return purpose
  // Persons and person-times of an activity told the sentence before; anything else starts anew.
  const start = stretch(text, Math.max(0, sentence[0] - 1), Math.max(0, sentence[0] - 1), SENTENCE)[0]
  return (
    goesOn(
      earlier.filter((m) => m.start >= start),
      text.slice(start, clause[1]),
    ) ?? null
  )
}
