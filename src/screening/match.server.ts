import { sql } from 'kysely'
import { noteLook, reveal } from '#person/vault.server.ts'
import type { Actor } from '#identity/actor.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { hasAgreed } from './agreed.server.ts'
import type { Member, MemberList } from './api.ts'
import { loadRound, type Round } from './round.server.ts'
import { standings, type Standing } from './states.ts'
import { standingByYear, standingIn, windowOf, type Window } from './window.ts'

const mostShown = 500
const mostMatched = 5000

type Woman = { id: string; name: string; birthYear: number | null; agreed: boolean }
type Found = { standing: Standing; from: string | null; window: Window | null }
/** `tells`: it rests on a list or an attendance, of whatever round. */
export type Matched = Found & { tells: boolean }

/** Women members of the actor's own unit who are not on the list of a round; by id where some are asked for. */
const womenOf = (tx: Tx, actor: Actor, roundId: string, ids?: readonly string[]): Promise<Woman[]> =>
  rows<Woman>(
    tx,
    sql`SELECT p.id, p.name, p.birth_year AS "birthYear",
        ${hasAgreed('p.id')} AS agreed
      FROM app.person p WHERE p.org_id = ${actor.org.id} AND p.state = 'active' AND p.sex = '女'
        AND EXISTS (SELECT FROM app.membership m WHERE m.person_id = p.id AND m.until_on IS NULL AND m.kind <> '职工子女')
        AND NOT EXISTS (SELECT FROM app.screening_entry e WHERE e.person_id = p.id AND e.round_id = ${roundId}::uuid AND e.state IN ('listed', 'booked', 'attended'
          ${ids ? sql`` : sql`, 'declined'`}))
        ${ids ? sql`AND p.id = ANY (${[...ids]}::uuid[])` : sql``}
      ORDER BY p.name_sort, p.id LIMIT ${mostMatched}`,
  )

const before = async (tx: Tx, ids: readonly string[]) => {
  const found = await rows<{ person_id: string; last_on: string | null; is_live: boolean }>(
    tx,
    sql`SELECT person_id, last_on, is_live FROM app.screened_before(${[...ids]}::uuid[])`,
  )
  return new Map(found.map((one) => [one.person_id, one]))
}

/**
 * What each is to the round. The year of birth stands in clear and decides for nearly all; a birthday is opened where the day
 * matters, and she reads that it was.
 * @param how `list`: to the day, for whoever is to be listed; `book`: besides, of those who are on the list
 */
export async function match(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  round: Round,
  women: readonly Pick<Woman, 'id' | 'birthYear'>[],
  how: 'view' | 'list' | 'book' = 'view',
): Promise<Map<string, Matched>> {
  const days = { from: round.from_on, until: round.until_on }
  const terms = { minAge: round.min_age, maxAge: round.max_age, cycleYears: round.cycle_years }
  const known = await before(
    tx,
    women.map(({ id }) => id),
  )
  const matched = new Map<string, Matched>()
  for (const { id, birthYear } of women) {
    const { last_on: last = null, is_live: isLive = false } = known.get(id) ?? {}
    const set = (found: Found) =>
      matched.set(id, { ...found, tells: found.standing === 'elsewhere' || last !== null })
    if (isLive && how !== 'book') set({ standing: 'elsewhere', from: null, window: null })
    else if (birthYear === null) set({ standing: 'unknown', from: null, window: null })
    else {
      const rough = standingByYear(days, birthYear, last, terms)
      if (rough) {
        const from = rough.from > days.from ? rough.from : days.from
        set({ standing: rough.state, from: rough.from, window: { from, until: days.until } })
      }
      if (rough && (how === 'view' || rough.state !== 'later')) continue
      const birth = await birthOf(deps, tx, actor, id)
      if (birth === null) {
        if (!rough) set({ standing: 'unknown', from: null, window: null })
        continue
      }
      const window = windowOf(birth, last, terms)
      const { state, from } = standingIn(days, window)
      set({ standing: state, from, window })
    }
  }
  return matched
}

async function birthOf(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<string | null> {
  const why = { purpose: 'membership', reason: '核对“两癌”筛查的年龄条件', daily: deps.crypto } as const
  return (await reveal(deps, tx, actor, id, ['birth'], why)).birth ?? null
}

/** Members of the actor's unit who are not on the list, by what they are to the round; the list of those due must end empty. */
export async function listMembers(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  roundId: string,
  asked: Standing = 'due',
): Promise<MemberList> {
  const round = await loadRound(tx, roundId)
  const women = await womenOf(tx, actor, roundId)
  const matched = await match(deps, tx, actor, round, women)
  const all = women.map(({ id, name, birthYear, agreed }): Member => {
    const { standing, from } = matched.get(id)!
    return { id, name, birthYear, agreed, standing, from: standing === 'later' ? from : null }
  })
  const shown = all.filter((one) => one.standing === asked)
  const told = shown
    .slice(0, mostShown)
    .filter(({ id, standing }) => standing !== 'due' && id !== actor.personId && matched.get(id)!.tells)
  await noteLook(
    deps.crypto,
    tx,
    actor,
    told.map(({ id }) => id),
    'screeningEntry',
    { purpose: 'screening', reason: '查看“两癌”应查会员：已在别的轮次，或因以前到检还没到时候' },
  )
  return {
    rows: shown.slice(0, mostShown),
    more: shown.length > mostShown,
    counts: Object.fromEntries(
      standings.map((standing) => [standing, all.filter((one) => one.standing === standing).length]),
    ) as MemberList['counts'],
  }
}

/** The same for some of them, to the day. */
export async function matchSome(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  round: Round,
  ids: readonly string[],
): Promise<(Woman & Matched)[]> {
  const women = await womenOf(tx, actor, round.id, ids)
  const matched = await match(deps, tx, actor, round, women, 'list')
  return women.map((woman) => ({ ...woman, ...matched.get(woman.id)! }))
}
