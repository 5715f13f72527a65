import { App, Button, DatePicker, Form, Radio, Select, Table } from 'antd'
import type { Dayjs } from 'dayjs'
import dayjs from 'dayjs'
import { useState } from 'react'
import { counted, memberList, mostAtOnce, type Member, type RoundDetail } from '#screening/api.ts'
import { quotaWords, standings, standingWords, type Quota, type Standing } from '#screening/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { ApiProblem, toProblem } from '../api/problem.ts'
import { useFailed } from '../kit/failed.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { screeningApi, type RoundSearch } from './addresses.ts'

type Props = { round: RoundDetail; standing: Standing; onAsk: (change: Partial<RoundSearch>) => void }

/** 应查: members who are not on the list, by what they are to the round; the list of those due must end empty. */
export function MembersCard({ round: r, standing, onAsk }: Props) {
  const query = useApi(screeningApi.members(r.id, standing), memberList, { keep: true })
  const [chosen, setChosen] = useState<string[]>([])
  return (
    <section className="hardship-card">
      <h2>应查会员</h2>
      <p className="hardship-text hardship-aside">
        与本单位会员登记比对。应查的人要么列入名单，要么登记“本人不参加”，这张表最后应当是空的。
      </p>
      <Loaded query={query}>
        {(list) => (
          <>
            <div className="hardship-bar">
              <Select<Standing>
                aria-label="比对结果"
                style={{ width: 190 }}
                value={standing}
                onChange={(value) => {
                  setChosen([])
                  onAsk({ standing: value === 'due' ? undefined : value })
                }}
                options={standings.map((value) => ({
                  value,
                  label: `${standingWords[value]}（${list.counts[value]}）`,
                }))}
              />
              {standing === 'due' && list.rows.length > 0 && (
                <Acts
                  round={r}
                  members={list.rows.filter((one) => chosen.includes(one.id))}
                  onDone={() => setChosen([])}
                />
              )}
            </div>
            {list.rows.length === 0 ? (
              <Blank why={standing === 'due' ? '应查的会员都已列入名单或登记不参加' : '没有这类会员'} />
            ) : (
              <Members
                rows={list.rows}
                later={standing === 'later'}
                {...(standing === 'due' ? { chosen, onChosen: setChosen } : {})}
              />
            )}
            {list.more && <p className="hardship-aside">只列出前 500 人，办理后会继续列出</p>}
          </>
        )}
      </Loaded>
    </section>
  )
}

type MembersProps = {
  rows: readonly Member[]
  later: boolean
  chosen?: string[]
  onChosen?: (ids: string[]) => void
}

