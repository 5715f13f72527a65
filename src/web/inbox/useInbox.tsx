import { useInfiniteQuery } from '@tanstack/react-query'
import { inbox, type Box } from '#record/api.ts'
import { call } from '../api/client.dom.ts'
import { api } from '../paths.ts'
import { withQuery } from '../urlState.ts'

/** One box, page after page as more is asked for; the counts of all boxes come with it. */
export function useInbox(box: Box) {
  const query = useInfiniteQuery({
    queryKey: [api.inbox, box],
    queryFn: ({ pageParam, signal }) =>
      call(withQuery(api.inbox, { box, after: pageParam ?? undefined }), inbox, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  const pages = query.data?.pages
  return {
    cards: pages?.flatMap((page) => page.cards),
    counts: pages?.[0]?.counts ?? {},
    atLeast: pages?.[0]?.atLeast ?? [],
    error: query.error,
    refetch: query.refetch,
    hasMore: query.hasNextPage,
    more: () => void query.fetchNextPage(),
    loadingMore: query.isFetchingNextPage,
  }
}
