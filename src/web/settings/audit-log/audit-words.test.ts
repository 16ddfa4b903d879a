import { expect, it } from 'vitest'
import { auditActions } from '../../../contract/audit-actions.ts'
import texts from '../../platform/i18n/en/settings.json' with { type: 'json' }

it('every act that the server writes into the audit log has words, and no other has', () => {
  const worded = Object.entries(texts.audit.action).flatMap(([noun, acts]) =>
    Object.entries(acts).map(([act, words]) => [`${noun}.${act}`, words]),
  )
  expect(worded.filter(([, words]) => words === '')).toEqual([])
  expect(worded.map(([action]) => action).toSorted()).toEqual([...auditActions].toSorted())
})
