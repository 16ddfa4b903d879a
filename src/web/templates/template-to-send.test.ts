import { expect, test } from 'vitest'
import { connectorId, type Template, templateId } from '../../contract/index.ts'
import { missingValues, templateToSend } from './template-to-send.ts'

const template: Template = {
  id: templateId.parse(`tpl_${'0'.repeat(32)}`),
  connector_id: connectorId.parse(`con_${'0'.repeat(32)}`),
  external_id: '1',
  name: 'order_shipped',
  language: 'en_US',
  category: 'UTILITY',
  status: 'APPROVED',
  rejected_reason: null,
  quality: null,
  coming_category: null,
  coming_category_at: null,
  components: [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text: 'Hi {{1}}, order {{2}}' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Thanks' },
        { type: 'URL', text: 'Track', url: 'https://a.example/{{1}}' },
      ],
    },
  ],
  variables: [
    { key: 'header.image', place: 'header', kind: 'image', sample: null },
    { key: '1', place: 'body', kind: 'text', sample: 'Marta' },
    { key: '2', place: 'body', kind: 'text', sample: 'Q-1' },
    { key: 'button.1.1', place: 'button', kind: 'text', sample: 'Q-1' },
  ],
  created_at: '2026-05-07T10:00:00Z',
  updated_at: '2026-05-07T10:00:00Z',
}

test('values become the components of the send API', () => {
  const values = { 'header.image': 'https://a.example/x.jpg', '1': ' Ana ', '2': 'Q-2', 'button.1.1': 'Q-2' }
  expect(templateToSend(template, values)).toEqual({
    name: 'order_shipped',
    language: { code: 'en_US' },
    components: [
      { type: 'header', parameters: [{ type: 'image', image: { link: 'https://a.example/x.jpg' } }] },
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Ana' },
          { type: 'text', text: 'Q-2' },
        ],
      },
      { type: 'button', sub_type: 'url', index: 1, parameters: [{ type: 'text', text: 'Q-2' }] },
    ],
  })
})

test('a named variable carries its name, and a template without variables has no components', () => {
  const named: Template = {
    ...template,
    variables: [{ key: 'first_name', place: 'body', kind: 'text', sample: null }],
  }
  expect(templateToSend(named, { first_name: 'Ana' }).components).toEqual([
    { type: 'body', parameters: [{ type: 'text', text: 'Ana', parameter_name: 'first_name' }] },
  ])
  expect(templateToSend({ ...template, variables: [] }, {})).not.toHaveProperty('components')
})

test('blank values are missing', () => {
  expect(missingValues(template, { '1': 'Ana', '2': '  ' })).toEqual(['header.image', '2', 'button.1.1'])
})
