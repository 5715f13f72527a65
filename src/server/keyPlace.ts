type Places = {
  keyFile: string
  keyFileNamed: boolean
  databaseUrl: string | null
  dataDir: string
  filesDir: string
}

const isWithin = (file: string, folder: string): boolean => file.startsWith(`${folder}/`)

/**
 * What is wrong with the place of the key file, or null. Whoever copies data must not copy its key: so it never lies among them,
 * and on a PostgreSQL of its own (production) its place is chosen by a person, not by default.
 * @param mode null for an installation that is about to be made live
 */
export function keyPlaceFault(places: Places, mode: 'demo' | 'live' | null): string | null {
  const { keyFile, keyFileNamed, databaseUrl } = places
  for (const folder of [places.dataDir, places.filesDir])
    if (isWithin(keyFile, folder))
      return `密钥文件 ${keyFile} 在数据文件夹 ${folder} 里，会随数据一起被复制和备份；请把它移到别处，并用 JINGUO_KEY_FILE 指定`
  if (mode !== 'demo' && databaseUrl !== null && !keyFileNamed)
    return '正式环境须用 JINGUO_KEY_FILE 指定密钥文件：放在数据库服务器以外、只有本服务能读的位置（如 /etc/jinguo/ring.key），并另行备份'
  return null
}
