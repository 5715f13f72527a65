import { toldInstant, type Clock } from '#kit/day.ts'

let clock: Clock = { today: '9999-12-31', behind: 0 }

/** Tells this page the server's business clock, as soon as who is signed in is known. */
export function keepClock({ today, behind }: Clock): void {
  clock = { today, behind }
}

/** An instant as this page tells it (src/kit/day.ts). */
export const told = (iso: string): string => toldInstant(iso, clock)
