import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tablesOf } from '#kit/columns.ts'
import { formFields } from '#kit/programme.ts'
import { Problem } from '#kit/problem.ts'
import { programmes } from '#programmes/index.ts'
import { rows } from '#server/database.server.ts'
import { fromDatabase } from '#server/databaseProblem.server.ts'
import { openMemory, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const ask = <T>(text: string): Promise<T[]> => rows<T>(database.db, sql.raw(text))
const asked = async (text: string): Promise<string[]> =>
  (await ask<{ line: string }>(text)).map((r) => r.line).sort()

/** The member register: one for the city, found by number across districts, so it stands on every node. */
const persons = [
  'consent',
  'membership',
  'person',
  'person_access',
  'person_emergency',
  'person_hold',
  'person_key',
  'person_request',
]
/** Hardship files: one a woman and a household across districts, aid claimed once in the whole city. */
const hardshipTables = [
  'hardship_aid',
  'hardship_batch',
  'hardship_claim',
  'hardship_file',
  'hardship_handler',
  'hardship_inquiry',
  'hardship_kin',
  'hardship_line',
  'hardship_result',
  'hardship_step',
]
/** Screening rounds: a woman comes once a cycle in the whole city, wherever she works. */
const screeningTables = ['allotment', 'day', 'entry', 'follow', 'handler', 'round'].map(
  (t) => `screening_${t}`,
)
/** Match-making: whoever takes part may meet anybody of the whole city. */
const matchTables = ['answer', 'block', 'profile', 'report'].map((t) => `match_${t}`)
/** Same on every node: what rights and counting read everywhere. */
const reference = [
  ...hardshipTables,
  ...screeningTables,
  ...matchTables,
  'account',
  'bulletin',
  'bulletin_file',
  'assessment',
  'enterprise',
  'honour_campaign',
  'honour_juror',
  'indicator',
  'org',
  'org_change',
  'org_closure',
  'org_committee',
  'org_edge',
  'org_employer',
  'org_heads',
  'period_lock',
  'period_lock_value',
  ...persons,
  'plan',
  'plan_item',
  'plan_revision',
  'plan_suggestion',
  'post',
  'programme',
  'rule_version',
  'public_notice',
  'public_notice_line',
  'statutory_head',
  'task',
  'time_limit',
  'work_day',
]
/** On the coordinator alone: sessions, stored answers, frozen text, what the program notes of itself. */
const local = [
  'attempt',
  'contact',
  'delegation',
  'delivery',
  'dismissed',
  'context',
  'credential',
  'door',
  'backup_run',
  'door_key',
  'idempotency',
  'invitation',
  'migration',
  'notice',
  'oidc_flow',
  'oidc_identity',
  'passkey',
  'phone_code',
  'phone_identity',
  'post_request',
  'recovery_code',
  'running_change',
  'release',
  'release_cell',
  'release_hidden',
  'session',
  'setting',
  'silo_case',
  'silo_look',
  'silo_message',
  'silo_period',
  'silo_recusal',
  'silo_seat',
  'silo_told',
  'snapshot',
  'paper',
  'paper_comment',
  'paper_version',
  'snapshot_serial',
  'snapshot_value',
  'spent_challenge',
]
/** Tables with a policy that lets every row pass, each with the reason why a narrower one would mean nothing. */
const open: Record<string, string> = {
  account:
    'names and titles stand beside every act, at every tier; no secret is in the row, and the app login only reads it',
  audit:
    'INSERT alone: whoever acts adds to the stream in which the thing stands; a forged row breaks the chain. Reading goes by scope',
  audit_head:
    'its row is the lock that every writer of the stream takes; a head set anywhere but at the last row is named by verify, one set back by the anchors',
  enterprise:
    'the public register of employers: names, codes and heads, no person; written by the city alone',
  idempotency:
    'INSERT alone: an answer is written blind, under a key that only its own account will ask again. Reading needs the session',
  indicator: 'names and numbers of indicators, the same for everybody; read only',
  job: 'INSERT alone: any act may leave work behind, which its kind checks again. Reading and ending it needs the proof',
  migration: 'names of migrations, read at the start to compare versions; read only',
  org: 'names of units: a unit is found, chosen and moved to at every tier, can() asks for the place of what is done there; read only',
  org_closure: 'who stands under whom, needed to add up any total; read only',
  org_committee: 'form and term of a committee, shown beside its unit; read only',
  org_heads: 'how many a unit had before its counts changed, as org has those of today; read only',
  org_edge: 'who reports to whom since when, shown in the tree; read only',
  org_employer:
    'which union covers which employer, needed to tell at every tier who is covered by none; written within the scope alone',
  period_lock:
    'who locked which months: whoever enters or reads figures there is told, at every tier; set and changed by its own unit alone',
  post: 'who holds which post is no secret within the federation and names the unit beside every act; read only',
  programme: 'names and numbers of programmes, the same for everybody; read only',
  public_notice: 'put up to be read by everybody; written by its organiser alone',
  public_notice_line: 'names and units as everybody may read them, masked by whoever put them up',
  release: 'which tables were released when: they are made to be read by whoever may not read the records',
  release_cell:
    'released cells, a hidden one without its value (that stands in release_hidden, closed to every scope)',
  rollup:
    'S1 sums of work; a total adds up rows of all units below and beside (line 2), can() asks for the unit of a figure',
  rule_version: 'thresholds and terms, the same for everybody; only the city writes',
  rollup_delta: 'what the fold has still to add to them; names units, months and sums, no record',
  statutory_head: 'numbers and terms of public forms, printed on every table; written by the city alone',
  message:
    'INSERT alone: whoever acts tells whom it concerns, above, below or beside. Reading goes by scope and account',
  record_copy:
    'INSERT alone: whoever acts tells a unit of a record; the row gives no right to it. Reading goes by scope',
  time_limit: 'terms of acts, the same for everybody; only the city writes',
  work_day: 'holidays of the state, the same for everybody; only the city writes',
  setting: 'mode, profile and first day of the installation; read only',
}
/** Functions that run with the rights of the schema's owner. */
const definers = [
  'accounts_of_entries',
  'accounts_of_round',
  'acting_post',
  'ahead_in_line',
  'aid_centre',
  'answer_match',
  'answer_no_show',
  'appeal_no_show',
  'ask_running',
  'ask_transfer',
  'asked_posts',
  'at_door',
  'attempt_sheet',
  'audit_hashes',
  'bar_prize',
  'begin',
  'begin_export',
  'block_match',
  'bulletin_hashes',
  'cancel_event',
  'childcare_ends',
  'childcare_free',
  'childcare_may_show',
  'childcare_scan_hashes',
  'childcare_staffed',
  'childcare_staffing',
  'cited_by',
  'close_org',
  'co_hosted',
  'commit_draw',
  'count_room_use',
  'count_screening',
  'course_counts',
  'date_heads',
  'decide_entry',
  'decide_post',
  'decide_running',
  'done_of_record',
  'draw_event',
  'draw_round',
  'edit_org',
  'end_event',
  'end_post',
  'enrol',
  'enter',
  'enter_by_phone',
  'entry_refusals',
  'entry_state',
  'event_drift',
  'event_roster',
  'events_due',
  'evidence_kept',
  'evidence_spent',
  'find_certificate',
  'find_objection',
  'find_person',
  'find_persons',
  'find_records',
  'finish_course',
  'fit_door',
  'forget_childcare_staff',
  'found_org',
  'freeze_draw',
  'freeze_round',
  'give_post',
  'grant_erasure',
  'grant_transfer',
  'hand_people',
  'handles_hardship',
  'handles_screening',
  'hardship_hands',
  'hardship_steps_unseen',
  'hold_records',
  'honour_roll',
  'honours_before',
  'in_post',
  'index_phones',
  'join_match',
  'judges',
  'late_emergencies',
  'leads_course',
  'leads_event',
  'leads_quiz',
  'leads_round',
  'leave_event',
  'leave_match',
  'lock_round',
  'lock_tree',
  'look_in',
  'match_answers',
  'match_counts',
  'match_pairs',
  'match_people',
  'match_report_open_to_me',
  'match_reports',
  'match_standing',
  'may_hold',
  'me',
  'member_moves',
  'move_entry',
  'move_org',
  'moved_since',
  'next_snapshot',
  'note_attendance',
  'note_presence',
  'note_scans',
  'objections_of',
  'open_account',
  'open_care_rooms',
  'open_childcare',
  'open_orgs',
  'open_round',
  'open_year',
  'owns_quota',
  'phones_to_index',
  'place_round',
  'places_taken',
  'policy_answers',
  'proxies_of_entries',
  'purge_childcare_staff',
  'purge_emergencies',
  'purge_exports',
  'purge_intakes',
  'purge_nominees',
  'purge_persons',
  'purge_policy_questions',
  'purge_public_notices',
  'purge_room_words',
  'purge_silos',
  'purge_typed',
  'quiz_counts',
  'quiz_drift',
  'quiz_flagged',
  'report_care_room',
  'report_match',
  'round_counts',
  'round_guardians',
  'round_lacks',
  'rounds_due',
  'same_day',
  'save_answer',
  'scope_ok',
  'scored',
  'scores_given',
  'screened_before',
  'screening_counts',
  'screening_counts_below',
  'seat_committees',
  'serves_hardship',
  'session_actor',
  'set_disabled',
  'set_edges',
  'set_event_cap',
  'settle_match',
  'settle_quiz',
  'settle_quizzes',
  'shown_stories',
  'silo_assign',
  'silo_called',
  'silo_candidates',
  'silo_counts',
  'silo_duty',
  'silo_erase',
  'silo_mark',
  'silo_move',
  'silo_myself',
  'silo_post_barred',
  'silo_reads',
  'silo_recuse',
  'silo_recused',
  'silo_seated',
  'silo_sees',
  'silo_waiting',
  'start_attempt',
  'stored_answer',
  'submit_attempt',
  'sweep_event',
  'take_offer',
  'touch_session',
  'trace_sums',
  'unenter_persons',
  'unopen_accounts',
  'unopen_orgs',
  'waiting_reviews',
  'wish_childcare',
  'withdraw_childcare_notice',
  'withdraw_running',
]
/** Values that no form asks for: programs write them, and a breach is a fault of ours. */
const unreachable = [
  'backup_run_kind_check',
  'backup_run_sizes_check',
  'childcare_round_state_check',
  'childcare_round_times_check',
  'childcare_round_order_check',
  'childcare_round_class_places_check',
  'childcare_wish_child_check',
  'childcare_wish_ranked_check',
  'event_quota_sex_check',
  'match_report_closed_check',
  'match_report_kept_check',
  'match_report_state_check',
  'suggestion_receipt_check',
  'suggestion_asker_check',
  'suggestion_due_check',
  'suggestion_shown_check',
  'course_state_check',
  'course_days_check',
  'quiz_question_kind_check',
  'quiz_question_options_check',
  'quiz_question_versions_check',
  'quiz_key_answer_check',
  'quiz_run_state_check',
  'quiz_run_open_check',
  'quiz_run_times_check',
  'quiz_run_numbers_check',
  'quiz_run_reveals_check',
  'quiz_run_prizes_check',
  'quiz_attempt_score_check',
  'quiz_attempt_flags_check',
  'enrolment_came_check',
  'enrolment_no_show_check',
  'enrolment_offer_check',
  'enrolment_state_check',
  'event_cap_check',
  'event_counts_check',
  'event_done_check',
  'event_draw_order_check',
  'event_kind_check',
  'event_mode_check',
  'event_no_show_check',
  'event_offer_check',
  'event_quota_cap_check',
  'event_quota_taken_check',
  'event_presence_state_check',
  'event_scan_how_check',
  'event_scan_outcome_check',
  'event_session_times_check',
  'event_state_check',
  'event_times_check',
  'contract_inspection_checked_check',
  'contract_inspection_fix_check',
  'contract_inspection_result_check',
  'contract_text_look_finding_check',
  'contract_text_n_check',
  'childcare_class_closed_check',
  'childcare_class_dates_check',
  'childcare_class_finished_check',
  'childcare_class_fund_check',
  'childcare_class_places_check',
  'childcare_class_season_check',
  'childcare_class_state_check',
  'childcare_paper_kind_check',
  'childcare_paper_scan_check',
  'childcare_review_verdict_check',
  'childcare_session_came_check',
  'childcare_staff_checked_check',
  'childcare_staff_duty_check',
  'childcare_staff_result_check',
  'care_room_use_counts_check',
  'care_room_use_month_check',
  'care_room_report_finding_check',
  'care_room_report_handled_check',
  'care_room_report_kind_check',
  'care_room_report_times_check',
  'care_room_inspection_done_check',
  'care_room_inspection_kind_check',
  'care_room_inspection_result_check',
  'care_room_rating_ended_check',
  'care_room_rating_granted_check',
  'care_room_rating_state_check',
  'care_room_score_col_check',
  'care_room_score_points_check',
  'care_room_subsidy_amount_check',
  'care_room_subsidy_hands_check',
  'care_room_subsidy_paid_check',
  'care_room_subsidy_state_check',
  'care_room_listing_dates_check',
  'care_room_listing_state_check',
  'care_room_listing_vendor_check',
  'care_room_point_crs_check',
  'silo_case_receipt_check',
  'silo_case_refer_check',
  'silo_case_silo_check',
  'silo_case_state_check',
  'silo_case_step_check',
  'silo_message_author_check',
  'silo_message_side_check',
  'silo_period_silo_check',
  'silo_told_silo_check',
  'silo_seat_duty_check',
  'silo_seat_silo_check',
  'audit_doubt_settled_check',
  'assessment_due_check',
  'assessment_months_check',
  'assessment_objection_answer_check',
  'assessment_objection_state_check',
  'assessment_results_check',
  'assessment_score_col_check',
  'assessment_score_points_check',
  'assessment_second_check',
  'assessment_state_check',
  'certificate_ended_check',
  'certificate_state_check',
  'consent_family_check',
  'consent_form_check',
  'consent_purpose_check',
  'door_key_one_check',
  'due_reminder_kind_check',
  'due_reminder_stage_check',
  'review_reminder_stage_check',
  'earlier_total_decided_check',
  'earlier_total_source_check',
  'earlier_total_state_check',
  'earlier_total_val_check',
  'earlier_total_year_check',
  'enterprise_heads_check',
  'enterprise_kind_check',
  'evidence_owner_check',
  'evidence_removed_check',
  'export_key_check',
  'export_second_check',
  'export_seen_check',
  'export_state_check',
  'hardship_aid_four_eyes_check',
  'hardship_aid_amount_check',
  'hardship_aid_claim_check',
  'hardship_aid_fund_check',
  'hardship_aid_kind_check',
  'hardship_aid_paid_check',
  'hardship_aid_receipt_check',
  'hardship_aid_state_check',
  'hardship_file_checked_check',
  'hardship_file_closed_check',
  'hardship_file_closed_for_check',
  'hardship_file_opened_check',
  'hardship_file_state_check',
  'hardship_handler_duty_check',
  'hardship_handler_ended_check',
  'hardship_handler_named_check',
  'hardship_inquiry_answered_check',
  'hardship_inquiry_state_check',
  'hardship_line_answered_check',
  'hardship_line_state_check',
  'hardship_result_occasion_check',
  'screening_allotment_quota_check',
  'screening_day_full_check',
  'screening_round_open_check',
  'screening_round_passed_check',
  'screening_round_ages_check',
  'screening_round_budget_check',
  'screening_round_closed_check',
  'screening_round_dates_check',
  'screening_round_fund_check',
  'screening_round_places_check',
  'screening_round_state_check',
  'screening_round_told_check',
  'screening_entry_attended_check',
  'screening_entry_booked_check',
  'screening_entry_quota_check',
  'screening_entry_state_check',
  'screening_follow_closed_check',
  'screening_follow_state_check',
  'screening_handler_duty_check',
  'screening_handler_ended_check',
  'screening_handler_named_check',
  'honour_campaign_granted_check',
  'honour_campaign_kind_check',
  'honour_campaign_second_check',
  'honour_campaign_state_check',
  'honour_campaign_window_check',
  'honour_nomination_state_check',
  'honour_opinion_step_check',
  'honour_score_recused_check',
  'honour_story_published_check',
  'honour_story_state_check',
  'indicator_kind_check',
  'indicator_nature_check',
  'intake_committed_check',
  'intake_row_asks_check',
  'intake_row_state_check',
  'intake_state_check',
  'invitation_kind_check',
  'job_ended_check',
  'job_state_check',
  'ledger_state_check',
  'ledger_val_check',
  'membership_dates_check',
  'membership_joined_by_check',
  'membership_kind_check',
  'membership_left_by_check',
  'membership_left_check',
  'org_change_kind_check',
  'org_change_second_check',
  'org_change_state_check',
  'org_change_undone_check',
  'org_closure_line_check',
  'org_committee_form_check',
  'org_committee_term_check',
  'org_edge_line_check',
  'org_edge_months_check',
  'org_employer_days_check',
  'org_tier_check',
  'paper_state_check',
  'period_lock_asked_check',
  'period_lock_months_check',
  'period_lock_second_check',
  'person_emergency_kind_check',
  'person_emergency_once_check',
  'person_emergency_reviewed_check',
  'person_emergency_second_check',
  'person_emergency_verdict_check',
  'person_erased_check',
  'person_hold_kind_check',
  'person_hold_lifted_check',
  'person_merged_check',
  'person_request_join_check',
  'person_request_kind_check',
  'person_request_parts_check',
  'person_request_second_check',
  'person_request_state_check',
  'person_sex_check',
  'person_state_check',
  'plan_adopted_check',
  'plan_item_bound_check',
  'plan_item_target_check',
  'plan_state_check',
  'plan_suggestion_reason_check',
  'plan_suggestion_state_check',
  'post_role_check',
  'proposal_kind_check',
  'proposal_state_check',
  'public_notice_days_check',
  'public_notice_objection_answer_check',
  'public_notice_objection_state_check',
  'record_class_check',
  'record_state_check',
  'running_change_decided_check',
  'running_change_mode_check',
  'release_cell_span_check',
  'rollup_line_check',
  'rule_version_basis_check',
  'rule_version_decided_check',
  'rule_version_second_check',
  'rule_version_state_check',
  'statutory_head_layout_check',
  'statutory_head_valid_check',
  'statutory_head_words_check',
  'statutory_table_layout_check',
  'statutory_table_signed_check',
  'statutory_table_state_check',
  'suggestion_answer_check',
  'suggestion_kind_check',
  'suggestion_state_check',
  'task_answer_state_check',
  'task_asks_check',
  'task_head_check',
  'task_period_check',
  'task_reminder_stage_check',
  'task_valid_check',
  'contact_hour_check',
  'delegation_days_check',
  'delegation_other_check',
  'delivery_state_check',
  'delivery_target_check',
  'time_limit_days_check',
  'time_limit_kind_check',
  'work_day_kind_check',
]

const tables = `SELECT c.oid, c.relname FROM pg_class c WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p')`
const distributed = `SELECT * FROM (${tables}) t WHERE relname <> ALL (ARRAY['${[...reference, ...local].join("','")}'])`

const columnsAt = (keys: string) =>
  `(SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (${keys}))`

const fieldOf = (error: object) => (fromDatabase(error) as Problem).issues[0]!.field

describe('the app login', () => {
  it('owns nothing, belongs to nothing and may nothing besides', async () => {
    expect(
      await ask(
        `SELECT rolsuper, rolbypassrls, rolinherit, rolcreatedb, rolcreaterole, rolreplication, rolcanlogin FROM pg_roles WHERE rolname = 'app'`,
      ),
    ).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolinherit: false,
        rolcreatedb: false,
        rolcreaterole: false,
        rolreplication: false,
        rolcanlogin: true,
      },
    ])
    expect(await ask(`SELECT 1 FROM pg_auth_members WHERE member = 'app'::regrole`)).toEqual([])
    expect(await ask(`SELECT 1 FROM pg_shdepend WHERE refobjid = 'app'::regrole AND deptype = 'o'`)).toEqual(
      [],
    )
    expect(
      await ask(
        `SELECT 1 FROM pg_namespace WHERE has_schema_privilege('app', oid, 'CREATE') AND nspname !~ '^pg_temp'`,
      ),
    ).toEqual([])
  })

  it('deletes no record, changes no audit row and reads no context', async () => {
    const may =
      await asked(`SELECT t.relname || ' ' || string_agg(p, ' ' ORDER BY p) AS line FROM (${tables}) t
      CROSS JOIN unnest(ARRAY['DELETE', 'INSERT', 'SELECT', 'TRUNCATE', 'UPDATE', 'REFERENCES', 'TRIGGER']) p
      WHERE has_table_privilege('app', t.oid, p) GROUP BY t.relname`)
    const typed = programmes.flatMap(tablesOf)
    expect(may).toEqual(
      [
        ...[
          'account',
          'indicator',
          'migration',
          'org',
          'org_closure',
          'org_committee',
          'org_edge',
          'org_heads',
          'post',
          'post_request',
          'programme',
          'running_change',
          'setting',
          'enrolment',
          'quiz_attempt',
          'quiz_answer',
          'course_done',
          'childcare_wish',
          'match_answer',
          'match_block',
          'match_profile',
          'event_presence',
        ].map((t) => `${t} SELECT`),
        ...[
          'audit',
          'ledger',
          'period_lock',
          'period_lock_value',
          'record_history',
          'record_opened',
          'record_origin',
          'dismissed',
          'plan_revision',
          'release',
          'release_cell',
          'release_hidden',
          'honour_score',
          'public_notice_line',
          'contract_text',
          'contract_text_look',
          'event_word',
          'quiz_bank',
          'quiz_key',
          'quiz_question',
          'snapshot',
          'snapshot_value',
        ].map((t) => `${t} INSERT SELECT`),
        ...['aid', 'file', 'handler', 'inquiry', 'line'].map((t) => `hardship_${t} INSERT SELECT UPDATE`),
        ...['batch', 'result', 'step'].map((t) => `hardship_${t} INSERT SELECT`),
        ...screeningTables.map((t) => `${t} INSERT SELECT UPDATE`),
        ...['class', 'paper', 'review', 'step'].map((t) => `childcare_${t} INSERT SELECT`),
        ...['round', 'round_class', 'session', 'staff'].map((t) => `childcare_${t} DELETE INSERT SELECT`),
        'hardship_claim DELETE INSERT SELECT',
        ...[
          'event',
          'event_quota',
          'event_quota_use',
          'event_session',
          'quiz_run',
          'course',
          'course_page',
        ].map((t) => `${t} DELETE INSERT SELECT`),
        'event_draw SELECT',
        'event_scan SELECT',
        'hardship_kin DELETE INSERT SELECT UPDATE',
        ...['silo_case', 'silo_look', 'silo_message'].map((t) => `${t} INSERT SELECT`),
        'silo_period INSERT SELECT UPDATE',
        'silo_recusal SELECT',
        'silo_seat DELETE INSERT SELECT UPDATE',
        'bulletin INSERT SELECT UPDATE',
        'bulletin_file DELETE INSERT SELECT UPDATE',
        'bulletin_read INSERT SELECT',
        'contact INSERT SELECT UPDATE',
        'delegation INSERT SELECT UPDATE',
        'delivery DELETE INSERT SELECT UPDATE',
        'typed DELETE INSERT SELECT UPDATE',
        'phone_code DELETE INSERT SELECT UPDATE',
        'phone_identity DELETE SELECT',
        'message DELETE INSERT SELECT UPDATE',
        'record_copy INSERT SELECT',
        'task_reminder INSERT SELECT',
        'due_reminder INSERT SELECT',
        'review_reminder INSERT SELECT',
        'time_limit INSERT SELECT UPDATE',
        'work_day DELETE INSERT SELECT UPDATE',
        'care_room_report SELECT UPDATE',
        'care_room_use INSERT SELECT UPDATE',
        'person_access INSERT SELECT',
        ...persons.filter((t) => t !== 'person_access').map((t) => `${t} INSERT SELECT UPDATE`),
        ...[
          'audit_doubt',
          'audit_head',
          'care_room_inspection',
          'care_room_listing',
          'care_room_point',
          'care_room_rating',
          'care_room_score',
          'care_room_subsidy',
          'certificate',
          'contract_inspection',
          'credential',
          'export',
          'invitation',
          'notice',
          'assessment',
          'assessment_objection',
          'assessment_score',
          'plan',
          'plan_item',
          'plan_suggestion',
          'record',
          'remark',
          'rollup',
          'paper',
          'paper_comment',
          'paper_version',
          'suggestion',
          'rule_version',
          'statutory_head',
          'statutory_table',
          'earlier_total',
          'org_change',
          'honour_campaign',
          'honour_nomination',
          'honour_opinion',
          'honour_story',
          'public_notice',
          'public_notice_objection',
          'task',
          'task_answer',
        ].map((t) => `${t} INSERT SELECT UPDATE`),
        ...[
          'export_part',
          'honour_juror',
          'backup_run',
          'idempotency',
          'oidc_flow',
          'oidc_identity',
          'rollup_delta',
          'spent_challenge',
        ].map((t) => `${t} DELETE INSERT SELECT`),
        ...[
          'attempt',
          'evidence',
          'intake',
          'intake_row',
          'job',
          'passkey',
          'proposal',
          'recovery_code',
          'session',
          'enterprise',
          'org_employer',
        ].map((t) => `${t} DELETE INSERT SELECT UPDATE`),
        // Rows of children are replaced as a whole.
        ...typed.map((t) =>
          t.child === null ? `${t.name} INSERT SELECT UPDATE` : `${t.name} DELETE INSERT SELECT UPDATE`,
        ),
      ].sort(),
    )
  })
})

