import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Go } from '../kit/link.tsx'
import { useState } from 'react'
import { myEvents } from '#signup/myApi.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useApi } from '../../web/api/hooks.tsx'
import { toProblem } from '../../web/api/problem.ts'
import { MyEventCard } from '../events/card.tsx'
import { isLive } from '../events/standing.ts'
import { Icon } from '../kit/icons.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { chooseType, isLarge } from '../kit/type.dom.ts'
import { elsewhere, paths } from '../paths.ts'
import { Certificates } from './certificates.tsx'
import { Halfway } from './halfway.tsx'
import { useSelf } from './useSelf.tsx'

/** 我的: her places, what is known of her and who looked, the size of the type. */
export function MinePage() {
  const self = useSelf()
  return (
    <div className="page">
      <Head title="我的" />
      {self.kind === 'unknown' && <Blank>正在读取…</Blank>}
      {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
      {self.kind === 'guest' && (
        <section className="card">
          <p>登录以后，这里有您报名的活动、工会登记的您本人的信息，以及谁看过它们。</p>
          <div className="acts">
            <Go to={paths.signIn} className="button button-main button-wide">
              登录
            </Go>
          </div>
        </section>
      )}
      {self.kind === 'halfway' && <Halfway />}
      {self.kind === 'in' && (
        <>
          <section className="card">
            <h2>{self.me.account.name}</h2>
            <p className="soft">{self.me.post.org.name}</p>
          </section>
          {self.me.post.role === 'worker' ? (
            <>
              <Places />
              <Certificates />
            </>
          ) : (
            <Cadre />
          )}
        </>
      )}
      <Settings isIn={self.kind === 'in'} isWorker={self.kind === 'in' && self.me.post.role === 'worker'} />
    </div>
  )
}

const Cadre = () => (
  <section className="card">
    <p>您登录的是工作岗位；报送、审核和统计在工作台里。</p>
    <div className="acts">
      <a className="button button-wide" href={elsewhere.workbench}>
        打开工作台
      </a>
    </div>
  </section>
)

function Places() {
  const query = useApi('/my/events', myEvents, { keep: true })
  return (
    <section>
      <div className="section-head">
        <h2>我报名的活动</h2>
        <Go to={paths.events}>看看活动</Go>
      </div>
      <Read query={query}>
        {({ rows }) => {
          const mine = rows.filter(isLive)
          return mine.length === 0 ? (
            <p className="soft">还没有报名的活动</p>
          ) : (
            <div className="cards">
              {mine.map((one) => (
                <MyEventCard key={one.id} one={one} />
              ))}
            </div>
          )
        }}
      </Read>
    </section>
  )
}

function Settings({ isIn, isWorker }: { isIn: boolean; isWorker: boolean }) {
  const client = useQueryClient()
  const [large, setLarge] = useState(isLarge)
  const leave = useMutation({
    mutationFn: () => call('/session', anything, { method: 'DELETE' }),
    // Who is signed out already is signed out.
    onError: (error) => toProblem(error).status === 401 && left(),
    onSuccess: () => left(),
  })
  const left = () => {
    // Signing out clears what the phone kept, the size of the type with it.
    chooseType(large)
    void client.resetQueries()
  }
  const links: [string, string, string][] = [
    ...(isWorker
      ? ([
          ['我的信息', '工会登记的您本人的信息、谁看过、同意与撤回、导出与删除', elsewhere.my],
          ['我说的事', '您在线上说过的事办到哪一步', elsewhere.myTell],
        ] as [string, string, string][])
      : []),
    ['个人信息处理说明', '收集什么、为什么、保存多久', elsewhere.privacy],
  ]
  return (
    <section className="card">
      <ul className="lines">
        {(isIn ? links : []).map(([label, about, href]) => (
          <li key={href}>
            <a className="line" href={href}>
              <span>
                {label}
                <small>{about}</small>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
        <li>
          <button
            type="button"
            className="line"
            role="switch"
            aria-checked={large}
            onClick={() => {
              chooseType(!large)
              setLarge(!large)
            }}
          >
            <span>
              大字版
              <small>{large ? '正在使用，点一下改回普通字号' : '字和按钮都放大'}</small>
            </span>
            <span className={large ? 'mark mark-good' : 'mark'}>{large ? '已打开' : '未打开'}</span>
          </button>
        </li>
        {isIn && (
          <li>
            <button type="button" className="line" disabled={leave.isPending} onClick={() => leave.mutate()}>
              退出登录
            </button>
          </li>
        )}
      </ul>
      {leave.error && toProblem(leave.error).status !== 401 && <Fault error={leave.error} />}
    </section>
  )
}
