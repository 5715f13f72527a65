import { useState } from 'react'
import { checkedIn } from '#signup/myApi.ts'
import { call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'
import { eventApi } from '../../web/event/addresses.ts'
import { host } from '../kit/host.dom.ts'
import { Fault } from '../kit/parts.tsx'

const byHand = '这里打不开扫码。请退出本页，用手机的“扫一扫”对准现场屏幕上的二维码。'

/** The code of a poster, from the address that it shows. */
const codeIn = (text: string): string | null => /\/my\/came\?code=([\w.-]+)$/.exec(text)?.[1] ?? null

/** 扫码签到 by the host's own scanner; whoever has none scans with the phone's, which opens the same act. */
export function ScanIn() {
  const [said, setSaid] = useState('')
  const act = useAct(
    (code: string, key) => call(eventApi.checkIn, checkedIn, { method: 'POST', key, body: { code } }),
    ({ title }) => setSaid(`已签到：${title}`),
  )
  const scan = async (): Promise<void> => {
    setSaid('')
    const given = await host.scan()
    if (given.kind === 'denied') return
    const code = given.kind === 'ok' ? codeIn(given.value) : null
    if (code !== null) act.run(code)
    else setSaid(given.kind === 'ok' ? '这不是活动的签到码，请对准现场屏幕。' : byHand)
  }
  return (
    <>
      <button type="button" className="button button-wide" disabled={act.busy} onClick={() => void scan()}>
        扫码签到
      </button>
      {said && (
        <p className="said" role="status">
          {said}
        </p>
      )}
      {act.error && <Fault error={act.error} again={act.again} />}
    </>
  )
}
