import { App, Button, Card, Flex, Input, Radio, Tag } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import {
  suggestionInbox,
  suggestionLabels,
  suggestionList,
  suggestionWords,
  voiceKinds,
  type Suggestion,
  type SuggestionHead,
  type SuggestionWords,
} from '#help/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { formatInstant } from '../format.ts'
import { usePages } from '../kit/pages.tsx'
import { Blank, Failure, Loaded } from '../kit/states.tsx'
import { suggestionApi } from './addresses.ts'
import { Publication } from './publication.tsx'

const sent = z.strictObject({ id: z.string() })
type Kind = Suggestion['kind']

/** 投诉建议: what she says to the city tier, what became of it; there, what came in. */
export function Voice() {
  const { post } = useMe()
  const { query: mine, pager } = usePages(suggestionApi.mine, suggestionList)
  const atCity = post.role === 'cadre' && post.org.tier === 'city'
  return (
    <Flex vertical gap={12}>
      {atCity && <Received />}
      <Compose />
      <Card size="small" title="我提过的">
        <Loaded query={mine} rows={2}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Blank why="还没有提过" />
            ) : (
              rows.map((one) => <Said key={one.id} one={one} words={one} />)
            )
          }
        </Loaded>
        {pager}
      </Card>
    </Flex>
  )
}

function Compose() {
  const { message } = App.useApp()
  const [kind, setKind] = useState<Kind>('suggestion')
  const [body, setBody] = useState('')
  const send = useAct(
    (text: string, key) =>
      call(suggestionApi.mine, sent, { method: 'POST', body: { kind, body: text }, key }),
    () => {
      setBody('')
      void message.success('已送到市总工会，答复会显示在下面')
    },
  )
  const issue = send.error ? toProblem(send.error).body.issues?.[0]?.message : undefined
  return (
    <Card size="small" title="向市总工会提意见">
      <Flex vertical gap={10}>
        <Radio.Group
          aria-label="类别"
          value={kind}
          onChange={(event) => setKind(event.target.value as Kind)}
          options={voiceKinds.map((value) => ({ value, label: suggestionLabels[value] }))}
        />
        <div className="voice-body">
          <Input.TextArea
            aria-label="内容"
            value={body}
            maxLength={2000}
            showCount
            autoSize={{ minRows: 3, maxRows: 10 }}
            status={issue ? 'error' : ''}
            placeholder="什么事、希望怎么改；直接送到市级，中间各级看不到"
            onChange={(event) => setBody(event.target.value)}
          />
          {issue && <div className="export-fault">{issue}</div>}
        </div>
        {send.error && !issue && <Failure error={send.error} title="没有送出" />}
        <Flex justify="space-between" align="center" gap={8} wrap>
          <span className="page-sub">
            会注明您的姓名和单位。遇到人身侵害请打 110，妇女维权热线 12338，职工维权热线 12351。
          </span>
          <Button
            type="primary"
            loading={send.busy}
            disabled={body.trim() === ''}
            onClick={() => send.run(body)}
          >
            送出
          </Button>
        </Flex>
      </Flex>
    </Card>
  )
}

const states = {
  sent: { label: '已送达', color: 'processing' },
  read: { label: '已阅', color: 'warning' },
  answered: { label: '已答复', color: 'success' },
} as const

type SaidProps = { one: SuggestionHead; words: SuggestionWords | null; from?: boolean }

function Said({ one, words, from = false }: SaidProps) {
  return (
    <article className="voice-said">
      <Flex gap={8} align="center" wrap>
        <Tag color={states[one.state].color}>{states[one.state].label}</Tag>
        <b>{suggestionLabels[one.kind]}</b>
        <span className="page-sub">
          {from && `${[one.person, one.org].filter(Boolean).join(' · ')} · `}
          {formatInstant(one.sentAt)}
          {from && one.dueOn && one.state !== 'answered' && ` · ${one.dueOn} 前答复`}
        </span>
      </Flex>
      {words && <p>{words.body}</p>}
      {words?.answer && (
        <blockquote>
          <span className="page-sub">{one.answeredAt && `${formatInstant(one.answeredAt)} 答复`}</span>
          <p>{words.answer}</p>
        </blockquote>
      )}
    </article>
  )
}

/** What came in, at the city tier: opened one by one, then answered by another person than who sent it. */
function Received() {
  const { query: inbox, pager } = usePages(suggestionApi.inbox, suggestionInbox)
  return (
    <Card
      size="small"
      title={`收到的投诉建议和政策咨询${inbox.data ? `（${inbox.data.open} 件待答复）` : ''}`}
    >
      <Loaded query={inbox} rows={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Blank why="还没有收到投诉建议" />
          ) : (
            rows.map((one) => <Came key={one.id} one={one} />)
          )
        }
      </Loaded>
      {pager}
    </Card>
  )
}

function Came({ one }: { one: SuggestionHead }) {
  const { message } = App.useApp()
  const [words, setWords] = useState<SuggestionWords | null>(null)
  const open = useAct(
    (id: string) => call(suggestionApi.read(id), suggestionWords, { method: 'POST' }),
    setWords,
    (error) => void message.error(toProblem(error).message),
  )
  return (
    <div className="voice-came">
      <Said one={one} words={words} from />
      {words === null && (
        <Button
          size="small"
          loading={open.busy}
          aria-label={`打开内容：${one.person}`}
          onClick={() => open.run(one.id)}
        >
          打开内容
        </Button>
      )}
      {words && one.state !== 'answered' && !one.mine && (
        <Answer one={one} onAnswered={(answer) => setWords({ ...words, answer })} />
      )}
      {one.kind === 'policy' && one.state === 'answered' && <Publication one={one} words={words} />}
    </div>
  )
}

function Answer({ one, onAnswered }: { one: SuggestionHead; onAnswered: (answer: string) => void }) {
  const { message } = App.useApp()
  const [text, setText] = useState('')
  const send = useAct(
    (answer: string, key) =>
      call(suggestionApi.answer(one.id), anything, { method: 'POST', body: { answer }, key }),
    (_, answer) => {
      onAnswered(answer)
      void message.success('已答复')
    },
    (error) => void message.error(toProblem(error).message),
  )
  return (
    <Flex gap={8} align="flex-end" className="voice-answer">
      <Input.TextArea
        aria-label={`答复${one.person}`}
        value={text}
        maxLength={2000}
        autoSize={{ minRows: 1, maxRows: 6 }}
        placeholder="写答复，提出人会看到"
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        type="primary"
        loading={send.busy}
        disabled={text.trim() === ''}
        onClick={() => send.run(text.trim())}
      >
        答复
      </Button>
    </Flex>
  )
}
