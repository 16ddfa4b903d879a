import { describe, expect, it } from 'vitest'
import { choiceOf, fileOf, textOf } from './inbound-content.ts'

describe('the words of an inbound message', () => {
  it.each<[string, Record<string, unknown>, string | null]>([
    ['text', { text: { body: 'Hi' } }, 'Hi'],
    ['image', { image: { id: '1', caption: 'Look' } }, 'Look'],
    ['image', { image: { id: '1' } }, null],
    ['button', { button: { text: 'Yes', payload: 'y' } }, 'Yes'],
    [
      'interactive',
      { interactive: { type: 'button_reply', button_reply: { id: 'a', title: 'Blue' } } },
      'Blue',
    ],
    [
      'interactive',
      { interactive: { type: 'list_reply', list_reply: { id: 'a', title: 'Large' } } },
      'Large',
    ],
    ['interactive', { interactive: null }, null],
    ['location', { location: { latitude: 1, longitude: 2 } }, null],
    ['hologram', { raw: { hologram: {} } }, null],
  ])('of %s %j are %s', (type, content, words) => {
    expect(textOf(type, content)).toBe(words)
  })
})

describe('the file of an inbound message', () => {
  it('is named with what the provider told about it', () => {
    const document = { id: '622', filename: 'receipt.pdf', mime_type: 'application/pdf', sha256: 'abc' }
    expect(fileOf('document', { document })).toEqual({
      external_id: '622',
      mime_type: 'application/pdf',
      sha256: 'abc',
      file_name: 'receipt.pdf',
    })
  })

  it('is none where there is none, or where it can’t be fetched', () => {
    expect(fileOf('text', { text: { body: 'x' } })).toBeNull()
    expect(fileOf('image', { image: { caption: 'x' } })).toBeNull()
    expect(fileOf('image', { raw: {} })).toBeNull()
  })
})

it('a choice is the provider’s object', () => {
  expect(choiceOf('button', { button: { text: 'Yes' } })).toEqual({ text: 'Yes' })
  expect(choiceOf('text', { text: { body: 'x' } })).toBeNull()
})
