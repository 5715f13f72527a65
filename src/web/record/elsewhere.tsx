import { useMutation } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { Programme } from '#kit/programme.ts'
import { toProblem } from '../api/problem.ts'
import { Failure } from '../kit/states.tsx'
import type { SaveState } from './autosave.ts'
import { goOn, meetRecord, type Opened } from './opening.dom.ts'

/** The record went on to a newer version. */
const changed = '409.1'
/** The draft was submitted or thrown away elsewhere. */
const draftTaken = '409.5'

const codeOf = (error: unknown): string => (error ? toProblem(error).body.code : '')

const isGone = (state: SaveState): boolean => state.kind === 'refused' && codeOf(state.error) === draftTaken

/** Whether this way of going on answers the refusal. */
export const goesOn = (error: unknown, state: SaveState): boolean =>
  codeOf(error) === changed || isGone(state)

type ElsewhereProps = {
  programme: Programme
  state: SaveState
  /** Why submitting failed, if it did. */
  error: unknown
  now: () => Opened
  onGoOn: (next: Opened) => void
}

/** Somebody else worked on the same matter while this form stood open: what she typed goes on, nothing of it is lost. */
export function Elsewhere({ programme, state, error, now, onGoOn }: ElsewhereProps) {
  const refused = state.kind === 'refused' ? codeOf(state.error) : ''
  const isStale = codeOf(error) === changed || refused === changed
  const meet = useMutation({ mutationFn: () => meetRecord(programme, now()), onSuccess: onGoOn })
  const fork = useMutation({ mutationFn: () => goOn(programme, now()), onSuccess: onGoOn })
  const start = useRef(meet.mutate)
  useEffect(() => {
    if (isStale) start.current()
  }, [isStale])
  const failed = meet.error ?? fork.error
  if (failed) return <Failure error={failed} retry={() => (meet.error ? meet.mutate() : fork.mutate())} />
  if (!isGone(state)) return null
  return (
    <Alert
      className="form-gone"
      type="warning"
      showIcon
      title="这份草稿已由本单位提交或放弃，您之后填的还在本页，没有丢"
      description="接着填会另存为您的草稿，并与已提交的内容逐项合在一起。"
      action={
        <Button loading={fork.isPending} onClick={() => fork.mutate()}>
          接着填
        </Button>
      }
    />
  )
}
