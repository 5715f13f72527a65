import type { HonourTitle, Nominee } from '#honour/api.ts'

const model: HonourTitle = {
  key: 't1',
  name: '大连市五一巾帼标兵',
  subject: '个人',
  level: '市级',
  demand: 'model',
  series: '五一巾帼标兵',
  places: 6,
}
const post: HonourTitle = {
  key: 't2',
  name: '大连市五一巾帼标兵岗',
  subject: '集体',
  level: '市级',
  demand: 'post',
  series: '五一巾帼标兵岗',
  places: 3,
}
const cadre: HonourTitle = {
  key: 't1',
  name: '大连市先进女职工工作者',
  subject: '女职工工作者',
  level: '市级',
  demand: 'none',
  series: '先进女职工工作者',
  places: 4,
}
const family: HonourTitle = {
  key: 't1',
  name: '大连市最美家庭',
  subject: '家庭',
  level: '市级',
  demand: 'none',
  series: '最美家庭',
  places: 3,
}

/** Campaigns of the demo's city, one in each stage that is worth a look. */
export const honourCampaigns = [
  {
    key: 'open',
    kind: 'honour',
    title: '2020年大连市五一巾帼标兵（岗）评选',
    note: '面向生产和服务一线推荐。标兵在一线岗位满五年；标兵岗女职工不低于六成，负责人为女性。',
    opensOn: '2020-04-01',
    closesOn: '2020-04-30',
    types: [model, post],
    hasShares: true,
    state: 'open',
  },
  {
    key: 'jury',
    kind: 'honour',
    title: '2020年大连市先进女职工工作者评选',
    note: '推荐专兼职从事女职工工作满两年的同志。',
    opensOn: '2020-02-17',
    closesOn: '2020-03-31',
    types: [cadre],
    hasShares: false,
    state: 'jury',
  },
  {
    key: 'notice',
    kind: 'family',
    title: '2020年大连市最美家庭评选',
    note: '由各级工会推荐，公示后报市妇联。',
    opensOn: '2020-02-17',
    closesOn: '2020-03-31',
    types: [family],
    hasShares: false,
    state: 'notice',
  },
  {
    key: 'granted',
    kind: 'honour',
    title: '2019年大连市五一巾帼标兵评选',
    note: '',
    opensOn: '2019-01-07',
    closesOn: '2019-01-31',
    types: [{ ...model, places: 40 }],
    hasShares: false,
    state: 'granted',
  },
] as const

/** What a made-up nominee's paper says; the n-th differs a little from the next. */
export function demoNominee(title: HonourTitle, name: string, employer: string, n: number): Nominee {
  const year = 1976 + (n % 12)
  const isPerson = title.subject === '个人' || title.subject === '女职工工作者'
  const isTeam = title.subject === '集体'
  return {
    typeKey: title.key,
    personId: null,
    name,
    employer,
    sex: isPerson ? '女' : null,
    nation: isPerson ? '汉族' : null,
    birthMonth: isPerson ? `${year}-0${(n % 9) + 1}` : null,
    politics: isPerson ? (n % 2 === 0 ? '中共党员' : '群众') : null,
    education: isPerson ? (n % 3 === 0 ? '本科' : '大专') : null,
    jobTitle: isPerson ? '高级工' : null,
    position: isPerson ? ['班长', '主管护师', '装配工', '窗口组长', '检验员'][n % 5]! : null,
    postKind: isPerson ? '一线操作' : null,
    frontSince: isPerson ? `${2004 + (n % 9)}-03-01` : null,
    isIndustrial: isPerson && n % 2 === 0,
    isMigrant: isPerson && n % 4 === 0,
    isHead: false,
    isNonPublic: isPerson && n % 3 !== 1,
    size: isTeam ? 18 + n : null,
    women: isTeam ? 14 + n : null,
    headName: isTeam ? '班组长' : null,
    headIsWoman: isTeam ? true : null,
    foundedOn: isTeam ? '2008-05-01' : null,
    motto:
      title.subject === '家庭'
        ? ['勤俭持家，和睦相处', '诚实做人，踏实做事', '孝老爱亲，邻里互助'][n % 3]!
        : null,
    before: n % 3 === 0 ? '单位先进工作者' : '',
    deedsShort: isTeam
      ? '班组连续三年零差错，带出一批技术骨干，疫情期间全员坚守岗位。'
      : title.subject === '家庭'
        ? '夫妻同心，孝敬老人，疫情期间一家人参加社区值守。'
        : '扎根一线多年，肯钻研、肯带人，疫情期间主动承担夜班和应急任务。',
    deeds: isTeam
      ? '班组建立“师带徒”台账，三年培养中级工以上骨干十一人；坚持每日班前会和互检，连续三年零差错。疫情期间错峰排班，保证供应不断档。'
      : title.subject === '家庭'
        ? '家中三代同堂，十多年来悉心照料老人；夫妻在各自岗位都是骨干，孩子参加社区志愿服务。疫情期间一家人轮流参加社区值守四十余次。'
        : '她在岗位上一干就是多年，提出合理化建议二十余条，被采纳九条；带出徒弟八名，其中三名成为班组骨干。疫情期间连续值守，保障了生产和服务。',
  }
}
