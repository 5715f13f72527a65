import { CheckOutlined, CloudSyncOutlined, DisconnectOutlined, WarningOutlined } from '@ant-design/icons'
import { toProblem } from '../api/problem.ts'
import { formatClock } from '../format.ts'
import type { SaveState } from './autosave.ts'

/** One line that says where the typed values are by now. */
export function SaveLine({ state, undecided }: { state: SaveState; undecided: number }) {
  switch (state.kind) {
    case 'untouched':
      return <span className="save-line">填写的内容会自动保存</span>
    case 'typing':
    case 'saving':
      return (
        <span className="save-line">
          <CloudSyncOutlined /> 正在保存…
        </span>
      )
    case 'saved':
      return (
        <span className="save-line is-saved" title={state.at}>
          <CheckOutlined /> {undecided > 0 ? `${undecided} 处待选定，其余已保存` : '已自动保存'}{' '}
          {formatClock(state.at)}
        </span>
      )
    case 'offline': {
      const { status } = toProblem(state.error)
      const [why, then] =
        status === 401
          ? ['登录已过期', '重新登录后自动上传']
          : [status === 0 ? '网络中断' : '服务器暂时没有应答', '恢复后自动上传']
      return (
        <span className="save-line is-offline" role="status">
          <DisconnectOutlined />{' '}
          {state.local ? `${why}，已存在本机，${then}` : `${why}，${then}，请勿关闭页面`}
        </span>
      )
    }
    case 'refused':
      return (
        <span className="save-line is-offline" role="alert">
          <WarningOutlined /> 没有存到服务器：{toProblem(state.error).message}
        </span>
      )
  }
}
