/** What an entry of the register may lack: each keeps her from something that the union gives or counts. */
export const lacks = ['phone', 'birth', 'nation', 'education', 'employment', 'hukou', 'double'] as const
export type Lack = (typeof lacks)[number]
export const lackWords: Readonly<Record<Lack, string>> = {
  phone: '没有手机号码',
  birth: '没有出生日期',
  nation: '没有民族',
  education: '没有学历',
  employment: '没有就业状况',
  hukou: '没有户籍',
  double: '同名同年，疑似重复',
}
