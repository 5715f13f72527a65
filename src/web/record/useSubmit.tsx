import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { v4 as uuid } from 'uuid'
import type { Issue, Programme } from '#kit/programme.ts'
import type { OrgBrief } from '#org/api.ts'
import { checked, written, type Written } from '#record/api.ts'
import { call } from '../api/client.dom.ts'
import { refreshAll } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { api } from '../paths.ts'
import type { Autosave } from './autosave.ts'
import { bodyOf, onScreen, type Values } from './formState.ts'
import { forgetLocal } from './localDrafts.dom.ts'

export type Submission = { values: Values; coHosts: readonly OrgBrief[]; note: string; reason: string }

/** Sent; or not yet, because the server found faults or something to explain first. */
export type Outcome =
  | { kind: 'written'; written: Written }
  | { kind: 'issues'; issues: Issue[] }
  | { kind: 'warnings'; warnings: Issue[] }

const notKept = (): ApiProblem =>
  new ApiProblem(0, { code: '草稿', message: '内容还没有存到服务器，请看下方的保存提示，存好后再提交' })

/**
 * Submits a draft: saves it, has it checked (what only the server knows, such as a similar record of the same day),
 * then sends it. The same content sent again after a lost answer carries the same key and is written once.
 */
export function useSubmit(programme: Programme, draftId: string, queue: Autosave) {
  const client = useQueryClient()
  const key = useRef({ content: '', key: '' })
  const keyOf = (content: string): string => {
    if (key.current.content !== content) key.current = { content, key: uuid() }
    return key.current.key
  }
  return useMutation({
    mutationFn: async ({ values, coHosts, note, reason }: Submission): Promise<Outcome> => {
      const body = bodyOf(programme, values)
      queue.change({ ...values, coHosts })
      if (!(await queue.flush())) throw notKept()
      const found = await call(api.check(programme.key), checked, {
        method: 'POST',
        body: { body },
        key: uuid(),
      })
      if (found.issues.length > 0)
        return { kind: 'issues', issues: onScreen(programme, values, found.issues) }
      if (found.warnings.length > 0 && note.trim() === '') {
        return { kind: 'warnings', warnings: onScreen(programme, values, found.warnings) }
      }
      const sent = {
        body,
        coHosts: coHosts.map((org) => org.id),
        ...(note.trim() ? { warningNote: note.trim() } : {}),
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      }
      const result = await call(api.submitDraft(draftId), written, {
        method: 'POST',
        body: sent,
        key: keyOf(JSON.stringify(sent)),
      })
      queue.stop()
      await forgetLocal(draftId)
      return { kind: 'written', written: result }
    },
    retry: (failures, error) => failures < 2 && error instanceof ApiProblem && error.status >= 502,
    onSuccess: (outcome) => {
      if (outcome.kind === 'written') void refreshAll(client)
    },
  })
}
