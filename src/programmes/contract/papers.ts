import { longDay } from '#kit/day.ts'
import type { Block, OfficialDocument } from '#paper/document.ts'
import type { Judged } from './clauses.ts'
import { chinese, type Printed } from './model.ts'
import type { Step } from './steps.ts'

export const paperKinds = ['text', 'pack'] as const
export type PaperKind = (typeof paperKinds)[number]
export const paperTitles: Readonly<Record<PaperKind, string>> = { text: '合同文本', pack: '送审材料' }

/** What the papers say of a contract. */
export type Told = {
  title: string
  org: string
  regNo: string
  scope: string
  signKind: string
  replacesNo: string | null
  employerChief: string
  unionChief: string
  heldOn: string
  due: number
  present: number
  inFavour: number
  signedOn: string
  termFromOn: string
  termUntilOn: string
  covered: readonly { firm: string; creditCode: string | null; women: number }[]
  chapters: readonly Printed[]
  clauses: readonly Judged[]
  steps: readonly Step[]
}

const say = (text: string, lead?: string): Block => ({
  kind: 'paragraph',
  ...(lead ? { lead } : {}),
  runs: [{ text }],
})
const heading = (text: string, level: 1 | 2 = 1): Block => ({ kind: 'heading', level, text })

/** Signed by hand by both chiefs. */
const signing = (t: Told): Block[] => [
  say(`企业方首席代表（签字）：　　　　　　　　　职工方首席代表（签字）：`),
  say(`${t.employerChief}　　　　　　　　　　　　　　　　${t.unionChief}`),
]

const firmsOf = (t: Told): string =>
  t.covered
    .map(({ firm, creditCode, women }) => `${firm}${creditCode ? `（${creditCode}）` : ''}女职工${women}人`)
    .join('；')

const chapter = (i: number, title: string): Block => heading(`第${chinese(i)}章　${title}`)

/** The contract by chapters and articles, numbered through. */
export function contractText(t: Told): Block[] {
  let n = 0
  const article = (text: string): Block => say(text, `第${chinese(++n)}条　`)
  return [
    chapter(1, '总则'),
    article(
      '为维护女职工合法权益和特殊利益，构建和谐稳定的劳动关系，依据劳动法、劳动合同法、妇女权益保障法、女职工劳动保护特别规定和集体合同规定，经双方平等协商，订立本合同。',
    ),
    article(`本合同适用于下列企业及其全体女职工：${firmsOf(t)}。`),
    ...t.chapters.flatMap(({ title, articles }, i) => [
      chapter(i + 2, title),
      ...articles.map(({ text }) => article(text)),
    ]),
    chapter(t.chapters.length + 2, '履行和附则'),
    article('双方每年检查本合同履行情况，向职工代表大会报告；工会女职工委员会代表女职工参加检查。'),
    article('履行本合同发生争议，双方协商解决；协商不成的，依法申请仲裁、提起诉讼。'),
    article('本合同变更、解除、续订按集体协商程序办理；与法律法规更高标准不一致的，按法律法规执行。'),
    article(
      `本合同期限自${longDay(t.termFromOn)}起至${longDay(t.termUntilOn)}止，期满前三个月内任何一方可以提出续订。`,
    ),
    article(
      '本合同经职工代表大会审议通过，由双方首席代表签字，报送人力资源社会保障行政部门审查后依法生效，并向全体职工公布。',
    ),
    ...signing(t),
  ]
}

const dayOf = (t: Told, key: string): string => {
  const on = t.steps.find((step) => step.key === key)?.on
  return on ? longDay(on) : '　　年　月　日'
}

/** A clause beside the floor, marked where it lies below. */
const clauseLine = (c: Judged, i: number): Block => {
  const floor =
    c.floor === null ? '' : `（最低标准：${c.most ? '不晚于' : '不少于'}${c.floor}${c.unit}，${c.basis}）`
  const mark = c.below ? `【低于最低标准】约定${c.agreed}${c.unit}。` : ''
  return say(`${c.quote}${floor}${mark}`, `${i + 1}.${c.item}　`)
}

const clausesPart = (t: Told): Block[] => {
  if (t.clauses.length === 0) return [say('本合同没有摘录条款，请对照合同文本逐条核对最低标准。')]
  const low = t.clauses.filter((c) => c.below).length
  return [
    say(
      low === 0
        ? `摘录${t.clauses.length}条，填有约定数值的都不低于最低标准。`
        : `摘录${t.clauses.length}条，其中${low}条低于最低标准，已逐条标出，请协商修改。`,
    ),
    ...t.clauses.map(clauseLine),
  ]
}

/** All that goes to the labour office, one part after another. */
export function filingPack(t: Told): Block[] {
  const women = t.covered.reduce((sum, one) => sum + one.women, 0)
  const follows = t.replacesNo ? `，原合同编号${t.replacesNo}` : ''
  return [
    heading('一、送审说明'),
    say(
      `${t.org}报送《${t.title}》（编号${t.regNo}，${t.scope}，${t.signKind}${follows}）。合同期限自${longDay(t.termFromOn)}起至${longDay(t.termUntilOn)}止，覆盖企业${t.covered.length}家、女职工${women}人。`,
    ),
    say(
      '送审材料：合同文本；集体协商情况；职工代表大会决议；协商代表名单；女职工权益条款对照；双方资格证明（另附复印件）。',
    ),
    heading('二、集体协商情况'),
    say(
      `${dayOf(t, 'offeredOn')}发出协商要约，${dayOf(t, 'repliedOn')}书面回应，${dayOf(t, 'draftedOn')}形成合同草案，${dayOf(t, 'heldOn')}提交职工代表大会审议，${dayOf(t, 'signedOn')}由双方首席代表签字。`,
    ),
    heading('三、职工代表大会决议'),
    say(
      `${longDay(t.heldOn)}召开职工代表大会（职工大会），应到代表${t.due}人，实到${t.present}人，对合同草案进行审议，赞成${t.inFavour}票，审议通过，同意由双方首席代表签订。`,
    ),
    heading('四、协商代表名单'),
    say(`${t.employerChief}；其他代表：　　　　　　　　　　　　　　　　`, '企业方首席代表　'),
    say(`${t.unionChief}；其他代表：　　　　　　　　　　　　　　　　`, '职工方首席代表　'),
    say('双方代表人数对等，每方不少于三人；女职工方应当有女职工代表。'),
    heading('五、女职工权益条款对照'),
    ...clausesPart(t),
    heading('六、合同文本'),
    ...contractText(t),
  ]
}

/** A paper of a contract; it bears no number of a document of its own. */
export function paperOf(kind: PaperKind, t: Told, today: string, banner?: string): OfficialDocument {
  return {
    title: kind === 'text' ? [t.title] : [t.title, '送审材料'],
    date: `（${kind === 'text' ? `合同编号：${t.regNo}` : longDay(today)}）`,
    blocks: kind === 'text' ? contractText(t) : filingPack(t),
    signature: { name: t.org, date: longDay(kind === 'text' ? t.signedOn : today) },
    sources: [],
    ...(banner ? { banner } : {}),
  }
}
