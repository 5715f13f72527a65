import type { Topic } from './topic.ts'
import { topicsOfOffice } from './topicsOfOffice.ts'
import { topicsOfWork } from './topicsOfWork.ts'

export type { Choice, Topic } from './topic.ts'

/** All topics, from the special to the general: of two that match at one place, the longer word wins, then the first. */
export const topics: readonly Topic[] = [...topicsOfWork, ...topicsOfOffice]

/** Whether any work is named, one that an indicator counts or another. */
export const namesWork = (text: string): boolean => topics.some(({ words }) => text.search(words) >= 0)
