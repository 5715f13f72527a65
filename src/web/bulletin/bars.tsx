import { App, Button, Flex, Modal } from 'antd'
import { useState } from 'react'
import { unreadUnits, type Bulletin } from '#bulletin/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { KeyPager } from '../kit/keyPager.tsx'
import { bulletinApi } from './addresses.ts'

/** Her unit takes note: an act, never told by what she opened. */
export function NoteButton({ id }: { id: string }) {
  const { message } = App.useApp()
  const act = useAct(
    (_: null, key) => call(bulletinApi.note(id), anything, { method: 'POST', key }),
    () => void message.success('已阅知'),
  )
  return (
    <>
      {Boolean(act.error) && <Failure error={act.error} retry={act.again} />}
      <Button type="primary" loading={act.busy} onClick={() => act.run(null)}>
        本单位已阅知
      </Button>
    </>
  )
}

/** What the issuer sees of its notice: how many units have not taken note, and which. */
export function SentBar({ bulletin, mayAct }: { bulletin: Bulletin; mayAct: boolean }) {
  const { message, modal } = App.useApp()
  const [isListing, setListing] = useState(false)
  const { id, unread, units, isOver } = bulletin
  const act = useAct(
    (_: null, key) => call(bulletinApi.withdraw(id), anything, { method: 'POST', key }),
    () => void message.success('已撤回，下级不再看到'),
    (error) => void message.error(error instanceof Error ? error.message : '没有办成，请重试'),
  )
  const confirm = () =>
    void modal.confirm({
      title: '撤回这条公告？',
      content: '撤回后下级单位不再看到它，本单位仍可在这里查看。',
      okText: '撤回',
      cancelText: '取消',
      onOk: () => act.run(null),
    })
  return (
    <Flex gap={12} align="center" wrap>
      <span className="num">
        {unread === 0 ? `${units} 个单位都已阅知` : `${units} 个单位，${unread} 个还未阅知`}
      </span>
      {mayAct && (unread ?? 0) > 0 && (
        <Button size="small" onClick={() => setListing(true)}>
          看是哪些单位
        </Button>
      )}
      {mayAct && !isOver && (
        <Button size="small" onClick={confirm}>
          撤回
        </Button>
      )}
      {isListing && <UnreadList id={id} onClose={() => setListing(false)} />}
    </Flex>
  )
}

function UnreadList({ id, onClose }: { id: string; onClose: () => void }) {
  const [keys, setKeys] = useState<string[]>([])
  const query = useApi(bulletinApi.unread(id, keys.at(-1)), unreadUnits, { keep: true })
  return (
    <Modal open title="还未阅知的单位" footer={null} onCancel={onClose}>
      <Loaded query={query}>
        {({ rows, next }) => (
          <>
            <ul className="plain-list bulletin-units">
              {rows.map((org) => (
                <li key={org.id}>{org.name}</li>
              ))}
            </ul>
            <KeyPager keys={keys} onKeys={setKeys} next={next} />
          </>
        )}
      </Loaded>
    </Modal>
  )
}
