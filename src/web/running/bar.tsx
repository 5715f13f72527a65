import './running.css'
import { longDay } from '#kit/day.ts'
import { modeLabels, type Change, type Running } from '#running/modes.ts'

/** On every page: that the platform only reads, or from when on it will; why, and whom to turn to. */
export function RunningBar({ running: { mode, change, ahead } }: { running: Running }) {
  return (
    <>
      {change !== null && mode !== 'open' && (
        <div className="running-bar" role="note">
          <b>{mode === 'readonly' ? '平台只读' : '平台已停止服务'}</b>
          {mode === 'readonly'
            ? `自${longDay(change.fromOn)}起可以查看和导出，不能再填写和修改。`
            : `自${longDay(change.fromOn)}起只能查看和导出本人信息。`}
          <Turn change={change} />
        </div>
      )}
      {ahead !== null && (
        <div className="running-bar" role="note">
          <b>{ahead.mode === 'open' ? '平台将恢复' : `平台将${modeLabels[ahead.mode]}`}</b>
          {`自${longDay(ahead.fromOn)}起${modeLabels[ahead.mode]}${ahead.mode === 'open' ? '' : '，请提前办完手头的事'}。`}
          <Turn change={ahead} />
        </div>
      )}
    </>
  )
}

/** The reason, the new address, and whom to ask. */
function Turn({ change: { reason, successor, contact } }: { change: Change }) {
  return (
    <>
      {`原因：${reason}。`}
      {successor !== '' && (
        <>
          新平台：<a href={successor}>{successor}</a>。
        </>
      )}
      {contact !== '' && `联系：${contact}`}
    </>
  )
}
