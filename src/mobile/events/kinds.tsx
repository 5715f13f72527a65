import { Go } from '../kit/link.tsx'
import { paths } from '../paths.ts'

const kinds: readonly [string, string][] = [
  ['报名', paths.events],
  ['答题', paths.quizzes],
  ['网课', paths.courses],
]

/** What stands below the tab 活动, each on a page of its own. */
export const Kinds = ({ here }: { here: string }) => (
  <ul className="chips" aria-label="活动类别">
    {kinds.map(([label, to]) => (
      <li key={to}>
        <Go to={to} className={to === here ? 'chip chip-on' : 'chip'}>
          {label}
        </Go>
      </li>
    ))}
  </ul>
)
