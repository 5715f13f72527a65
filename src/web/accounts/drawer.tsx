import { App, Button, Drawer, Flex, Popconfirm, Tag } from 'antd'
import { useState } from 'react'
import type { AccountRow, HeldPost } from '#identity/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { api } from '../paths.ts'
import { LinkResult } from './link.tsx'
import { EndPost, GivePost, HandOver } from './postModals.tsx'
import { postDays, postName, postStates, stateWords } from './words.ts'

type Asked = { what: 'give' } | { what: 'end' | 'handOver'; post: HeldPost }

/** One account: its posts, and what the administrator may do; the two administrators never have the same buttons. */
export function AccountDrawer({ account, onClose }: { account: AccountRow | null; onClose: () => void }) {
  return (
    <Drawer
      open={account !== null}
      onClose={onClose}
      size={440}
      destroyOnHidden
      title={
        account && (
          <>
            {account.name}{' '}
            <Tag color={stateWords[account.state].color}>{stateWords[account.state].label}</Tag>
          </>
        )
      }
    >
      {account && <Content key={account.id} account={account} />}
    </Drawer>
  )
}

function Content({ account }: { account: AccountRow }) {
  const isSystem = useMe().post.role === 'systemAdmin'
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = (): void => setAsked(null)
  return (
    <>
      <section className="drawer-section">
        <div className="page-sub">
          登录名 {account.login}
          {account.title && ` · ${account.title}`} ·{' '}
          {account.hasFactor ? '已绑定第二步验证' : '未绑定第二步验证'}
        </div>
      </section>
      <section className="drawer-section">
        <Flex justify="space-between" align="center">
          <h3>岗位</h3>
          {isSystem && (
            <Button size="small" onClick={() => setAsked({ what: 'give' })}>
              授予岗位
            </Button>
          )}
        </Flex>
        <ul className="plain-list">
          {account.posts.map((post) => (
            <li key={post.id}>
              <b>{postName(post)}</b> <Tag>{postStates[post.state]}</Tag>
              <div className="page-sub num">{postDays(post)}</div>
              {isSystem && (post.state === 'current' || post.state === 'future') && (
                <Flex gap={8}>
                  <Button size="small" onClick={() => setAsked({ what: 'handOver', post })}>
                    交接
                  </Button>
                  <Button size="small" onClick={() => setAsked({ what: 'end', post })}>
                    结束
                  </Button>
                </Flex>
              )}
            </li>
          ))}
        </ul>
      </section>
      {isSystem ? <SystemActs account={account} /> : <SecurityActs account={account} />}
      {asked?.what === 'give' && <GivePost account={account} onClose={close} />}
      {asked?.what === 'end' && <EndPost post={asked.post} onClose={close} />}
      {asked?.what === 'handOver' && <HandOver account={account} post={asked.post} onClose={close} />}
    </>
  )
}

function SystemActs({ account }: { account: AccountRow }) {
  const { message } = App.useApp()
  const isDisabled = account.state === 'disabled'
  const turn = useAct(
    (_: null, key) =>
      call(api.accountDisabled(account.id), anything, {
        method: 'POST',
        body: { isDisabled: !isDisabled },
        key,
      }),
    () => void message.success(isDisabled ? '账号已启用' : '账号已停用，登录已全部退出'),
    (error) => void message.error(toProblem(error).message),
  )
  return (
    <>
      {!isDisabled && (
        <section className="drawer-section">
          <h3>密码</h3>
          <LinkResult
            accountId={account.id}
            label={account.state === 'active' ? '生成重设密码链接' : '生成邀请链接'}
          />
        </section>
      )}
      <section className="drawer-section">
        <Popconfirm
          title={isDisabled ? `启用 ${account.name} 的账号？` : `停用 ${account.name} 的账号？马上生效`}
          okText={isDisabled ? '启用' : '停用'}
          cancelText="取消"
          onConfirm={() => turn.run(null)}
        >
          <Button danger={!isDisabled} loading={turn.busy}>
            {isDisabled ? '启用账号' : '停用账号'}
          </Button>
        </Popconfirm>
      </section>
    </>
  )
}

function SecurityActs({ account }: { account: AccountRow }) {
  const { message } = App.useApp()
  const failed = (error: unknown): void => void message.error(toProblem(error).message)
  const end = useAct(
    (_: null, key) => call(api.accountSignOut(account.id), anything, { method: 'POST', key }),
    () => void message.success('已全部退出登录，等待已解除'),
    failed,
  )
  const drop = useAct(
    (_: null, key) => call(api.accountFactorReset(account.id), anything, { method: 'POST', key }),
    () => void message.success('已解除，本人下次登录时重新绑定'),
    failed,
  )
  return (
    <section className="drawer-section">
      <h3>安全处置</h3>
      <Flex vertical gap={8} align="start">
        <Popconfirm
          title={`让 ${account.name} 的设备全部退出登录，并解除登录等待？`}
          okText="确定"
          cancelText="取消"
          onConfirm={() => end.run(null)}
        >
          <Button loading={end.busy}>全部退出登录、解除等待</Button>
        </Popconfirm>
        {account.hasFactor && (
          <Popconfirm
            title="请先核实是本人手机丢失。解除后须重新绑定"
            okText="解除"
            cancelText="取消"
            onConfirm={() => drop.run(null)}
          >
            <Button danger loading={drop.busy}>
              解除动态验证码
            </Button>
          </Popconfirm>
        )}
      </Flex>
    </section>
  )
}
