import { expect, it } from 'vitest'
import { relyingParty } from './relyingParty.server.ts'

it.each([
  ['https://jinguo.example', { id: 'jinguo.example', origin: 'https://jinguo.example' }],
  [
    'https://work.jinguo.example:8443/',
    { id: 'work.jinguo.example', origin: 'https://work.jinguo.example:8443' },
  ],
  ['http://127.0.0.1:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  ['http://localhost:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  ['http://[::1]:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  ['http://jinguo.example', null],
  ['http://192.168.1.20:3000', null],
  ['https://192.168.1.20', null],
  ['https://[2001:db8::1]', null],
  ['no address', null],
])('people at %s get passkeys for %j', (publicUrl, party) => {
  expect(relyingParty(publicUrl)).toEqual(party)
})
