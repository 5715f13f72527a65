import './intake.css'
import { useNavigate, useParams, useSearch, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { CheckView } from './check.tsx'
import { StartView } from './start.tsx'
import { targetWords } from './words.ts'

/** 从表格导入: a workbook is brought, checked, mended in place, and only then written in. */
export function IntakePage() {
  const { target } = useParams({ from: paths.imports })
  const search = useSearch({ from: paths.imports })
  const navigate = useNavigate({ from: paths.imports })
  const words = targetWords[target] ?? targetWords['person']!
  return (
    <>
      <PageHead
        title={words.title}
        sub={words.sub}
        extra={
          search.id ? (
            <Button onClick={() => void navigate({ search: {} })}>换一个文件</Button>
          ) : (
            <Link to={target === 'person' ? paths.members : paths.accounts} search={{}}>
              <Button>{words.back}</Button>
            </Link>
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
