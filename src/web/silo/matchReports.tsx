import { App, Button, Tag } from 'antd'
import { matchReports, matchStateWords, type MatchReports, type MatchSettle } from '#match/api.ts'
import { longDay } from '#kit/day.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { useFailed } from '../kit/failed.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { siloApi } from './addresses.ts'

type Report = MatchReports['rows'][number]

/** 交友举报, to whoever is named for complaints: the card as it stood and what was said, no name. */
export function MatchReportsCard() {
  const query = useApi(siloApi.matchReports, matchReports)
  return (
    <section className="silo-card">
      <h2>交友举报</h2>
      <p className="silo-aside">只有卡片，没有姓名；待处理的每看一天，被举报的人查得到</p>
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Blank why="没有交友举报" />
          ) : (
            <ul className="silo-list">
              {rows.map((row) => (
                <li key={row.id}>
                  <One row={row} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

const asks: Readonly<Record<MatchSettle['act'], readonly [label: string, content: string]>> = {
  bar: ['停止参加', '对方的卡片、回答和牵手立即删除，以后不能再参加，直到您恢复。'],
  dismiss: ['未认定违规', '举报的话和卡片随即清除，双方仍不再互相见到。'],
  lift: ['恢复参加', '对方可以重新参加；举报的话和卡片随即清除。'],
}

function One({ row }: { row: Report }) {
  const { modal, message } = App.useApp()
  const failed = useFailed()
  const act = useAct(
    (what: MatchSettle['act'], key) =>
      call(siloApi.matchReport(row.id), anything, { method: 'POST', key, body: { act: what } }),
    () => void message.success('已处理'),
    failed,
  )
  const button = (what: MatchSettle['act']) => (
    <Button
      size="small"
      danger={what === 'bar'}
      loading={act.busy}
      onClick={() =>
        void modal.confirm({
          title: `${asks[what][0]}？`,
          content: asks[what][1],
          okText: asks[what][0],
          cancelText: '取消',
          onOk: () => act.run(what),
        })
      }
    >
      {asks[what][0]}
    </Button>
  )
  return (
    <div className="silo-report">
      <b>{row.alias === null ? '内容已清除' : `卡片“${row.alias}”`}</b>
      <Tag>{matchStateWords[row.state]}</Tag>
      <span className="silo-aside">
        {longDay(row.madeOn)}举报{row.closedOn && ` · ${longDay(row.closedOn)}处理`}
      </span>
      {row.words !== null && <p>{row.words}</p>}
      {row.about !== null && <p className="silo-aside">卡片上的介绍：{row.about}</p>}
      {row.state === 'open' && (
        <span className="silo-report-acts">
          {button('bar')}
          {button('dismiss')}
        </span>
      )}
      {row.state === 'barred' && <span className="silo-report-acts">{button('lift')}</span>}
    </div>
  )
}
