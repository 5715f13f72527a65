import { Link } from '@tanstack/react-router'
import { Table, Tag } from 'antd'
import type { Campaign, NominationLine, NominationState } from '#honour/api.ts'
import { nominationStateWords } from '#honour/words.ts'
import { Blank } from '../kit/states.tsx'
import { paths } from '../paths.ts'

export const nominationColors: Readonly<Record<NominationState, string>> = {
  draft: 'default',
  unitNotice: 'red',
  upper: 'gold',
  listed: 'blue',
  chosen: 'purple',
  granted: 'green',
  notChosen: 'default',
  blocked: 'red',
  withdrawn: 'default',
}
const mineWords: Readonly<Record<NonNullable<NominationLine['mine']>, string>> = {
  open: '待打分',
  given: '已打分',
  recused: '已回避',
  must: '应回避',
}

type NominationTableProps = {
  campaign: Campaign
  /** Where a list is being made. */
  chosen?: readonly string[]
  onChosen?: (ids: string[]) => void
}

/** Nominations as far as the reader may see them. */
export function NominationTable({ campaign: c, chosen, onChosen }: NominationTableProps) {
  const shows = {
    score: c.mayLead && c.state !== 'open' && c.state !== 'draft',
    mine: c.isJuror && c.state === 'jury',
  }
  return (
    <section className="honour-card">
      <h2>推荐（{c.rows.length} 份）</h2>
      {c.rows.length === 0 ? (
        <Blank why={c.mayNominate ? '本单位还没有推荐，点右上角“推荐”开始' : '还没有报来的推荐'} />
      ) : (
        <Table<NominationLine>
          size="small"
          rowKey="id"
          scroll={{ x: 'max-content' }}
          pagination={c.rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
          dataSource={c.rows}
          {...(chosen && onChosen
            ? {
                rowSelection: {
                  selectedRowKeys: [...chosen],
                  onChange: (keys: React.Key[]) => onChosen(keys.map(String)),
                  getCheckboxProps: (row: NominationLine) => ({
                    disabled: row.state !== 'listed',
                    'aria-label': `选择 ${row.name}`,
                  }),
                },
              }
            : {})}
          columns={[
            {
              title: '推荐对象',
              render: (_, row) => (
                <>
                  <Link to={paths.nomination} params={{ id: row.id }}>
                    {row.name}
                  </Link>
                  <div className="honour-aside">{row.employer}</div>
                </>
              ),
            },
            { title: '称号', render: (_, row) => c.types.find((t) => t.key === row.typeKey)?.name },
            { title: '推荐单位', render: (_, row) => row.org.shortName },
            {
              title: '状态',
              render: (_, row) => (
                <>
                  <Tag color={nominationColors[row.state]}>{nominationStateWords[row.state]}</Tag>
                  {row.turn && <div className="honour-aside">待{row.turn.shortName}审核</div>}
                  {row.faults.length > 0 && <div className="honour-faults">{row.faults[0]!.message}</div>}
                </>
              ),
            },
            ...(shows.mine
              ? [
                  {
                    title: '我的评审',
                    render: (_: unknown, row: NominationLine) =>
                      row.state === 'listed' && row.mine ? (
                        <Link to={paths.nomination} params={{ id: row.id }}>
                          {mineWords[row.mine]}
                        </Link>
                      ) : null,
                  },
                ]
              : []),
            ...(shows.score
              ? [
                  {
                    title: '评分',
                    render: (_: unknown, row: NominationLine) => (
                      <span className="num">
                        {row.average !== null && <b>{(row.average / 100).toFixed(2)} </b>}
                        {row.scored} 人打分{row.recused > 0 && `，${row.recused} 人回避`}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </section>
  )
}
