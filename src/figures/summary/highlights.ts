import { levels } from '#kit/head.ts'
import { plain, sentence, titled, joined, type Clause } from './words.ts'

/** An accepted 工作亮点 of the year, with the unit that it belongs to. */
export interface HighlightRow {
  id?: string
  title: string
  kind: string
  level: string
  authority: string
  achievedOn: string
  tags: readonly string[]
  owner: { name: string; shortName: string; tier: string }
}

/**
 * The passages of the text that highlights join, in the order in which they are asked; first by tag, then by the
 * words of the title. A title may name several things: what stands higher is what the work is about.
 */
const passages = [
  ['婚恋交友', /婚恋|红娘|鹊桥|交友|相亲|联谊|恋歌|姻缘/],
  ['集体合同', /集体合同|专项合同|集体协商/],
  ['健康关爱', /两癌|筛查|健康|慰问金/],
  ['子女托管', /托管|托班/],
  ['关爱室', /关爱室|母婴/],
  ['就业帮扶', /就业|再就业|招聘|推介|技能班/],
  ['普法宣传', /普法|法律|法治|家暴|性骚扰|性别平等|维权/],
  ['家庭建设', /家庭|家风|家教|家书|爱家/],
  // The classrooms of city, district and grassroots are one ladder, 三级联动.
  ['课堂建设', /讲堂|课堂|三级联动/],
  ['岗位建功', /竞赛|比武|练兵|创新工作室/],
  ['素质提升', /培训|学校|课程|素质/],
  ['典型选树', /表彰|选树|典型|标兵|红旗手/],
  ['自身建设', /(?:)/],
] as const satisfies readonly (readonly [string, RegExp])[]
export type Passage = (typeof passages)[number][0]

/** Tags by which an editor puts a highlight where the title would not. */
export const passageNames: readonly Passage[] = passages.map(([name]) => name)

export function passageOf({ title, tags }: Pick<HighlightRow, 'title' | 'tags'>): Passage {
  return (
    passageNames.find((name) => tags.includes(name)) ?? passages.find(([, words]) => words.test(title))![0]
  )
}

/** A title that tells what happened already, by kind; any other names a thing, and the kind says what came of it. */
const tells: Readonly<Record<string, RegExp>> = {
  典型经验: /推广|转发|入选|获/,
  媒体报道: /报道|刊发|刊登|播出/,
  考核加分: /加分/,
  年度考核: /通过|获|评为/,
  创新成果: /获|评为|入选|列入/,
  现场会介绍: /介绍|交流|发言/,
  平台上图: /在|上线|上图|标注|接入/,
}
const begins = /^(通过|荣?获|入选|被)/
const stop = /[。；，]$/
const press = /[报刊]$|杂志$/
const practice = /(做法|工作|模式|经验|项目|机制|活动|制度)$/

/** What a highlight says by itself, as a clause. */
export function told({ title, kind, authority, owner }: HighlightRow): string {
  const what = title.replace(stop, '')
  if (begins.test(what) || tells[kind]?.test(what)) return what
  switch (kind) {
    case '媒体报道':
      return `${press.test(authority) ? titled(authority) : authority}报道${what}${practice.test(what) ? '' : '的做法'}`
    case '考核加分':
      return `${what}在${authority}${authority.endsWith('考核') ? '' : '考核'}中获得加分`
    case '年度考核':
      return `通过${authority}${what}`
    case '创新成果':
      return `${what}获评${authority}创新成果`
    case '现场会介绍':
      return `${owner.name}在${what.endsWith('会') ? `${what}上介绍经验` : `${authority}现场会上介绍${what}`}`
    case '平台上图':
      return `${what}在${authority}上线`
    default:
      return `${authority}推广${what}`
  }
}

/** Two that did the same in one place are told once: 「甲、乙在现场会上介绍做法」. */
function together(rows: readonly HighlightRow[]): (Clause | null)[] {
  const subjects = new Map<string, { names: string[]; records: string[] }>()
  for (const row of rows) {
    const clause = told(row)
    const [, subject = '', rest = clause] = /^([^，]+?)(在.+)$/.exec(clause) ?? []
    const same = subjects.get(rest) ?? { names: [], records: [] }
    subjects.set(rest, { names: [...same.names, subject], records: [...same.records, ...recordOf(row)] })
  }
  return [...subjects].map(([rest, { names, records }]) => plain(names.join('、') + rest, records))
}

const recordOf = ({ id }: { id?: string }): string[] => (id === undefined ? [] : [id])

/** 「中山区“红娘有约”」 */
export function brand({ title, owner }: HighlightRow): string {
  const quoted = /“([^”]+)”/.exec(title)?.[1]
  const bare = title.startsWith(owner.shortName) ? title.slice(owner.shortName.length) : title
  const place = owner.tier === 'district' || owner.tier === 'industry' ? owner.shortName : ''
  return `${place}“${quoted ?? bare.replace(/(服务|工作)?品牌$/, '')}”`
}

const order = (row: HighlightRow): string =>
  `${levels.indexOf(row.level as (typeof levels)[number])} ${row.achievedOn} ${row.owner.name} ${row.title}`

/** A passage tells so many of a kind, the highest and earliest first; the others are offered beside the text. */
export const MOST_TOLD = 30

/** The sentences of one passage: what happened, then the brands. */
export function highlightsOf(rows: readonly HighlightRow[], passage: Passage): (Clause | null)[] {
  const here = rows
    .filter((row) => passageOf(row) === passage)
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
  const events = here.filter(({ kind }) => kind !== '工作品牌').slice(0, MOST_TOLD)
  const brands = here
    .filter(({ kind }) => kind === '工作品牌')
    .slice(0, MOST_TOLD)
    .map((row) => plain(brand(row), recordOf(row)))
  return [
    sentence('', joined(together(events), '；')),
    sentence('培育形成', joined(brands, '、'), `${brands.length > 1 ? '等' : ''}服务品牌。`),
  ]
}
