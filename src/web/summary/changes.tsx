import type { Draft } from '#figures/summary/draft.ts'
import { changesOf } from './diff.ts'

/** What differs between two versions: added green, removed struck through. */
export function Changes({ from, to }: { from: Draft; to: Draft }) {
  const changes = changesOf(from, to)
  if (changes.every(({ kind }) => kind === 'same')) return <p className="side-none">两版文字相同。</p>
  return (
    <div className="paper-changes">
      {changes.map((change, at) =>
        change.kind === 'same' ? (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no identity
          <p key={at} className="paper-same">
            …… {change.lines} 段未变
          </p>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no identity
          <p key={at}>
            {change.stretches.map(({ text, kind }, n) =>
              kind === 'same' ? (
                text
              ) : kind === 'added' ? (
                // oxlint-disable-next-line react/no-array-index-key -- stretches have no identity
                <ins key={n}>{text}</ins>
              ) : (
                // oxlint-disable-next-line react/no-array-index-key -- stretches have no identity
                <del key={n}>{text}</del>
              ),
            )}
          </p>
        ),
      )}
    </div>
  )
}
