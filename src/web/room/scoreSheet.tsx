import { App, Button, Grid, InputNumber, Table } from 'antd'
import { useState } from 'react'
import { columnWords, columns, type Column } from '#programmes/careRoom/rating.ts'
import type { Rating, RatingLine } from '#programmes/careRoom/ratingApi.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { Sideways } from '../kit/sideways.tsx'
import { roomApi } from './addresses.ts'

type Typed = Readonly<Record<string, number | null>>

/** The sheet with its three columns side by side; one of them may be open to the reader. */
export function ScoreSheet({ rating }: { rating: Rating }) {
  const { column, lines, leastPoints } = rating
  const { message } = App.useApp()
  const wide = Grid.useBreakpoint().md ?? true
  // At the door of a room there is a phone in the hand: it shows the column that is open, the others in a line.
  const shown = wide ? columns : columns.filter((col) => col === (column ?? 'city'))
  const [typed, setTyped] = useState<Typed>({})
  const save = useAct(
    (scores: { key: string; points: number }[], key) =>
      call(roomApi.scores(rating.id), anything, {
        method: 'PUT',
        key,
        body: { version: rating.version, scores },
      }),
    () => void message.success('分数已保存'),
    (error) => void message.error(toProblem(error).message),
  )
  const valueOf = (line: RatingLine, col: Column): number | null =>
    col === column && line.key in typed ? typed[line.key]! : (line[col]?.points ?? null)
  const sum = (col: Column): number => lines.reduce((all, line) => all + (valueOf(line, col) ?? 0), 0)
  const changed = Object.entries(typed).flatMap(([key, points]) => (points === null ? [] : [{ key, points }]))
  const cell = (line: RatingLine, col: Column) =>
    col === column ? (
      <InputNumber
        aria-label={`${columnWords[col]}：${line.label}`}
        size="small"
        min={0}
        max={line.points}
        precision={0}
        controls={false}
        value={valueOf(line, col)}
        onChange={(points) => setTyped((old) => ({ ...old, [line.key]: points }))}
      />
    ) : (
      <span className="num" title={line[col]?.by}>
        {valueOf(line, col) ?? '—'}
      </span>
    )
  const total = () => (
    <Table.Summary.Row>
      <Table.Summary.Cell index={0}>合计（{leastPoints} 分通过）</Table.Summary.Cell>
      <Table.Summary.Cell index={1}>
        <span className="num">{lines.reduce((all, line) => all + line.points, 0)}</span>
      </Table.Summary.Cell>
      {shown.map((col, at) => (
        <Table.Summary.Cell key={col} index={at + 2}>
          <b className="num">{lines.some((line) => valueOf(line, col) !== null) ? sum(col) : '—'}</b>
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  )
  return (
    <>
      <Sideways label="评分表">
        <Table<RatingLine>
          className="room-sheet"
          size="small"
          rowKey="key"
          pagination={false}
          dataSource={[...lines]}
          columns={[
            {
              title: '内容和标准',
              render: (_, line) => (
                <>
                  {line.label}
                  {line.must && <small className="room-due"> 缺了不能通过</small>}
                  {!wide && (
                    <small className="room-under num">
                      {columns
                        .filter((col) => !shown.includes(col))
                        .map((col) => `${columnWords[col]} ${line[col]?.points ?? '—'}`)
                        .join(' · ')}
                    </small>
                  )}
                </>
              ),
            },
            { title: '满分', width: 64, render: (_, line) => <span className="num">{line.points}</span> },
            ...shown.map((col) => ({
              title: columnWords[col],
              width: 92,
              render: (_: unknown, line: RatingLine) => cell(line, col),
            })),
          ]}
          summary={total}
        />
      </Sideways>
      <p className="room-under">标准：{rating.basis}</p>
      {column && (
        <div className="room-acts">
          <Button disabled={changed.length === 0} loading={save.busy} onClick={() => save.run(changed)}>
            保存{columnWords[column]}分数
          </Button>
        </div>
      )}
    </>
  )
}
