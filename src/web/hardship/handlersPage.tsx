import './hardship.css'
import { Link } from '@tanstack/react-router'
import { App, Button, Flex, Select } from 'antd'
import { useState } from 'react'
import { handlers, type Handlers } from '#hardship/api.ts'
import { duties, dutyWords, type Duty } from '#hardship/states.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { hardshipApi } from './addresses.ts'
import { useFailed } from './failed.ts'

const told: Readonly<Record<Duty, string>> = {
  enter: '登记申请、补正、登记帮扶',
  check: '核对申请和帮扶；在帮扶中心还送核对、公示',
  approve: '建档、审批帮扶、销档，只在帮扶中心设',
  pay: '编批发放、导入回单，只在帮扶中心设',
}

/** 经办人: who of a unit handles hardship files, and as what. Nobody else opens one. */
export function HardshipHandlersPage() {
  const { post } = useMe()
  const [orgs, setOrgs] = useState([post.org])
  const org = orgs[0]?.id ?? post.org.id
  const query = useApi(hardshipApi.handlersOf(org), handlers, { keep: true })
  return (
    <>
      <PageHead
        title="困难帮扶经办人"
        sub="档案只给指定的经办人看；不能指定自己，登记、核对、审批、发放须是不同的人"
        extra={
          <Link to={paths.hardship}>
            <Button>困难档案</Button>
          </Link>
        }
      />
      <section className="hardship-card">
        <h2>指定</h2>
        <Flex gap={8} wrap style={{ marginBottom: 8 }}>
          <div className="hardship-org">
            <OrgPicker
              id="hardshipOrg"
              label="单位"
              value={orgs}
              onBlur={() => undefined}
              onChange={([one]) => setOrgs([one ?? post.org] as typeof orgs)}
            />
          </div>
          {query.data && <NameForm key={org} org={org} offered={query.data.offered} />}
        </Flex>
        <ul className="hardship-why hardship-aside">
          {duties.map((duty) => (
            <li key={duty}>{`${dutyWords[duty]}：${told[duty]}`}</li>
          ))}
        </ul>
      </section>
      <section className="hardship-card">
        <h2>现任经办人</h2>
        <Loaded query={query}>
          {({ rows }) =>
            rows.length === 0 ? <Blank why="本级和所属单位还没有指定经办人" /> : <Named rows={rows} />
          }
        </Loaded>
      </section>
    </>
  )
}

function NameForm({ org, offered }: { org: number; offered: Handlers['offered'] }) {
  const { message } = App.useApp()
  const [accountId, setAccountId] = useState<string>()
  const [duty, setDuty] = useState<Duty>('enter')
  const failed = useFailed()
  const act = useAct(
    (body: object, key) => call(hardshipApi.handlers, anything, { method: 'POST', key, body }),
    () => void message.success('已指定'),
    failed,
  )
  return (
    <>
      <Select
        aria-label="女工干部"
        style={{ width: 180 }}
        placeholder="选女工干部"
        notFoundContent="该单位没有可指定的在岗女工干部（不能指定自己）"
        value={accountId}
        onChange={setAccountId}
        options={offered.map((one) => ({ value: one.accountId, label: one.name }))}
      />
      <Select<Duty>
        aria-label="分工"
        style={{ width: 110 }}
        value={duty}
        onChange={setDuty}
        options={duties.map((value) => ({ value, label: dutyWords[value] }))}
      />
      <Button
        type="primary"
        disabled={!accountId}
        loading={act.busy}
        onClick={() => act.run({ orgId: org, accountId, duty })}
      >
        指定
      </Button>
    </>
  )
}

function Named({ rows }: { rows: Handlers['rows'] }) {
  const { message, modal } = App.useApp()
  const failed = useFailed()
  const end = useAct(
    (id: string, key) => call(hardshipApi.handler(id), anything, { method: 'DELETE', key }),
    () => void message.success('已终止'),
    failed,
  )
  return (
    <ul className="act-list">
      {rows.map((one) => (
        <li key={one.id}>
          <span>
            <b>{one.name}</b> {dutyWords[one.duty]}{' '}
            <span className="hardship-aside">{one.org.shortName}</span>
          </span>
          <Button
            size="small"
            aria-label={`不再指定 ${one.name} ${dutyWords[one.duty]}`}
            onClick={() =>
              void modal.confirm({
                title: `不再指定 ${one.name} 为“${dutyWords[one.duty]}”？`,
                okText: '不再指定',
                cancelText: '取消',
                onOk: () => end.run(one.id),
              })
            }
          >
            不再指定
          </Button>
        </li>
      ))}
    </ul>
  )
}