const Members = ({ rows, later, chosen, onChosen }: MembersProps) => (
  <Sideways label="女会员">
    <Table<Member>
      size="small"
      rowKey="id"
      pagination={rows.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
      dataSource={[...rows]}
      {...(chosen && onChosen
        ? {
            rowSelection: {
              selectedRowKeys: chosen,
              onChange: (keys: React.Key[]) => onChosen(keys.map(String).slice(0, mostAtOnce)),
              getCheckboxProps: (row: Member) => ({ 'aria-label': `选择 ${row.name}` }),
            },
          }
        : {})}
      columns={[
        { title: '姓名', dataIndex: 'name' },
        { title: '出生年份', render: (_, row) => <span className="num">{row.birthYear ?? '—'}</span> },
        later
          ? {
              title: '从何时起符合',
              render: (_, row) => (
                <span className="num">{row.from && row.from.length === 4 ? `${row.from} 年` : row.from}</span>
              ),
            }
          : { title: '同意书', render: (_, row) => (row.agreed ? '已登记' : '还没有') },
      ]}
    />
  </Sideways>
)

function Acts({
  round: r,
  members,
  onDone,
}: {
  round: RoundDetail
  members: readonly Member[]
  onDone: () => void
}) {
  const { message, modal } = App.useApp()
  const [listing, setListing] = useState(false)
  const failed = useFailed()
  const personIds = members.map(({ id }) => id)
  const decline = useAct(
    (ids: readonly string[], key) =>
      call(screeningApi.refusals(r.id), counted, { method: 'POST', key, body: { personIds: ids } }),
    ({ count }) => {
      onDone()
      void message.success(`已登记 ${count} 人不参加`)
    },
    failed,
  )
  const none = members.length === 0
  return (
    <>
      <Button type="primary" disabled={none} onClick={() => setListing(true)}>
        {none ? '勾选后列入名单' : `列入名单（${members.length} 人）`}
      </Button>
      <Button
        disabled={none}
        loading={decline.busy}
        onClick={() =>
          void modal.confirm({
            title: `登记 ${members.length} 人不参加这个轮次？`,
            content: '须是本人表示不参加。以后改变主意，在轮次结束前仍可列入。',
            okText: '登记不参加',
            cancelText: '取消',
            onOk: () => decline.run(personIds),
          })
        }
      >
        本人不参加
      </Button>
      {listing && (
        <ListModal
          round={r}
          members={members}
          onClose={() => setListing(false)}
          onDone={(count) => {
            setListing(false)
            onDone()
            void message.success(`已列入 ${count} 人，请在下方预约医院`)
          }}
        />
      )}
    </>
  )
}

type ListValues = { quota: Quota; agreedOn?: Dayjs }
type ListProps = {
  round: RoundDetail
  members: readonly Member[]
  onClose: () => void
  onDone: (count: number) => void
}

function ListModal({ round: r, members, onClose, onDone }: ListProps) {
  const { post, today } = useMe()
  const own = r.allotments.find((one) => one.org.id === post.org.id)
  const left = {
    directed: own ? own.quota - own.passed - (own.used ?? 0) : 0,
    // With few taken their number is not told; the server has the last word.
    open: r.openPlaces - (r.openUsed ?? 0),
  }
  const without = members.filter((one) => !one.agreed).length
  const act = useAct(
    ({ quota, agreedOn }: ListValues, key) =>
      call(screeningApi.entries(r.id), counted, {
        method: 'POST',
        key,
        body: {
          personIds: members.map(({ id }) => id),
          quota,
          ...(agreedOn ? { agreedOn: agreedOn.format('YYYY-MM-DD') } : {}),
        },
      }),
    ({ count }) => onDone(count),
  )
  const issues = act.error instanceof ApiProblem ? (toProblem(act.error).body.issues ?? []) : []
  const ofWomen = issues.filter(({ field }) => field === 'personIds')
  return (
    <FormModal<ListValues>
      title={`列入名单（${members.length} 人）`}
      okText="列入"
      act={act}
      told={issues.length > 0}
      initialValues={{ quota: left.directed >= members.length ? 'directed' : 'open' }}
      onClose={onClose}
    >
      <Form.Item label="用哪种名额" name="quota" {...faultAt(act.error, 'quota')}>
        <Radio.Group
          options={(['directed', 'open'] as const).map((value) => ({
            value,
            label: `${quotaWords[value]}（还剩 ${value === 'open' && r.openUsed === null ? '有' : left[value]}）`,
            disabled: left[value] < members.length,
          }))}
        />
      </Form.Item>
      {without > 0 && (
        <Form.Item
          label={`其中 ${without} 人签署同意书的日期`}
          name="agreedOn"
          extra="“两癌”筛查和移交筛查医院两份同意书须由本人签署，纸质件留单位备查"
          rules={[{ required: true, message: '请填写签署日期' }]}
          {...faultAt(act.error, 'agreedOn')}
        >
          <DatePicker disabledDate={(day) => day.isAfter(dayjs(today))} />
        </Form.Item>
      )}
      {ofWomen.length > 0 && (
        <ul className="hardship-why hardship-due">
          {ofWomen.map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
    </FormModal>
  )
}
