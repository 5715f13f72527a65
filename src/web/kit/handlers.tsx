import { App, Button, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { useFailed } from './failed.ts'
import { CutNote } from './cutNote.tsx'

type NameHandlerProps<D extends string> = {
  /** Where a handler is named; `body` goes with her account and duty. */
  path: string
  body?: object
  offered: readonly { accountId: string; name: string }[]
  duties: readonly D[]
  words: Readonly<Record<D, string>>
}

/** Names a cadre for a duty. Who may be named the server offers: never oneself. */
export function NameHandler<D extends string>({ path, body, offered, duties, words }: NameHandlerProps<D>) {
  const { message } = App.useApp()
  const [accountId, setAccountId] = useState<string>()
  const [duty, setDuty] = useState(duties[0])
  const failed = useFailed()
  const act = useAct(
    (given: object, key) => call(path, anything, { method: 'POST', key, body: { ...body, ...given } }),
    () => void message.success('已指定'),
    failed,
  )
  return (
    <>
      <Select
        aria-label="女工干部"
        style={{ width: 180 }}
        placeholder="选女工干部"
        notFoundContent="没有可指定的在岗女工干部（不能指定自己）"
        value={accountId}
        onChange={setAccountId}
        options={offered.map((one) => ({ value: one.accountId, label: one.name }))}
      />
      <Select
        aria-label="分工"
        style={{ width: 130 }}
        value={duty}
        onChange={setDuty}
        options={duties.map((value) => ({ value, label: words[value] }))}
      />
      <Button
        type="primary"
        disabled={!accountId}
        loading={act.busy}
        onClick={() => act.run({ accountId, duty })}
      >
        指定
      </Button>
      <CutNote list="handlerChoices" count={offered.length} />
    </>
  )
}

type NamedHandlersProps = {
  rows: readonly { id: string; name: string; duty: string; beside?: ReactNode }[]
  /** Where the naming of a row ends. */
  path: (id: string) => string
}

/** Who is named, `duty` in words, and how it ends. */
export function NamedHandlers({ rows, path }: NamedHandlersProps) {
  const { message, modal } = App.useApp()
  const failed = useFailed()
  const end = useAct(
    (id: string, key) => call(path(id), anything, { method: 'DELETE', key }),
    () => void message.success('已终止'),
    failed,
  )
  return (
    <>
      <ul className="act-list">
        {rows.map(({ id, name, duty, beside }) => (
          <li key={id}>
            <span>
              <b>{name}</b> {duty} {beside}
            </span>
            <Button
              size="small"
              aria-label={`不再指定 ${name} ${duty}`}
              onClick={() =>
                void modal.confirm({
                  title: `不再指定 ${name} 为“${duty}”？`,
                  okText: '不再指定',
                  cancelText: '取消',
                  onOk: () => end.run(id),
                })
              }
            >
              不再指定
            </Button>
          </li>
        ))}
      </ul>
      <CutNote list="handlers" count={rows.length} />
    </>
  )
}
