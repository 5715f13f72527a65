import '../person/person.css'
import { Link } from '@tanstack/react-router'
import { App, Button, Card, Descriptions, Flex, Input, Modal, Tabs, Tag } from 'antd'
import { useState } from 'react'
import { myData, revealed, type ConsentState, type MyData } from '#person/api.ts'
import { consentTexts } from '#person/consentTexts.ts'
import type { SealedField } from '#person/purposes.ts'
import { consentWords, requestStateWords, requestWords, sealedText } from '#person/words.ts'
import { anything, call, callFile } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { lacksFactor } from '../api/problem.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { personApi } from '../person/addresses.ts'
import { MembershipLine } from '../person/drawer.tsx'
import { clearLines } from '../person/labels.ts'
import { AccessLog } from './accessLog.tsx'
import { Joining } from './joining.tsx'
import { SecondStep } from '../signIn/secondStep.tsx'
import { withQuery } from '../urlState.ts'
import { save, saveJson } from './save.dom.ts'

type Mine = NonNullable<MyData['person']>

/** 我的信息: what the union knows of her, who looked, to what she agreed, copy and deletion. */
export function MyPage() {
  const query = useApi(personApi.my, myData)
  return (
    <div className="my-page">
      <PageHead
        title="我的信息"
        sub="工会登记的、您本人的信息；只有您自己看得到这一页"
        extra={
          <Link to={paths.privacy}>
            <Button>个人信息处理说明</Button>
          </Link>
        }
      />
      {lacksFactor(query.error) ? (
        <SecondStep why="这一页是工会登记的、您本人的信息，只凭密码不能打开。" />
      ) : (
        <Registered query={query} />
      )}
    </div>
  )
}

function Registered({ query }: { query: Parameters<typeof Loaded<MyData>>[0]['query'] }) {
  return (
    <Loaded query={query}>
      {({ person }) =>
        person === null ? (
          <Blank why="您还没有登记在会员名册里；如需登记，请联系所在单位的女职工委员" />
        ) : (
          <Tabs
            tabBarGutter={16}
            items={[
              { key: 'known', label: '登记的内容', children: <Known mine={person} /> },
              { key: 'access', label: '谁看过我的信息', children: <AccessLog /> },
              {
                key: 'consents',
                label: '同意与撤回',
                children: (
                  <Flex vertical gap={12}>
                    {person.consents.map((c) => (
                      <ConsentCard key={c.purpose} consent={c} />
                    ))}
                  </Flex>
                ),
              },
              { key: 'rights', label: '导出与删除', children: <Rights mine={person} /> },
            ]}
          />
        )
      }
    </Loaded>
  )
}

function Known({ mine }: { mine: Mine }) {
  const { values, masks, birthYear } = mine
  const sealed: [SealedField, string, string][] = [
    ['idNumber', String(values['idKind']), masks.idNumber ?? '—'],
    ['birth', '出生日期', birthYear === null ? '—' : `${birthYear} 年`],
    ['phone', '手机号码', masks.phone ?? '没有登记'],
    ...(masks.guardian ? [['guardian', '监护人', '已登记'] as [SealedField, string, string]] : []),
  ]
  return (
    <>
      <Joining mine={mine} />
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          { key: 'name', label: '姓名', children: mine.name },
          ...sealed.map(([field, label, mask]) => ({
            key: field,
            label,
            children: <OwnValue field={field} mask={mask} />,
          })),
          ...clearLines(values, birthYear)
            .filter(([label]) => label !== '出生')
            .map(([label, text]) => ({ key: label, label, children: text })),
        ]}
      />
      <section className="member-section">
        <h3>会籍和单位</h3>
        <MembershipLine memberships={mine.memberships} />
      </section>
      <p className="page-sub">内容有误，请告诉所在单位的女职工委员更正。</p>
    </>
  )
}

function OwnValue({ field, mask }: { field: SealedField; mask: string }) {
  const act = useAct(() => call(personApi.myReveals, revealed, { method: 'POST', body: { field } }))
  if (act.done) return <b className="num">{sealedText(field, act.done.value)}</b>
  return (
    <span className="member-sealed num">
      {mask}
      <Button size="small" type="link" loading={act.busy} onClick={() => act.run(null)}>
        显示
      </Button>
      {act.error && <Failure error={act.error} />}
    </span>
  )
}

