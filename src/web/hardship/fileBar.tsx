import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useState } from 'react'
import { fileDone, type FileDetail } from '#hardship/api.ts'
import { steps, type StepName } from '#hardship/states.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { paths } from '../paths.ts'
import { hardshipApi } from './addresses.ts'
import { useFailed } from '../kit/failed.ts'
import { CloseModal, ReasonModal, VisitModal } from './stepModals.tsx'

const forward: readonly StepName[] = ['check', 'visit', 'recheck']

/** What the reader may do with the file now. */
export function FileBar({ file: f }: { file: FileDetail }) {
  const { message } = App.useApp()
  const [dialog, setDialog] = useState<StepName | null>(null)
  const failed = useFailed()
  const check = useAct(
    (_: null, key) =>
      call(hardshipApi.steps(f.id), fileDone, {
        method: 'POST',
        key,
        body: { step: 'check', version: f.version },
      }),
    () => void message.success('核对通过，请两人入户'),
    failed,
  )
  const close = () => setDialog(null)
  const acts = f.acts.toSorted((a, b) => Number(forward.includes(a)) - Number(forward.includes(b)))
  return (
    <>
      {f.mayEdit && (
        <Link to={paths.hardshipForm} search={{ id: f.id }}>
          <Button type={f.state === 'returned' ? 'primary' : 'default'}>补正申请</Button>
        </Link>
      )}
      {acts.map((name) =>
        name === 'recheck' ? (
          <Link key={name} to={paths.hardshipForm} search={{ id: f.id, as: 'recheck' }}>
            <Button type="primary">{steps[name].label}</Button>
          </Link>
        ) : (
          <Button
            key={name}
            type={forward.includes(name) ? 'primary' : 'default'}
            loading={name === 'check' && check.busy}
            onClick={() => (name === 'check' ? check.run(null) : setDialog(name))}
          >
            {steps[name].label}
          </Button>
        ),
      )}
      {dialog === 'visit' && <VisitModal file={f} onClose={close} />}
      {dialog === 'close' && <CloseModal file={f} onClose={close} />}
      {(dialog === 'returned' || dialog === 'refuse' || dialog === 'withdraw') && (
        <ReasonModal file={f} step={dialog} onClose={close} />
      )}
    </>
  )
}
