import './silo.css'
import { App, Button, Form, Select } from 'antd'
import { useState } from 'react'
import { seatList, type Seat, type SeatEntry } from '#silo/api.ts'
import { duties, dutyWords, silos, siloWords, type Duty, type Silo } from '#silo/kinds.ts'
import type { OrgBrief } from '#org/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { siloApi } from './addresses.ts'

const told: Readonly<Record<Duty, string>> = {
  lead: '审批、指派、改派、回访，看得到有哪些事项；内容只在指派前和列为紧急时看得到',
  intake: '受理、指派；指派以后看不到',
  handler: '办理交给她的事项，只看得到自己的',
}

/** 专办人员: who works in which silo, as what, and which unit employs her. */
export function SiloSeatsPage() {
  const query = useApi(siloApi.seats, seatList)
  const [changing, setChanging] = useState<Seat | null>(null)
  const { post } = useMe()
  return (
    <>
      <PageHead
        title="专办人员"
        sub="谁承办法律援助、侵害投诉、心理咨询；聘用单位用来判断回避：与她单位有关的事项她看不到"
      />
      <section className="silo-card">
        <ul className="silo-aside">
          {duties.map((duty) => (
            <li key={duty}>{`${dutyWords[duty]}：${told[duty]}`}</li>
          ))}
        </ul>
        <Loaded query={query}>
          {(list) =>
            list.length === 0 ? (
              <Blank why="还没有“专办人员”岗位。先由系统管理员在“账号与岗位”里申请，批准以后在这里分工" />
            ) : (
              <ul className="act-list">
                {list.map((one) => (
                  <li key={one.postId}>
                    <span>
                      <b>{one.name}</b>{' '}
                      {one.silos.length === 0
                        ? '没有分工'
                        : one.silos
                            .map(({ silo, duty }) => `${siloWords[silo].name}${dutyWords[duty]}`)
                            .join('、')}{' '}
                      <span className="silo-aside">
                        {one.home ? `由${one.home.shortName}聘用` : '没有登记聘用单位'}
                      </span>
                    </span>
                    {one.mayChange && post.role === 'securityAdmin' && (
                      <Button size="small" aria-label={`分工 ${one.name}`} onClick={() => setChanging(one)}>
                        分工
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
      {changing && <SeatModal seat={changing} onClose={() => setChanging(null)} />}
    </>
  )
}

type Values = Partial<Record<Silo, Duty>>

function SeatModal({ seat, onClose }: { seat: Seat; onClose: () => void }) {
  const { message } = App.useApp()
  const [home, setHome] = useState<OrgBrief[]>(seat.home ? [seat.home] : [])
  const act = useAct(
    (body: SeatEntry, key) => call(siloApi.seat(seat.postId), anything, { method: 'PUT', key, body }),
    () => {
      onClose()
      void message.success('已保存分工')
    },
  )
  const run = (values: Values) =>
    act.run({
      silos: silos.flatMap((silo) => (values[silo] ? [{ silo, duty: values[silo] }] : [])),
      homeId: home[0]?.id ?? null,
    })
  return (
    <FormModal<Values>
      title={`${seat.name}的分工`}
      okText="保存"
      act={{ ...act, run }}
      told={hasIssueAt(act.error, ['homeId'])}
      initialValues={Object.fromEntries(seat.silos.map(({ silo, duty }) => [silo, duty]))}
      onClose={onClose}
    >
      {silos.map((silo) => (
        <Form.Item key={silo} label={siloWords[silo].label} name={silo}>
          <Select
            allowClear
            placeholder="不参与"
            options={duties.map((value) => ({ value, label: dutyWords[value] }))}
          />
        </Form.Item>
      ))}
      <Form.Item
        label="聘用单位"
        htmlFor="siloHome"
        extra="她的工作单位；外聘律师、咨询师没有的留空"
        {...faultAt(act.error, 'homeId')}
      >
        <OrgPicker
          id="siloHome"
          label="聘用单位"
          value={home}
          addressOf={api.accountOrgs}
          onBlur={() => undefined}
          onChange={setHome}
        />
      </Form.Item>
    </FormModal>
  )
}
