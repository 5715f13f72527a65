import qrOf from 'qrcode-generator'
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { myTicket } from '#signup/scanApi.ts'
import { call } from '../../web/api/client.dom.ts'
import { eventApi } from '../../web/event/addresses.ts'
import { Read, Sheet } from '../kit/parts.tsx'
import { timeWords } from '../kit/times.ts'

const quiet = 4

/** A code as one path, so that it is as sharp as the screen. */
function Code({ text }: { text: string }) {
  const { size, path } = useMemo(() => {
    const qr = qrOf(0, 'L')
    qr.addData(text)
    qr.make()
    const count = qr.getModuleCount()
    const dark: string[] = []
    for (let row = 0; row < count; row++)
      for (let column = 0; column < count; column++)
        if (qr.isDark(row, column)) dark.push(`M${column + quiet} ${row + quiet}h1v1h-1z`)
    return { size: count + 2 * quiet, path: dark.join('') }
  }, [text])
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="入场码"
      style={{ width: '100%', maxWidth: 320, display: 'block', margin: '0 auto', background: '#fff' }}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  )
}

/** 入场码 of one of her places, shown at the door. */
export function TicketSheet({ entryId, onClose }: { entryId: string; onClose: () => void }) {
  const query = useQuery({
    queryKey: [eventApi.ticket(entryId)],
    queryFn: () => call(eventApi.ticket(entryId), myTicket),
  })
  return (
    <Sheet title="入场码" onClose={onClose}>
      <Read query={query}>
        {({ ticket, from, until }) => (
          <>
            <Code text={ticket} />
            <p className="num">{`${timeWords(from)} 至 ${timeWords(until)} 有效`}</p>
            <p className="soft small">现场给工作人员扫；只记到场，不含姓名。怕没有网络的，可以先截图。</p>
          </>
        )}
      </Read>
      <div className="acts">
        <button type="button" className="button button-wide" onClick={onClose}>
          关闭
        </button>
      </div>
    </Sheet>
  )
}
