import type { Gaps, SideKind } from '#org/gaps/api.ts'
import { rateWords } from '#org/gaps/words.ts'
import { formatShare } from '../../figures/format.ts'

type RatesProps = { data: Gaps; onGo: (change: { kind: SideKind }) => void }

/** Both rates, each by its name and with the two lists that it is made of. */
export function Rates({ data, onGo }: RatesProps) {
  return (
    <div className="gap-rates">
      <Rate
        name="committee.formationRate"
        {...data.formation}
        sides={['formed', 'due']}
        words={['已建', '应建']}
        onGo={onGo}
        foot={`女会员 ${data.committeeFrom} 人以上应建`}
      />
      <Rate
        name="committee.unitCoverageRate"
        {...data.employers}
        sides={['employersCovered', 'employersDue']}
        words={['已覆盖', '应覆盖']}
        onGo={onGo}
        foot={`女职工 ${data.employerFrom} 人以上、存续的用人单位`}
      />
    </div>
  )
}

type RateProps = {
  name: keyof typeof rateWords
  part: number
  whole: number
  sides: readonly [SideKind, SideKind]
  words: readonly [string, string]
  foot: string
  onGo: RatesProps['onGo']
}

function Rate({ name, part, whole, sides, words, foot, onGo }: RateProps) {
  const { label, definition } = rateWords[name]
  return (
    <section className="gap-rate" aria-label={label}>
      <h2>{label}</h2>
      <b className="num">{formatShare(part, whole)}</b>
      <p>
        {[part, whole].map((n, i) => (
          <button
            key={sides[i]}
            type="button"
            className="link in-text"
            onClick={() => onGo({ kind: sides[i]! })}
          >
            {words[i]} <span className="num">{n.toLocaleString('zh-CN')}</span> 个
          </button>
        ))}
        <span>{foot}</span>
      </p>
      <small>{definition}</small>
    </section>
  )
}
