import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { ApiProblem } from '../../web/api/problem.ts'
import { Fault } from './parts.tsx'

const shown = (code: string) =>
  renderToStaticMarkup(
    <Fault error={new ApiProblem(403, { code, message: '原话' })} again={() => undefined} />,
  )

it('what wants a second factor shows the way to it, on every page, and no button that leads nowhere', () => {
  expect(shown('403.3')).toContain('href="/my"')
  expect(shown('403.3')).not.toContain('重试')
  expect(shown('403.1')).toContain('重试')
})
