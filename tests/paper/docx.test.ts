import { beforeAll, describe, expect, it } from 'vitest'
import { figuresOf, type OfficialDocument } from '../../src/paper/document.ts'
import { writeDocx } from '../../src/paper/docx/write.server.ts'
import { contentHash } from '../../src/paper/hash.server.ts'
import { all, type Node, opened, type Parts, tree, value, values } from './opened.ts'
import { figures, prose, summary } from './sample.ts'
import { misplaced } from './schema.ts'

const DOCUMENT = 'word/document.xml'
const part = (parts: Parts, path: string): Node => tree(parts[path] ?? '')
const textOf = (node: Node) => all(node, 'w:t').reduce((text, run) => text + run.text, '')
const styleOf = (paragraph: Node) => all(paragraph, 'w:pStyle')[0]?.attributes['w:val']

const longest = (list: string[]) => Math.max(...list.map((name) => name.length))

let clean: Parts
let review: Parts
let body: Node

beforeAll(async () => {
  clean = opened(await writeDocx(summary, { mode: 'clean', mark: null }))
  review = opened(await writeDocx(summary, { mode: 'review', mark: null }))
  body = part(clean, DOCUMENT)
})

describe('a file that Word opens without repair', () => {
  it('has every element where the schema wants it', () => {
    const xml = Object.keys(review).filter((path) => path.startsWith('word/') && path.endsWith('.xml'))
    expect(xml.length).toBeGreaterThan(5)
    expect(xml.flatMap((path) => misplaced(part(review, path)).map((fault) => `${path} ${fault}`))).toEqual(
      [],
    )
  })

  it('lists every part with its type and holds every part it lists', () => {
    const types = part(review, '[Content_Types].xml')
    const listed = values(all(types, 'Override'), 'PartName').map((name) => name.slice(1))
    expect(listed.filter((name) => !(name in review))).toEqual([])
    const xml = Object.keys(review).filter((name) => name.endsWith('.xml') && name !== '[Content_Types].xml')
    expect(xml.filter((name) => !listed.includes(name))).toEqual([])
  })

  it('resolves every relation, style and link within', () => {
    const root = part(review, DOCUMENT)
    const relations = values(all(part(review, 'word/_rels/document.xml.rels'), 'Relationship'), 'Id')
    const used = all(root).flatMap((node) => node.attributes['r:id'] ?? [])
    expect(used.filter((id) => !relations.includes(id))).toEqual([])

    const defined = values(all(part(review, 'word/styles.xml'), 'w:style'), 'w:styleId')
    const named = Object.keys(review)
      .filter((path) => /^word\/\w+\.xml$/.test(path))
      .flatMap((path) => all(part(review, path)))
      .filter((node) => /^w:(pStyle|rStyle|basedOn|next)$/.test(node.name))
    expect(values(named).filter((id) => !defined.includes(id))).toEqual([])

    const bookmarks = values(all(root, 'w:bookmarkStart'), 'w:name')
    const anchors = all(root, 'w:hyperlink').flatMap((link) => link.attributes['w:anchor'] ?? [])
    expect(anchors.length).toBe(figuresOf(summary).length)
    expect(anchors.filter((anchor) => !bookmarks.includes(anchor))).toEqual([])
  })

  it('pairs every bookmark and repeats no id and no name', () => {
    const starts = all(body, 'w:bookmarkStart')
    expect(values(all(body, 'w:bookmarkEnd'), 'w:id')).toHaveLength(starts.length)
    for (const list of [
      values(starts, 'w:id'),
      values(starts, 'w:name'),
      values(all(body, 'w:sdtPr').flatMap((properties) => all(properties, 'w:id'))),
    ])
      expect(new Set(list).size).toBe(list.length)
    expect(new Set(values(starts, 'w:id'))).toEqual(new Set(values(all(body, 'w:bookmarkEnd'), 'w:id')))
  })
})

