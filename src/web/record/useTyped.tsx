import { useCallback, useEffect, useRef, useState } from 'react'
import { useMe } from '../api/hooks.tsx'
import { findAnswers, forgetAnswers, keepAnswers } from './localDrafts.dom.ts'

type Values = Record<string, unknown>

/** So long after the last key what was typed goes into this browser. */
const restMs = 400

type Form = {
  /** What is filled in, unique among all forms. */
  id: string
  /** Of what is asked: what was typed for another is not given back. */
  version: number
  /** When it was sent last: what was typed before is done with. */
  sentAt?: string | null
  /** Forms of a class above S1 stay out of the browser's store (个人信息保护法 第五十一条). */
  mayKeep?: boolean
  onFound?: (values: Values) => void
}

/**
 * What she types into a form: kept in this browser until it is sent, so that a reload, an ended session or a lost line loses
 * nothing; wiped at sign-out as all drafts are.
 */
export function useTyped(form: Form, start: Values) {
  const { account, post } = useMe()
  const { id, version, sentAt = null, mayKeep = true } = form
  const [values, setValues] = useState(start)
  // Two fields that change before the next drawing both stand on what is newest.
  const newest = useRef(values)
  const put = useCallback((more: Values | ((old: Values) => Values)): Values => {
    newest.current = { ...newest.current, ...(typeof more === 'function' ? more(newest.current) : more) }
    setValues(newest.current)
    return newest.current
  }, [])
  const [said, setSaid] = useState(
    mayKeep ? '填写的内容自动存在本机，提交后清除' : '内容涉及个人信息，不存在本机，请填完再离开本页',
  )
  const timer = useRef<number>(undefined)
  /** Keeps what is newest, and does so at once where the page is being left. */
  const keep = useRef<() => void>(undefined)
  const isTouched = useRef(false)
  const found = useRef(form.onFound)
  useEffect(() => {
    found.current = form.onFound
  })
  useEffect(() => {
    if (!mayKeep) return
    void findAnswers(id, account.id, post.id).then((kept) => {
      if (!kept || isTouched.current) return
      const isBehind =
        kept.version !== version || (sentAt !== null && Date.parse(kept.typedAt) < Date.parse(sentAt))
      if (isBehind) return void forgetAnswers(id)
      const back = put(kept.values)
      found.current?.(back)
      setSaid('上次没有提交的内容已找回，请接着填')
    })
  }, [id, version, sentAt, mayKeep, account.id, post.id, put])
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
    /** What changes, or how it follows from what is newest: a row drawn long ago may ask. */
    change: (more: Values | ((old: Values) => Values)): void => {
      isTouched.current = true
      const next = put(more)
      if (!mayKeep) return
      window.clearTimeout(timer.current)
      const typedAt = new Date().toISOString()
      const kept = { id, account: account.id, post: post.id, version, values: next, typedAt }
      setSaid('正在保存…')
      keep.current = () => {
        keep.current = undefined
        void keepAnswers(kept).then((isKept) => {
          if (newest.current !== next) return
          setSaid(isKept ? '已存在本机，提交后清除' : '这个浏览器存不下草稿，请填完再离开本页')
        })
      }
      timer.current = window.setTimeout(() => keep.current?.(), restMs)
    },
    forget: (): void => {
      window.clearTimeout(timer.current)
      keep.current = undefined
      if (mayKeep) void forgetAnswers(id)
    },
  }
}
