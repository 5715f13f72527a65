import './accounts.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Card, Flex, Grid, Input, Table, Tag } from 'antd'
import { useState } from 'react'
import { accountList, type AccountRow } from '#identity/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { KeyPager } from '../kit/keyPager.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { api, paths } from '../paths.ts'
import { withQuery } from '../urlState.ts'
import { AccountDrawer } from './drawer.tsx'
import { Grants } from './grants.tsx'
import { NewAccountModal } from './newAccount.tsx'
import { postName, postStates, stateWords, tellingPosts } from './words.ts'

/** 账号与岗位: who may sign in, and in which post from when to when. */
export function AccountsPage() {
  const search = useSearch({ from: paths.accounts })
  const navigate = useNavigate({ from: paths.accounts })
  const me = useMe()
  const isSystem = me.post.role === 'systemAdmin'
  const [keys, setKeys] = useState<string[]>([])
  const [openId, setOpenId] = useState<string | null>(null)
  const [isNew, setNew] = useState(false)
  const query = useApi(withQuery(api.accounts, { q: search.q, after: keys.at(-1) }), accountList, {
    keep: true,
  })
  return (
    <>
      <PageHead
        title="账号与岗位"
        sub={
          isSystem
            ? '新建账号、授予岗位、交接；审核与管理岗位由安全管理员批准后生效'
            : '批准审核与管理岗位；手机丢失或账号异常时在这里处理'
        }
        extra={
          isSystem && (
            <>
              <Link to={paths.imports} params={{ target: 'onboarding' }} search={{}}>
                <Button>从表格建单位和账号</Button>
              </Link>
              <Button type="primary" onClick={() => setNew(true)}>
                新建账号
              </Button>
            </>
          )
        }
      />
      <Flex vertical gap={12}>
        <Grants mayDecide={!isSystem} />
        <Card size="small">
          <Input.Search
            allowClear
            placeholder="姓名、登录名、单位名称或编码"
            aria-label="查找账号"
            className="account-search"
            defaultValue={search.q}
            onSearch={(text) => {
              setKeys([])
              void navigate({ search: text.trim() ? { q: text.trim() } : {} })
            }}
          />
        </Card>
        <Loaded query={query} rows={10}>
          {(data) => (
            <>
              <Rows rows={data.rows} loading={query.isPlaceholderData} onOpen={setOpenId} />
              <KeyPager keys={keys} onKeys={setKeys} next={query.isPlaceholderData ? null : data.next} />
              <AccountDrawer
                account={data.rows.find((row) => row.id === openId) ?? null}
                onClose={() => setOpenId(null)}
              />
            </>
          )}
        </Loaded>
      </Flex>
      {isNew && (
        <NewAccountModal
          onClose={() => setNew(false)}
          onMade={(login) => {
            setKeys([])
            void navigate({ search: { q: login } })
          }}
        />
      )}
    </>
  )
}

const posts = (row: AccountRow) => (
  <Flex gap={4} wrap>
    {tellingPosts(row.posts).map((post) => (
      <Tag key={post.id} {...(post.state === 'pending' ? { color: 'gold' } : {})}>
        {postName(post)}
        {post.state === 'current' ? '' : `（${postStates[post.state]}）`}
      </Tag>
    ))}
  </Flex>
)
const state = (row: AccountRow) => (
  <Tag color={stateWords[row.state].color}>{stateWords[row.state].label}</Tag>
)

type RowsProps = { rows: AccountRow[]; loading: boolean; onOpen: (id: string) => void }

function Rows({ rows, loading, onOpen }: RowsProps) {
  const wide = Grid.useBreakpoint().md ?? true
  const name = (row: AccountRow) => (
    <Button type="link" className="account-name" onClick={() => onOpen(row.id)}>
      {row.name}
    </Button>
  )
  return (
    <Table
      size="small"
      rowKey="id"
      loading={loading}
      pagination={false}
      dataSource={rows}
      locale={{ emptyText: '没有符合条件的账号，请换个词' }}
      columns={
        wide
          ? [
              { title: '姓名', width: 120, render: (_, row) => name(row) },
              { title: '登录名', dataIndex: 'login', width: 200 },
              { title: '职务', dataIndex: 'title', width: 200 },
              { title: '岗位', render: (_, row) => posts(row) },
              { title: '第二步验证', width: 110, render: (_, row) => (row.hasFactor ? '已绑定' : '—') },
              { title: '状态', width: 90, render: (_, row) => state(row) },
            ]
          : [
              {
                title: '账号',
                render: (_, row) => (
                  <>
                    <Flex justify="space-between">
                      {name(row)}
                      {state(row)}
                    </Flex>
                    <div className="page-sub">{row.login}</div>
                    {posts(row)}
                  </>
                ),
              },
            ]
      }
    />
  )
}
