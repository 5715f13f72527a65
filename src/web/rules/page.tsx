import './rules.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { ruleTables } from '#rules/register.ts'
import { ruleBook, type RuleBook } from '#kit/rule.ts'
import { ruleBookAnswer, type RuleBookAnswer } from '#rules/tablesApi.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { NotFound } from '../kit/notFound.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { rulesApi } from './addresses.ts'
import { TableView } from './tableView.tsx'

const route = getRouteApi(paths.rules)

/** 规则表: what law and city fix in numbers, as it holds today, with its basis and what held before. */
export function RulesPage() {
  const query = useApi(rulesApi.book, ruleBookAnswer)
  return (
    <>
      <PageHead
        title="规则表"
        sub="门槛、年龄、名额、标准和期限都在这里，各有依据和起始日期；新版本由市总一人提出、另一人核定，从起始日期起执行，以前的不变"
      />
      <Loaded query={query} rows={12}>
        {(data) => <Tables data={data} />}
      </Loaded>
    </>
  )
}

function Tables({ data }: { data: RuleBookAnswer }) {
  const { today } = useMe()
  const asked = route.useSearch().table
  const rule = asked === undefined ? ruleTables[0] : ruleTables.find(({ key }) => key === asked)
  const book = ruleBook(data.entered)
  return (
    <div className="rules">
      <nav aria-label="规则表目录" className="rules-list">
        {ruleTables.map(({ key, title }) => (
          <Link
            key={key}
            to={paths.rules}
            search={{ table: key }}
            className={key === rule?.key ? 'is-open' : ''}
            {...(key === rule?.key ? { 'aria-current': 'page' as const } : {})}
          >
            <span>{title}</span>
            <Mark data={data} book={book} table={key} today={today} />
          </Link>
        ))}
      </nav>
      {rule ? <TableView key={rule.key} rule={rule} book={book} data={data} /> : <NotFound />}
    </div>
  )
}

type MarkProps = { data: RuleBookAnswer; book: RuleBook; table: string; today: string }

function Mark({ data, book, table, today }: MarkProps) {
  if (data.waiting.includes(table)) return <Tag color="gold">待核定</Tag>
  const rule = ruleTables.find(({ key }) => key === table)!
  return book.on(rule, today).version.endsWith('市') ? <Tag>本市</Tag> : null
}
