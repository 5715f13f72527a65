/** What she chose in an attempt and what of it has not arrived at the server. */
export type Kept = Readonly<Record<string, { choice: number[]; seq: number }>>

const place = (attempt: string): string => `quiz ${attempt}`

/** Choices that this phone still has to send; none where it keeps nothing. */
export function unsent(attempt: string): Kept {
  try {
    return JSON.parse(localStorage.getItem(place(attempt)) ?? '{}') as Kept
  } catch {
    return {}
  }
}

/** Keeps them until they have arrived, so that a lost line or a closed page loses none. */
export function keep(attempt: string, kept: Kept): void {
  try {
    if (Object.keys(kept).length === 0) localStorage.removeItem(place(attempt))
    else localStorage.setItem(place(attempt), JSON.stringify(kept))
  } catch {
    // A phone that keeps nothing still sends each answer as it is chosen.
  }
}
