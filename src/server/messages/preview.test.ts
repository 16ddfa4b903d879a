import { describe, expect, it } from 'vitest'
import { previewOf } from './preview.ts'

describe('a preview', () => {
  it.each([
    ['text', { text: { body: 'Hello\n  there' } }, 'Hello there'],
    ['template', { template: { name: 'hi' }, text: { body: 'Hi Ana' } }, 'Hi Ana'],
    ['template', { template: { name: 'hi' } }, 'Template hi'],
    ['image', { image: { caption: 'The cat' } }, 'Photo: The cat'],
    ['image', { image: { id: '1' } }, 'Photo'],
    ['document', { document: { filename: 'bill.pdf' } }, 'Document: bill.pdf'],
    [
      'interactive',
      { interactive: { type: 'button_reply', button_reply: { id: '1', title: 'Yes' } } },
      'Yes',
    ],
    ['interactive', { interactive: { type: 'list_reply', list_reply: { id: '1', title: 'Red' } } }, 'Red'],
    ['interactive', { interactive: { type: 'button', body: { text: 'Which?' } } }, 'Which?'],
    ['button', { button: { text: 'Stop' } }, 'Stop'],
    ['location', { location: { latitude: 1, longitude: 2, name: 'Office' } }, 'Location: Office'],
    ['contacts', { contacts: [{ name: { formatted_name: 'Ana' } }] }, 'Contact card: Ana'],
    ['contacts', { contacts: [{ vcard: 'BEGIN:VCARD\nFN:Ana P.\nEND:VCARD' }] }, 'Contact card: Ana P.'],
    [
      'interactive',
      { interactive: { type: 'call_permission_reply', call_permission_reply: { response: 'accept' } } },
      'You may call',
    ],
    ['reaction', { reaction: { emoji: '👍' } }, 'Reacted 👍'],
    ['hologram', { raw: {} }, 'Message of type hologram'],
    ['text', { raw: { text: { body: 5 } } }, 'Message of type text'],
    ['button', { button: { text: '' } }, 'Button'],
  ])('of type %s says what it is about', (type, content, line) => {
    expect(previewOf(type, content)).toBe(line)
  })

  it('stays short and never cuts a letter in two', () => {
    const line = previewOf('text', { text: { body: '😀'.repeat(500) } })
    expect([...line]).toHaveLength(160)
    expect(line.endsWith('😀…')).toBe(true)
  })
})
