import * as z from 'zod/mini'

/** Uses of a room in a month: by the code at the door, and from the book in the room where its keeper told them. */
export const roomUse = z.strictObject({ ym: z.number(), door: z.number(), book: z.nullable(z.number()) })
export type RoomUse = z.infer<typeof roomUse>

/** The number of a month: the book where it was counted, else the door. */
export const usesIn = ({ door, book }: Pick<RoomUse, 'door' | 'book'>): number => book ?? door

/** PUT /api/care-rooms/:id/uses */
export const newUse = z.strictObject({
  ym: z.int().check(
    z.gte(200001),
    z.lte(299912),
    z.refine((ym) => ym % 100 >= 1 && ym % 100 <= 12),
  ),
  book: z.int().check(z.gte(0), z.lte(99_999)),
})
export type NewUse = z.infer<typeof newUse>
