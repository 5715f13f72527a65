import { Button } from 'antd'
import { useState } from 'react'
import type { Programme } from '#kit/programme.ts'
import { toProblem } from '../api/problem.ts'
import { Failure } from '../kit/states.tsx'
import { RecordDrawer } from './drawer.tsx'

type SubmitFailureProps = {
  error: unknown
  recordId: string | null
  programme: Programme
  retry: () => void
}

/** Why it was not sent. On a conflict the newest record opens beside the form, which keeps all that was typed. */
export function SubmitFailure({ error, recordId, programme, retry }: SubmitFailureProps) {
  const [looking, setLooking] = useState(false)
  if (!error) return null
  const { status, body } = toProblem(error)
  if (status === 401 || (body.issues?.length ?? 0) > 0) return null
  const conflict = status === 409 && recordId !== null
  return (
    <div className="submit-failure">
      <Failure error={error} {...(conflict ? {} : { retry })} />
      {conflict && (
        <p>
          您填的内容都在。
          <Button type="link" size="small" onClick={() => setLooking(true)}>
            查看最新
          </Button>
        </p>
      )}
      <RecordDrawer
        programme={programme.key}
        id={looking ? recordId : null}
        neighbours={[]}
        onGo={() => undefined}
        onClose={() => setLooking(false)}
      />
    </div>
  )
}
