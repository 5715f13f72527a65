import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import type { Sheet, StateAct } from '#figures/assessment/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { paths } from '../paths.ts'
import { assessmentApi } from './addresses.ts'

const said: Record<StateAct, string> = {
  open: '已下发，各单位可以自评',
  propose: '已提请发布，由另一位同志核对后发布',
  takeBack: '已退回，可以继续评分',
  lock: '已锁定',
}

/** What the issuer may do with the sheet as a whole, in its state. */
export function StateBar({ sheet }: { sheet: Sheet }) {
  const { post } = useMe()
  const { message, modal } = App.useApp()
  const failed = (error: unknown) => void message.error(toProblem(error).message, 8)
  const move = useAct(
    (act: StateAct, key) =>
      call(assessmentApi.state(sheet.id), anything, {
        method: 'POST',
        key,
        body: { act, version: sheet.version },
      }),
    (_, act) => void message.success(said[act]),
    failed,
  )
  const publish = useAct(
    (_: null, key) =>
      call(assessmentApi.publication(sheet.id), anything, {
        method: 'POST',
        key,
        body: { version: sheet.version },
      }),
    () => void message.success('已发布'),
    failed,
  )
  const cadre = post.role === 'cadre'
  const ask = (title: string, content: string, okText: string, run: () => void) =>
    void modal.confirm({ title, content, okText, cancelText: '取消', onOk: run })
  switch (sheet.state) {
    case 'draft':
      return cadre ? (
        <>
          <Link to={paths.assessmentForm} search={{ id: sheet.id }}>
            <Button>修改</Button>
          </Link>
          <Button
            type="primary"
            loading={move.busy}
            onClick={() =>
              ask('下发这份考核表？', '下发后考核内容不能再改，各单位开始自评。', '下发', () =>
                move.run('open'),
              )
            }
          >
            下发
          </Button>
        </>
      ) : null
    case 'open':
      return cadre ? (
        <Button type="primary" loading={move.busy} onClick={() => move.run('propose')}>
          提请发布
        </Button>
      ) : null
    case 'proposed':
      return (
        <>
          {cadre && (
            <Button loading={move.busy} onClick={() => move.run('takeBack')}>
              退回评分
            </Button>
          )}
          <Button
            type="primary"
            loading={publish.busy}
            onClick={() =>
              ask('发布考核结果？', '发布后自动计分定格，各单位都能看到结果。', '发布', () =>
                publish.run(null),
              )
            }
          >
            核对无误，发布
          </Button>
        </>
      )
    case 'published':
      return cadre ? (
        <Button
          loading={move.busy}
          onClick={() => ask('锁定考核结果？', '锁定后不再变动。', '锁定', () => move.run('lock'))}
        >
          锁定
        </Button>
      ) : null
    case 'locked':
      return null
  }
}
