import { differences, draft, openMigrated } from '#server/schema.server.ts'

/**
 * `schema draft KEY` prints the migration of a programme, to be edited and numbered by hand;
 * `schema check` compares all migrations on an empty database with the definitions. Exit codes 0, 1, 2.
 */
async function main([verb, key]: string[]): Promise<number> {
  if (verb === 'draft' && key) {
    console.log(draft(key))
    return 0
  }
  if (verb !== 'check') {
    console.error('用法：schema draft 项目 | schema check')
    return 2
  }
  const database = await openMigrated('migrations')
  try {
    const found = await differences(database.query)
    for (const line of found) console.error(line)
    console.log(found.length === 0 ? '迁移与定义一致' : `${found.length} 处不一致`)
    return found.length === 0 ? 0 : 1
  } finally {
    await database.close()
  }
}

process.exitCode = await main(process.argv.slice(2))
