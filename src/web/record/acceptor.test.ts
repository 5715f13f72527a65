import { expect, test } from 'vitest'
import { accepts, whoReviews } from './acceptor.ts'

test('a tier accepts what is accepted at it or below it', () => {
  expect(accepts('grassroots', 'subdistrict')).toBe(false)
  expect(accepts('subdistrict', 'subdistrict')).toBe(true)
  expect(accepts('subdistrict', 'district')).toBe(false)
  expect(accepts('industry', 'district')).toBe(true)
  expect(accepts('district', 'city')).toBe(false)
  expect(accepts('city', 'city')).toBe(true)
})

test('the accepting unit itself needs a second person; the grassroots hear of the first review', () => {
  expect(whoReviews('district', 'district')).toMatch('另一位同志')
  expect(whoReviews('grassroots', 'district')).toMatch('初审')
  expect(whoReviews('district', 'city')).toBe('由市总工会审核，通过后计入。')
})
