import { Link } from '@tanstack/react-router'
import { Button, Descriptions, Drawer, Flex, Tag, Timeline } from 'antd'
import { useCallback, useState } from 'react'
import { personDetail, type Membership, type PersonDetail } from '#person/api.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { sealedLabels } from '#person/purposes.ts'
import { consentWords } from '#person/words.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { personApi } from './addresses.ts'
import { EmergencyDialog } from './emergencyDialog.tsx'
import { Holds } from './holds.tsx'
import { clearLines } from './labels.ts'
import { PlaceDialog, type PlaceAct } from './placeDialog.tsx'
import { RequestCard } from './requestCard.tsx'
import { SealedValue } from './sealedValue.tsx'

/** One person over the list: masks, membership with history, consents, what waits. */
export function MemberDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <Drawer
      open={id !== null}
      size={720}
      className="record-drawer"
      title="会员资料"
      destroyOnHidden
      onClose={onClose}
    >
      {id !== null && <Member key={id} id={id} />}
    </Drawer>
  )
}

function Member({ id }: { id: string }) {
  const query = useApi(personApi.one(id), personDetail)
  if (query.error && toProblem(query.error).status === 404)
    return <Blank why="没有这个人的登记，或者不在您的权限范围内" />
  return <Loaded query={query}>{(person) => <MemberView person={person} />}</Loaded>
}

function MemberView({ person }: { person: PersonDetail }) {
  const { id, values, masks, mayReveal, birthYear } = person
  const may = (field: (typeof mayReveal)[number]) => mayReveal.includes(field)
  const name = String(values['name'])
  const sealed = [
    {
      key: 'idNumber',
      label: String(values['idKind']),
      children: (
        <SealedValue personId={id} field="idNumber" mask={masks.idNumber ?? '—'} may={may('idNumber')} />
      ),
    },
    {
      key: 'birth',
      label: '出生日期',
      children: (
        <SealedValue
          personId={id}
          field="birth"
          mask={birthYear === null ? '—' : `${birthYear} 年`}
          may={may('birth')}
        />
      ),
    },
    {
      key: 'phone',
      label: '手机号码',
      children: (
        <SealedValue
          personId={id}
          field="phone"
          mask={masks.phone ?? '没有登记'}
          may={may('phone') && masks.phone !== null}
        />
      ),
    },
    ...(masks.guardian
      ? [
          {
            key: 'guardian',
            label: '监护人',
            children: (
              <SealedValue
                personId={id}
                field="guardian"
                mask={`已于 ${person.guardianAgreedOn} 同意`}
                may={may('guardian')}
              />
            ),
          },
        ]
      : []),
  ]
  const clear = clearLines(values, birthYear)
    .filter(([label]) => label !== '出生')
    .map(([label, text]) => ({ key: label, label, children: text }))
  return (
    <>
      <Flex align="center" justify="space-between" gap={8} wrap>
        <h2>
          {name}
          {person.state === 'merged' && <Tag className="member-tag">已合并到另一份登记</Tag>}
        </h2>
        <Acts person={person} />
      </Flex>
      <Descriptions size="small" bordered column={1} items={sealed} />
      {person.mayEmergency.length > 0 && <Emergency person={person} />}
      <section className="member-section">
        <Descriptions size="small" bordered column={{ xs: 1, md: 2 }} items={clear} />
      </section>
      <section className="member-section">
        <h3>会籍和单位</h3>
        <MembershipLine memberships={person.memberships} />
      </section>
      <section className="member-section">
        <h3>本人同意</h3>
        <Descriptions
          size="small"
          column={{ xs: 1, md: 2 }}
          items={person.consents.map((c) => ({
            key: c.purpose,
            label: consentTexts[c.purpose].label,
            children:
              consentWords[c.state] +
              (c.state === 'given' ? `（${c.givenOn}${c.form === 'paper' ? '，书面' : ''}）` : ''),
          }))}
        />
      </section>
      {person.holds && <Holds person={person} holds={person.holds} />}
      {person.requests.length > 0 && (
        <section className="member-section">
          <h3>会员事项</h3>
          {person.requests.map((request) => (
            <RequestCard key={request.id} request={request} />
          ))}
        </section>
      )}
    </>
  )
}

/** What only her own unit may open, for when life or the law cannot wait for it. */
function Emergency({ person }: { person: PersonDetail }) {
  const [asking, setAsking] = useState(false)
  const close = useCallback(() => setAsking(false), [])
  return (
    <p className="page-sub member-sealed">
      <span>{`${person.mayEmergency
        .filter((field) => field !== 'guardian' || person.masks.guardian)
        .map((field) => sealedLabels[field])
        .join('、')}只有她所在单位可以查看`}</span>
      <Button size="small" type="link" danger onClick={() => setAsking(true)}>
        紧急查看
      </Button>
      {asking && <EmergencyDialog person={person} onClose={close} />}
    </p>
  )
}

/** Her units, newest first. */
export function MembershipLine({ memberships }: { memberships: readonly Membership[] }) {
  return (
    <Timeline
      items={memberships.map((m) => ({
        color: m.untilOn === null ? 'green' : 'gray',
        content: (
          <>
            <div>{`${m.org.name} · ${m.kind}`}</div>
            <div className="page-sub num">
              {m.untilOn === null
                ? `${m.fromOn} 起（${m.joinedBy}）`
                : `${m.fromOn}（${m.joinedBy}）至 ${m.untilOn}（${m.leftBy}）`}
              {m.reason ? ` · ${m.reason}` : ''}
            </div>
          </>
        ),
      }))}
    />
  )
}

/** What this reader may do: her own unit changes and ends, a superior of two units moves, both may ask for merge or erasure. */
function Acts({ person }: { person: PersonDetail }) {
  const { post } = useMe()
  const [act, setAct] = useState<PlaceAct | null>(null)
  if (person.state !== 'active') return null
  const belongs = person.memberships[0]?.untilOn === null
  const standing = person.memberships[0]?.kind
  const offers: [PlaceAct, string, boolean][] = [
    ['move', '调动', belongs && post.org.tier !== 'grassroots' && post.org.tier !== 'branch'],
    ['leave', '登记离开', belongs && person.mayEdit],
    ['join', '登记入会', belongs && person.mayEdit && standing === '女职工'],
    ['keep', '保留会籍', belongs && person.mayEdit && standing === '会员'],
    ['resume', '恢复会籍', belongs && person.mayEdit && standing === '保留会籍'],
    ['consent', '登记书面同意', person.mayEdit],
    ['merge', '合并', true],
    ['erase', '删除', true],
  ]
  return (
    <Flex gap={4} wrap>
      {person.mayEdit && (
        <Link to={paths.memberForm} search={{ id: person.id }}>
          <Button type="primary" ghost>
            修改
          </Button>
        </Link>
      )}
      {offers
        .filter(([, , offered]) => offered)
        .map(([key, label]) => (
          <Button key={key} type="text" onClick={() => setAct(key)}>
            {label}
          </Button>
        ))}
      {act && <PlaceDialog act={act} person={person} onClose={() => setAct(null)} />}
    </Flex>
  )
}
