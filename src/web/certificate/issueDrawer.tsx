import { Alert, Button, Drawer, Form, Input, Select, Table } from 'antd'
import { useState } from 'react'
import { candidates, issued, mostAtOnce, type Candidate, type Issued } from '#certificate/api.ts'
import { certificateLayouts, findCertificate } from '#certificate/layouts.ts'
import { namesOf } from '#certificate/words.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { issueAt } from '../api/problem.ts'
import { usualYear, yearsOffered } from '../figures/scope.ts'
import { Blank, Failure, Loaded } from '../kit/states.tsx'
import { certificateApi } from './addresses.ts'

/** 发证: a kind, a year, the accepted records of the scope; for a class also who completed it. */
export function IssueDrawer({ onClose, onDone }: { onClose: () => void; onDone: (issued: Issued) => void }) {
  const { today } = useMe()
  const [key, setKey] = useState(certificateLayouts[0]!.key)
  const [year, setYear] = useState(usualYear(today))
  const [chosen, setChosen] = useState<string[]>([])
  const [typed, setTyped] = useState('')
  const layout = findCertificate(key)!
  const takesNames = layout.recipient === 'names'
  const names = takesNames ? namesOf(typed) : []
  const query = useApi(certificateApi.candidates(key, year), candidates)
  // Of a class with an attendance the names stand there.
  const completed = takesNames ? (query.data?.rows.find(({ id }) => id === chosen[0])?.named ?? null) : null
  const act = useAct(
    (records: string[], idempotency) =>
      call(certificateApi.all, issued, {
        method: 'POST',
        key: idempotency,
        body: { layout: key, records, ...(takesNames && completed === null ? { names } : {}) },
      }),
    onDone,
  )
  const count = takesNames ? (chosen.length > 0 ? (completed ?? names.length) : 0) : chosen.length
  const start = (then: () => void) => {
    then()
    setChosen([])
    act.reset()
  }
  const fault = issueAt(act.error, 'names')
  return (
    <Drawer
      open
      size={720}
      title="发证"
      onClose={onClose}
      footer={
        <div className="certificate-foot">
          {count > mostAtOnce && <span>一次最多 {mostAtOnce} 份，请分几次发</span>}
          <Button
            type="primary"
            disabled={count === 0 || count > mostAtOnce}
            loading={act.busy}
            onClick={() => act.run(chosen)}
          >
            {count > 0 ? `发 ${count} 份` : takesNames ? '请选班次并填写姓名' : '请选择记录'}
          </Button>
        </div>
      }
    >
      <div className="certificate-choice">
        <Select
          aria-label="证书种类"
          value={key}
          popupMatchSelectWidth={false}
          options={certificateLayouts.map((l) => ({ value: l.key, label: l.label }))}
          onChange={(to: string) => start(() => setKey(to))}
        />
        <Select
          aria-label="记录年份"
          value={year}
          options={yearsOffered(today).map((y) => ({ value: y, label: `${y}年的记录` }))}
          onChange={(to: number) => start(() => setYear(to))}
        />
      </div>
      <Loaded query={query}>
        {({ rows, more }) =>
          rows.length === 0 ? (
            <Blank
              why={`${year}年没有可以发${layout.label}的记录：要审核通过、在本级范围内${layout.given ? '、由本单位授予' : ''}，并且还没有发过`}
            />
          ) : (
            <>
              {more && (
                <Alert
                  className="certificate-more"
                  type="info"
                  title="记录较多，这里列出最近的 200 条；发完后再打开看其余的"
                />
              )}
              <Records rows={rows} one={takesNames} chosen={chosen} onChosen={setChosen} />
            </>
          )
        }
      </Loaded>
      {completed !== null && (
        <Alert
          className="certificate-more"
          type="info"
          title={
            completed === 0
              ? '这个班完成的人都已经有本单位发的证书'
              : `名单来自活动签到：完成并且还没有证书的 ${completed} 人，不用填姓名`
          }
        />
      )}
      {takesNames && chosen.length > 0 && completed === null && (
        <Form layout="vertical">
          <Form.Item
            label="结业人员姓名"
            extra={
              names.length > 0
                ? `已填 ${names.length} 人`
                : '每行一个，可以从名单里整列粘贴；重名的请加以区别'
            }
            {...(fault ? { validateStatus: 'error', help: fault } : {})}
          >
            <Input.TextArea
              aria-label="结业人员姓名"
              value={typed}
              autoSize={{ minRows: 4, maxRows: 12 }}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Form.Item>
        </Form>
      )}
      {act.error && !fault && <Failure error={act.error} />}
    </Drawer>
  )
}

type RecordsProps = {
  rows: readonly Candidate[]
  /** A class alone: its names are of one record. */
  one: boolean
  chosen: readonly string[]
  onChosen: (ids: string[]) => void
}

const Records = ({ rows, one, chosen, onChosen }: RecordsProps) => (
  <Table
    size="small"
    rowKey="id"
    className="certificate-records"
    pagination={rows.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
    dataSource={[...rows]}
    rowSelection={{
      type: one ? 'radio' : 'checkbox',
      selectedRowKeys: [...chosen],
      onChange: (keys) => onChosen(keys.map(String)),
      getCheckboxProps: (row) => ({ 'aria-label': `选择 ${row.title}` }),
    }}
    columns={[
      {
        title: one ? '班次' : '发给',
        render: (_, row) => (
          <>
            <b>{one ? row.title : row.recipient}</b>
            <div className="certificate-words">{one ? row.org : row.words}</div>
          </>
        ),
      },
      { title: '日期', width: 104, render: (_, row) => <span className="num">{row.on}</span> },
    ]}
  />
)
