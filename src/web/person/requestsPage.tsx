import './person.css'
import { Link } from '@tanstack/react-router'
import { Button, Flex } from 'antd'
import { requestList } from '#person/api.ts'
import { useApi } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { personApi } from './addresses.ts'
import { RequestCard } from './requestCard.tsx'
import { CutNote } from '../kit/cutNote.tsx'

/** 会员事项: transfers, merges, erasures and joinings that wait for a second person, and what was decided of late. */
export function MemberRequestsPage() {
  const query = useApi(personApi.open, requestList)
  return (
    <>
      <PageHead
        title="会员事项"
        sub="转出由现单位确认，入会由所在单位接收，合并和删除由另一位同志确认；办结的保留三十天"
        extra={
          <Link to={paths.members} search={{}}>
            <Button>回到名册</Button>
          </Link>
        }
      />
      <Loaded query={query}>
        {(list) =>
          list.length === 0 ? (
            <Blank why="没有待确认的会员事项" />
          ) : (
            <Flex vertical gap={8}>
              {list.map((request) => (
                <RequestCard key={request.id} request={request} />
              ))}
            </Flex>
          )
        }
      </Loaded>
      <CutNote list="personRequests" count={query.data?.length} />
    </>
  )
}
