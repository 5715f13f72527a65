import { addDays } from '#kit/day.ts'
import type { RuleBook } from '#kit/rule.ts'
import type { WorkCalendar } from '#rules/calendar.ts'
import {
  contractClock,
  contractCongress,
  contractPublicity,
  contractRenewal,
  contractReply,
} from './tables.ts'

export type StepDates = {
  offeredOn: string | null
  repliedOn: string | null
  draftedOn: string | null
  heldOn: string
  due: number
  present: number
  inFavour: number
  signedOn: string
  filedOn: string
  effectiveOn: string
  termUntilOn: string
  publishedOn: string | null
  unionFiledOn: string | null
  finding: string | null
}

/** `lacking` = too few were there or agreed; `open` = the time to renew has come; `untold` = the day was never entered. */
export const stepStates = [
  'done',
  'late',
  'early',
  'lacking',
  'objected',
  'waiting',
  'overdue',
  'open',
  'untold',
] as const
export type StepState = (typeof stepStates)[number]

export type Step = {
  key: string
  label: string
  on: string | null
  state: StepState
  /** What the law asks of it, in words, with the day that follows from it. */
  limit: string
  basis: string
}

const within = (on: string | null, until: string | null, today: string): StepState => {
  if (on !== null) return until !== null && on > until ? 'late' : 'done'
  return until === null ? 'untold' : today > until ? 'overdue' : 'waiting'
}

const step = (
  key: string,
  label: string,
  on: string | null,
  state: StepState,
  [limit, basis]: readonly [string, string] = ['', ''],
): Step => ({ key, label, on, state, limit, basis })

const plain = (on: string | null): StepState => (on === null ? 'untold' : 'done')

/** The way of a contract from the offer to its end, each step beside what law and city say of it. */
export function stepsOf(r: StepDates, rules: RuleBook, calendar: WorkCalendar, today: string): Step[] {
  const reply = rules.on(contractReply, r.offeredOn ?? r.signedOn)
  const replyBy = r.offeredOn === null ? null : addDays(r.offeredOn, reply.value.replyDays)
  const congress = rules.on(contractCongress, r.heldOn)
  const { presentParts, presentOf, favourParts, favourOf } = congress.value
  const quorate =
    r.present * presentOf >= r.due * presentParts && r.inFavour * favourOf >= r.due * favourParts
  const clock = rules.on(contractClock, r.signedOn)
  const fileBy = addDays(r.signedOn, clock.value.fileDays)
  const holdsFrom = addDays(r.filedOn, clock.value.objectionDays)
  const publicity = rules.on(contractPublicity, r.effectiveOn)
  const publishBy = calendar.add(r.effectiveOn, publicity.value.publishWorkdays)
  const renewal = rules.on(contractRenewal, r.effectiveOn)
  const askFrom = addDays(r.termUntilOn, -renewal.value.firstDays)

  return [
    step('offeredOn', '发出协商要约', r.offeredOn, plain(r.offeredOn)),
    step('repliedOn', '对方书面回应', r.repliedOn, within(r.repliedOn, replyBy, r.heldOn), [
      replyBy === null
        ? `收到要约后 ${reply.value.replyDays} 日内`
        : `收到要约后 ${reply.value.replyDays} 日内，即 ${replyBy} 前`,
      reply.basis,
    ]),
    step('draftedOn', '协商形成草案', r.draftedOn, plain(r.draftedOn)),
    step('heldOn', '职代会审议通过', r.heldOn, quorate ? 'done' : 'lacking', [
      `应到 ${r.due} 人，实到 ${r.present} 人（须 ${presentParts}/${presentOf}），赞成 ${r.inFavour} 票（须全体的 ${favourParts}/${favourOf}）`,
      congress.basis,
    ]),
    step('signedOn', '双方首席代表签字', r.signedOn, 'done'),
    step('filedOn', '报送人社部门', r.filedOn, within(r.filedOn, fileBy, today), [
      `签字后 ${clock.value.fileDays} 日内，即 ${fileBy} 前`,
      clock.basis,
    ]),
    step(
      'effectiveOn',
      '生效',
      r.effectiveOn,
      r.finding === '提出异议'
        ? 'objected'
        : r.effectiveOn < holdsFrom
          ? 'early'
          : r.effectiveOn > today
            ? 'waiting'
            : 'done',
      [`报送满 ${clock.value.objectionDays} 日无异议，即 ${holdsFrom} 起`, clock.basis],
    ),
    step('publishedOn', '向职工公布', r.publishedOn, within(r.publishedOn, publishBy, today), [
      `生效后 ${publicity.value.publishWorkdays} 个工作日内，即 ${publishBy} 前`,
      publicity.basis,
    ]),
    step('unionFiledOn', '报上级工会', r.unionFiledOn, plain(r.unionFiledOn)),
    step(
      'termUntilOn',
      '期满续签',
      r.termUntilOn,
      today > r.termUntilOn ? 'done' : today >= askFrom ? 'open' : 'waiting',
      [`期满前 ${renewal.value.firstDays} 日起可以提出续签，即 ${askFrom} 起`, renewal.basis],
    ),
  ]
}
