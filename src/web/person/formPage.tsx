import '../record/form.css'
import './person.css'
import { getRouteApi } from '@tanstack/react-router'
import { App, Button, Flex } from 'antd'
import { useState } from 'react'
import { ageOn, guardedUntil, readDetails, readEntry, readIdentity } from '#person/rules.ts'
import { personDetail, personDone, personFound, type PersonDetail } from '#person/api.ts'
import { detailFields, entryFields, guardianFields, identityFields, joinFields } from '#person/form.ts'
import type { Issue } from '#kit/programme.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { FieldInput } from '../record/fieldInput.tsx'
import { blank, type Values } from '../record/formState.ts'
import { FormRow } from '../record/formRow.tsx'
import { MergeList } from '../record/mergeList.tsx'
import { personApi } from './addresses.ts'
import { meetPerson, type Met } from './meetPerson.ts'
import { Registered } from './registered.tsx'

const route = getRouteApi(paths.memberForm)

/** 登记 or 修改: sealed values stand empty when changing, and stay as they are unless typed anew. */
export function MemberFormPage() {
  const { id } = route.useSearch()
  return id === undefined ? <MemberForm /> : <Change key={id} id={id} />
}

function Change({ id }: { id: string }) {
  const query = useApi(personApi.one(id), personDetail)
  return (
    <Loaded query={query}>
      {(person) => (person.mayEdit ? <MemberForm person={person} /> : <Blank why="她不在本单位，不能修改" />)}
    </Loaded>
  )
}

const filled = (values: Values): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !blank(value)))

/** What is wrong before it is sent, by the rules of the server. */
function check(values: Values, person: PersonDetail | undefined, today: string): Issue[] {
  const body = filled(values)
  if (!person) return readEntry(body, today).issues
  const identity = new Set(Object.keys(identityFields))
  const part = (wanted: boolean) =>
    Object.fromEntries(Object.entries(body).filter(([key]) => identity.has(key) === wanted))
  const renumbered = !blank(values['idNumber'])
  return [...readDetails(part(false)).issues, ...(renumbered ? readIdentity(part(true), today).issues : [])]
}

/** Somebody else saved her data since the form was opened. */
const changed = '409.10'

