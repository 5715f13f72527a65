import './certificate.css'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Skeleton, Tag } from 'antd'
import { useRouter } from '@tanstack/react-router'
import { checked, type Checked } from '#certificate/api.ts'
import { longDay } from '#kit/day.ts'
import { call } from '../api/client.dom.ts'
import { toProblem } from '../api/problem.ts'
import { paths } from '../paths.ts'
import { SignInCard } from '../signIn/page.tsx'
import { certificateApi } from './addresses.ts'
import { stateColors, stateWords } from './words.ts'

/** 证书核验, for anybody: what was certified under a code, from our own records. */
export function CheckPage({ code }: { code: string | null }) {
  const { history } = useRouter()
  const query = useQuery({
    queryKey: ['certificate', code],
    queryFn: ({ signal }) => call(certificateApi.check(code ?? ''), checked, { signal }),
    enabled: code !== null,
    retry: false,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  return (
    <SignInCard title="证书核验">
      {code !== null && query.isPending && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      {query.data && <Found found={query.data} />}
      {query.error && <Alert type="warning" showIcon title={toProblem(query.error).message} />}
      <Form<{ code: string }>
        key={code}
        layout="vertical"
        size="large"
        requiredMark={false}
        className="check-form"
        initialValues={{ code: query.error ? code : '' }}
        onFinish={(values) => history.push(`${paths.check}/${encodeURIComponent(values.code.trim())}`)}
      >
        <Form.Item
          label={query.data ? '核验另一份' : '验证码'}
          name="code"
          extra="证书左下角的 28 位字母和数字，横线可以不输"
          rules={[{ required: true, whitespace: true, message: '请输入证书上的验证码' }]}
        >
          <Input maxLength={60} autoComplete="off" autoCapitalize="characters" spellCheck={false} />
        </Form.Item>
        <Button type={query.data ? 'default' : 'primary'} htmlType="submit" block>
          核验
        </Button>
      </Form>
    </SignInCard>
  )
}

const verdicts: Record<Checked['state'], string> = {
  valid: '这份证书是真实的，现在有效。请对照下面的内容和您手里的证书是否一致。',
  revoked: '这份证书发出过，但发证单位已经撤销，不再有效。',
  superseded: '这份证书发出过，但发证单位已经换发新证书，请以新证书为准。',
}

function Found({ found }: { found: Checked }) {
  const { state, endedOn } = found
  const lines: [string, string][] = [
    ['证书', `${found.title}　${found.no}`],
    ['发给', found.recipient],
    ['内容', found.words],
    ['发证单位', found.issuer],
    ['发证日期', longDay(found.issuedOn)],
    ...(endedOn
      ? [[state === 'revoked' ? '撤销日期' : '换发日期', longDay(endedOn)] as [string, string]]
      : []),
  ]
  return (
    <section className="check-found" aria-live="polite">
      {found.isDemo && <Alert type="info" title="演示数据，不是真实的证书" />}
      <p>
        <Tag color={stateColors[state]}>{stateWords[state]}</Tag>
        {verdicts[state]}
      </p>
      <dl>
        {lines.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
