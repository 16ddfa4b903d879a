import { describe, expect, it } from 'vitest'
import { mediaId } from '../../contract/index.ts'
import { amended } from './amended-content.ts'
import type { AmendmentRow } from './queries-amendments.ts'

const at = new Date('2026-02-03T10:00:00Z')
const row = (kind: AmendmentRow['kind'], edited: unknown = null): AmendmentRow => ({
  number_id: 'num_1',
  target_external_id: 'wamid.1',
  kind,
  at,
  edited,
})
const text = { type: 'text', content: { text: { body: 'Two keys' } } }

describe('a message and what was done to it since', () => {
  it('stays as it is when nothing was', () => {
    expect(amended(text, [])).toEqual({ ...text, edited_at: null, deleted_at: null })
  })

  it('says what the newest edit says', () => {
    const edit = row('edit', { type: 'text', text: { body: 'Three keys' }, context: { id: 'M0' } })
    expect(amended(text, [edit])).toEqual({
      type: 'text',
      content: { text: { body: 'Three keys' } },
      edited_at: at.toISOString(),
      deleted_at: null,
    })
  })

  it('keeps its file when the caption is edited', () => {
    const file = mediaId.parse(`med_${'0'.repeat(32)}`)
    const image = { type: 'image', content: { image: { id: '1', caption: 'Old' }, media_id: file } }
    const edit = row('edit', { type: 'image', image: { id: '1', caption: 'New' } })
    expect(amended(image, [edit]).content).toEqual({ image: { id: '1', caption: 'New' }, media_id: file })
  })

  it('says nothing any more when it was deleted, edited or not', () => {
    const edit = row('edit', { type: 'text', text: { body: 'Three keys' } })
    const gone = { type: 'text', content: {}, edited_at: null, deleted_at: at.toISOString() }
    expect(amended(text, [edit, row('revoke')])).toEqual(gone)
  })

  it.each([null, 7, {}, { type: 'text' }, { type: 'text', text: {} }, { type: 'image' }])(
    'is not touched by an edit that says %j',
    (edited) => {
      expect(amended(text, [row('edit', edited)])).toMatchObject({ ...text, edited_at: null })
    },
  )
})
