import { useRef, useState } from 'react'
import { v4 as uuid } from 'uuid'
import { evidence } from '#record/evidence/api.ts'
import { MB, mostBytes } from '#record/evidence/rules.ts'
import { anything, call } from '../api/client.dom.ts'
import { toProblem } from '../api/problem.ts'
import { api } from '../paths.ts'

/** A file on its way; failed with a sentence, `again` when another try may help. */
type Waiting = { key: string; file: File; error: string | null; again: boolean }

/** Takes a file off. */
export const removeFile = (programme: string, id: string, file: string): Promise<unknown> =>
  call(api.evidenceFile(programme, id, file), anything, { method: 'DELETE', key: uuid() })

/** What the file goes to is not there yet; another try may help. */
export class NotReady extends Error {}

/** Puts a file on a record or own draft. */
export const putFile = (programme: string, id: string, key: string, file: File): Promise<unknown> =>
  call(`${api.evidenceFile(programme, id, key)}?name=${encodeURIComponent(file.name)}`, evidence, {
    method: 'PUT',
    file,
    key,
  })

/** Sends files one after another; what fails stays in sight with its reason. A repeat carries the same key. */
export function useUploads(put: (key: string, file: File) => Promise<void>) {
  const [waiting, setWaiting] = useState<Waiting[]>([])
  const line = useRef<Promise<void>>(Promise.resolve())
  const mark = (key: string, error: string | null, again: boolean): void =>
    setWaiting((old) => old.map((one) => (one.key === key ? { ...one, error, again } : one)))
  const drop = (key: string): void => setWaiting((old) => old.filter((one) => one.key !== key))

  const send = async ({ key, file }: Pick<Waiting, 'key' | 'file'>): Promise<void> => {
    try {
      await put(key, file)
      drop(key)
    } catch (thrown) {
      if (thrown instanceof NotReady) return mark(key, thrown.message, true)
      const { status, body } = toProblem(thrown)
      mark(key, body.message, status !== 422)
    }
  }
  const queue = (one: Pick<Waiting, 'key' | 'file'>): void => {
    line.current = line.current.then(() => send(one))
  }

  return {
    waiting,
    add: (file: File): void => {
      const key = uuid()
      const tooLarge = file.size > mostBytes
      const error = tooLarge ? `单个文件不能超过 ${mostBytes / MB} MB，请压缩后再上传` : null
      setWaiting((old) => [...old, { key, file, error, again: false }])
      if (!tooLarge) queue({ key, file })
    },
    retry: (key: string): void => {
      const one = waiting.find((w) => w.key === key)
      if (!one) return
      mark(key, null, false)
      queue(one)
    },
    drop,
  }
}
