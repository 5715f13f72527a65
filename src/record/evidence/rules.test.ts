import { expect, test } from 'vitest'
import { MB, shownName, sizeText } from './rules.ts'

test.each([
  ['三八活动.JPG', 'image/jpeg', '三八活动.jpg'],
  ['C:\\fakepath\\签到表.xls.png', 'image/png', '签到表.xls.png'],
  ['../../etc/passwd', 'application/pdf', 'passwd.pdf'],
  ['a\u202Egpj.exe', 'image/jpeg', 'agpj.jpg'],
  ['\u0000\n.jpg', 'image/jpeg', '图片.jpg'],
  ['..', 'application/pdf', 'PDF.pdf'],
  ['', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word 文件.docx'],
  [`${'名'.repeat(200)}.pdf`, 'application/pdf', `${'名'.repeat(80)}.pdf`],
  ['𬱖㛃合影', 'image/jpeg', '𬱖㛃合影.jpg'],
] as const)('%j of %s is shown as %s', (given, type, shown) => expect(shownName(given, type)).toBe(shown))

test('sizes as people read them', () => {
  expect([0, 1023, 1024, 200_000, MB, 1.55 * MB].map(sizeText)).toEqual([
    '0 B',
    '1023 B',
    '1 KB',
    '195 KB',
    '1.0 MB',
    '1.6 MB',
  ])
})
