import './intake.css'
import { useNavigate, useParams, useSearch, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { NotFound } from '../kit/notFound.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { CheckView } from './check.tsx'
import { StartView } from './start.tsx'
import { wordsOf } from './words.ts'

/** 从表格导入: a workbook is brought, checked, mended in place, and only then written in. */
export function IntakePage() {
  const { target } = useParams({ from: paths.imports })
  const search = useSearch({ from: paths.imports })
  const navigate = useNavigate({ from: paths.imports })
  const words = wordsOf(target)
  if (!words) return <NotFound />
  return (
    <>
      <PageHead
        title={words.title}
        sub={words.sub}
        extra={
          search.id ? (
            <Button onClick={() => void navigate({ search: {} })}>换一个文件</Button>
          ) : (
            <Back target={target} word={words.back} />
          )
        }
      />
      {search.id ? (
        <CheckView
          key={search.id}
          id={search.id}
          search={search}
          onSearch={(change) => void navigate({ search: { ...search, ...change } })}
        />
      ) : (
        <StartView target={target} onOpen={(id) => void navigate({ search: { id } })} />
      )}
    </>
  )
}

function Back({ target, word }: { target: string; word: string }) {
  const button = <Button>{word}</Button>
  if (target === 'person')
    return (
      <Link to={paths.members} search={{}}>
        {button}
      </Link>
    )
  if (target === 'earlier')
    return (
      <Link to={paths.earlier} search={{}}>
        {button}
      </Link>
    )
  if (target === 'employer')
    return (
      <Link to={paths.orgGaps} search={{}}>
        {button}
      </Link>
    )
  if (target === 'eventEntry')
    return (
      <Link to={paths.events} search={{ events: 'open' }}>
        {button}
      </Link>
    )
  if (target === 'onboarding')
    return (
      <Link to={paths.accounts} search={{}}>
        {button}
      </Link>
    )
  return (
    <Link to={paths.records} params={{ programme: target }} search={{}}>
      {button}
    </Link>
  )
}
