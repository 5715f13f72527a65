import { CheckCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import type { ReactNode } from 'react'
import { lineOf, standsIn, type Draft, type DraftBlock } from '#figures/summary/draft.ts'
import { paperMaterial, type PaperMaterial } from '#figures/summaryApi.ts'
import { useApi } from '../api/hooks.tsx'
import { findLine } from '../figures/chapters.ts'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { summaryApi } from './addresses.ts'
import type { Desk } from './editor/editor.tsx'

const said = (block: DraftBlock): string =>
  lineOf(
    block,
    ({ indicator, year }) =>
      `〔${findLine(indicator)?.indicator.label ?? indicator}${year ? `，${year}年` : ''}〕`,
  )

type MaterialProps = { year: number; draft: Draft; desk: Desk | null }

/** What the data has to offer: findings, named records, sentences that are not in the text. Nothing is put in by itself. */
export function Material({ year, draft, desk }: MaterialProps) {
  const query = useApi(summaryApi.material(year), paperMaterial)
  return (
    <Loaded query={query} rows={6}>
      {({ problems, compared, highlights, sentences }) => (
        <>
          <Group title="数据显示的问题" none="数据里没有看出需要写的问题。" count={problems.length}>
            {problems.map(({ kind, block, link }) => (
              <Item
                key={block.id}
                tag={kind}
                text={said(block)}
                onInsert={desk && (() => desk.insert([block]))}
                more={
                  link && (
                    <a href={link} target="_blank" rel="noreferrer">
                      去看
                    </a>
                  )
                }
              />
            ))}
          </Group>
          <Group title="与上年比" none="上年没有可比的数；可在“历年数据”里录入。" count={compared.length}>
            {compared.map(({ kind, block, link }) => (
              <Item
                key={block.id}
                tag={kind}
                text={said(block)}
                onInsert={desk && (() => desk.insert([block]))}
                more={
                  <a href={link} target="_blank" rel="noreferrer">
                    看上年
                  </a>
                }
              />
            ))}
          </Group>
          <Group title="工作亮点和源头参与" none="这一年没有审核通过的亮点。" count={highlights.length}>
            {highlights.map(({ record, programme, kind, text }) => (
              <Item
                key={record}
                tag={kind}
                text={text}
                isWritten={standsIn(draft, record, text)}
                onInsert={desk && (() => desk.insertInline(text, [record]))}
                more={
                  <Link to={paths.records} params={{ programme }} search={{ id: record }}>
                    看记录
                  </Link>
                }
              />
            ))}
          </Group>
          <Sentences sentences={sentences} desk={desk} />
        </>
      )}
    </Loaded>
  )
}

function Sentences({ sentences, desk }: { sentences: PaperMaterial['sentences']; desk: Desk | null }) {
  return (
    <Group title="没有写入的句子" none="模板里有数的句子都已写入。" count={sentences.length}>
      {sentences.map(({ block, state }) => (
        <Item
          key={block.id}
          tag={state === 'ready' ? '有数' : '暂无数据'}
          text={said(block)}
          onInsert={desk && (() => desk.insert([block]))}
        />
      ))}
    </Group>
  )
}

type GroupProps = { title: string; none: string; count: number; children: ReactNode }

function Group({ title, none, count, children }: GroupProps) {
  return (
    <section className="side-group">
      <h3>{title}</h3>
      {count === 0 ? <p className="side-none">{none}</p> : <ul className="side-items">{children}</ul>}
    </section>
  )
}

type ItemProps = {
  tag: string
  text: string
  /** It stands in the text already. */
  isWritten?: boolean
  onInsert: (() => void) | null
  more?: ReactNode
}

function Item({ tag, text, isWritten = false, onInsert, more }: ItemProps) {
  return (
    <li>
      <span>
        <Tag>{tag}</Tag>
        {text}
      </span>
      <span className="side-acts">
        {more}
        {isWritten && (
          <span className="is-complete">
            <CheckCircleOutlined /> 已写入
          </span>
        )}
        {onInsert && !isWritten && (
          <Button size="small" icon={<PlusOutlined />} onClick={onInsert}>
            写入
          </Button>
        )}
      </span>
    </li>
  )
}