describe('row-level security', () => {
  it('is on and forced on every table', async () => {
    expect(
      await asked(
        `SELECT t.relname AS line FROM (${tables}) t JOIN pg_class c ON c.oid = t.oid WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
      ),
    ).toEqual([])
  })

  it('has a policy for every command that is granted', async () => {
    expect(
      await asked(`SELECT t.relname || ' ' || p AS line FROM (${tables}) t CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
        WHERE has_table_privilege('app', t.oid, p) AND NOT EXISTS (SELECT FROM pg_policies q
          WHERE q.schemaname = 'app' AND q.tablename = t.relname AND q.cmd IN (p, 'ALL') AND 'app' = ANY (q.roles))`),
    ).toEqual([])
  })

  it('lets everything pass on the listed tables only, each for a reason', async () => {
    expect(
      await asked(
        `SELECT DISTINCT tablename AS line FROM pg_policies WHERE schemaname = 'app' AND (qual = 'true' OR with_check = 'true')`,
      ),
    ).toEqual(Object.keys(open).sort())
  })

  it('of a table where only additions are open reads and changes behind another policy', async () => {
    expect(
      await asked(`SELECT tablename || ' ' || cmd AS line FROM pg_policies WHERE schemaname = 'app' AND tablename IN ('audit', 'idempotency', 'job', 'message', 'record_copy')
        AND (qual = 'true' OR with_check = 'true')`),
    ).toEqual(['audit INSERT', 'idempotency INSERT', 'job INSERT', 'message INSERT', 'record_copy INSERT'])
  })

  it('is stepped round by no view, and by listed functions with a fixed search path only', async () => {
    expect(
      await asked(
        `SELECT relname AS line FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind IN ('v', 'm')`,
      ),
    ).toEqual([])
    const found = await ask<{ proname: string; proconfig: string[] | null }>(
      `SELECT proname, array_remove(proconfig, 'plan_cache_mode=force_custom_plan') AS proconfig FROM pg_proc WHERE pronamespace = 'app'::regnamespace AND prosecdef ORDER BY proname`,
    )
    expect(found).toEqual(
      definers.map((proname) => ({ proname, proconfig: ['search_path=pg_catalog, pg_temp'] })),
    )
  })

  it('nothing in the schema is granted to PUBLIC', async () => {
    expect(
      await asked(`SELECT what || ' ' || name || ' ' || a.privilege_type AS line FROM (
        SELECT 'schema' AS what, nspname::text AS name, coalesce(nspacl, acldefault('n', nspowner)) AS acl FROM pg_namespace WHERE nspname = 'app'
        UNION ALL SELECT 'table', relname, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))
          FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p', 'S', 'v', 'm')
        UNION ALL SELECT 'function', proname, coalesce(proacl, acldefault('f', proowner)) FROM pg_proc WHERE pronamespace = 'app'::regnamespace
      ) x CROSS JOIN LATERAL aclexplode(x.acl) a WHERE a.grantee = 0`),
    ).toEqual([])
  })
})

describe('the schema can be distributed by district', () => {
  it('every table is distributed, reference or local, and none is listed that does not exist', async () => {
    const all = await asked(`SELECT relname AS line FROM (${tables}) t`)
    expect([...reference, ...local].filter((t) => !all.includes(t))).toEqual([])
    expect(
      await asked(`SELECT t.relname AS line FROM (${distributed}) t WHERE NOT EXISTS (SELECT FROM pg_attribute a
        WHERE a.attrelid = t.oid AND a.attname = 'district_id' AND a.attnotnull AND a.atttypid = 'int'::regtype)`),
    ).toEqual([])
  })

  it('district_id stands in every primary key, unique index and exclusion', async () => {
    const keys = await ask<{ line: string; columns: string[] }>(
      `SELECT t.relname || ' ' || i.indexrelid::regclass AS line, ${columnsAt('i.indkey')} AS columns
        FROM (${distributed}) t JOIN pg_index i ON i.indrelid = t.oid AND (i.indisunique OR i.indisprimary OR i.indisexclusion)`,
    )
    expect(keys.length).toBeGreaterThan(30)
    expect(keys.filter((k) => !k.columns.includes('district_id'))).toEqual([])
    expect(
      await asked(
        `SELECT t.relname AS line FROM (${distributed}) t WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary)`,
      ),
    ).toEqual([])
  })

  it('a foreign key between distributed tables carries it, others point at reference tables', async () => {
    const keys = await ask<{ line: string; to: string; columns: string[]; there: string[] }>(
      `SELECT k.conname AS line, f.relname AS to, ${columnsAt('k.conkey')} AS columns,
        (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey)) AS there
        FROM (${distributed}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f' JOIN pg_class f ON f.oid = k.confrelid`,
    )
    const carried = (k: (typeof keys)[number]) =>
      k.columns.includes('district_id') && k.there.includes('district_id')
    expect(keys.filter((k) => !reference.includes(k.to) && !carried(k))).toEqual([])
    expect(
      await asked(`SELECT k.conname AS line FROM (${tables}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f'
        JOIN (${distributed}) d ON d.oid = k.confrelid WHERE t.relname = ANY (ARRAY['${[...reference, ...local].join("','")}'])`),
    ).toEqual([])
  })

  it('has no identity, no generated column, no trigger and nothing deferred', async () => {
    expect(
      await asked(`SELECT t.relname || '.' || a.attname AS line FROM (${tables}) t JOIN pg_attribute a ON a.attrelid = t.oid
        WHERE a.attnum > 0 AND (a.attidentity <> '' OR a.attgenerated <> '')`),
    ).toEqual([])
    expect(
      await asked(
        `SELECT tgname AS line FROM pg_trigger g JOIN (${tables}) t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal`,
      ),
    ).toEqual([])
    expect(
      await asked(
        `SELECT conname AS line FROM pg_constraint k JOIN (${tables}) t ON t.oid = k.conrelid WHERE k.condeferrable`,
      ),
    ).toEqual([])
  })

  it('no statement merges', () => {
    const files = [
      ...readdirSync('migrations').map((name) => join('migrations', name)),
      ...readdirSync('src', { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.server.ts'))
        .map((name) => join('src', name)),
    ]
    expect(files.length).toBeGreaterThan(50)
    expect(files.filter((file) => /\bMERGE\s+INTO\b/i.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})

describe('every constraint ends in a sentence', () => {
  const codes: Record<string, string> = { p: '23505', u: '23505', x: '23P01', f: '23503', c: '23514' }
  type Constraint = { conname: string; contype: string; table: string }

  it('with a name, a code and Chinese words', async () => {
    const constraints = await ask<Constraint>(
      `SELECT k.conname, k.contype, t.relname AS table FROM (${tables}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype <> 'n'
        UNION ALL SELECT i.indexrelid::regclass::text, 'u', t.relname FROM (${tables}) t JOIN pg_index i ON i.indrelid = t.oid
        WHERE i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)`,
    )
    expect(constraints.length).toBeGreaterThan(150)
    for (const { conname, contype, table } of constraints) {
      const problem = fromDatabase({ code: codes[contype], constraint: conname, table })
      expect([conname, problem]).toEqual([conname, expect.any(Problem)])
      expect([conname, (problem as Problem).message]).toEqual([
        conname,
        expect.stringMatching(/\p{Script=Han}/u),
      ])
    }
  })

  it('a CHECK or an empty column of a form names its field', async () => {
    const typed = programmes.flatMap((p) =>
      tablesOf(p).map((t) => ({
        ...t,
        fields: t.child === null ? formFields(p) : p.children[t.child]!.fields,
      })),
    )
    for (const { name, child, fields } of typed) {
      const checks = await asked(
        `SELECT conname AS line FROM pg_constraint WHERE conrelid = 'app.${name}'::regclass AND contype = 'c'`,
      )
      const columns =
        await asked(`SELECT attname AS line FROM pg_attribute WHERE attrelid = 'app.${name}'::regclass AND attnum > 0
        AND attnotnull AND attname NOT IN ('district_id', 'record_id', 'line')`)
      for (const error of [
        ...checks.map((constraint) => ({ code: '23514', constraint, table: name })),
        ...columns.map((column) => ({ code: '23502', column, table: name })),
      ]) {
        const field = fieldOf(error)
        const known = Object.keys(fields).map((key) => (child === null ? key : `${child}.${key}`))
        expect([error, known]).toEqual([error, expect.arrayContaining([field])])
      }
    }
    expect(fieldOf({ code: '23514', constraint: 'record_dates_check', table: 'record' })).toBe('endsOn')
    expect(fieldOf({ code: '23514', constraint: 'record_grade_check', table: 'record' })).toBe('grade')
  })

  it('the other CHECKs are no matter of forms', async () => {
    const names = programmes.flatMap(tablesOf).map((t) => t.name)
    const found =
      await asked(`SELECT k.conname AS line FROM (${tables}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'c'
      WHERE t.relname <> ALL (ARRAY['${names.join("','")}'])`)
    expect(found).toEqual([...unreachable, 'record_dates_check', 'record_grade_check'].sort())
  })
})
