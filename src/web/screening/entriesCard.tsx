import { App, Button, Select, Table, Tag } from 'antd'
import { useState } from 'react'
import { counted, entryList, mostAtOnce, type Entry, type RoundDetail } from '#screening/api.ts'
import { entryStates, entryStateWords, quotaWords, type EntryState } from '#screening/states.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { useFailed } from '../kit/failed.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { screeningApi, type RoundSearch } from './addresses.ts'
import { leftOf } from './left.ts'

const colors: Readonly<Record<EntryState, string>> = {
  listed: 'gold',
  booked: 'blue',
  attended: 'green',
  missed: 'red',
  declined: 'default',
  cancelled: 'default',
}

type Props = {
  round: RoundDetail
  place: EntryState | undefined
  onAsk: (change: Partial<RoundSearch>) => void
}

/** 名单: who is on it, with a day or none; her own unit books and cancels, the named handlers read all. */
export function EntriesCard({ round: r, place, onAsk }: Props) {
  const query = useApi(screeningApi.entryList(r.id, place), entryList, { keep: true })
  const [chosen, setChosen] = useState<string[]>([])
  return (
    <section className="hardship-card" id="entries">
      <h2>{r.duties.length > 0 ? '全部名单' : '本单位名单'}</h2>
      <Loaded query={query}>
        {({ rows, more }) => {
          const acts = r.state === 'open' && rows.some((one) => one.own && waits(one))
          return (
            <>
              <div className="hardship-bar">
                <Select<EntryState | ''>
                  aria-label="名单状态"
                  style={{ width: 170 }}
                  value={place ?? ''}
                  onChange={(value) => {
                    setChosen([])
                    onAsk({ place: value || undefined })
                  }}
                  options={[
                    { value: '', label: '全部（不含已取消）' },
                    ...entryStates.map((value) => ({ value, label: entryStateWords[value] })),
                  ]}
                />
                {acts && <Acts round={r} chosen={chosen} onDone={() => setChosen([])} />}
              </div>
              {rows.length === 0 ? (
                <Blank why={place ? '没有这个状态的人' : '名单还是空的'} />
              ) : (
                <Entries rows={rows} {...(acts ? { chosen, onChosen: setChosen } : {})} />
              )}
              <p className="hardship-aside" style={{ margin: '8px 0 0' }}>
                {more && '只列出前 500 人，请按状态查看；'}
                谁看过名单，她本人查得到
              </p>
            </>
          )
        }}
      </Loaded>
    </section>
  )
}

const waits = ({ state }: Entry): boolean => state === 'listed' || state === 'booked'

type EntriesProps = { rows: readonly Entry[]; chosen?: string[]; onChosen?: (ids: string[]) => void }

const Entries = ({ rows, chosen, onChosen }: EntriesProps) => (
  <Sideways label="名单">
    <Table<Entry>
      size="small"
      rowKey="id"
      pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      dataSource={[...rows]}
      {...(chosen && onChosen
        ? {
            rowSelection: {
              selectedRowKeys: chosen,
              onChange: (keys: React.Key[]) => onChosen(keys.map(String).slice(0, mostAtOnce)),
              getCheckboxProps: (row: Entry) => ({
                disabled: !row.own || !waits(row),
                'aria-label': `选择 ${row.name}`,
              }),
            },
          }
        : {})}
      columns={[
        { title: '姓名', dataIndex: 'name' },
        { title: '单位', render: (_, row) => row.org.shortName },
        {
          title: '状态',
          render: (_, row) => <Tag color={colors[row.state]}>{entryStateWords[row.state]}</Tag>,
        },
        { title: '名额', render: (_, row) => (row.state === 'declined' ? '—' : quotaWords[row.quota]) },
        { title: '日期', render: (_, row) => <span className="num">{row.onDay ?? '—'}</span> },
        { title: '医院', render: (_, row) => row.hospital ?? '—' },
        { title: '预约编码', render: (_, row) => <span className="num">{row.code ?? '—'}</span> },
        { title: '移交医院', render: (_, row) => <span className="num">{row.handedOn ?? '—'}</span> },
      ]}
    />
  </Sideways>
)

function Acts({
  round: r,
  chosen,
  onDone,
}: {
  round: RoundDetail
  chosen: readonly string[]
  onDone: () => void
}) {
  const { message, modal } = App.useApp()
  const { today } = useMe()
  const [dayId, setDayId] = useState<string>()
  const failed = useFailed()
  const book = useAct(
    (entryIds: readonly string[], key) =>
      call(screeningApi.bookings(r.id), counted, { method: 'POST', key, body: { entryIds, dayId } }),
    ({ count }) => {
      onDone()
      void message.success(`已预约 ${count} 人`)
    },
    failed,
  )
  const cancel = useAct(
    (entryIds: readonly string[], key) =>
      call(screeningApi.cancellations(r.id), counted, { method: 'POST', key, body: { entryIds } }),
    ({ count }) => {
      onDone()
      void message.success(`已取消 ${count} 人，名额和日期已退回`)
    },
    failed,
  )
  const none = chosen.length === 0
  return (
    <>
      <Select
        aria-label="医院和日期"
        style={{ width: 300, maxWidth: '100%' }}
        placeholder="选医院和日期"
        notFoundContent="没有今天或以后的日期"
        value={dayId}
        onChange={setDayId}
        options={r.days
          .filter((day) => day.onDay >= today)
          .map((day) => ({
            value: day.id,
            label: `${day.onDay} ${day.hospital}（还剩 ${leftOf(day)}）`,
            disabled: day.capacity === day.taken,
          }))}
      />
      <Button type="primary" disabled={none || !dayId} loading={book.busy} onClick={() => book.run(chosen)}>
        {none ? '勾选后预约' : `预约（${chosen.length} 人）`}
      </Button>
      <Button
        disabled={none}
        loading={cancel.busy}
        onClick={() =>
          void modal.confirm({
            title: `取消 ${chosen.length} 人？`,
            content: '名额和预约的日期退回；已交给医院的名单请重新下载',
            okText: '取消她们的安排',
            cancelText: '不取消',
            onOk: () => cancel.run(chosen),
          })
        }
      >
        移出名单
      </Button>
    </>
  )
}
