import './form.css'
import { getRouteApi } from '@tanstack/react-router'
import { Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { findProgramme } from '#programmes/index.ts'
import type { Programme } from '#kit/programme.ts'
import { useMe } from '../api/hooks.tsx'
import { NotFound } from '../kit/notFound.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { mostRows, readPasted, type Pasted } from './pastedRows.ts'
import { forgetAnswers, keepAnswers } from './localDrafts.dom.ts'
import { openTyped } from './typed.dom.ts'
import { RowsGrid, rowsKept } from './rowsGrid.tsx'
import { mayKeepHere } from './useAutosave.tsx'

const route = getRouteApi(paths.formRows)

/** `/entry/training/rows`: rows of a sheet or a chat become records, looked at together and sent as one. */
export function RowsPage() {
  const programme = findProgramme(route.useParams().programme)
  return programme ? <Rows key={programme.key} programme={programme} /> : <NotFound />
}

function Rows({ programme }: { programme: Programme }) {
  const { today, account, post } = useMe()
  const [text, setText] = useState('')
  /** The server's copy that stands. */
  const seen = useRef(0)
  const [pasted, setPasted] = useState<(Pasted & { isFound?: true }) | null>(null)
  // What was pasted and not sent comes back as it stood.
  useEffect(() => {
    if (!mayKeepHere(programme)) return
    const { id, version } = rowsKept(programme)
    const me = { account: account.id, post: post.id }
    const give = (values: Record<string, unknown> | null): void => {
      const lines = values?.['lines']
      if (Array.isArray(lines) && lines.length > 0)
        setPasted((was) => was ?? { rows: lines as Pasted['rows'], left: [], roster: null, isFound: true })
    }
    const onHere = ({ values }: { values: Record<string, unknown> }): void => give(values)
    void openTyped(id, me, { version, sentAt: null }, onHere).then(({ values, seen: copy }) => {
      seen.current = copy
      give(values)
    })
  }, [programme, account.id, post.id])
  const take = (next: string): void => {
    setText(next)
    const read = readPasted(programme, next, today)
    if (read.rows.length === 0 || !/[\t\n]/.test(next.trim())) return
    const values = { lines: read.rows.slice(0, mostRows), note: '' }
    const mine = { account: account.id, post: post.id, typedAt: new Date().toISOString() }
    const copy = { seen: seen.current, isSaved: false }
    // Kept before it is shown, so that the sheet finds these rows and no older ones.
    if (mayKeepHere(programme))
      void keepAnswers({ ...rowsKept(programme), ...mine, ...copy, values })
        .then((isKept) => (isKept ? undefined : forgetAnswers(rowsKept(programme).id, post.id)))
        .then(() => setPasted(read))
    else setPasted(read)
  }
  return (
    <>
      <PageHead title={`粘贴多条 · ${programme.label}`} />
      {pasted ? (
        <RowsGrid
          programme={programme}
          first={pasted.rows.slice(0, mostRows)}
          notes={notesOf(pasted)}
          onAgain={() => {
            seen.current = 0
            setText('')
            setPasted(null)
          }}
        />
      ) : (
        <section className="form-sheet paste-sheet">
          <label htmlFor="pasted">把表格里的行，或聊天里的接龙，粘贴到这里</label>
          <Input.TextArea
            id="pasted"
            value={text}
            autoSize={{ minRows: 8, maxRows: 18 }}
            placeholder={'例如：\n1. 沙河口区 3月8日 插花课 45人 女42\n2. 马栏街道 3月6日 茶艺课 共32人 女30'}
            onChange={(event) => take(event.target.value)}
          />
          <p className="form-hint">
            一次最多 {mostRows}{' '}
            条。带表头的按表头认栏目，不带表头的按必填栏目的顺序；没写年份的日期算最近的那一天。认得对不对，下一步逐格看得见，改好才提交。
          </p>
        </section>
      )}
    </>
  )
}

function notesOf({ rows, left, roster, isFound }: Pasted & { isFound?: true }): string[] {
  const notes: string[] = []
  if (isFound) notes.push(`上次粘贴的 ${rows.length} 条还没有提交，已找回，请接着改。不要了就点“重新粘贴”。`)
  if (roster !== null)
    notes.push(`这是一份名单，共 ${roster} 人。这里只填人数，姓名和电话没有留下；其余栏目请补上。`)
  if (left.length > 0) notes.push(`没有对应栏目、已略去的列：${left.join('、')}。`)
  if (rows.length > mostRows)
    notes.push(`一次最多 ${mostRows} 条，后面 ${rows.length - mostRows} 条请下一次再粘贴。`)
  return notes
}
