import './signIn.css'
import { Button } from 'antd'
import { useMutation } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { demoPerson, type DemoPerson } from '#identity/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useApi } from '../api/hooks.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { Logo } from '../shell/logo.tsx'
import { groupPeople } from './groups.ts'
import { enterAnew } from './enter.dom.ts'

const people = z.array(demoPerson)

/** The picker of demo persons. */
export function DemoPicker({ onPassword }: { onPassword: () => void }) {
  const query = useApi(api.demoPeople, people, { staleTime: 300_000 })
  const enter = useMutation({
    mutationFn: (accountId: string) => call(api.session, anything, { method: 'POST', body: { accountId } }),
    onSuccess: enterAnew,
  })
  return (
    <div className="sign-in">
      <header className="sign-in-head">
        <Blossom />
        <div className="sign-in-brand">
          <Logo size={52} />
          <h1>巾帼</h1>
          <p>女职工工作平台</p>
        </div>
        <p className="sign-in-lead">
          基层填一次，区县审一次，全市的数字和年度总结随之而来，
          <wbr />
          每个数字都能追到原始记录。
        </p>
        <p className="sign-in-note" role="note">
          <b>演示数据</b>人物均为虚构，不需要密码。选一个人，看看她的一天。
        </p>
        <Button type="link" onClick={onPassword}>
          用登录名和密码登录
        </Button>
      </header>
      <main className="sign-in-body" id="main">
        {enter.error && <Failure error={enter.error} />}
        <Loaded query={query} rows={10}>
          {(all) =>
            groupPeople(all).map((group) => (
              <section key={group.name} className="sign-in-group">
                <h2>
                  {group.name}
                  <small>{group.what}</small>
                </h2>
                <div className="person-cards">
                  {group.people.map((person) => (
                    <PersonCard
                      key={person.accountId}
                      person={person}
                      busy={enter.isPending}
                      entering={enter.isPending && enter.variables === person.accountId}
                      enter={() => enter.mutate(person.accountId)}
                    />
                  ))}
                </div>
              </section>
            ))
          }
        </Loaded>
      </main>
    </div>
  )
}

/** Two kapok blossoms, large and faint, behind the brand. */
function Blossom() {
  return (
    <div className="sign-in-blossom" aria-hidden="true">
      <Logo size={300} />
      <Logo size={150} />
    </div>
  )
}

type PersonCardProps = { person: DemoPerson; busy: boolean; entering: boolean; enter: () => void }

function PersonCard({ person, busy, entering, enter }: PersonCardProps) {
  return (
    <button type="button" className="person-card" disabled={busy} aria-busy={entering} onClick={enter}>
      <span className="person-name">
        <b>{person.name}</b>
        <span>{person.title}</span>
      </span>
      <span className="person-org">{person.org.name}</span>
      <span className="person-pitch">{entering ? '正在进入…' : person.pitch}</span>
    </button>
  )
}
