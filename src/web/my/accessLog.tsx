import { Grid, Table } from 'antd'
import { useState } from 'react'
import { accessList, type AccessList } from '#person/api.ts'
import { purposes, accessLabels } from '#person/purposes.ts'
import { roleLabels } from '#person/words.ts'
import { useApi } from '../api/hooks.tsx'
import { realInstant } from '../format.ts'
import { KeyPager } from '../kit/keyPager.tsx'
import { Loaded } from '../kit/states.tsx'
import { withQuery } from '../urlState.ts'
import { personApi } from '../person/addresses.ts'

type Line = AccessList['rows'][number]

const who = (row: Line): string => (row.self ? '本人' : `${row.org} · ${roleLabels[row.role]}`)
const why = (row: Line): string => (row.self ? row.reason : `${purposes[row.purpose].label}：${row.reason}`)

/** 谁看过我的信息: each time a sealed value of hers was opened. */
export function AccessLog() {
  const wide = Grid.useBreakpoint().md ?? true
  const [keys, setKeys] = useState<string[]>([])
  const query = useApi(withQuery(personApi.myAccess, { after: keys.at(-1) }), accessList, { keep: true })
  return (
    <Loaded query={query}>
      {(log) => (
        <>
          <p className="page-sub">
            您的证件号码、出生日期、手机号码平时只显示一部分。有人查看全文，系统必定在这里记一笔，谁也不能不留痕迹地看。
          </p>
          <Table
            size="small"
            className="num"
            rowKey={(row) => `${row.at} ${row.field}`}
            pagination={false}
            loading={query.isPlaceholderData}
            dataSource={log.rows}
            locale={{ emptyText: '还没有人查看过' }}
            columns={
              wide
                ? [
                    { title: '时间', width: 150, render: (_, row) => realInstant(row.at) },
                    { title: '谁', width: 260, render: (_, row) => who(row) },
                    { title: '看了什么', width: 150, render: (_, row) => accessLabels[row.field] },
                    { title: '用途和理由', render: (_, row) => why(row) },
                  ]
                : [
                    {
                      title: '谁看了什么',
                      render: (_, row) => (
                        <>
                          {`${who(row)} · ${accessLabels[row.field]}`}
                          <div className="page-sub">{`${realInstant(row.at)} · ${why(row)}`}</div>
                        </>
                      ),
                    },
                  ]
            }
          />
          <KeyPager keys={keys} onKeys={setKeys} next={query.isPlaceholderData ? null : log.next} />
        </>
      )}
    </Loaded>
  )
}
