import type { DraftBlock, Piece } from './draft.ts'

/** What the data says of a unit's year that a paragraph of problems could name; zero or empty is nothing to say. */
export interface Findings {
  /** Units of a size to have a committee that have none; some of them by name. */
  without: { count: number; names: readonly string[] }
  /** Committees whose term has run out. */
  overdue: { count: number; names: readonly string[] }
  /** Tasks of the unit past their day, with the units that still owe them. */
  lagging: readonly { id: string; title: string; dueOn: string; owing: number }[]
  /** Units below from which nothing at all was accepted in the year. */
  silent: { count: number; units: number; names: readonly string[] }
  /** Indicators that lie below last year's, the furthest first. */
  below: readonly { indicator: string; label: string }[]
  /** Targets of the adopted plan that the figure lies below by the time that is over, the furthest first; `target` as written. */
  short: readonly { indicator: string; label: string; target: string; elapsed: number }[]
}

export interface Finding {
  kind: string
  block: DraftBlock
  link: string | null
}

const named = (names: readonly string[]): string =>
  names.length === 0 ? '' : `（如${names.slice(0, 3).join('、')}）`
const dayOf = (on: string): string => `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日`

/**
 * A sentence for each finding, to be taken into the text or left: whoever writes judges whether it is a problem. Of a year that
 * is over it says what held at its end.
 * @param isOver whether the year is: of one that runs nothing is said of the whole, and no whole year stands beside its part
 */
export function problemsOf(found: Findings, year: number, isOver: boolean): Finding[] {
  const told: { kind: string; pieces: Piece[]; link: string | null }[] = []
  const say = (kind: string, text: string, link: string | null) =>
    told.push({ kind, pieces: [{ text }], link })
  const { without, overdue, silent } = found
  // The tree shows today: of a year that is over there is nothing to open.
  const [atEnd, orgs] = isOver ? [`截至${year}年年底，`, null] : ['', '/orgs']
  if (without.count > 0)
    say(
      '组织覆盖',
      `组织覆盖还有空白，${atEnd}${without.count}家单位应建女职工委员会而未建${named(without.names)}。`,
      orgs,
    )
  if (overdue.count > 0)
    say(
      '任期届满',
      `换届还不够及时，${atEnd}${overdue.count}家女职工委员会任期已满${named(overdue.names)}。`,
      orgs,
    )
  for (const { id, title, dueOn, owing } of found.lagging)
    say(
      '未按期报送',
      `“${title}”应于${dayOf(dueOn)}前报送，${isOver ? '到年底' : ''}尚有${owing}家单位没有报齐。`,
      `/tasks/${id}`,
    )
  if (silent.count > 0)
    say(
      '工作空白',
      `工作开展还不平衡，${silent.units}家基层单位中有${silent.count}家${isOver ? '全年' : '今年以来'}没有审核通过的工作记录${named(silent.names)}。`,
      '/figures?by=units',
    )
  for (const { indicator, label } of found.below)
    told.push({
      kind: '低于上年',
      pieces: isOver
        ? [
            { text: `${label}比上年有所减少，本年` },
            { figure: { indicator } },
            { text: '，上年' },
            { figure: { indicator, year: year - 1, calendar: 'year' } },
            { text: '。' },
          ]
        : [{ text: `${label}比上年同期有所减少，今年以来为` }, { figure: { indicator } }, { text: '。' }],
      link: `/trace/${indicator}?year=${year}`,
    })
  for (const { indicator, label, target, elapsed } of found.short)
    told.push({
      kind: '低于计划',
      pieces:
        elapsed >= 1
          ? [
              { text: `${label}没有达到年度计划的${target}，实际完成` },
              { figure: { indicator } },
              { text: '。' },
            ]
          : [
              { text: `${label}落后于计划进度，时间已过${Math.round(elapsed * 100)}%，完成` },
              { figure: { indicator } },
              { text: `，计划目标为${target}。` },
            ],
      link: `/plan?year=${year}`,
    })
  return told.map(({ kind, pieces, link }, at) => ({
    kind,
    block: { id: `p${at + 1}`, kind: 'paragraph', pieces },
    link,
  }))
}