describe('figures are live', () => {
  it('each is a link in a control in a bookmark, in reading order', () => {
    const wanted = figuresOf(summary)
    expect(new Set(wanted.map((figure) => figure.indicator)).size).toBe(31)
    const controls = all(body, 'w:sdt')
    expect(controls).toHaveLength(wanted.length)
    const paragraphs = all(body, 'w:p')
    controls.forEach((control, at) => {
      const figure = wanted[at]!
      expect(values(all(control, 'w:tag'))).toEqual([
        `fig:${figure.indicator}=${figure.value}@${figure.snapshot}`,
      ])
      expect(values(all(control, 'w:alias'))).toEqual([figure.label])
      expect(textOf(control)).toBe(figure.written)
      const link = all(control, 'w:sdtContent')[0]?.children[0]
      expect(value(link, 'w:anchor')).toBe(`src_${figure.indicator.replaceAll('.', '_')}`)
      expect(all(link!, 'w:rStyle')).toEqual([])

      const siblings = paragraphs.find((paragraph) => paragraph.children.includes(control))!.children
      const before = siblings[siblings.indexOf(control) - 1]
      const after = siblings[siblings.indexOf(control) + 1]
      expect(before?.name).toBe('w:bookmarkStart')
      expect(after?.name).toBe('w:bookmarkEnd')
      expect(value(after, 'w:id')).toBe(value(before, 'w:id'))
    })
  })

  it('numbers the bookmarks of an indicator by its mentions', () => {
    const names = values(all(body, 'w:bookmarkStart'), 'w:name')
    expect(names.filter((name) => name.startsWith('fig_training_sessions'))).toEqual([
      'fig_training_sessions_1',
      'fig_training_sessions_2',
    ])
  })

  it('keeps tags within 64 and bookmark names within 40 characters', () => {
    expect(longest(values(all(body, 'w:tag')))).toBeLessThanOrEqual(64)
    expect(longest(values(all(body, 'w:bookmarkStart'), 'w:name'))).toBeLessThanOrEqual(40)
  })

  it('gives each its comment for review, and none in a clean copy', () => {
    const root = part(review, DOCUMENT)
    const wanted = figuresOf(summary)
    const comments = all(part(review, 'word/comments.xml'), 'w:comment')
    expect(comments).toHaveLength(wanted.length)
    for (const name of ['w:commentRangeStart', 'w:commentRangeEnd', 'w:commentReference'])
      expect(values(all(root, name), 'w:id')).toEqual(values(comments, 'w:id'))
    const [first] = comments
    expect(all(first!, 'w:p').map(textOf)).toEqual([
      '数据：教育培训期数（training.sessions）',
      '准确值：485期',
      '快照：S2019-1',
      '溯源：https://jinguo.example/trace/training.sessions?snapshot=S2019-1',
    ])
    expect(clean['word/comments.xml']).toBeUndefined()
    expect(all(body, 'w:commentReference')).toEqual([])
  })
})

describe('the appendix of sources', () => {
  it('has a row per indicator with its trace, the header on every page, no row torn', () => {
    const rows = all(body, 'w:tr')
    expect(rows).toHaveLength(1 + 31)
    expect(all(rows[0]!, 'w:tblHeader')).toHaveLength(1)
    expect(rows.every((row) => all(row, 'w:cantSplit').length === 1)).toBe(true)
    expect(all(rows[4]!, 'w:p').map(textOf)).toEqual([
      '4',
      '教育培训',
      '教育培训期数',
      'training.sessions',
      '485期',
      summary.sources[3]!.definition,
      '查看',
    ])
    const relations = all(part(clean, 'word/_rels/document.xml.rels'), 'Relationship')
    const targets = relations
      .filter((relation) => relation.attributes['TargetMode'] === 'External')
      .map((relation) => value(relation, 'Target'))
    expect(targets).toEqual(summary.sources.map((row) => row.link))
  })

  it('drops the column of links where the copy has none, and itself where there are no figures', async () => {
    const open = { ...summary, sources: summary.sources.map((row) => ({ ...row, link: '' })) }
    const without = part(opened(await writeDocx(open, { mode: 'clean', mark: null })), DOCUMENT)
    expect(all(all(without, 'w:tr')[0]!, 'w:tc').map(textOf).at(-1)).toBe('口径')
    const widths = values(all(without, 'w:gridCol'), 'w:w').map(Number)
    expect(widths.reduce((sum, width) => sum + width, 0)).toBe(8845)

    const plain = {
      ...summary,
      sources: [],
      blocks: [{ kind: 'heading', level: 1, text: '一、回顾' } as const],
    }
    const root = part(opened(await writeDocx(plain, { mode: 'clean', mark: null })), DOCUMENT)
    expect(all(root, 'w:tbl')).toEqual([])
    expect(textOf(root)).not.toContain('附件')
  })

  it('is refused where it contradicts the text', async () => {
    const wrong = summary.sources.map((row) => (row.no === 4 ? { ...row, value: 486 } : row))
    await expect(writeDocx({ ...summary, sources: wrong }, { mode: 'clean', mark: null })).rejects.toThrow(
      '“教育培训期数”正文取485期，数据来源表为486期，两者不一致',
    )
  })
})

