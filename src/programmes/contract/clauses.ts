/** What a contract agrees on for women; a closed list, each with an article of its own in the model text. */
export const clauseItems = [
  '产假',
  '难产增加产假',
  '多胞胎增加产假',
  '未满四个月流产假',
  '满四个月流产假',
  '每日哺乳时间',
  '孕期检查计入劳动时间',
  '孕期哺乳期不加班不上夜班',
  '孕期产期哺乳期不降薪不解除',
  '禁忌劳动范围',
  '经期保护',
  '更年期保护',
  '男女同工同酬',
  '职业发展和培训',
  '妇科和乳腺检查',
  '预防和制止性骚扰',
  '女职工设施',
  '家庭友好安排',
] as const
export type ClauseItem = (typeof clauseItems)[number]
