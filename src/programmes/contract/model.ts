import type * as z from 'zod/mini'
import type { Clause, ClauseItem } from './clauses.ts'
import type { contractFloors } from './tables.ts'

type Floors = z.infer<typeof contractFloors.schema>
type Chapter = { title: string; articles: readonly Article[] }
/** An article in our own wording; of an item it gives way to what the record quotes. */
type Article = { item?: ClauseItem; text: (f: Floors) => string }

const of = (item: ClauseItem, text: Article['text']): Article => ({ item, text })

/** The model text by chapters; numbers are the floors of the day of signing, so that nobody copies an old one. */
const chapters: readonly Chapter[] = [
  {
    title: '劳动保护',
    articles: [
      of(
        '禁忌劳动',
        () =>
          '企业不安排女职工从事国家规定的禁忌劳动，本企业属于禁忌范围的岗位书面告知女职工并在工作场所公布。',
      ),
      of(
        '经期保护',
        () => '女职工经期从事高处、低温、冷水和重体力作业的，企业应当临时调整岗位或者安排休息。',
      ),
      of(
        '孕期不加班不上夜班',
        (f) =>
          `对怀孕${f.restFromMonth}个月以上的女职工，企业不延长劳动时间、不安排夜班劳动，并在劳动时间内安排休息；产前检查所需时间计入劳动时间。`,
      ),
      of(
        '哺乳期不加班不上夜班',
        (f) => `女职工哺乳未满${f.nursingMonths}个月婴儿期间，企业不延长劳动时间、不安排夜班劳动。`,
      ),
    ],
  },
  {
    title: '生育保护',
    articles: [
      of('产前休假', (f) => `女职工可以在预产期前休假${f.beforeBirthDays}天，计入产假。`),
      of('产假', (f) => `女职工生育享受不少于${f.birthDays}天的产假，本省规定更长的按本省规定执行。`),
      of('难产增加产假', (f) => `女职工难产的，增加产假${f.difficultDays}天。`),
      of('多胞胎增加产假', (f) => `生育多胞胎的，每多生育一个婴儿增加产假${f.eachMoreDays}天。`),
      of('未满四个月流产假', (f) => `女职工怀孕未满四个月流产的，享受${f.earlyMiscarriageDays}天休假。`),
      of('满四个月流产假', (f) => `女职工怀孕满四个月流产的，享受${f.lateMiscarriageDays}天休假。`),
      of(
        '哺乳时间',
        (f) => `企业在每天的劳动时间内为哺乳期女职工安排不少于${f.nursingMinutes}分钟的哺乳时间。`,
      ),
      of(
        '多胞胎增加哺乳时间',
        (f) => `哺乳多胞胎的，每多哺乳一个婴儿，每天增加${f.moreNursingMinutes}分钟哺乳时间。`,
      ),
      of(
        '生育待遇',
        () =>
          '企业依法为女职工缴纳生育保险，不因结婚、怀孕、休产假、哺乳降低其工资和福利待遇，不解除其劳动合同。',
      ),
    ],
  },
  {
    title: '健康与关爱',
    articles: [
      of('妇科检查', () => '企业定期组织女职工进行妇科检查，检查时间计入劳动时间，费用由企业承担。'),
      of(
        '“两癌”筛查',
        () => '企业定期组织女职工参加乳腺癌、宫颈癌筛查；检查结果只告知本人，企业和工会不留存。',
      ),
      of(
        '性骚扰防治',
        () =>
          '企业制定禁止性骚扰的规定，开展教育，设受理渠道和负责人员，及时处置投诉，保护当事人隐私，并支持其依法维权。',
      ),
      of('女职工关爱室', () => '女职工较多的企业设置女职工休息、哺乳的场所，配备必要设备，明确专人管理。'),
      of('子女托管', () => '企业支持有需要的职工解决子女假期和课后托管，有条件的自办或者联办。'),
    ],
  },
  {
    title: '发展与平等',
    articles: [
      of('教育培训', () => '企业保障女职工接受技能培训和继续教育的机会，女职工所占比例与其在岗比例相适应。'),
      of('同工同酬', () => '企业在录用、定级、晋升、评聘、薪酬和福利上坚持男女平等、同工同酬。'),
    ],
  },
]

export type Printed = { title: string; articles: { text: string; quoted: boolean }[] }

/** The chapters as printed: where the record quotes an item its words stand, elsewhere ours. What it quotes besides comes last. */
export function printedModel(clauses: readonly Clause[], floors: Floors): Printed[] {
  const quote = (item: ClauseItem | undefined) =>
    item === undefined ? undefined : clauses.find((one) => one.item === item)?.quote
  const printed = chapters.map(({ title, articles }) => ({
    title,
    articles: articles.map(({ item, text }) => ({
      text: quote(item) ?? text(floors),
      quoted: quote(item) !== undefined,
    })),
  }))
  const rest = clauses.filter((one) => one.item === '其他')
  if (rest.length === 0) return printed
  return [...printed, { title: '其他约定', articles: rest.map((one) => ({ text: one.quote, quoted: true })) }]
}

const digits = '〇一二三四五六七八九'

/** 12 → 十二; up to 99, which no contract of ours reaches. */
export function chinese(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? digits[ones] : ''}`
}
