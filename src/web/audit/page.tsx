import { useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, Card, Flex, Grid, Input, Select, Table } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { auditList, type AuditList, type AuditQuery } from '#audit/api.ts'
import { auditObject } from '#audit/objects.ts'
import { auditAct, auditActs } from '#audit/words.ts'
import { realToday } from '#kit/day.ts'
import { findProgramme, indicators } from '#programmes/index.ts'
import { useApi } from '../api/hooks.tsx'
import { realInstant } from '../format.ts'
import { DayRange } from '../kit/dayRange.tsx'
import { KeyPager } from '../kit/keyPager.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { DoubtsCard } from './doubtsCard.tsx'
import { ExportAlarms, ExportsCard } from './exportsCard.tsx'
import { api, paths } from '../paths.ts'
import { withQuery } from '../urlState.ts'

/** 审计: who did what when, without the content of any record; and whether the signed heads outside the database are whole. */
export function AuditPage() {
  const search = useSearch({ from: paths.audit })
  const navigate = useNavigate({ from: paths.audit })
  const [keys, setKeys] = useState<string[]>([])
  const query = useApi(withQuery(api.audit, { ...search, after: keys.at(-1) }), auditList, { keep: true })
  const ask = (change: Partial<AuditQuery>) => {
    setKeys([])
    void navigate({ search: { ...search, ...change } })
  }
  return (
    <>
      <PageHead
        title="审计"
        sub="谁在什么时间做了什么；不显示记录内容，每条与前一条相扣，链头每小时在库外签名一次"
      />
      <Loaded query={query} rows={10}>
        {(data) => (
          <Flex vertical gap={12}>
            <Anchors anchors={data.anchors} />
            <DoubtsCard />
            <ExportAlarms />
            <Card size="small">
              <Flex gap={8} wrap align="center">
                <DayRange
                  label="日期"
                  value={[dayjs(data.since), dayjs(data.until)]}
                  disabledDate={(day) => day.format('YYYY-MM-DD') > realToday()}
                  onChange={(range) =>
                    range?.[0] &&
                    range[1] &&
                    ask({ since: range[0].format('YYYY-MM-DD'), until: range[1].format('YYYY-MM-DD') })
                  }
                />
                <Select
                  allowClear
                  placeholder="全部操作"
                  aria-label="操作"
                  style={{ width: 150 }}
                  value={search.action}
                  options={[...auditActs]}
                  onChange={(action?: string) => ask({ action })}
                />
                <Input.Search
                  allowClear
                  placeholder="姓名"
                  aria-label="姓名"
                  style={{ width: 160 }}
                  defaultValue={search.person}
                  onSearch={(text) => ask({ person: text.trim() || undefined })}
                />
              </Flex>
            </Card>
            <Rows data={data} loading={query.isPlaceholderData} />
            <KeyPager keys={keys} onKeys={setKeys} next={query.isPlaceholderData ? null : data.next} />
            <ExportsCard />
          </Flex>
        )}
      </Loaded>
    </>
  )
}

function Anchors({ anchors }: { anchors: AuditList['anchors'] }) {
  if (!anchors.whole)
    return (
      <Alert
        type="error"
        showIcon
        title="库外锚定文件与签名不符，请保护现场并运行 npx jinguo verify --audit"
      />
    )
  if (anchors.behind > 0)
    return (
      <Alert
        type="error"
        showIcon
        title={`数据库比库外签存旧（${anchors.behind} 条链），可能恢复过旧备份：请核对备份，并运行 npx jinguo verify --audit`}
      />
    )
  if (anchors.late)
    return (
      <Alert
        type="error"
        showIcon
        title="审计链头已超过四小时没有在库外签存：敏感信息暂停填写，查看不受影响。请检查 JINGUO_ANCHOR_DIR 所在磁盘"
      />
    )
  if (anchors.last === null)
    return <Alert type="warning" showIcon title="还没有库外锚定，请检查 JINGUO_ANCHOR_DIR" />
  return (
    <Alert
      type="success"
      showIcon
      title={`库外锚定完好：已签名 ${anchors.count} 次，最近 ${realInstant(anchors.last)}；逐条核对请运行 npx jinguo verify --audit`}
    />
  )
}

const objectOf = ({ object }: AuditList['rows'][number]): string =>
  auditObject(
    object,
    (key) => findProgramme(key)?.label ?? indicators.find((i) => i.id === key)?.indicator.label,
  )

const who = ({ person, org, behalf }: AuditList['rows'][number]): string =>
  [behalf === null ? person : `${person} 代 ${behalf}`, org].filter(Boolean).join(' · ')

function Rows({ data, loading }: { data: AuditList; loading: boolean }) {
  const wide = Grid.useBreakpoint().md ?? true
  return (
    <Table
      size="small"
      className="num"
      rowKey={(row) => `${row.stream} ${row.seq}`}
      loading={loading}
      pagination={false}
      dataSource={data.rows}
      locale={{ emptyText: '这段时间没有符合条件的操作' }}
      columns={
        wide
          ? [
              { title: '时间', width: 180, render: (_, row) => realInstant(row.at) },
              { title: '操作人', width: 200, render: (_, row) => who(row) },
              { title: '操作', width: 130, render: (_, row) => auditAct(row.action) },
              { title: '对象', render: (_, row) => objectOf(row) },
              { title: '链', width: 150, render: (_, row) => `${row.stream} 第 ${row.seq} 条` },
              { title: '校验值', dataIndex: 'hash', width: 130 },
            ]
          : [
              {
                title: '操作',
                render: (_, row) => (
                  <>
                    {who(row)} · {auditAct(row.action)}
                    <div className="page-sub">
                      {realInstant(row.at)} · {objectOf(row)}
                    </div>
                  </>
                ),
              },
            ]
      }
    />
  )
}
