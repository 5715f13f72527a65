import { Segmented } from 'antd'
import { useState } from 'react'
import type { ProofFigure, ProofReply } from '#figures/prose/api.ts'
import { Blank } from '../kit/states.tsx'
import { FigureCard } from './figureCard.tsx'
import { countsOf, groupLabels, groupOf, groups, paragraphNotes, piecesOf, type Group } from './words.ts'

const idOf = (kind: 'mark' | 'card' | 'line', at: number) => `proof-${kind}-${at}`

const show = (id: string): void =>
  document.getElementById(id)?.scrollIntoView({ block: 'center', behavior: 'smooth' })

type Shown = Group | 'all' | 'notes'

/** The text with its figures marked, and the list of what was found beside it. */
export function Result({ proof }: { proof: ProofReply }) {
  const counts = countsOf(proof.figures)
  const notes = paragraphNotes(proof)
  const [group, setGroup] = useState<Shown>(counts.differ > 0 ? 'differ' : 'all')
  const [hot, setHot] = useState<number | null>(null)
  if (proof.figures.length === 0 && notes.length === 0) return <Blank why="文中没有找到带单位的数字" />
  const isListed = (figure: ProofFigure) =>
    group === 'all' || (group === 'notes' ? figure.notes.length > 0 : groupOf(figure) === group)
  const listed = proof.figures.flatMap((figure, at) => (isListed(figure) ? [{ figure, at }] : []))
  const told = group === 'all' || group === 'notes' ? notes : []
  const noted = notes.length + proof.figures.filter((figure) => figure.notes.length > 0).length
  const pick = (at: number, from: 'mark' | 'card') => {
    setHot(at)
    if (from === 'mark' && !isListed(proof.figures[at]!)) setGroup('all')
    // The card may only come with the next paint.
    requestAnimationFrame(() => show(idOf(from === 'mark' ? 'card' : 'mark', at)))
  }
  return (
    <div className="proof-desk">
      <article className="proof-text" aria-label="报告全文">
        <Text proof={proof} hot={hot} onPick={(at) => pick(at, 'mark')} />
      </article>
      <aside className="proof-list" aria-label="逐处结果">
        <Segmented
          aria-label="只看"
          value={group}
          options={[
            { value: 'all' as const, label: `全部 ${proof.figures.length + notes.length}` },
            ...groups.map((value) => ({ value, label: `${groupLabels[value]} ${counts[value]}` })),
            { value: 'notes' as const, label: `其他提示 ${noted}` },
          ]}
          onChange={setGroup}
        />
        {listed.length + told.length === 0 && (
          <Blank why={group === 'notes' ? '没有其他提示' : '没有这一类数字'} />
        )}
        <ol>
          {told.map(({ paragraph, text }) => (
            <li key={`${paragraph} ${text}`}>
              <NoteCard
                heading={proof.paragraphs[paragraph]!.text}
                text={text}
                onShow={() => show(idOf('line', paragraph))}
              />
            </li>
          ))}
          {listed.map(({ figure, at }) => (
            <li key={at} id={idOf('card', at)} className={at === hot ? 'is-hot' : undefined}>
              <FigureCard figure={figure} at={at} proof={proof} onShow={() => pick(at, 'card')} />
            </li>
          ))}
        </ol>
      </aside>
    </div>
  )
}

/** A remark on a paragraph as a whole, and the way to it. */
function NoteCard({ heading, text, onShow }: { heading: string; text: string; onShow: () => void }) {
  const words = heading.trim()
  const short = words.length > 18 ? `${words.slice(0, 17)}…` : words
  return (
    <div className="proof-card proof-other">
      <div className="proof-card-head">
        <button type="button" onClick={onShow} aria-label={`在文中找到 ${short}`}>
          <b>{short}</b>
        </button>
      </div>
      <div className="proof-note">{text}</div>
    </div>
  )
}

/** Cells of a row parted by a line. */
const celled = (text: string): string => text.replaceAll('\t', ' │ ')

type TextProps = { proof: ProofReply; hot: number | null; onPick: (at: number) => void }

function Text({ proof, hot, onPick }: TextProps) {
  const numbered = proof.figures.map((figure, at) => ({ ...figure, at }))
  return proof.paragraphs.map(({ text, inTable, aside, notes }, n) => {
    if (text.trim() === '') return null
    const own = numbered.filter(({ paragraph }) => paragraph === n)
    return (
      <div
        key={n}
        id={idOf('line', n)}
        className={inTable ? 'proof-cell' : aside ? 'proof-aside' : undefined}
      >
        <p>
          {aside && <small>{aside}　</small>}
          {piecesOf(text, own).map((piece, k) => {
            if ('text' in piece) return <span key={k}>{inTable ? celled(piece.text) : piece.text}</span>
            const figure = proof.figures[piece.at]!
            return (
              <button
                key={k}
                type="button"
                id={idOf('mark', piece.at)}
                className={`proof-mark proof-${groupOf(figure)}${piece.at === hot ? ' is-hot' : ''}`}
                aria-label={`${figure.written}，${groupLabels[groupOf(figure)]}`}
                onClick={() => onPick(piece.at)}
              >
                {figure.written}
              </button>
            )
          })}
        </p>
        {notes.map((note) => (
          <p key={note} className="proof-note">
            {note}
          </p>
        ))}
      </div>
    )
  })
}