describe('the format', () => {
  it('names the official fonts in all four slots', () => {
    const fonts = all(part(clean, 'word/styles.xml'), 'w:rFonts').map((node) =>
      Object.values(node.attributes),
    )
    expect(fonts.every((slots) => slots.length === 4 && new Set(slots).size === 1)).toBe(true)
    expect(new Set(fonts.flat())).toEqual(
      new Set(['方正小标宋简体', '仿宋_GB2312', '楷体_GB2312', '黑体', '宋体']),
    )
  })

  it('sets text in the styles of its kind', () => {
    const paragraphs = all(body, 'w:p').map((node) => `${styleOf(node)} ${textOf(node)}`)
    expect(paragraphs.slice(0, 3)).toEqual([
      'GwTitle 滨海市总工会女职工委员会2019年工作总结和2020年工作安排',
      'GwDate （2020年4月16日）',
      'GwBody ',
    ])
    for (const line of [
      'GwH1 一、2019年工作回顾',
      'GwH2 （一）突出思想引领，选树先进典型',
      'GwH3 1.健全组织网络',
      'GwBody 附件：数据来源与口径',
      'GwSign 滨海市总工会女职工委员会',
      'GwSign 2020年4月16日',
      'GwApp 附件',
    ])
      expect(paragraphs).toContain(line)
    const leads = all(body, 'w:r').filter((run) =>
      all(run, 'w:rStyle').some((style) => value(style) === 'GwLead'),
    )
    expect(leads.map(textOf)).toContain('典型选树有力度。')
  })

  it('has a page number for odd and for even pages, and a banner only in demo mode', async () => {
    const section = all(body, 'w:sectPr')[0]!
    expect(values(all(section, 'w:footerReference'), 'w:type').toSorted()).toEqual(['default', 'even'])
    expect(all(section, 'w:headerReference')).toEqual([])
    expect(all(part(clean, 'word/settings.xml'), 'w:evenAndOddHeaders')).toHaveLength(1)

    const demo = opened(await writeDocx({ ...summary, banner: '演示数据' }, { mode: 'clean', mark: null }))
    const marked = opened(await writeDocx(summary, { mode: 'clean', mark: '审计链第 7 条　3f9a' }))
    const footers = Object.keys(marked).filter((path) => /^word\/footer\d\.xml$/.test(path))
    expect(footers.map((path) => textOf(part(marked, path)))).toEqual([
      '—  —审计链第 7 条　3f9a',
      '—  —审计链第 7 条　3f9a',
    ])
    expect(footers.flatMap((path) => misplaced(part(marked, path)))).toEqual([])

    const headers = Object.keys(demo).filter((path) => /^word\/header\d\.xml$/.test(path))
    expect(headers.map((path) => textOf(part(demo, path)))).toEqual(['演示数据', '演示数据'])
  })

  it('says in its properties what it is and in which language', () => {
    const core = part(clean, 'docProps/core.xml')
    const property = (name: string) => all(core, name)[0]?.text
    expect(property('dc:title')).toBe('滨海市总工会女职工委员会2019年工作总结和2020年工作安排')
    expect(property('dc:creator')).toBe('巾帼')
    expect(property('dc:language')).toBe('zh-CN')
  })
})

describe('text that breaks careless writers', () => {
  const nasty = '张喆堃<b>&"\'甲\u0000\u000B㛃𬱖🌸\uD800]]>乙'
  const kept = '张喆堃<b>&"\'甲㛃𬱖🌸]]>乙'
  const [sessions] = figures.filter((figure) => figure.indicator === 'training.sessions')
  const [row] = summary.sources.filter((source) => source.indicator === 'training.sessions')
  const odd: OfficialDocument = {
    ...summary,
    title: [nasty],
    banner: nasty,
    signature: { name: nasty, date: nasty },
    blocks: [
      { kind: 'heading', level: 2, text: nasty },
      {
        kind: 'paragraph',
        lead: nasty,
        runs: [{ figure: { ...sessions!, label: nasty, written: nasty, comment: nasty } }],
      },
    ],
    sources: [{ ...row!, label: nasty, definition: nasty, link: 'https://jinguo.example/?a=1&b="2"<3>' }],
  }

  it('comes out as it went in, but for what XML cannot hold', async () => {
    const parts = opened(await writeDocx(odd, { mode: 'review', mark: null }))
    const root = part(parts, DOCUMENT)
    const touched = all(root, 'w:p')
      .map(textOf)
      .filter((text) => text.includes('张'))
    expect(touched).toEqual([kept, kept, kept + kept, kept, kept, kept, kept])
    expect(values(all(root, 'w:alias'))).toEqual([kept])
    expect(all(part(parts, 'docProps/core.xml'), 'dc:title')[0]?.text).toBe(kept)
    expect(textOf(part(parts, 'word/comments.xml'))).toBe(kept)
    expect(textOf(part(parts, 'word/header1.xml'))).toBe(kept)
    const link = all(part(parts, 'word/_rels/document.xml.rels'), 'Relationship').find(
      (relation) => relation.attributes['TargetMode'] === 'External',
    )
    expect(value(link, 'Target')).toBe('https://jinguo.example/?a=1&b="2"<3>')
  })
})

describe('the content hash', () => {
  it('is the same for the same content and another for another', () => {
    expect(contentHash(structuredClone(summary))).toBe(contentHash(summary))
    expect(contentHash({ ...summary, banner: '演示数据' })).toBe(contentHash(summary))
    const moved = summary.sources.map((row) => (row.no === 4 ? { ...row, value: 486 } : row))
    expect(contentHash({ ...summary, sources: moved })).not.toBe(contentHash(summary))
    const rest = summary.blocks.slice(1)
    const reworded = [{ kind: 'paragraph' as const, runs: prose('另起一段') }, ...rest]
    expect(contentHash({ ...summary, blocks: reworded })).not.toBe(contentHash(summary))
  })
})