const colours: Record<ConsentState['state'], string> = {
  given: 'green',
  outdated: 'orange',
  withdrawn: 'default',
  none: 'default',
}

function ConsentCard({ consent }: { consent: ConsentState }) {
  const { message } = App.useApp()
  const { purpose, state, text, textHash } = consent
  const act = useAct(
    (agree: boolean, key) =>
      call(personApi.myConsent(purpose), anything, { method: 'PUT', key, body: { agree, textHash } }),
    (_, agree) => void message.success(agree ? '已同意' : '已撤回，从现在起不再使用'),
  )
  return (
    <Card
      size="small"
      title={
        <Flex gap={8} align="center">
          {consentTexts[purpose].label}
          <Tag color={colours[state]}>{consentWords[state]}</Tag>
        </Flex>
      }
      extra={
        state === 'given' ? (
          <Button danger loading={act.busy} onClick={() => act.run(false)}>
            撤回同意
          </Button>
        ) : (
          <Button loading={act.busy} onClick={() => act.run(true)}>
            我同意
          </Button>
        )
      }
    >
      <p className="consent-text">{text}</p>
      {consent.givenOn && (
        <p className="page-sub num">{`${consent.givenOn} ${consent.form === 'paper' ? '书面' : '在本页'}同意`}</p>
      )}
      {act.error && <Failure error={act.error} retry={act.again} />}
    </Card>
  )
}

function Rights({ mine }: { mine: Mine }) {
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const paper = useAct(
    () => callFile(withQuery(personApi.myExport, { format: 'docx' }), { method: 'POST' }),
    (file) => save(`本人信息副本-${mine.name}.docx`, file),
  )
  const data = useAct(
    () => call(personApi.myExport, anything, { method: 'POST' }),
    (value) => saveJson(`本人信息副本-${mine.name}.json`, value),
  )
  const erase = useAct(
    (_: null, key) => call(personApi.myErasure, anything, { method: 'POST', key, body: { reason } }),
    () => {
      void message.success('已提出，所在单位确认后办理')
      setAsking(false)
    },
  )
  const asked = mine.requests.filter((r) => r.kind === 'erase')
  return (
    <Flex vertical gap={12}>
      <Card size="small" title="导出一份副本">
        <p>
          导出系统里关于您的全部信息，包括登记资料、会籍、同意记录、谁看过您的信息。Word
          文件便于阅读和打印，JSON 文件供其他程序读取，两份内容相同。加密的栏目会解密列出，请妥善保管。
        </p>
        <Flex gap={8} wrap>
          <Button type="primary" loading={paper.busy} onClick={() => paper.run(null)}>
            导出 Word 文件
          </Button>
          <Button loading={data.busy} onClick={() => data.run(null)}>
            导出 JSON 文件
          </Button>
        </Flex>
        {paper.error && <Failure error={paper.error} retry={paper.again} />}
        {data.error && <Failure error={data.error} retry={data.again} />}
      </Card>
      <Card size="small" title="删除我的信息">
        <p>
          由您提出，所在单位的同志确认后办理；困难档案还没有销档、帮扶款还在途中的，办结后再删除。删除后，姓名、证件号码、手机号码等的密钥即行销毁，任何人都无法恢复；已经公布的统计人数不变，里面没有您的姓名。
        </p>
        {asked.map((r) => (
          <p key={r.id} className="page-sub">
            {`${requestWords[r.kind]}：${requestStateWords[r.state]}${r.answer ? `，${r.answer}` : ''}`}
          </p>
        ))}
        <Button danger disabled={asked.some((r) => r.state === 'open')} onClick={() => setAsking(true)}>
          申请删除
        </Button>
      </Card>
      <Modal
        open={asking}
        title="申请删除我的信息"
        okText="提出申请"
        cancelText="取消"
        okButtonProps={{ danger: true, loading: erase.busy, disabled: reason.trim().length < 2 }}
        onOk={() => erase.run(null)}
        onCancel={() => setAsking(false)}
      >
        <Input.TextArea
          aria-label="理由"
          placeholder="理由，如：已不在本市工作"
          maxLength={200}
          autoSize={{ minRows: 2, maxRows: 4 }}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {erase.error && <Failure error={erase.error} retry={erase.again} />}
      </Modal>
    </Flex>
  )
}
