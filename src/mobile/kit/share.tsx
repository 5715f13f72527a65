import { useState } from 'react'
import { host, hostKind } from './host.dom.ts'

/** Passes the page on, by the sheet of the system or the host; where there is none, its address is copied. */
export function Share({ title, text }: { title: string; text: string }) {
  const [said, setSaid] = useState('')
  const share = async (): Promise<void> => {
    const url = window.location.href
    const given = await host.share({ title, text, url })
    if (given.kind !== 'unsupported') return
    if (hostKind === 'wechat' || hostKind === 'wecom') return setSaid('请点右上角的“…”，再选“发送给朋友”。')
    const copied = await host.copy(url)
    setSaid(copied.kind === 'ok' ? '网址已复制，粘贴给同事就行。' : '请复制浏览器地址栏里的网址发给同事。')
  }
  return (
    <>
      <button type="button" className="button" onClick={() => void share()}>
        转给同事
      </button>
      <span role="status" className="small soft" style={{ alignSelf: 'center' }}>
        {said}
      </span>
    </>
  )
}
