import './hardship.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { App, Checkbox } from 'antd'
import { useState } from 'react'
import { fileDetail, fileDone, revealedFile, type FileDetail } from '#hardship/api.ts'
import { longDay } from '#kit/day.ts'
import { day, text } from '#kit/field/index.ts'
import type { Issue } from '#kit/programme.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { FieldInput } from '../record/fieldInput.tsx'
import { FormRow } from '../record/formRow.tsx'
import { hardshipApi } from './addresses.ts'
import { HouseholdForm } from './householdForm.tsx'
import { PersonPick } from './personPick.tsx'

const route = getRouteApi(paths.hardshipForm)

/** 登记申请, 补正 or 年度复核: the same household, typed anew or mended. */
export function HardshipFormPage() {
  const { id, as } = route.useSearch()
  return id === undefined ? <NewFile /> : <Stored key={`${id}${as}`} id={id} as={as} />
}

const person = text('申请人', { required: true, hint: '从本单位会员里选；没有登记的先到“会员”登记' })
const signed = day('同意书签署日期', { required: true, hint: '本人签了纸质同意书才能登记' })

function NewFile() {
  const { message } = App.useApp()
  const navigate = route.useNavigate()
  const { today } = useMe()
  const [personId, setPersonId] = useState<string>()
  const [agreedOn, setAgreedOn] = useState<unknown>(today)
  const [stands, setStands] = useState(false)
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({})
  const act = useAct(
    (body: Record<string, unknown>, key) =>
      call(hardshipApi.files, fileDone, {
        method: 'POST',
        key,
        body: { personId, ...(stands ? {} : { agreedOn }), body },
      }),
    ({ id }) => {
      void message.success('已登记，等待本单位另一位经办人核对')
      void navigate({ to: paths.hardshipFile, params: { id }, ignoreBlocker: true })
    },
    (error) =>
      setFaults(Object.fromEntries((toProblem(error).body.issues ?? []).map((i) => [i.field, i.message]))),
  )
  const check = (): Issue[] => {
    const issues: Issue[] = []
    if (!personId) issues.push({ field: 'personId', message: '请选择申请人' })
    if (!stands && (typeof agreedOn !== 'string' || agreedOn === ''))
      issues.push({ field: 'agreedOn', message: '请填写同意书签署日期' })
    setFaults(Object.fromEntries(issues.map((i) => [i.field, i.message])))
    return issues
  }
  return (
    <>
      <PageHead
        title="登记困难帮扶申请"
        sub="填报的内容整份加密；保存后由本单位另一位经办人核对，再两人入户"
      />
      <HouseholdForm
        start={empty}
        okText="登记"
        act={act}
        checkAbove={check}
        onCancel={() => void navigate({ to: paths.hardship })}
        above={
          <section>
            <h2>申请人和同意</h2>
            <FormRow id="personId" field={person} notes={{ error: faults['personId'] }}>
              <PersonPick
                status={faults['personId'] ? 'error' : ''}
                onPick={(found) => {
                  setPersonId(found)
                  setFaults((was) => ({ ...was, personId: '' }))
                }}
              />
            </FormRow>
            <div className="form-row">
              <span className="form-label">告知书</span>
              <div className="form-cell">
                <p className="hardship-text">{consentTexts.hardship.text}</p>
                <Checkbox checked={stands} onChange={(event) => setStands(event.target.checked)}>
                  她已在系统里同意过现行告知书，这次不用再签
                </Checkbox>
              </div>
            </div>
            {!stands && (
              <FormRow id="agreedOn" field={signed} notes={{ error: faults['agreedOn'] }}>
                <FieldInput
                  id="agreedOn"
                  field={signed}
                  value={agreedOn}
                  today={today}
                  status={faults['agreedOn'] ? 'error' : ''}
                  describedBy="agreedOn-notes"
                  onChange={setAgreedOn}
                  onBlur={() => undefined}
                />
              </FormRow>
            )}
          </section>
        }
      />
    </>
  )
}

const empty = { accident: 0, rigid: 0 }

function Stored({ id, as }: { id: string; as: 'recheck' | undefined }) {
  const query = useApi(hardshipApi.file(id), fileDetail)
  return (
    <Loaded query={query}>
      {(file) =>
        (as ? file.acts.includes('recheck') : file.mayEdit) ? (
          <Opened file={file} as={as} />
        ) : (
          <Blank why="现在不能修改这份档案，请回到档案页查看它的状态" />
        )
      }
    </Loaded>
  )
}

/** Opens what is sealed, which stands in her access log with this reason, and mends it. */
function Opened({ file, as }: { file: FileDetail; as: 'recheck' | undefined }) {
  const { message } = App.useApp()
  const navigate = route.useNavigate()
  const reason = as ? '年度复核家庭情况' : '补正困难帮扶申请'
  const opened = useQuery({
    queryKey: ['hardship-opened', file.id, file.version],
    queryFn: () => call(hardshipApi.reveals(file.id), revealedFile, { method: 'POST', body: { reason } }),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const back = { to: paths.hardshipFile, params: { id: file.id } } as const
  const act = useAct(
    (body: Record<string, unknown>, key) =>
      as
        ? call(hardshipApi.steps(file.id), fileDone, {
            method: 'POST',
            key,
            body: { step: 'recheck', version: file.version, body },
          })
        : call(hardshipApi.file(file.id), fileDone, {
            method: 'PUT',
            key,
            body: { version: file.version, body },
          }),
    () => {
      void message.success(as ? '复核已登记，困难类别已重新认定' : '已补正，等待核对')
      void navigate({ ...back, ignoreBlocker: true })
    },
  )
  return (
    <>
      <PageHead
        title={`${as ? '年度复核' : '补正申请'}：${file.name}`}
        sub={`${file.org.shortName} · ${longDay(file.appliedOn)}申请；打开家庭情况会显示在她的“谁看过我的信息”里`}
      />
      <Loaded query={opened}>
        {({ household }) => (
          <HouseholdForm
            start={household}
            okText={as ? '登记复核' : '提交补正'}
            act={act}
            onCancel={() => void navigate(back)}
          />
        )}
      </Loaded>
    </>
  )
}
