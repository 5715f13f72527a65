import { anything, call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'
import { toProblem } from '../../web/api/problem.ts'
import { Go, useId } from '../kit/link.tsx'
import { Blank, Fault, Head } from '../kit/parts.tsx'
import { paths } from '../paths.ts'
import { useRooms } from './useRooms.tsx'

/** What the code at a room's door opens: one press counts one use, and nobody is asked who she is. */
export function DoorPage() {
  const id = useId()
  const rooms = useRooms()
  const room = rooms.data?.rooms.find((one) => one.id === id)
  const act = useAct(
    (_: null, key) =>
      call(`/open-rooms/${encodeURIComponent(id)}/uses`, anything, { method: 'POST', key, nameless: true }),
    undefined,
    undefined,
    { once: true },
  )
  const isGone = act.error !== null && toProblem(act.error).status === 404
  return (
    <div className="page">
      <Head title={room?.title ?? '关爱室'} back={paths.rooms} />
      {isGone ? (
        <Blank>这间关爱室已经撤下，请看看别的。</Blank>
      ) : act.done !== undefined ? (
        <p className="said" role="status">
          已记一次，谢谢您。
        </p>
      ) : (
        <section className="card">
          <p>用过这间关爱室，请按一下，好让我们知道它用得上。不用登录，也不问您是谁。</p>
          {act.error && <Fault error={act.error} again={act.again} />}
          <button
            type="button"
            className="button button-main button-wide"
            disabled={act.busy}
            onClick={() => act.run(null)}
          >
            {act.busy ? '正在记…' : '记一次使用'}
          </button>
        </section>
      )}
      {room && (
        <p>
          <Go to={paths.room} params={{ id }} className="link">
            看这间的开放时间和设施，或反映问题
          </Go>
        </p>
      )}
    </div>
  )
}
