/** Short names of the six sections of the annual summary, for menus and headings. */
export const sectionNames: Record<string, string> = {
  '一（一）': '思想引领与表彰',
  '一（二）': '素质提升',
  '一（三）': '权益维护',
  '一（四）': '关爱服务',
  '一（五）': '家风与课堂',
  '一（六）': '亮点与自身建设',
}
