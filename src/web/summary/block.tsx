import { FigureChip } from './figureChip.tsx'
import type { Block, Readiness } from './paper.ts'

export type Pointing = {
  /** Readiness of a figure by indicator and value. */
  readiness: (indicator: string, value: number) => Readiness
  /** Indicator pointed at in the list beside. */
  hot: string | null
}

/** A heading or a paragraph as printed; its figures are open to their records. */
export function BlockView({ block, readiness, hot }: Pointing & { block: Block }) {
  if (block.kind === 'paragraph') {
    return (
      <p className="gw-body">
        {block.lead && <span className="gw-lead">{block.lead}</span>}
        {block.runs.map((run, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- runs have no identity; the paragraph is redrawn whole
          <span key={i}>
            {'figure' in run ? (
              <FigureChip
                figure={run.figure}
                readiness={readiness(run.figure.indicator, run.figure.value)}
                hot={hot === run.figure.indicator}
              />
            ) : (
              run.text
            )}
          </span>
        ))}
      </p>
    )
  }
  switch (block.level) {
    case 1:
      return <h2 className="gw-h1">{block.text}</h2>
    case 2:
      return <h3 className="gw-h2">{block.text}</h3>
    case 3:
      return <h4 className="gw-h3">{block.text}</h4>
  }
}