function MemberForm({ person: opened }: { person?: PersonDetail }) {
  const { message } = App.useApp()
  const navigate = route.useNavigate()
  const { today } = useMe()
  // What the form grew from: a newer version that is read meanwhile must not pass for the one that she saw.
  const [person, setPerson] = useState(opened)
  const [met, setMet] = useState<Omit<Met, 'values'>>()
  const [values, setValues] = useState<Values>(
    person ? person.values : { kind: '会员', idKind: '居民身份证', fromOn: today },
  )
  const [issues, setIssues] = useState<readonly Issue[]>([])
  const meeting = useAct(
    (id: string) => call(personApi.one(id), personDetail),
    (now) => {
      const { values: joined, ...told } = meetPerson(values, person!, now)
      setPerson(now)
      setValues(joined)
      setMet(told)
    },
  )
  const act = useAct(
    (body: Record<string, unknown>, key) =>
      person
        ? call(personApi.one(person.id), personDone, {
            method: 'PUT',
            key,
            body: { body, version: person.version },
          })
        : call(personApi.list, personDone, { method: 'POST', key, body: { body } }),
    ({ id }) => {
      void message.success(person ? '已保存' : '已登记')
      void navigate({ to: paths.members, search: { id } })
    },
    (error) => {
      const { body } = toProblem(error)
      if (body.code === changed && person) return meeting.run(person.id)
      setIssues(body.issues ?? [])
    },
  )
  const facts = useFacts(values, person?.id, (issue) =>
    setIssues((was) => [...was.filter((i) => i.field !== 'idNumber'), issue]),
  )
  const change = (name: string, value: unknown) => {
    setValues((was) => ({ ...was, [name]: value }))
    setIssues((was) => was.filter((i) => i.field !== name))
  }
  const send = () => {
    if (met && met.rivals.length > 0) {
      void message.warning(`有 ${met.rivals.length} 处两边填得不一样，请先选用一个`)
      return document.querySelector('.merge-card')?.scrollIntoView({ block: 'center' })
    }
    const found = check(values, person, today)
    setIssues(found)
    if (found.length > 0) {
      document.getElementById(found[0]!.field)?.focus()
      return
    }
    const body = filled(values)
    act.run(person && blank(values['idNumber']) ? withoutIdentity(body) : body)
  }
  const citizen = values['idKind'] === '居民身份证'
  const birth = facts.birth ?? (typeof values['birth'] === 'string' ? values['birth'] : null)
  const child = !person && birth !== null && ageOn(birth, today) < guardedUntil
  const row = (name: string, hint?: string) => {
    const known = entryFields[name as keyof typeof entryFields]
    const field = {
      ...known,
      required: known.required && !(person && name === 'idNumber'),
      ...(hint ? { hint } : {}),
    }
    const error = issues.find((i) => i.field === name)?.message
    return (
      <FormRow key={name} id={name} field={field} notes={{ error }}>
        <FieldInput
          id={name}
          field={field}
          value={values[name]}
          today={today}
          status={error ? 'error' : ''}
          describedBy={`${name}-notes`}
          onChange={(value) => change(name, value)}
          onBlur={name === 'idNumber' ? facts.look : () => undefined}
        />
      </FormRow>
    )
  }
  const kept = (mask: string | null) => (person ? `现为 ${mask ?? '没有登记'}；不改就空着` : undefined)
  const failed = meeting.error ?? act.error
  const isMet = met !== undefined && toProblem(act.error).body.code === changed
  const problem = failed && !(isMet && failed === act.error) ? toProblem(failed) : null
  return (
    <>
      <PageHead
        title={person ? `修改资料：${String(person.values['name'])}` : '登记会员'}
        sub="证件号码、出生日期和手机号码加密保存；必填的只有带 * 的几项，其余知道多少填多少"
      />
      <form
        className="form-sheet member-form"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        {met && (
          <MergeList
            title="她的资料刚由同事改过，已与您填的合在一起，请看一遍再保存"
            {...met}
            nameOf={(field) => entryFields[field as keyof typeof entryFields]?.label ?? field}
            wordsOf={(_, value) =>
              blank(value) ? '空着' : typeof value === 'boolean' ? (value ? '是' : '否') : String(value)
            }
            otherOf={() => '同事改的'}
            choose={(rival, side) => {
              if (side === 'theirs') change(rival.field, rival.theirs)
              setMet({ ...met, rivals: met.rivals.filter(({ field }) => field !== rival.field) })
            }}
          />
        )}
        <h2>身份</h2>
        {row('name')}
        {row('idKind')}
        {row('idNumber', facts.text || kept(person?.masks.idNumber ?? null))}
        {!citizen && (!person || !blank(values['idNumber'])) && [row('sex'), row('birth')]}
        {problem?.body.code === '409.9' && <Registered problem={problem} values={values} />}
        {!person && (
          <>
            <h2>会籍</h2>
            {Object.keys(joinFields).map((name) => row(name))}
          </>
        )}
        {child && (
          <>
            <h2>监护人</h2>
            {Object.keys(guardianFields).map((name) => row(name))}
          </>
        )}
        <h2>基本情况</h2>
        {row('phone', kept(person?.masks.phone ?? null))}
        {Object.keys(detailFields)
          .filter((name) => name !== 'name' && name !== 'phone')
          .map((name) => row(name))}
        {problem && (problem.body.issues?.length ?? 0) === 0 && (
          <Failure error={problem} retry={meeting.error ? meeting.again : act.again} />
        )}
        <Flex className="member-foot" gap={8}>
          <Button type="primary" htmlType="submit" loading={act.busy || meeting.busy}>
            {person ? '保存' : '登记'}
          </Button>
          <Button
            onClick={() => void navigate({ to: paths.members, search: person ? { id: person.id } : {} })}
          >
            取消
          </Button>
        </Flex>
      </form>
    </>
  )
}

const withoutIdentity = (body: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !(name in identityFields)))

/** Sex and birth as the number tells them, and whether it stands already, asked once it is typed. */
function useFacts(values: Values, self: string | undefined, tell: (issue: Issue) => void) {
  const [found, setFound] = useState<{ number: unknown; text: string; birth: string | null }>()
  const look = () => {
    const number = values['idNumber']
    if (typeof number !== 'string' || number.trim() === '' || number === found?.number) return
    call(personApi.check, personFound, {
      method: 'POST',
      body: { idKind: values['idKind'], idNumber: number },
    })
      .then(({ facts, place, person }) => {
        setFound({
          number,
          birth: facts?.birth ?? null,
          text: facts ? [`${facts.sex}，${facts.birth} 出生`, facts.warning].filter(Boolean).join('；') : '',
        })
        if (place !== 'none' && person?.id !== self)
          tell({ field: 'idNumber', message: '此人已有登记，提交后会告诉您怎样办理' })
      })
      .catch((error: unknown) => {
        const issue = toProblem(error).body.issues?.[0]
        if (issue) tell(issue)
      })
  }
  const current = found?.number === values['idNumber'] ? found : undefined
  return { look, text: current?.text ?? '', birth: current?.birth ?? null }
}
