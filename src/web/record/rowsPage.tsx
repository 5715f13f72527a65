import './form.css'
import { getRouteApi } from '@tanstack/react-router'
import { Input } from 'antd'
import { useState } from 'react'
import { findProgramme } from '#programmes/index.ts'
import type { Programme } from '#kit/programme.ts'
import { useMe } from '../api/hooks.tsx'
import { NotFound } from '../kit/notFound.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { mostRows, readPasted, type Pasted } from './pastedRows.ts'
import { RowsGrid } from './rowsGrid.tsx'

const route = getRouteApi(paths.formRows)

/** `/entry/training/rows`: rows of a sheet or a chat become records, looked at together and sent as one. */
export function RowsPage() {
  const programme = findProgramme(route.useParams().programme)
  return programme ? <Rows key={programme.key} programme={programme} /> : <NotFound />
}

function Rows({ programme }: { programme: Programme }) {
  const { today } = useMe()
  const [text, setText] = useState('')
  const [pasted, setPasted] = useState<Pasted | null>(null)
  const take = (next: string): void => {
    setText(next)
    const read = readPasted(programme, next, today)
    if (read.rows.length > 0 && /[\t\n]/.test(next.trim())) setPasted(read)
  }
  return (
    <>
      <PageHead title={`粘贴多条 · ${programme.label}`} />
      {pasted ? (
        <RowsGrid
          programme={programme}
          first={pasted.rows.slice(0, mostRows)}
          notes={notesOf(pasted)}
          onAgain={() => setPasted(null)}
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

function notesOf({ rows, left, roster }: Pasted): string[] {
  const notes: string[] = []
  if (roster !== null)
    notes.push(`这是一份名单，共 ${roster} 人。这里只填人数，姓名和电话没有留下；其余栏目请补上。`)
  if (left.length > 0) notes.push(`没有对应栏目、已略去的列：${left.join('、')}。`)
  if (rows.length > mostRows)
    notes.push(`一次最多 ${mostRows} 条，后面 ${rows.length - mostRows} 条请下一次再粘贴。`)
  return notes
}
