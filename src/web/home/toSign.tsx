import { Link } from '@tanstack/react-router'
import { papersWaiting } from '#figures/summaryApi.ts'
import { useApi } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { paths } from '../paths.ts'
import { summaryApi } from '../summary/addresses.ts'

/** What waits for a leader's signature; nothing where nothing does. */
export function ToSign() {
  const { data } = useApi(summaryApi.waiting, papersWaiting, { staleTime: 30_000 })
  if (!data || data.length === 0) return null
  return (
    <section className="home-card">
      <h2>待签发</h2>
      <ul className="home-notices">
        {data.map(({ year, at }) => (
          <li key={year}>
            <Link to={paths.summary} search={{ year: String(year) }}>
              {year}年工作总结
            </Link>
            <small className="num">{formatInstant(at)} 送签</small>
          </li>
        ))}
      </ul>
    </section>
  )
}
