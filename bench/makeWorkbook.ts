import { writeFileSync } from 'node:fs'
import { bigWorkbook } from './workbook.ts'

// ROWS PATH: in a process of its own, so that what making takes is not counted as reading.
const [, , rows, path] = process.argv
writeFileSync(path!, bigWorkbook(Number(rows)))
