import { useCallback, useEffect, useRef, useState } from 'react'
import type { Task, TaskAnswer } from '#task/api.ts'
import { useMe } from '../api/hooks.tsx'
import { findAnswers, forgetAnswers, keepAnswers } from '../record/localDrafts.dom.ts'

type Values = Record<string, unknown>

/** So long after the last key what was typed goes into this browser. */
const restMs = 400

/**
 * What she types into a survey: kept in this browser until it is reported, so that a reload, an ended session or a lost line
 * loses nothing; wiped at sign-out as all drafts are.
 */
export function useTyped(task: Task, answer: TaskAnswer) {
  const { account, post } = useMe()
  const known = Object.fromEntries(Object.entries(task.prefilled).map(([key, { value }]) => [key, value]))
  const [values, setValues] = useState<Values>({ ...known, ...answer.answers })
  // Two fields that change before the next drawing both stand on what is newest.
  const newest = useRef(values)
  const put = useCallback((more: Values): Values => {
    newest.current = { ...newest.current, ...more }
    setValues(newest.current)
    return newest.current
  }, [])
  const [said, setSaid] = useState('填写的内容自动存在本机，上报后清除')
  const timer = useRef<number>(undefined)
  /** Keeps what is newest, and does so at once where the page is being left. */
  const keep = useRef<() => void>(undefined)
  const isTouched = useRef(false)
  const { id, version } = task
  const { reportedAt } = answer
  useEffect(() => {
    void findAnswers(id, account.id, post.id).then((kept) => {
      if (!kept || isTouched.current) return
      const isBehind =
        kept.version !== version || (reportedAt !== null && Date.parse(kept.typedAt) < Date.parse(reportedAt))
      if (isBehind) return void forgetAnswers(id)
      put(kept.values)
      setSaid('上次没有报完的内容已找回，请接着填')
    })
  }, [id, version, reportedAt, account.id, post.id, put])
  useEffect(() => {
    const leave = () => keep.current?.()
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
  return {
    values,
    /** Where what was typed is by now. */
    said,
    change: (key: string, value: unknown): void => {
      isTouched.current = true
      const next = put({ [key]: value })
      window.clearTimeout(timer.current)
      const typedAt = new Date().toISOString()
      const kept = { id, account: account.id, post: post.id, version, values: next, typedAt }
      setSaid('正在保存…')
      keep.current = () => {
        keep.current = undefined
        void keepAnswers(kept).then((isKept) => {
          if (newest.current !== next) return
          setSaid(isKept ? '已存在本机，上报后清除' : '这个浏览器存不下草稿，请填完再离开本页')
        })
      }
      timer.current = window.setTimeout(() => keep.current?.(), restMs)
    },
    forget: (): void => {
      window.clearTimeout(timer.current)
      keep.current = undefined
      void forgetAnswers(id)
    },
  }
}
