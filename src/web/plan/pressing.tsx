import './plan.css'
import { Link } from '@tanstack/react-router'
import { pressing } from '#figures/plan/api.ts'
import { dayWords } from '#figures/plan/words.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { paths } from '../paths.ts'
import { planApi } from './addresses.ts'

const shown = 5

/** 督办 on the home page: what is past its day, hers and that of the units that report to her. Nothing where nothing is. */
export function PressingCard() {
  const { post, today } = useMe()
  const { data } = useApi(planApi.pressing, pressing, { staleTime: 60_000 })
  if (!data || data.length === 0) return null
  return (
    <section className="home-card home-pressing">
      <h2>
        计划督办
        <Link to={paths.plan} search={{}}>
          {data.length > shown ? `共 ${data.length} 项，看计划` : '看计划'}
        </Link>
      </h2>
      <ul>
        {data.slice(0, shown).map((one) => (
          <li key={one.id}>
            <Link
              to={paths.plan}
              search={{
                org: one.plan.id === post.org.id ? undefined : String(one.plan.id),
                year: String(one.year) === today.slice(0, 4) ? undefined : String(one.year),
              }}
            >
              {one.task}
            </Link>
            <small>
              {one.owner.id === post.org.id ? '本单位' : one.owner.shortName} · {dayWords(one.dueOn, today)}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
