import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { v4 as uuid } from 'uuid'
import type { AnyRow, Issue, Programme } from '#kit/programme.ts'
import type { OrgBrief } from '#org/api.ts'
import { checked, written, type Written } from '#record/api.ts'
import { call } from '../api/client.dom.ts'
import { refreshAll } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { api } from '../paths.ts'
import type { Autosave } from './autosave.ts'
import { bodyOf, onScreen, type Values } from './formState.ts'
import { forgetLocal } from './localDrafts.dom.ts'
import type { Opened } from './opening.dom.ts'

export type Submission = { values: Values; coHosts: readonly OrgBrief[]; note: string; reason: string }

/** Sent; or not yet, because the server found faults or something to explain first. */
export type Outcome =
  | { kind: 'written'; written: Written }
  | { kind: 'issues'; issues: Issue[] }
  | { kind: 'warnings'; warnings: Issue[] }

/** Code of the answer that a draft has moved on. */
const draftTaken = '409.5'

const notKept = (): ApiProblem =>
  new ApiProblem(0, { code: '草稿', message: '内容还没有存到服务器，请看下方的保存提示，存好后再提交' })

const metOther = (): ApiProblem =>
  new ApiProblem(409, {
    code: draftTaken,
    message: '这份草稿刚在别处也填过，已合在一起，请看一遍再提交',
  })

type Sent = { body: AnyRow; coHosts: number[]; warningNote?: string; reason?: string }

function sentOf(programme: Programme, { values, coHosts, note, reason }: Submission): Sent {
  return {
    body: bodyOf(programme, values),
    coHosts: coHosts.map((org) => org.id),
    ...(note.trim() ? { warningNote: note.trim() } : {}),
    ...(reason.trim() ? { reason: reason.trim() } : {}),
  }
}

/**
 * Submits a draft: saves it, has it checked (what only the server knows, such as a similar record of the same day),
 * then sends it. The same content sent again after a lost answer goes straight out under the same key: the first
 * sending may have arrived, and then neither draft nor record may come to life a second time.
 */
export function useSubmit(programme: Programme, { id: draftId, kind, recordId }: Opened, queue: Autosave) {
  const client = useQueryClient()
  const sending = useRef({ content: '', key: '', seen: 0 })

  const prepare = async ({ values, coHosts }: Submission, sent: Sent): Promise<Outcome | null> => {
    const before = queue.merges
    queue.change({ ...values, coHosts })
    if (!(await queue.flush())) throw notKept()
    // The saving brought together what was filled elsewhere: she looks at it before it goes.
    if (queue.merges > before || queue.rivals.length > 0) throw metOther()
    const body = { body: sent.body, coHosts: sent.coHosts, id: recordId }
    const found = await call(api.check(programme.key), checked, { method: 'POST', body })
    const issues = onScreen(programme, values, found.issues)
    if (issues.length > 0) return { kind: 'issues', issues }
    const unexplained = found.warnings.length > 0 && sent.warningNote === undefined && kind === 'draft'
    return unexplained ? { kind: 'warnings', warnings: onScreen(programme, values, found.warnings) } : null
  }

  return useMutation({
    mutationFn: async (submission: Submission): Promise<Outcome> => {
      const sent = sentOf(programme, submission)
      const content = JSON.stringify(sent)
      if (sending.current.content !== content) {
        const stopped = await prepare(submission, sent)
        if (stopped) return stopped
        sending.current = { content, key: uuid(), seen: queue.sequence }
      }
      const { key, seen } = sending.current
      const body = { ...sent, seen }
      const result = await call(api.submitDraft(draftId), written, { method: 'POST', body, key })
      await queue.stop()
      await forgetLocal(draftId)
      return { kind: 'written', written: result }
    },
    onError: (error) => {
      // Filled elsewhere between saving and sending: brought together at once, for her to look at.
      if (error instanceof ApiProblem && error.body.code === draftTaken) void queue.again()

      // An answer that says no ends this sending; only a lost answer leaves it open.
      if (error instanceof ApiProblem && error.status >= 400 && error.status < 500)
        sending.current.content = ''
    },
    onSuccess: (outcome) => {
      if (outcome.kind === 'written') void refreshAll(client)
    },
  })
}
