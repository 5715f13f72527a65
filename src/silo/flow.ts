import type { Duty, Silo, SiloState, Step } from './kinds.ts'

/** Steps of each silo, in their order; what a counsellor hears needs no second opinion and no visit. */
export const flows: Readonly<Record<Silo, readonly Step[]>> = {
  legal: ['accept', 'approve', 'assign', 'close', 'visit'],
  complaint: ['accept', 'assign', 'close', 'visit'],
  counsel: ['assign', 'close'],
}

const reached: Readonly<Record<Step, SiloState>> = {
  accept: 'accepted',
  approve: 'approved',
  assign: 'assigned',
  close: 'closed',
  visit: 'visited',
}
/** State after a step. */
export const stateAfter = (step: Step): SiloState => reached[step]

/** The step that comes next; null once nothing is left to do. */
export function nextStep(silo: Silo, state: SiloState): Step | null {
  const flow = flows[silo]
  if (state === 'received') return flow[0]!
  const done = flow.findIndex((step) => reached[step] === state)
  return done < 0 ? null : (flow[done + 1] ?? null)
}

export const isOpen = (state: SiloState): boolean =>
  !['closed', 'visited', 'declined', 'withdrawn'].includes(state)

/** How the acting post stands to a matter. */
export type Standing = {
  duty: Duty
  /** It is assigned to this post. */
  mine: boolean
  /** It is or was assigned to whoever holds this post, in whichever post of hers. */
  hers: boolean
  /** Whoever holds this post took it in. */
  tookIn: boolean
  /** Its texts are hers to read. */
  reads: boolean
}

export const siloActs = [
  'accept',
  'approve',
  'assign',
  'close',
  'visit',
  'decline',
  'recuse',
  'refer',
  'urgent',
  'calm',
  'answer',
  'note',
] as const
export type SiloAct = (typeof siloActs)[number]

type Matter = { silo: Silo; state: SiloState; isUrgent: boolean; isReferring: boolean }

/**
 * What a post may do to a matter now. Who took it in does not approve it; who dealt with it does not ask her how it went; whoever may
 * not read it does not call it urgent, since that would open it to her.
 */
export function actsOf(
  { silo, state, isUrgent, isReferring }: Matter,
  { duty, mine, hers, tookIn, reads }: Standing,
): SiloAct[] {
  const acts: SiloAct[] = []
  const next = nextStep(silo, state)
  const isLead = duty === 'lead'
  if (next === 'accept' && duty !== 'handler') acts.push('accept')
  if (next === 'approve' && isLead && !tookIn) acts.push('approve')
  if ((next === 'assign' && duty !== 'handler') || (isLead && state === 'assigned')) acts.push('assign')
  if (next === 'close' && mine) acts.push('close')
  if (next === 'visit' && isLead && !hers) acts.push('visit')
  if (['received', 'accepted'].includes(state) && duty !== 'handler' && silo !== 'counsel')
    acts.push('decline')
  if (state === 'assigned' && mine) acts.push('recuse')
  if (state === 'assigned' && mine && !isReferring) acts.push('refer')
  if (state === 'assigned' && mine) acts.push('answer', 'note')
  if (isOpen(state) && isUrgent && isLead) acts.push('calm')
  if (isOpen(state) && !isUrgent && reads) acts.push('urgent')
  return acts
}
