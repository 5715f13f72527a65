import type { MyEvent } from '#signup/myApi.ts'
import { liveStates } from '#signup/states.ts'

/** Whether she has something in it to give up. */
export const isLive = ({ entry }: MyEvent): boolean => entry !== null && liveStates.includes(entry.state)
/** Whether it still can be signed up for, or soon. */
export const isOpen = ({ phase }: MyEvent): boolean => phase === 'signing' || phase === 'before'
/** Whether a place can still be given up or taken. */
export const isOn = ({ phase }: MyEvent): boolean =>
  !['ended', 'over', 'cancelled', 'running'].includes(phase)

export const unregistered = '您还没有登记在会员名册里，登记后才能报名；请联系所在单位的女职工委员。'
/** Whether it is still to come, or going on. */
export const isNext = ({ phase }: MyEvent): boolean => !['ended', 'over', 'cancelled'].includes(phase)
