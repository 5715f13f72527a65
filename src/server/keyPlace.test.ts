import { expect, it } from 'vitest'
import { readEnv } from './env.server.ts'
import { keyPlaceFault } from './keyPlace.ts'

const fault = (env: NodeJS.ProcessEnv, mode: 'demo' | 'live' | null) => keyPlaceFault(readEnv(env), mode)
const postgres = { DATABASE_URL: 'postgres://app@db/jinguo' }
const choose = '正式环境须用 JINGUO_KEY_FILE 指定密钥文件'

it.each([
  ['live on PostgreSQL, default place', postgres, 'live', choose],
  ['about to be made live on PostgreSQL', postgres, null, choose],
  ['live on PostgreSQL, place named', { ...postgres, JINGUO_KEY_FILE: '/etc/jinguo/ring.key' }, 'live', null],
  ['demo on PostgreSQL, default place', postgres, 'demo', null],
  ['live on the embedded database, default place beside the folder', {}, 'live', null],
  [
    'within the data folder',
    { JINGUO_DATA: '/srv/d', JINGUO_KEY_FILE: '/srv/d/ring.key' },
    'demo',
    '在数据文件夹',
  ],
  [
    'within the files',
    { JINGUO_DATA: '/srv/d', JINGUO_KEY_FILE: '/srv/d.files/ring.key' },
    'live',
    '在数据文件夹',
  ],
  [
    'beside a folder of like name',
    { JINGUO_DATA: '/srv/d', JINGUO_KEY_FILE: '/srv/d2/ring.key' },
    'live',
    null,
  ],
] as const)('%s', (_, env, mode, told) => {
  expect(fault(env, mode) ?? 'nothing').toContain(told ?? 'nothing')
})
