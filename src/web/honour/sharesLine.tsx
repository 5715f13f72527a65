import type { Campaign, NominationLine } from '#honour/api.ts'
import { shareFault, sharesOf } from '#honour/checks.ts'

type SharesLineProps = { campaign: Campaign; list: readonly NominationLine[]; isChoosing: boolean }

/** Places and shares of a list as it is made: what breaks a rule stands in red at once. */
export function SharesLine({ campaign: c, list, isChoosing }: SharesLineProps) {
  const persons = list.filter((row) =>
    ['个人', '女职工工作者'].includes(c.types.find((t) => t.key === row.typeKey)?.subject ?? ''),
  )
  return (
    <section className="honour-card" aria-live="polite">
      <h2>{isChoosing ? '正在拟定的名单' : '名单'}</h2>
      {isChoosing && <p className="honour-aside">在下表勾选拟表彰的推荐，名额和结构比例随选随核。</p>}
      <div className="honour-shares">
        {c.types.map((type) => {
          const n = list.filter((row) => row.typeKey === type.key).length
          return (
            <span key={type.key} className={n > type.places ? 'honour-broken' : undefined}>
              {type.name} <b className="num">{n}</b> / <span className="num">{type.places}</span>
              {n > type.places && ' 超出名额'}
            </span>
          )
        })}
      </div>
      {c.hasShares && (
        <div className="honour-shares">
          {sharesOf(persons, c.shares).map((share) => (
            <span key={share.key} className={share.keeps ? undefined : 'honour-broken'}>
              {share.keeps
                ? `${share.label} ${share.percent}%（${share.key === 'isHead' ? '不超过' : '不低于'} ${share.bound}%）`
                : shareFault(share)}
            </span>
          ))}
        </div>
      )}
    </section>
  )
}
