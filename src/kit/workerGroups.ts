/** 八大群体 and, since 2021, further 新就业形态 (domain note 3.27). */
export const workerGroups = [
  '货车司机',
  '快递员',
  '护工护理员',
  '家政服务员',
  '商场信息员',
  '网约送餐员',
  '房产中介员',
  '保安员',
  '网约车司机',
  '其他新就业形态',
] as const
