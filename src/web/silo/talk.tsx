import { longDay } from '#kit/day.ts'

type Line = { n: number; text: string; onDay: string; by: string; mine: boolean }

/** What was written to and fro, in its order; the reader's own lines apart by their edge. */
export const Talk = ({ messages }: { messages: readonly Line[] }) => (
  <ol className="silo-talk" aria-label="往来文字">
    {messages.map(({ n, text, onDay, by, mine }) => (
      <li key={n} className={mine ? 'silo-mine' : 'silo-theirs'}>
        <div className="silo-by">
          {by} · {longDay(onDay)}
        </div>
        <p>{text}</p>
      </li>
    ))}
  </ol>
)
