import type { Column, Formula, LineKind, Objection, SheetState } from './api.ts'

export const stateWords: Readonly<Record<SheetState, string>> = {
  draft: '草稿',
  open: '评分中',
  proposed: '待发布',
  published: '已发布',
  locked: '已锁定',
}

export const columnWords: Readonly<Record<Column, string>> = { self: '自评', review: '复核', final: '终评' }

export const kindWords: Readonly<Record<LineKind, string>> = {
  formula: '自动计分',
  manual: '人工评分',
  bonus: '加分项',
  veto: '一票否决',
}

export const objectionWords: Readonly<Record<Objection['state'], string>> = {
  open: '待答复',
  answered: '已答复',
  closed: '已办结',
}

export const formulaWords: Readonly<Record<Formula['kind'], string>> = {
  ratio: '完成比例',
  perHead: '每百名女会员',
  yesNo: '有或没有',
  steps: '分档',
}

/** 850 → `8.5`: hundredths of a point as people read them. */
export const pointsText = (points: number | null): string => (points === null ? '—' : String(points / 100))

/** How a line fills itself, in a sentence; `label` and `unit` of its indicator. */
export function ruleText(formula: Formula, { label, unit }: { label: string; unit: string }): string {
  switch (formula.kind) {
    case 'ratio': {
      const against = { plan: '本单位计划目标', lastYear: '上年同期', value: `${formula.value}${unit}` }[
        formula.against
      ]
      return `${label}与${against}之比计分，满分封顶`
    }
    case 'perHead':
      return `每百名女会员${label}达到${formula.full}${unit}得满分，不足按比例`
    case 'yesNo':
      return `${label}不少于${formula.atLeast}${unit}得满分，否则不得分`
    case 'steps':
      return `${label}${formula.steps.map((step) => `满${step.from}${unit}得${pointsText(step.points)}分`).join('，')}`
  }
}
