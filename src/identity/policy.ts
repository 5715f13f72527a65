import type { Tier } from '#org/api.ts'
import { roles, type Role } from './api.ts'
import type { Part, Rule } from './rule.ts'

const above: readonly Tier[] = ['subdistrict', 'district', 'industry', 'city']
const centres: readonly Tier[] = ['district', 'industry', 'city']
const readers: readonly Role[] = ['cadre', 'leader', 'service']
/** Everybody who is a human being. */
const persons: readonly Role[] = [
  'cadre',
  'leader',
  'worker',
  'handler',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
]
const shared: readonly Part[] = ['values', 'history']

/**
 * The policy: action → rules; absence is denial, of several rules any suffices. `public` needs no session.
 * What may be done to one record in one state is told by `relations` and the workflow besides.
 */
export const policy = {
  'session.open': 'public',
  'session.begin': [{ role: roles, reach: 'anywhere', aal: 0 }],
  'session.own': [
    { role: roles.filter((role) => role !== 'worker'), reach: 'anywhere' },
    { role: ['worker'], reach: 'anywhere', aal: 1 },
  ],
  'account.secure': [{ role: roles, reach: 'anywhere', stepUp: true }],
  'account.read': [{ role: ['systemAdmin', 'securityAdmin'], tier: ['city'], reach: 'anywhere' }],
  'account.manage': [{ role: ['systemAdmin'], tier: ['city'], reach: 'anywhere' }],
  'account.invite': [{ role: ['systemAdmin'], tier: ['city'], reach: 'anywhere', stepUp: true }],
  'access.decide': [{ role: ['securityAdmin'], tier: ['city'], reach: 'anywhere', stepUp: true }],
  'system.live': 'public',
  // How the server is: sums and times, nothing of anybody.
  'system.status': [{ role: ['systemAdmin'], tier: ['city'], reach: 'anywhere' }],
  // Winding the platform up: one asks, another decides; the third reads.
  'running.read': [
    { role: ['systemAdmin', 'securityAdmin', 'auditAdmin'], tier: ['city'], reach: 'anywhere' },
  ],
  'running.ask': [{ role: ['systemAdmin'], tier: ['city'], reach: 'anywhere', stepUp: true }],
  'running.decide': [{ role: ['securityAdmin'], tier: ['city'], reach: 'anywhere', stepUp: true }],
  // What went out and what did not, without names: whoever keeps the server mends the way out.
  'delivery.read': [{ role: ['systemAdmin'], tier: ['city'], reach: 'anywhere' }],
  'delivery.resend': [{ role: ['systemAdmin'], tier: ['city'], reach: 'anywhere' }],
  'org.read': [{ role: readers, reach: 'anywhere' }],
  'lock.read': [{ role: readers, reach: 'anywhere' }],
  'lock.set': [{ role: ['cadre'], tier: centres, reach: 'ownOrg' }],
  'lock.reopen': [{ role: ['cadre'], tier: centres, reach: 'ownOrg', stepUp: true }],
  'org.move': [{ role: ['cadre'], tier: ['city'], reach: 'inScope' }],
  // Founding, merging, moving: asked above either side, agreed to by both, done and taken back by the city (org.move).
  'orgChange.read': [{ role: ['cadre'], tier: above, reach: 'anywhere' }],
  'orgChange.ask': [{ role: ['cadre'], tier: above, reach: 'inScope' }],
  'orgChange.decide': [{ role: ['cadre'], tier: above, reach: 'anywhere' }],
  // Who is not organised: each in her own scope; whoever is above may remind.
  'org.gaps': [{ role: ['cadre'], reach: 'inScope', most: 'S2' }],
  'org.remind': [{ role: ['cadre'], tier: above, reach: 'inScope' }],
  'record.read': [
    { role: ['cadre', 'service'], reach: 'inScope', most: 'S2' },
    { role: ['leader'], reach: 'inScope', most: 'S1' },
    { role: readers, reach: 'viewLine', most: 'S1', parts: shared },
    { role: readers, reach: 'coHosted', most: 'S1', parts: shared },
  ],
  'record.create': [{ role: ['cadre'], reach: 'ownOrg', most: 'S2' }],
  'record.act': [{ role: ['cadre'], reach: 'inScope' }],
  'record.review': [{ role: ['cadre'], tier: above, reach: 'inScope' }],
  // Pictures and lists show people, as S2 does, whatever the record's class.
  'evidence.read': [{ role: ['cadre', 'service'], reach: 'inScope', most: 'S2' }],
  'evidence.write': [{ role: ['cadre'], reach: 'ownOrg', most: 'S2' }],
  'draft.own': [{ role: ['cadre'], reach: 'ownOrg', most: 'S2' }],
  // What she brings in a workbook waits for her alone; what it may become, the right of its target says.
  'intake.own': [
    { role: ['cadre'], reach: 'ownOrg', most: 'S3' },
    { role: ['systemAdmin'], tier: ['city'], reach: 'anywhere' },
  ],
  // The working calendar is the city's, and open to whoever counts by it.
  'calendar.read': [{ role: readers, reach: 'anywhere' }],
  'calendar.edit': [{ role: ['cadre'], tier: ['city'], reach: 'ownOrg' }],
  // What law and city fix in numbers: open to whoever works by it; two of the city change it.
  'rule.read': [{ role: readers, reach: 'anywhere' }],
  'rule.edit': [{ role: ['cadre'], tier: ['city'], reach: 'ownOrg' }],
  'rule.decide': [{ role: ['cadre', 'leader'], tier: ['city'], reach: 'ownOrg' }],
  'message.own': [{ role: persons.filter((role) => role !== 'worker'), reach: 'ownOrg' }],
  // A file that she asked for is hers alone; what may stand in it, the right to read it says.
  'export.own': [{ role: ['cadre', 'leader'], reach: 'ownOrg' }],
  // Sealed values instead of their masks: of her own unit's members.
  'export.full': [{ role: ['cadre'], reach: 'ownOrg', most: 'S3', stepUp: true }],
  // Many persons in one file: another of her unit, or of one above it, agrees first.
  'export.second': [{ role: ['cadre'], reach: 'inScope', most: 'S3' }],
  'export.decide': [{ role: ['cadre'], reach: 'inScope', most: 'S3', stepUp: true }],
  'account.away': [{ role: ['cadre'], reach: 'ownOrg' }],
  'account.reach': [{ role: persons.filter((role) => role !== 'worker'), reach: 'ownOrg' }],
  'session.behalf': [{ role: ['cadre'], reach: 'ownOrg' }],
  'bulletin.read': [{ role: readers, reach: 'anywhere' }],
  'bulletin.publish': [{ role: ['cadre'], tier: above, reach: 'ownOrg' }],
  'bulletin.note': [{ role: ['cadre'], reach: 'ownOrg' }],
  'inbox.read': [{ role: ['cadre', 'leader', 'handler'], reach: 'ownOrg' }],
  // Past every tier between, to the city's own cadres.
  'suggestion.own': [{ role: persons, reach: 'anywhere' }],
  'suggestion.inbox': [{ role: ['cadre'], tier: ['city'], reach: 'ownOrg' }],
  'suggestion.answer': [{ role: ['cadre'], tier: ['city'], reach: 'ownOrg', stepUp: true }],
  // Questions on policy: asked by anybody without a name; what is published is for everybody.
  'policy.read': 'public',
  'policy.ask': 'public',
  // Silos: told by anybody; worked in by whom the security administrator seats there; the tiers are told counts by topic.
  'silo.tell': 'public',
  'silo.signed': [{ role: persons, reach: 'anywhere' }],
  'silo.desk': [{ role: ['handler'], tier: ['city'], reach: 'ownOrg' }],
  'silo.work': [{ role: ['handler'], tier: ['city'], reach: 'ownOrg', stepUp: true }],
  'silo.seat': [{ role: ['securityAdmin'], tier: ['city'], reach: 'anywhere' }],
  'silo.name': [{ role: ['securityAdmin'], tier: ['city'], reach: 'anywhere', stepUp: true }],
  'silo.counts': [{ role: ['cadre', 'leader'], tier: above, reach: 'anywhere' }],
  'silo.record': [{ role: ['cadre'], tier: ['city'], reach: 'ownOrg' }],
  'explain.read': [{ role: readers, reach: 'anywhere' }],
  'figure.read': [
    { role: readers, reach: 'inScope' },
    { role: readers, reach: 'viewLine' },
  ],
  'myYear.read': [{ role: ['cadre'], reach: 'ownOrg' }],
  'audit.read': [{ role: ['auditAdmin'], tier: ['city'], reach: 'anywhere' }],
  // Whoever works here keeps the head of the books and holds the next against it.
  'audit.witness': [{ role: persons.filter((role) => role !== 'worker'), reach: 'anywhere' }],
  'audit.settle': [{ role: ['auditAdmin'], tier: ['city'], reach: 'anywhere', stepUp: true }],
  'person.read': [{ role: ['cadre'], reach: 'inScope', most: 'S2' }],
  'person.edit': [{ role: ['cadre'], reach: 'ownOrg', most: 'S3' }],
  'person.request': [{ role: ['cadre'], reach: 'inScope', most: 'S2' }],
  // One sealed value at a time: S2 in scope, S3 (the number, a guardian) in her own unit alone.
  'person.reveal': [
    { role: ['cadre'], reach: 'inScope', most: 'S2', stepUp: true },
    { role: ['cadre'], reach: 'ownOrg', most: 'S3', stepUp: true },
  ],
  // What is kept for a complaint or an investigation is decided above her unit.
  'person.hold': [{ role: ['cadre'], tier: centres, reach: 'inScope', most: 'S2' }],
  // Where life or the law cannot wait: once, told to all whom it concerns, reviewed by another. Never administrators.
  'person.emergency': [{ role: ['cadre'], tier: centres, reach: 'inScope', most: 'S3', stepUp: true }],
  'emergency.read': [
    { role: ['cadre'], reach: 'ownOrg' },
    { role: ['securityAdmin', 'auditAdmin'], tier: ['city'], reach: 'anywhere' },
  ],
  'emergency.review': [{ role: ['securityAdmin'], tier: ['city'], reach: 'anywhere', stepUp: true }],
  // Hardship files: whoever is named in her own unit, or in the aid centre; no tier between and none above.
  'hardship.read': [{ role: ['cadre'], reach: 'ownOrg', most: 'S3' }],
  'hardship.handle': [{ role: ['cadre'], reach: 'ownOrg', most: 'S3' }],
  'hardship.reveal': [{ role: ['cadre'], reach: 'ownOrg', most: 'S3', stepUp: true }],
  'hardship.centre': [{ role: ['cadre'], tier: centres, reach: 'ownOrg', most: 'S3' }],
  // What leaves: to civil affairs and to the bank.
  'hardship.pay': [{ role: ['cadre'], tier: centres, reach: 'ownOrg', most: 'S3', stepUp: true }],
  'hardship.name': [{ role: ['cadre'], tier: centres, reach: 'inScope', most: 'S3', stepUp: true }],
  // Her own application and what becomes of it.
  'hardship.own': [{ role: persons, reach: 'anywhere' }],
  // Screening rounds: prepared and handed on above; her own union lists its women and sees who came; named cadres of the
  // round's owner alone deal with the hospital and follow up.
  'screening.read': [{ role: ['cadre'], reach: 'ownOrg' }],
  'screening.lead': [{ role: ['cadre'], tier: centres, reach: 'ownOrg' }],
  'screening.allot': [{ role: ['cadre'], tier: above, reach: 'ownOrg' }],
  'screening.list': [{ role: ['cadre'], reach: 'ownOrg', most: 'S3' }],
  'screening.attend': [{ role: ['cadre'], tier: centres, reach: 'ownOrg', most: 'S3' }],
  'screening.handOver': [{ role: ['cadre'], tier: centres, reach: 'ownOrg', most: 'S3', stepUp: true }],
  'screening.name': [{ role: ['cadre'], tier: centres, reach: 'ownOrg', most: 'S3', stepUp: true }],
  // Childcare classes: prepared, kept and ended by their unit, judged by the district and the city above it; which hand a step is, the
  // handler asks. Whoever looks for a class sees those that lack nothing.
  'childcare.read': [{ role: ['cadre'], reach: 'inScope' }],
  'childcare.run': [{ role: ['cadre'], reach: 'ownOrg' }],
  'childcare.step': [{ role: ['cadre'], reach: 'inScope' }],
  'childcare.review': [{ role: ['cadre'], tier: ['city'], reach: 'inScope' }],
  'childcare.open': 'public',
  // Ranked wishes for her own children.
  'childcare.own': [{ role: persons, reach: 'anywhere' }],
  // Events with places: run by their organiser's cadres; her unit's cadre signs a woman up; everybody sees and does what is her own.
  'event.draw': 'public',
  'event.open': 'public',
  'event.read': [{ role: ['cadre'], reach: 'anywhere', most: 'S2' }],
  'event.run': [{ role: ['cadre'], reach: 'ownOrg', most: 'S2' }],
  'event.proxy': [{ role: ['cadre'], reach: 'ownOrg', most: 'S2' }],
  // A woman signs up from her phone with what she signed in by; her own data behind the next line ask for more.
  'event.own': [
    { role: persons.filter((role) => role !== 'worker'), reach: 'anywhere' },
    { role: ['worker'], reach: 'anywhere', aal: 1 },
  ],
  // Quizzes: banks and quizzes are run by cadres of their unit; a woman answers from her phone as she signs up for an event.
  'quiz.open': 'public',
  'quiz.run': [{ role: ['cadre'], reach: 'ownOrg', most: 'S2' }],
  'quiz.own': [
    { role: persons.filter((role) => role !== 'worker'), reach: 'anywhere' },
    { role: ['worker'], reach: 'anywhere', aal: 1 },
  ],
  // Courses on line: read without signing in where they are for the whole city; a woman says for herself that she finished one.
  'course.open': 'public',
  'course.run': [{ role: ['cadre'], reach: 'ownOrg' }],
  'course.own': [
    { role: persons.filter((role) => role !== 'worker'), reach: 'anywhere' },
    { role: ['worker'], reach: 'anywhere', aal: 1 },
  ],
  // Match-making: each for himself and herself; no tier sees a card, whoever is named for complaints sees those reported.
  'match.own': [{ role: persons, reach: 'anywhere' }],
  'match.report': [{ role: ['handler'], tier: ['city'], reach: 'ownOrg' }],
  'match.counts': [{ role: ['cadre', 'leader'], tier: above, reach: 'anywhere' }],
  'person.self': [{ role: persons, reach: 'anywhere' }],
  'person.join': [{ role: persons, reach: 'anywhere' }],
  'person.selfExport': [{ role: persons, reach: 'anywhere', stepUp: true }],
  'task.read': [{ role: readers, reach: 'anywhere' }],
  'task.follow': [{ role: readers, tier: above, reach: 'inScope' }],
  'task.send': [{ role: ['cadre'], tier: above, reach: 'ownOrg' }],
  'task.answer': [{ role: ['cadre'], reach: 'ownOrg' }],
  'statutory.read': [{ role: readers, tier: above, reach: 'inScope' }],
  'statutory.fill': [{ role: ['cadre'], tier: above, reach: 'ownOrg' }],
  'statutory.sign': [{ role: ['cadre', 'leader'], tier: above, reach: 'ownOrg' }],
  // The city and its districts and industry unions, for any unit of theirs; who decides is never who entered.
  'earlier.enter': [{ role: ['cadre'], tier: centres, reach: 'inScope' }],
  'earlier.decide': [{ role: ['cadre', 'leader'], tier: centres, reach: 'inScope' }],
  'statutory.head': [{ role: ['cadre'], tier: ['city'], reach: 'ownOrg' }],
  'summary.read': [{ role: readers, reach: 'ownOrg' }],
  'summary.edit': [{ role: ['cadre'], reach: 'ownOrg' }],
  'summary.comment': [{ role: ['cadre', 'leader'], reach: 'ownOrg' }],
  'summary.sign': [{ role: ['leader'], reach: 'ownOrg' }],
  'summary.freeze': [{ role: ['cadre', 'service'], reach: 'ownOrg' }],
  // Whoever stands above or below a unit reads its plan; which, the handler asks.
  'plan.read': [{ role: readers, reach: 'anywhere' }],
  // What a unit certified is its own ledger; whoever holds a certificate may ask what it was issued for.
  'certificate.check': 'public',
  'certificate.own': [
    { role: persons.filter((role) => role !== 'worker'), reach: 'anywhere' },
    { role: ['worker'], reach: 'anywhere', aal: 1 },
  ],
  'certificate.read': [{ role: ['cadre', 'service'], tier: above, reach: 'ownOrg', most: 'S2' }],
  'certificate.issue': [{ role: ['cadre'], tier: above, reach: 'ownOrg', most: 'S2' }],
  // What is to be given is shown to everybody first; who put it up answers whoever objects.
  'publicNotice.read': 'public',
  'publicNotice.object': 'public',
  'publicNotice.answer': [{ role: ['cadre'], reach: 'ownOrg', most: 'S2' }],
  // Rooms beside their records: whoever reads the record reads them; the ledger of maps is kept above the unit.
  'careRoom.read': [{ role: readers, reach: 'inScope' }],
  'careRoom.place': [{ role: ['cadre'], reach: 'inScope' }],
  // Scores by whose turn it is: the room's own unit, the district, the city; which column, the handler asks.
  'careRoom.score': [{ role: ['cadre'], reach: 'inScope' }],
  'careRoom.visit': [{ role: ['cadre'], tier: centres, reach: 'inScope' }],
  'careRoom.delist': [{ role: ['cadre'], tier: ['city'], reach: 'inScope' }],
  // Four persons of the city, none of them twice.
  'careRoom.pay': [{ role: ['cadre', 'leader'], tier: ['city'], reach: 'inScope' }],
  'careRoom.list': [{ role: ['cadre'], tier: centres, reach: 'inScope' }],
  // Whoever needs a room finds it and says when it is shut; its unit looks into it, or one above.
  'careRoom.open': 'public',
  'careRoom.report': 'public',
  'careRoom.handle': [{ role: ['cadre'], reach: 'inScope' }],
  // Whoever used a room says so at its door, and not who she is; its unit counts the book that lies in it.
  'careRoom.use': 'public',
  'careRoom.keep': [{ role: ['cadre'], reach: 'ownOrg' }],
  // Contracts beside their records: read with them; looked at by the unions above, mended by the unit that concluded them.
  'contract.read': [{ role: readers, reach: 'inScope' }],
  'contract.inspect': [
    { role: ['cadre'], tier: ['subdistrict', 'district', 'industry', 'city'], reach: 'inScope' },
  ],
  'contract.fix': [{ role: ['cadre'], reach: 'ownOrg' }],
  'contract.text': [{ role: ['cadre'], reach: 'ownOrg' }],
  // Which campaigns and nominations, the handlers ask: a unit's own, what was sent up to it, what she judges.
  'honour.public': 'public',
  'honour.suggest': [{ role: persons, reach: 'anywhere' }],
  'honour.read': [{ role: ['cadre', 'leader', 'handler'], reach: 'anywhere', most: 'S2' }],
  'honour.register': [{ role: ['cadre', 'service'], reach: 'inScope', most: 'S2' }],
  'honour.nominate': [{ role: ['cadre'], reach: 'ownOrg', most: 'S2' }],
  'honour.opine': [{ role: ['cadre'], reach: 'inScope', most: 'S2' }],
  'honour.judge': [{ role: ['cadre', 'leader', 'handler'], reach: 'anywhere', most: 'S2' }],
  'honour.lead': [{ role: ['cadre'], tier: above, reach: 'ownOrg', most: 'S2' }],
  'honour.decide': [{ role: ['cadre', 'leader'], tier: above, reach: 'ownOrg', most: 'S2' }],
  'plan.edit': [{ role: ['cadre'], reach: 'ownOrg' }],
  'plan.lead': [{ role: ['cadre'], tier: above, reach: 'ownOrg' }],
  // Which sheets and units, the handlers ask: the issuer's, the unit's own, the unit's above it.
  'assessment.read': [{ role: readers, reach: 'anywhere' }],
  'assessment.score': [{ role: ['cadre'], reach: 'inScope' }],
  'assessment.lead': [{ role: ['cadre'], tier: above, reach: 'ownOrg' }],
  'assessment.publish': [{ role: ['cadre', 'leader'], tier: above, reach: 'ownOrg' }],
} as const satisfies Record<string, 'public' | readonly Rule[]>

export type PolicyAction = keyof typeof policy

/** Whether an action works on what identity rests on: sessions, passwords, factors, invitations, and what goes out to an account; her own copy tells of them. */
export const isOfIdentity = (action: PolicyAction): boolean =>
  /^(session|account|access|delivery)\.|^person\.selfExport$|^system\.status$/.test(action)
