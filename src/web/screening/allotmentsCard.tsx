import { App, Button, Form, InputNumber } from 'antd'
import { useState } from 'react'
import type { OrgBrief } from '#org/api.ts'
import { fewest, type RoundDetail } from '#screening/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { Blank } from '../kit/states.tsx'
import { screeningApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** 名额: what each unit in sight has, has handed on and has used; who has some hands them on here. */
export function AllotmentsCard({ round: r }: { round: RoundDetail }) {
  const { post } = useMe()
  const own = r.allotments.find((one) => one.org.id === post.org.id)
  const left = r.isOwner ? r.directed - r.passed : own ? own.quota - own.passed - (own.used ?? 0) : 0
  const hands = r.mayAllot && (r.isOwner || r.allotments.length > 1 || left > 0)
  if (r.directed === 0) return null
  return (
    <section className="hardship-card">
      <div className="hardship-head">
        <h2>定向名额</h2>
        <span className="hardship-aside">
          {r.isOwner
            ? `共 ${r.directed}，还剩 ${left} 没有分`
            : own
              ? `本单位 ${own.quota}，还剩 ${left}`
              : ''}
        </span>
      </div>
      {hands && <AllotForm round={r} left={left} />}
      {r.allotments.length === 0 ? (
        <Blank why={r.isOwner ? '还没有分配名额' : '上级还没有给本单位分配定向名额；公开名额先到先得'} />
      ) : (
        <Sideways label="定向名额">
          <table className="plain-table">
            <thead>
              <tr>
                <th>单位</th>
                <th>名额</th>
                <th>再分下级</th>
                <th>已列入</th>
                <th>还剩</th>
              </tr>
            </thead>
            <tbody>
              {r.allotments.map((one) => (
                <tr key={one.org.id}>
                  <td>{one.org.shortName}</td>
                  <td className="num">{one.quota}</td>
                  <td className="num">{one.passed}</td>
                  <td className="num">{one.used ?? `少于 ${fewest}`}</td>
                  <td className="num">{one.used === null ? '—' : one.quota - one.passed - one.used}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Sideways>
      )}
      <CutNote list="screeningAllotments" count={r.allotments.length} />
    </section>
  )
}

function AllotForm({ round: r, left }: { round: RoundDetail; left: number }) {
  const { message } = App.useApp()
  const [orgs, setOrgs] = useState<OrgBrief[]>([])
  const [quota, setQuota] = useState<number | null>(null)
  const act = useAct(
    (body: { orgId: number; quota: number }, key) =>
      call(screeningApi.allotments(r.id), anything, { method: 'PUT', key, body }),
    () => {
      void message.success(`已分配给${orgs[0]?.shortName ?? ''} ${quota ?? 0} 个名额`)
      setOrgs([])
      setQuota(null)
    },
  )
  const fault = act.error
    ? (toProblem(act.error).body.issues?.[0]?.message ?? toProblem(act.error).body.message)
    : undefined
  const before = r.allotments.find((one) => one.org.id === orgs[0]?.id)
  const most = left + (before?.quota ?? 0)
  return (
    <Form layout="vertical" component="div">
      <Form.Item {...(fault ? { validateStatus: 'error' as const, help: fault } : {})}>
        <div className="hardship-bar" style={{ marginBottom: 0 }}>
          <div className="hardship-org">
            <OrgPicker
              id="allotOrg"
              label="分给哪个单位"
              value={orgs}
              onBlur={() => undefined}
              onChange={([one]) => setOrgs(one ? [one] : [])}
            />
          </div>
          <InputNumber
            aria-label="名额"
            placeholder="名额"
            min={0}
            max={100_000}
            precision={0}
            value={quota}
            onChange={setQuota}
          />
          <Button
            type="primary"
            disabled={!orgs[0] || quota === null}
            loading={act.busy}
            onClick={() => orgs[0] && quota !== null && act.run({ orgId: orgs[0].id, quota })}
          >
            {before ? '改名额' : '分配'}
          </Button>
          <span className="hardship-aside">
            {orgs[0] ? `最多 ${most}${before ? `，现有 ${before.quota}` : ''}` : '选下级单位，填它的总名额'}
          </span>
        </div>
      </Form.Item>
    </Form>
  )
}
