import './form.css'
import { SnippetsOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useState } from 'react'
import { v4 as uuid } from 'uuid'
import type { Programme } from '#kit/programme.ts'
import { findProgramme } from '#programmes/index.ts'
import type { Written } from '#record/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { queryClient, refreshAll, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { NotFound } from '../kit/notFound.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { api, paths } from '../paths.ts'
import type { Autosave } from './autosave.ts'
import { DoneView } from './doneView.tsx'
import { forgetLocal } from './localDrafts.dom.ts'
import { draftIdFor, handOver, openDraft, type Opened } from './opening.dom.ts'
import { OpenedNotes } from './openedNotes.tsx'
import { RecordForm } from './recordForm.tsx'

const route = getRouteApi(paths.form)

/** `/entry/training`: finds or begins the draft, puts its id into the address, and opens it. */
export function FormPage() {
  const { programme: key } = route.useParams()
  const search = route.useSearch()
  const programme = findProgramme(key)
  if (!programme) return <NotFound />
  return search.draft ? (
    <OpenForm key={search.draft} programme={programme} draftId={search.draft} />
  ) : (
    <BeginForm key={search.record ?? ''} programme={programme} />
  )
}

function BeginForm({ programme }: { programme: Programme }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const begin = useQuery({
    queryKey: ['begin', programme.key, search.record ?? ''],
    queryFn: async () => {
      const draft = await draftIdFor(programme, search)
      await navigate({ search: { ...search, draft }, replace: true })
      return draft
    },
    gcTime: 0,
  })
  return <Loaded query={begin}>{() => null}</Loaded>
}

function OpenForm({ programme, draftId }: { programme: Programme; draftId: string }) {
  const search = route.useSearch()
  const { account } = useMe()
  const opening = useQuery({
    queryKey: ['opening', draftId],
    queryFn: () => openDraft(programme, draftId, search, account.id),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  })
  return (
    <Loaded query={opening} rows={10}>
      {(opened) => <FormBody programme={programme} opened={opened} />}
    </Loaded>
  )
}

const unlessGone = (thrown: unknown): void => {
  if (toProblem(thrown).status !== 404) throw thrown
}

function titleOf(programme: Programme, { kind, recordId }: Opened): string {
  if (kind === 'correction') return `更正 · ${programme.label}`
  return `${recordId === null ? '填报' : '修改'} · ${programme.label}`
}

function FormBody({ programme, opened }: { programme: Programme; opened: Opened }) {
  const { modal } = App.useApp()
  const navigate = useNavigate()
  const [done, setDone] = useState<Written | null>(null)
  const isNew = opened.kind === 'draft' && opened.recordId === null
  const discard = useMutation({
    mutationFn: async (queue: Autosave) => {
      await queue.stop()
      // A draft that was never saved is not on the server.
      if (queue.sequence > 0) {
        await call(api.draft(opened.id), anything, { method: 'DELETE', key: uuid() }).catch(unlessGone)
      }
      await forgetLocal(opened.id)
    },
    onSuccess: () => {
      void refreshAll(queryClient)
      void navigate({ to: paths.entry })
    },
  })
  const ask = (queue: Autosave): void =>
    void modal.confirm({
      title: '放弃这次填写？',
      content: isNew ? '填写的内容会删除，不能恢复。' : '修改的内容会删除，原记录不变。',
      okText: '放弃',
      cancelText: '继续填写',
      okButtonProps: { danger: true },
      onOk: () => discard.mutateAsync(queue).catch(() => undefined),
    })
  const goOn = async (next: Opened, queue: Autosave): Promise<void> => {
    await queue.stop()
    handOver(next)
    if (next.id === opened.id) return queryClient.resetQueries({ queryKey: ['opening', opened.id] })
    await forgetLocal(opened.id)
    await navigate({ to: '.', search: { draft: next.id }, replace: true })
  }
  if (done) return <DoneView programme={programme} opened={opened} result={done} />
  return (
    <>
      <PageHead
        title={titleOf(programme, opened)}
        extra={
          isNew && (
            <Link to={paths.formRows} params={{ programme: programme.key }}>
              <Button icon={<SnippetsOutlined />}>粘贴多条</Button>
            </Link>
          )
        }
      />
      {discard.error && <Failure error={discard.error} title="没有删除成功" />}
      <OpenedNotes opened={opened} />
      <RecordForm
        programme={programme}
        opened={opened}
        onWritten={setDone}
        onDiscard={ask}
        onGoOn={(next, queue) => void goOn(next, queue)}
      />
    </>
  )
}
