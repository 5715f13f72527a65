import './lock.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Card } from 'antd'
import { useState } from 'react'
import { lockList, type Lock, type LockList } from '#figures/lock/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { lockApi } from './addresses.ts'
import { LockDialog } from './lockDialog.tsx'
import { LockDrawer } from './lockDrawer.tsx'
import { LockTable } from './lockTable.tsx'
import { Reopening, type ReopeningAct } from './reopening.tsx'
import { CutNote } from '../kit/cutNote.tsx'

/** 期间锁定: what this unit locked, what is locked above it and below it. */
export function LocksPage() {
  const { lock } = useSearch({ from: paths.locks })
  const navigate = useNavigate({ from: paths.locks })
  const { post } = useMe()
  const query = useApi(lockApi.list, lockList)
  const [setting, setSetting] = useState(false)
  const [reopening, setReopening] = useState<{ lock: Lock; act: ReopeningAct } | null>(null)
  const open = (id: string | undefined): void => void navigate({ search: id ? { lock: id } : {} })
  return (
    <>
      <PageHead
        title="期间锁定"
        sub={`锁定后，${post.org.shortName}及下级这个期间的数保持锁定时的值；填报不停，补报和更正只计入现值`}
        extra={
          query.data?.maySet && (
            <Button type="primary" onClick={() => setSetting(true)}>
              锁定期间
            </Button>
          )
        }
      />
      <Loaded query={query} rows={6}>
        {(list) => (
          <>
            <Card size="small" title="本单位锁定的期间">
              {list.own.length > 0 ? (
                <LockTable
                  locks={list.own}
                  onOpen={open}
                  onReopen={list.maySet ? (one, act) => setReopening({ lock: one, act }) : undefined}
                />
              ) : (
                <Blank why="本单位还没有锁定过期间。报表报出以后，锁定那个期间，报出的数就不再变" />
              )}
            </Card>
            <Others list={list} onOpen={open} />
            <CutNote list="locks" count={list.own.length + list.above.length + list.below.length} />
          </>
        )}
      </Loaded>
      {setting && query.data && <LockDialog untilYm={query.data.untilYm} onClose={() => setSetting(false)} />}
      {reopening && <Reopening {...reopening} onClose={() => setReopening(null)} />}
      <LockDrawer id={lock} onClose={() => open(undefined)} />
    </>
  )
}

function Others({ list, onOpen }: { list: LockList; onOpen: (id: string) => void }) {
  return (
    <>
      {list.above.length > 0 && (
        <Card size="small" title="上级锁定的期间，对本单位同样有效">
          <LockTable locks={list.above} />
        </Card>
      )}
      {list.below.length > 0 && (
        <Card size="small" title="下级锁定的期间">
          <LockTable locks={list.below} onOpen={onOpen} />
        </Card>
      )}
    </>
  )
}
