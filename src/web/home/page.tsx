import { PageHead } from '../kit/pageHead.tsx'

export function HomePage() {
  return <PageHead title="首页" />
}
