import type { MatchEntry } from '#match/api.ts'
import { textHash } from '#match/mine.server.ts'

/** A card of somebody who takes part in match-making. */
export const matchBody: MatchEntry = {
  alias: '示例小雨',
  area: '示例D1',
  about: '喜欢爬山和看电影',
  contact: '手机 13900001234',
  isSingle: true,
  textHash,
}
