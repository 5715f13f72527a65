import { PageHead } from '../kit/pageHead.tsx'

export function InboxPage() {
  return <PageHead title="待办" />
}
