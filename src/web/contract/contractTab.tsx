import './contract.css'
import { FileWordOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { contractDetail, type ContractDetail } from '#programmes/contract/api.ts'
import { paperKinds, paperTitles, type PaperKind } from '#programmes/contract/papers.ts'
import { callFile } from '../api/client.dom.ts'
import { useApi } from '../api/hooks.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { StateTag } from '../kit/stateTag.tsx'
import { Blank, Failure, Loaded } from '../kit/states.tsx'
import { save } from '../my/save.dom.ts'
import { contractApi } from './addresses.ts'
import { ContractLink } from './contractLink.tsx'
import { InspectionsPart } from './inspections.tsx'
import { TextsPart } from './texts.tsx'
import { stepWords } from './words.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** 进程和条款: the way of a contract against the clock of law, its clauses against the floor, its chain and how it is kept. */
export function ContractTab({ id, title }: { id: string; title: string }) {
  const query = useApi(contractApi.contract(id), contractDetail)
  return (
    <Loaded query={query}>
      {(detail) => (
        <div className="contract-tab">
          <Papers id={id} title={title} />
          <TextsPart id={id} detail={detail} />
          <Steps steps={detail.steps} />
          <Clauses detail={detail} />
          <Chain id={id} {...detail} />
          <InspectionsPart id={id} detail={detail} />
        </div>
      )}
    </Loaded>
  )
}

/** The text and the pack for the labour office, each one press and one Word file. */
function Papers({ id, title }: { id: string; title: string }) {
  const print = useMutation({
    mutationFn: async (kind: PaperKind) =>
      save(
        `${paperTitles[kind]}_${title}.docx`,
        await callFile(contractApi.paper(id, kind), { method: 'POST', body: {} }),
      ),
  })
  return (
    <div className="record-forms">
      {paperKinds.map((kind) => (
        <Button
          key={kind}
          size="small"
          icon={<FileWordOutlined />}
          loading={print.isPending && print.variables === kind}
          onClick={() => print.mutate(kind)}
        >
          下载{paperTitles[kind]}
        </Button>
      ))}
      {print.error && <Failure error={print.error} />}
    </div>
  )
}

function Steps({ steps }: { steps: ContractDetail['steps'] }) {
  return (
    <section>
      <h3>进程</h3>
      <ol className="trace-line contract-steps">
        {steps.map((step) => {
          const { word, color } = stepWords[step.state]
          return (
            <li key={step.key} className={`is-${step.state}`}>
              <b>{step.label}</b>
              <span className="num">{step.on ?? '—'}</span>
              {word && <Tag color={color}>{word}</Tag>}
              {step.limit && (
                <small>
                  {step.limit}
                  {step.basis && <> · {step.basis}</>}
                </small>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function Clauses({ detail: { clauses, silent } }: { detail: ContractDetail }) {
  const low = clauses.filter((clause) => clause.below).length
  return (
    <section>
      <h3>条款 {low > 0 && <Tag color="red">{low} 条低于最低标准</Tag>}</h3>
      {clauses.length === 0 ? (
        <Blank why="还没有摘录条款；更正时在“条款”里逐条填写，系统对照最低标准" />
      ) : (
        <>
          <Sideways label="条款和最低标准">
            <table className="plain-table contract-clauses">
              <thead>
                <tr>
                  <th>事项</th>
                  <th>原文</th>
                  <th>约定</th>
                  <th>最低标准</th>
                </tr>
              </thead>
              <tbody>
                {clauses.map((clause) => (
                  <tr key={`${clause.item} ${clause.quote}`} className={clause.below ? 'is-below' : ''}>
                    <td>{clause.item}</td>
                    <td className="contract-quote">{clause.quote}</td>
                    <td className="num">
                      {clause.agreed === null ? '—' : `${clause.agreed} ${clause.unit}`}
                      {clause.below && <Tag color="red">低于标准</Tag>}
                    </td>
                    <td>
                      {clause.floor === null ? (
                        '—'
                      ) : (
                        <>
                          <span className="num">
                            {clause.most ? '不晚于' : '不少于'} {clause.floor} {clause.unit}
                          </span>
                          <small>{clause.basis}</small>
                        </>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Sideways>
          {silent.length > 0 && <p className="fields-left">未约定：{silent.join('、')}</p>}
        </>
      )}
    </section>
  )
}

function Chain({ id, chain, siblings }: { id: string } & Pick<ContractDetail, 'chain' | 'siblings'>) {
  return (
    <section>
      <h3>续签关系</h3>
      <ul className="contract-list">
        {chain.map((link) => (
          <li key={`${link.regNo} ${link.id}`}>
            <b>{link.signKind ?? '原合同'}</b>{' '}
            {link.id === null || link.id === id ? (
              link.regNo
            ) : (
              <ContractLink id={link.id}>{link.regNo}</ContractLink>
            )}{' '}
            {link.id === null && <Tag>不在系统中</Tag>}
            {link.id === id && <Tag color="blue">本合同</Tag>}
            {link.state !== null && link.state !== 'accepted' && <StateTag state={link.state} />}
            {link.termFromOn && (
              <small className="num">
                {link.termFromOn} 至 {link.termUntilOn}
              </small>
            )}
          </li>
        ))}
      </ul>
      <CutNote list="contractChain" count={siblings} />
    </section>
  )
}
