import { Alert, App, Button, Card, Flex, Segmented } from 'antd'
import { useCallback, useMemo, useState, type KeyboardEvent } from 'react'
import { v4 as uuid } from 'uuid'
import {
  faultList,
  filled,
  intakeDetail,
  intakeDone,
  type CellsBody,
  type IntakeDetail,
  type IntakeRow,
  type IntakeSheet,
} from '#intake/api.ts'
import type { Choice, LineState } from '#intake/target.ts'
import { call } from '../api/client.dom.ts'
import { refreshAll, queryClient, useAct, useApi } from '../api/hooks.tsx'
import { ApiProblem, toProblem } from '../api/problem.ts'
import { api } from '../paths.ts'
import { withQuery } from '../urlState.ts'
import { Grid, type Active, type Typed } from './grid.tsx'
import { firstFault, shownColumns } from './gridColumns.ts'
import { RowAside } from './rowAside.tsx'
import type { Fill } from './fillTools.tsx'
import type { IntakeSearch } from './search.ts'
import { legendOf, shownStates, stateWords, totalOf } from './words.ts'

/** The workbook went on elsewhere since this page read it. */
const isChanged = (thrown: unknown): boolean => thrown instanceof ApiProblem && thrown.body.code === '409.17'

const typedCell = ({ line, column, text }: Typed): Typed => ({ line, column, text })

type RowsCardProps = {
  page: IntakeDetail
  sheet: IntakeSheet
  search: IntakeSearch
  onSearch: (change: Partial<IntakeSearch>) => void
}

