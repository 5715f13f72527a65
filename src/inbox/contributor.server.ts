import type { Actor } from '#identity/actor.ts'
import type { OrgBrief } from '#org/api.ts'
import type { Box } from '#record/api.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { Waiting } from './waiting.ts'

/** Rows of one contributor at one look, and one more asks whether there are: the rest stands on the page that a card leads to. */
export const mostOfOne = 100

/** What a domain brings; of the boxes in `cut` there is more. */
export type Brought = { cards: Waiting[]; cut: readonly Box[] }

const isCut = (list: readonly unknown[]): boolean => list.length > mostOfOne

/** The boxes that a list would have filled further, where it was bounded by `mostOfOne` and is longer. */
export const cutOff = (list: readonly unknown[], ...boxes: Box[]): readonly Box[] =>
  isCut(list) ? boxes : []

/** @param found the rows that cards were made of, one list for each question that was bounded by `mostOfOne` */
export const brought = (cards: Waiting[], ...found: (readonly unknown[])[]): Brought => ({
  cards,
  cut: found.some(isCut) ? cards.map(({ box }) => box) : [],
})
export const nothing = brought([])

/**
 * How a domain brings what waits: for every box that is counted, and for `box` where only that one is looked at; none is where the cards stand on an earlier page. It asks nothing
 * of the database for a role that it concerns not.
 */
export type Contributor = (deps: Deps, tx: Tx, actor: Actor, box: Box | null) => Promise<Brought>

/** Her own unit as a card names units. */
export const ownUnit = ({ org: { id, code, name, shortName, tier } }: Actor): OrgBrief => ({
  id,
  code,
  name,
  shortName,
  tier,
})
