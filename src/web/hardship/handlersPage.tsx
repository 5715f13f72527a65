import './hardship.css'
import { Link } from '@tanstack/react-router'
import { Button, Flex } from 'antd'
import { useState } from 'react'
import { handlers } from '#hardship/api.ts'
import { duties, dutyWords, type Duty } from '#hardship/states.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { NamedHandlers, NameHandler } from '../kit/handlers.tsx'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { hardshipApi } from './addresses.ts'

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
          {query.data && (
            <NameHandler
              key={org}
              path={hardshipApi.handlers}
              body={{ orgId: org }}
              offered={query.data.offered}
              duties={duties}
              words={dutyWords}
            />
          )}
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
            rows.length === 0 ? (
              <Blank why="本级和所属单位还没有指定经办人" />
            ) : (
              <NamedHandlers
                rows={rows.map((one) => ({
                  ...one,
                  duty: dutyWords[one.duty],
                  beside: <span className="hardship-aside">{one.org.shortName}</span>,
                }))}
                path={hardshipApi.handler}
              />
            )
          }
        </Loaded>
      </section>
    </>
  )
}