/** The rows of a sheet by what was found, the grid, and beside it the row she stands on. */
export function RowsCard({ page, sheet, search, onSearch }: RowsCardProps) {
  const { message } = App.useApp()
  const { counts } = sheet
  const columns = useMemo(() => shownColumns(sheet), [sheet])
  const [active, setActive] = useState<Active>({ at: 0, column: columns[0]!.key })
  /** The row she jumped to shows where to look as soon as it is read; of a filter only a row that it holds. */
  const [seeking, setSeeking] = useState<LineState | 'any' | null>(null)
  const [row, setRow] = useState<IntakeRow>()
  const faults = useApi(withQuery(api.intakeFaults(page.id), { sheet: sheet.key }), faultList, { keep: true })
  // What was brought in or taken back stands no more where it was looked at.
  const only = search.only && (page.state === 'open' || counts[search.only] > 0) ? search.only : undefined
  const total = only ? counts[only] : totalOf(counts)
  const at = Math.max(0, Math.min(active.at, total - 1))

  /** What she typed last stands in its cell at once: reading thousands of rows anew takes seconds. */
  const [typed, setTyped] = useState<Typed | null>(null)
  const failed = (error: unknown): void => {
    void message.error(toProblem(error).body.message)
    if (isChanged(error)) void refreshAll(queryClient)
  }
  const given = { version: page.version, sheet: sheet.key }
  const mend = useAct(
    async (cells: CellsBody['cells'], key) => {
      const put = (version: number, once: string) =>
        call(api.intakeCells(page.id), intakeDone, { method: 'PUT', body: { version, cells }, key: once })
      try {
        return await put(page.version, key)
      } catch (thrown) {
        if (!isChanged(thrown)) throw thrown
        // Changed on another page: her cell goes into the workbook as it stands now, the rest of which is left as it is.
        const now = await call(api.intake(page.id), intakeDetail)
        const done = await put(now.version, uuid())
        void message.info('这份表格刚在别处也改过：您这一格已存上，其余已换成最新内容')
        return done
      }
    },
    undefined,
    // What she typed stays in its cell, with a way to send it again.
    () => void refreshAll(queryClient),
  )
  const fill = useAct(
    (what: Fill, key) => {
      setTyped(null)
      return call(api.intakeFill(page.id), filled, { method: 'PUT', body: { ...given, ...what }, key })
    },
    ({ cells }) => void message.success(cells === 0 ? '没有要改的格' : `已改 ${cells} 格，并重新核对`),
    failed,
  )
  const choose = useAct(
    ({ choice, lines }: { choice: Choice | null; lines: number[] | null }, key) =>
      call(api.intakeChoices(page.id), intakeDone, {
        method: 'PUT',
        body: { ...given, choice, lines },
        key,
      }),
    undefined,
    failed,
  )
  const unsaved = mend.error && typed ? { ...typed, why: toProblem(mend.error).body.message } : null
  const busy = mend.busy || fill.busy || choose.busy
  const editable = page.state === 'open'

  const onRow = useCallback(
    (read: IntakeRow | undefined) => {
      setRow(read)
      if (!read || seeking === null || (seeking !== 'any' && seeking !== read.state)) return
      setSeeking(null)
      const column = firstFault(read, columns)
      if (column) setActive((now) => ({ ...now, column }))
    },
    [seeking, columns],
  )
  const goTo = (place: number): void => {
    setActive({ ...active, at: place })
    setSeeking('any')
  }
  const seek = (step: 1 | -1): void => {
    const list = faults.data ?? []
    if (only === 'wrong' || only === 'double') return goTo((at + step + total) % total)
    const places = only ? [] : list.map((f) => f.at)
    const next =
      step > 0 ? (places.find((p) => p > at) ?? places[0]) : (places.findLast((p) => p < at) ?? places.at(-1))
    if (next !== undefined) return goTo(next)
    if (list.length === 0) return void message.info('没有要改的行了')
    onSearch({ only: undefined })
    goTo(list[0]!.at)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'F8') seek(event.shiftKey ? -1 : 1)
    else if (event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey) && row && editable && !busy)
      fill.run({ column: active.column, how: 'gap', line: row.line, text: row.cells[active.column] ?? '' })
    else return
    event.preventDefault()
  }

  return (
    <Card size="small">
      <Flex justify="space-between" align="center" gap={8} wrap className="intake-filter">
        <Segmented
          value={only ?? ''}
          onChange={(value) => {
            const wanted = shownStates.find((s) => s === value)
            setActive({ ...active, at: 0 })
            setSeeking(wanted ?? null)
            onSearch({ only: wanted })
          }}
          options={[
            { label: `全部 ${totalOf(counts)}`, value: '' },
            ...shownStates
              .filter((s) => counts[s] > 0 || s === only)
              .map((s) => ({ label: `${stateWords[s].label} ${counts[s]}`, value: s })),
          ]}
        />
        {editable && (
          <Flex gap={8} align="center" wrap>
            <span className="intake-legend">
              {legendOf(counts).map(({ grade, label }) => (
                <span key={grade} className={grade}>
                  {label}
                </span>
              ))}
            </span>
            <span className="page-sub intake-hint">双击或回车修改，改完自动重新核对</span>
            <Button
              size="small"
              disabled={(faults.data ?? []).length === 0}
              title="F8"
              onClick={() => seek(1)}
            >
              下一处错误
            </Button>
          </Flex>
        )}
      </Flex>
      {counts.wrong > 0 && editable && sheet.missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="intake-failure"
          title={`文件里没有找到“${sheet.missing.join('、')}”，请在“栏目对应”里指定；也可以在下面填一格，再“下面全部改成它”`}
        />
      )}
      {unsaved && (
        <Alert
          type="error"
          showIcon
          className="intake-failure"
          title={`第 ${unsaved.line} 行填的“${unsaved.text}”还没有存上：${unsaved.why}`}
          action={
            <Flex gap={8}>
              <Button
                size="small"
                loading={mend.busy}
                onClick={() => mend.run([{ sheet: sheet.key, ...typedCell(unsaved) }])}
              >
                重试
              </Button>
              <Button
                size="small"
                onClick={() => {
                  setTyped(null)
                  mend.reset()
                }}
              >
                放弃这一格
              </Button>
            </Flex>
          }
        />
      )}
      {total === 0 ? (
        <p className="intake-none">没有这样的行了</p>
      ) : (
        <div className="intake-work">
          <Grid
            key={`${sheet.key} ${only ?? ''}`}
            id={page.id}
            {...{ sheet, columns, total, editable, busy, onRow, onKey }}
            only={only}
            active={{ ...active, at }}
            onActive={setActive}
            typed={typed}
            onMend={({ line }, column, text) => {
              setTyped({ line, column, text })
              mend.run([{ sheet: sheet.key, line, column, text }])
            }}
          />
          {row && (
            <RowAside
              {...{ sheet, row, editable, busy }}
              column={active.column}
              onFill={fill.run}
              onChoose={(choice, isForAll) => choose.run({ choice, lines: isForAll ? null : [row.line] })}
            />
          )}
        </div>
      )}
    </Card>
  )
}
