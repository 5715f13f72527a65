import { App, Button, Card, Flex, Input, Table, Tag } from 'antd'
import { useState } from 'react'
import { earlierWaiting, type EarlierWaiting } from '#figures/earlier/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { findLine } from '../figures/chapters.ts'
import { formatValue } from '../figures/format.ts'
import { Failure } from '../kit/states.tsx'
import { formatDay } from '../format.ts'
import { earlierApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

type Row = EarlierWaiting[number]
type Decision = { action: 'accept' | 'return'; ids: string[]; reason?: string }

/** Totals that another person entered and that wait for a decision; nothing where none does. */
export function Waiting() {
  const { data } = useApi(earlierApi.waiting, earlierWaiting)
  const { message } = App.useApp()
  const [chosen, setChosen] = useState<string[]>([])
  const [reason, setReason] = useState<string | null>(null)
  const decide = useAct(
    (body: Decision, key) => call(earlierApi.decision, anything, { method: 'POST', body, key }),
    (_, { action, ids }) => {
      setChosen([])
      setReason(null)
      void message.success(`${action === 'accept' ? '已通过' : '已退回'} ${ids.length} 个数`)
    },
  )
  if (!data || data.length === 0) return null
  const ids = chosen.filter((id) => data.some((row) => row.id === id))
  return (
    <Card size="small" title={`待审核 ${data.length} 个数`} className="earlier-waiting">
      <CutNote list="earlierWaiting" count={data.length} />
      <Table<Row>
        size="small"
        rowKey="id"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={data}
        rowSelection={{
          selectedRowKeys: ids,
          onChange: (keys) => setChosen(keys.map(String)),
          getCheckboxProps: ({ isMine, indicator, year }) => ({
            disabled: isMine,
            'aria-label': `选择 ${findLine(indicator)?.indicator.label}，${year}年`,
          }),
        }}
        columns={[
          { title: '单位', render: (_, { org }) => org.shortName },
          {
            title: '指标',
            render: (_, { indicator, year }) =>
              `${year}年 ${findLine(indicator)?.indicator.label ?? indicator}`,
          },
          {
            title: '估报数',
            align: 'right',
            className: 'num',
            render: (_, row) => <Values row={row} />,
          },
          { title: '出处', render: (_, { source }) => source },
          {
            title: '录入',
            render: (_, { by, at, isMine }) => (
              <>
                {by} {formatDay(at)} {isMine && <Tag>本人录入，由他人审核</Tag>}
              </>
            ),
          },
        ]}
      />
      {decide.error && <Failure error={decide.error} retry={decide.again} />}
      {reason !== null && (
        <Input
          autoFocus
          aria-label="退回理由"
          placeholder="退回理由，如：与原件第 3 页的数不符"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      <Flex gap={8} wrap>
        <Button
          type="primary"
          disabled={ids.length === 0 || reason !== null}
          loading={decide.busy}
          onClick={() => decide.run({ action: 'accept', ids })}
        >
          通过{ids.length > 0 && `（${ids.length}）`}
        </Button>
        <Button
          danger={reason !== null}
          disabled={ids.length === 0 || reason?.trim() === ''}
          onClick={() =>
            reason === null ? setReason('') : decide.run({ action: 'return', ids, reason: reason.trim() })
          }
        >
          {reason === null ? '退回' : '确认退回'}
        </Button>
        {reason !== null && <Button onClick={() => setReason(null)}>取消</Button>}
      </Flex>
    </Card>
  )
}

function Values({ row }: { row: Row }) {
  const line = findLine(row.indicator)
  if (!line) return row.value
  const { kind, unit } = line.indicator
  return (
    <>
      {formatValue(row.value, kind)} {unit}
      {row.standing !== null && <small>现为 {formatValue(row.standing, kind)}</small>}
      {row.recorded !== null && <small>当年记录 {formatValue(row.recorded, kind)}，估报只供对照</small>}
    </>
  )
}
