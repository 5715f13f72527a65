import { expect, it } from 'vitest'
import { csvLine } from './csvText.ts'

it('quotes text, leaves numbers, and lets no spreadsheet compute', () => {
  expect(csvLine(['甲，"乙"', 12.5, null, true, { day: '2019-08-05' }])).toBe(
    '"甲，""乙""",12.5,"","是","2019-08-05"\r\n',
  )
  expect(csvLine(['=1+1', '+8613', '-3', '@x', -3])).toBe(`"'=1+1","'+8613","'-3","'@x",-3\r\n`)
  expect(csvLine(['第一行\n第二行'])).toBe('"第一行\n第二行"\r\n')
})
