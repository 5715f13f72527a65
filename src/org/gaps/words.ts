import type { GapKind, ListKind } from './api.ts'

type Words = { label: string; means: string }

/** What each list holds, for tabs, workbook and messages. */
export const listWords: Readonly<Record<ListKind, Words>> = {
  missing: { label: '应建未建', means: '女会员达到人数，还没有女职工委员会' },
  overdue: { label: '任期届满', means: '女职工组织任期已满，还没有换届' },
  ending: { label: '即将届满', means: '女职工组织任期快满，应着手换届' },
  noDirector: { label: '主任空缺', means: '女职工委员会主任离任后还没有人接任' },
  noDelegate: { label: '未设委员', means: '女会员不足人数，还没有设女职工委员' },
  unorganised: { label: '未入会女职工', means: '登记在册、还没有入会的女职工，含八大群体和新就业形态' },
  newOrgs: { label: '两新组织未覆盖', means: '有女职工的非公有制企业和社会组织，还没有工会覆盖' },
  due: { label: '应建单位', means: '女会员达到人数、应建女职工委员会的单位' },
  formed: { label: '已建单位', means: '应建单位中已经建立女职工委员会的' },
  employersDue: { label: '应覆盖用人单位', means: '在册存续、有女职工的用人单位' },
  employersCovered: { label: '已覆盖用人单位', means: '应覆盖用人单位中，所属工会有女职工组织的' },
  registerCovered: {
    label: '在册，有工会',
    means: '登记册里存续、今天有工会覆盖的用人单位，不论有没有女职工',
  },
  registerBare: {
    label: '在册，没有工会',
    means: '登记册里存续、今天没有工会覆盖的用人单位，不论有没有女职工',
  },
  registerTwice: {
    label: '重复覆盖',
    means: '同一统一社会信用代码今天由两个以上工会覆盖；统计时只算一家，归最早的一个',
  },
  registerNoCommittee: {
    label: '女职工够数，没有女职工委员会',
    means: '女职工达到应建女职工委员会的人数，没有工会覆盖，或者所属工会还没有女职工委员会',
  },
  unionBare: {
    label: '有工会，登记册里没有',
    means: '基层工会没有对应的登记册用人单位，请核对统一社会信用代码',
  },
}

/** Rates by their names: two that others both call 组建率. */
export const rateWords = {
  'committee.formationRate': {
    label: '女职工委员会组建率',
    definition: '已建女职工委员会的应建单位 ÷ 应建单位；应建指女会员达到规定人数，任期届满未换届的仍算已建',
  },
  'committee.unitCoverageRate': {
    label: '用人单位覆盖率',
    definition:
      '所属工会有女职工委员会或者女职工委员的用人单位 ÷ 应覆盖用人单位；应覆盖指登记册里存续、有女职工的用人单位，联合工会覆盖的逐家计算',
  },
} as const

/** What a unit that is reminded reads. */
export const reminderOf: Readonly<Record<GapKind, string>> = {
  missing: '上级催办：请建立女职工委员会并登记',
  overdue: '上级催办：女职工组织任期已满，请换届并更正登记',
  ending: '上级提醒：女职工组织任期快满，请着手换届',
  noDirector: '上级催办：女职工委员会主任空缺，请选出并更正登记',
  noDelegate: '上级催办：请设女职工委员并登记',
  unorganised: '上级提醒：在册女职工中还有人没有入会',
  newOrgs: '',
}
