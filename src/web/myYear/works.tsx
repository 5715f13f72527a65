import { Card } from 'antd'
import type { Deed, Other, Whose, Work } from '#figures/myYear/api.ts'
import { otherWords } from '#figures/myYear/others.ts'
import { findProgramme } from '#programmes/index.ts'
import { findLine } from '../figures/chapters.ts'
import { DefinitionButton, NotDeduplicated } from '../figures/definition.tsx'
import { formatValue } from '../figures/format.ts'
import '../figures/figures.css'
import { Blank } from '../kit/states.tsx'
import { sections } from '../sections.ts'
import type { MyYearSearch } from './addresses.ts'
import { deedWords } from './words.ts'

type Opened = Pick<MyYearSearch, 'programme' | 'deed' | 'indicator'>
type WorksProps = {
  works: readonly Work[]
  others: readonly Other[]
  whose: Whose
  year: number
  onOpen: (opened: Opened) => void
}

/** What was done, by section of the annual summary and programme. */
export function Works(props: WorksProps) {
  const { works, others, whose, year, onOpen } = props
  if (works.length === 0 && others.length === 0)
    return (
      <Card size="small">
        <Blank
          why={
            whose === 'me'
              ? `${year}年您还没有填报或审核过记录，可换个年度看看`
              : `${year}年本单位还没有填报或审核过记录，可换个年度看看`
          }
        />
      </Card>
    )
  const bySection = sections.flatMap((section) => {
    const own = works.filter((work) => section.programmes.some((p) => p.key === work.programme))
    return own.length === 0
      ? []
      : [
          <Card
            key={section.key}
            size="small"
            className="my-year-section"
            title={
              <>
                <span className="chapter-no">{section.key}</span>
                {section.name}
              </>
            }
          >
            {own.map((work) => (
              <WorkRow key={work.programme} work={work} onOpen={onOpen} />
            ))}
          </Card>,
        ]
  })
  return (
    <>
      {bySection}
      {others.length > 0 && (
        <Card size="small" className="my-year-section" title="其他工作">
          <div className="my-year-deeds">
            {others.map(({ deed, n }) => (
              <span key={deed} className="my-year-deed">
                {otherWords[deed][0]}
                <b className="num">{n}</b>
                {otherWords[deed][1]}
              </span>
            ))}
          </div>
        </Card>
      )}
    </>
  )
}

function WorkRow({ work, onOpen }: { work: Work; onOpen: (opened: Opened) => void }) {
  const { programme, counts, figures } = work
  const shown = (Object.keys(deedWords) as Deed[]).filter((deed) => counts[deed] > 0)
  return (
    <section className="my-year-work">
      <h3>{findProgramme(programme)?.label ?? programme}</h3>
      <div className="my-year-deeds">
        {shown.map((deed) => (
          <button
            key={deed}
            type="button"
            className="my-year-deed"
            onClick={() => onOpen({ programme, deed })}
          >
            {deedWords[deed]}
            <b className="num">{counts[deed]}</b>条
          </button>
        ))}
      </div>
      {figures.length > 0 && (
        <ul className="figure-list">
          {figures.map(({ indicator, value }) => {
            const line = findLine(indicator)
            if (!line) return null
            return (
              <li key={indicator} className="figure-line">
                <div className="figure-name">
                  <span>{line.indicator.label}</span>
                  <NotDeduplicated line={line} />
                  <DefinitionButton line={line} />
                </div>
                <div className="figure-value">
                  <button
                    type="button"
                    className="figure-open"
                    onClick={() => onOpen({ programme, indicator })}
                  >
                    <strong>{formatValue(value, line.indicator.kind)}</strong>
                    <span className="figure-unit">{line.indicator.unit}</span>
                  </button>
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
