import './honour.css'
import { getRouteApi } from '@tanstack/react-router'
import { App, Button, Card, Flex, Form, Input, Select, Table, Tag } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { levels } from '#kit/head.ts'
import { register, type RegisterLine } from '#honour/registerApi.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { yearsOffered } from '../figures/scope.ts'
import { formatCount } from '../format.ts'
import { KeyPager } from '../kit/keyPager.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { isReviewing } from '../shell/menu.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { honourApi } from './addresses.ts'
import { StoriesCard, StoryModal } from './stories.tsx'

const route = getRouteApi(paths.honourRegister)

/** 荣誉册: who was honoured, by name, unit, year and level; what was taken back stays in it. */
export function HonourRegisterPage() {
  const { post, today } = useMe()
  const navigate = route.useNavigate()
  const { q = '', year = '', level = '' } = route.useSearch()
  const [keys, setKeys] = useState<string[]>([])
  const [revoking, setRevoking] = useState<RegisterLine | null>(null)
  const [telling, setTelling] = useState<RegisterLine | null>(null)
  const leads = post.role === 'cadre' && isReviewing(post.org.tier)
  const query = useApi(
    honourApi.register({
      q: q || undefined,
      year: year || undefined,
      level: level || undefined,
      after: keys.at(-1),
    }),
    register,
    { keep: true },
  )
  const look = (to: { q?: string; year?: string; level?: string }) => {
    setKeys([])
    const next = { q, year, level, ...to }
    void navigate({
      search: { q: next.q || undefined, year: next.year || undefined, level: next.level || undefined },
    })
  }
  return (
    <>
      <PageHead
        title="荣誉册"
        sub="审核通过的荣誉都在这里；由授予单位撤销的不再计数，证书同时失效"
        extra={
          <>
            <Select
              aria-label="年份"
              value={year}
              popupMatchSelectWidth={false}
              options={[
                { value: '', label: '全部年份' },
                ...yearsOffered(today).map((y) => ({ value: String(y), label: `${y}年` })),
              ]}
              onChange={(to: string) => look({ year: to })}
            />
            <Select
              aria-label="级别"
              value={level}
              popupMatchSelectWidth={false}
              options={[
                { value: '', label: '全部级别' },
                ...levels.map((l) => ({ value: l as string, label: l })),
              ]}
              onChange={(to: string) => look({ level: to })}
            />
            <Input.Search
              className="honour-search"
              aria-label="姓名、单位或称号"
              placeholder="姓名、单位或称号"
              allowClear
              defaultValue={q}
              maxLength={40}
              onSearch={(to) => look({ q: to.trim() })}
            />
            <Button href={paths.honourRoll} target="_blank">
              看公开页面
            </Button>
          </>
        }
      />
      <Loaded query={query}>
        {({ rows, count, next }) =>
          count === 0 ? (
            <Card>
              <Blank why={q || year || level ? '没有符合条件的荣誉' : '还没有审核通过的荣誉'} />
            </Card>
          ) : (
            <Card size="small">
              <p className="honour-aside" style={{ margin: '2px 4px 8px' }}>
                共 <b className="num">{formatCount(count)}</b> 项
              </p>
              <Table<RegisterLine>
                size="small"
                rowKey="id"
                pagination={false}
                scroll={{ x: 'max-content' }}
                dataSource={rows}
                columns={[
                  {
                    title: '获奖者',
                    render: (_, row) => (
                      <>
                        <b>{row.honoree}</b> <span className="honour-aside">{row.subject}</span>
                        <div className="honour-aside">{row.employer ?? row.org.shortName}</div>
                      </>
                    ),
                  },
                  {
                    title: '荣誉',
                    render: (_, row) =>
                      row.titles.map((t) => (
                        <div key={t.honourType}>
                          {t.honourType} <span className="honour-aside">{t.giver}</span>
                        </div>
                      )),
                  },
                  { title: '级别', render: (_, row) => row.titles.map((t) => t.level).join('、') },
                  {
                    title: '授予',
                    render: (_, row) => (
                      <>
                        <span className="num">{row.grantedOn}</span>
                        <div className="honour-aside">{row.docNo}</div>
                        {row.revokedOn && <Tag color="red">{row.revokedOn} 撤销</Tag>}
                        {row.revokedFor && <div className="honour-aside">{row.revokedFor}</div>}
                      </>
                    ),
                  },
                  ...(leads
                    ? [
                        {
                          title: '办理',
                          render: (_: unknown, row: RegisterLine) =>
                            row.revokedOn === null && (
                              <Flex gap={8}>
                                <Button
                                  size="small"
                                  aria-label={`写事迹 ${row.honoree}`}
                                  onClick={() => setTelling(row)}
                                >
                                  写事迹
                                </Button>
                                {row.mayRevoke && (
                                  <Button
                                    size="small"
                                    danger
                                    aria-label={`撤销荣誉 ${row.honoree}`}
                                    onClick={() => setRevoking(row)}
                                  >
                                    撤销荣誉
                                  </Button>
                                )}
                              </Flex>
                            ),
                        },
                      ]
                    : []),
                ]}
              />
              <KeyPager keys={keys} onKeys={setKeys} next={next} />
            </Card>
          )
        }
      </Loaded>
      {leads && <StoriesCard />}
      {revoking && <RevokeModal row={revoking} onClose={() => setRevoking(null)} />}
      {telling && <StoryModal row={telling} onClose={() => setTelling(null)} />}
    </>
  )
}

function RevokeModal({ row, onClose }: { row: RegisterLine; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    ({ reason }: { reason: string }, key) =>
      call(honourApi.revocation(row.id), z.strictObject({ certificates: z.number() }), {
        method: 'POST',
        key,
        body: { reason, version: row.version },
      }),
    ({ certificates }) => {
      onClose()
      void message.success(`已撤销${certificates > 0 ? `，${certificates} 份证书同时失效` : ''}`)
    },
  )
  return (
    <FormModal<{ reason: string }>
      title={`撤销${row.honoree}的荣誉`}
      okText="撤销荣誉"
      danger
      act={act}
      told={hasIssueAt(act.error, ['reason'])}
      initialValues={{ reason: '' }}
      onClose={onClose}
    >
      <p>
        {row.titles.map((t) => `“${t.honourType}”`).join('、')}
        撤销后不再计数，指标随之减少；本单位发的证书核验时显示“已撤销”。
      </p>
      <Form.Item
        label="撤销理由和依据"
        name="reason"
        rules={[{ required: true, whitespace: true, message: '请写明撤销理由和依据' }]}
        {...faultAt(act.error, 'reason')}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </FormModal>
  )
}
