/**
 * Years for which the register keeps what it needs no more. Originals and ledgers at least two (统计法实施条例 第二十二条),
 * hand-over and consent at least three (网络数据安全管理条例 第十二条); whatever is asked, the database purges nothing younger than
 * two years, and nothing that is held (hold.server.ts).
 */
export const keptYears = { person: 3, person_access: 3, consent: 3, person_hold: 3 } as const
/** Years from its review on for which an emergency look stays known. */
export const emergencyYears = 3
export type KeptTable = keyof typeof keptYears
