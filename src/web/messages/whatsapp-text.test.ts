import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, parseWhatsAppText, type Token } from './whatsapp-text.ts'

const tokensOf = (text: string) => {
  const [block] = parseWhatsAppText(text)
  return block && 'tokens' in block ? block.tokens : []
}

test('bold, italic, strike and mono become what they say', () => {
  expect(tokensOf('*a* _b_ ~c~ `d`')).toEqual([
    { kind: 'bold', inner: [{ kind: 'text', text: 'a' }] },
    { kind: 'text', text: ' ' },
    { kind: 'italic', inner: [{ kind: 'text', text: 'b' }] },
    { kind: 'text', text: ' ' },
    { kind: 'strike', inner: [{ kind: 'text', text: 'c' }] },
    { kind: 'text', text: ' ' },
    { kind: 'mono', text: 'd' },
  ])
})

test('marks nest', () => {
  expect(tokensOf('*a _b_*')).toEqual([
    {
      kind: 'bold',
      inner: [
        { kind: 'text', text: 'a ' },
        { kind: 'italic', inner: [{ kind: 'text', text: 'b' }] },
      ],
    },
  ])
})

test('marks inside words and around blanks are text', () => {
  for (const text of ['snake_case_name', '2*3*4', 'x * a * y', '*open', 'a * b', '**', '__', '~ ~']) {
    expect(tokensOf(text)).toEqual([{ kind: 'text', text }])
  }
})

test('mono runs over line ends, and an open one is text', () => {
  expect(parseWhatsAppText('before\n```a\n*b*```\nafter')).toEqual([
    { kind: 'line', tokens: [{ kind: 'text', text: 'before' }] },
    { kind: 'mono', text: 'a\n*b*' },
    { kind: 'line', tokens: [{ kind: 'text', text: 'after' }] },
  ])
  expect(parseWhatsAppText('```a')).toEqual([{ kind: 'line', tokens: [{ kind: 'text', text: '```a' }] }])
})

test('links are found, without the sentence around them', () => {
  expect(tokensOf('see https://example.com/a?b=1, please')).toEqual([
    { kind: 'text', text: 'see ' },
    { kind: 'link', text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
    { kind: 'text', text: ', please' },
  ])
  expect(tokensOf('www.example.com')[0]).toMatchObject({ kind: 'link', href: 'https://www.example.com' })
})

test('a script address is never a link', () => {
  expect(tokensOf('javascript:alert(1)')).toEqual([{ kind: 'text', text: 'javascript:alert(1)' }])
})

test('lists, quotes and variables are told apart', () => {
  expect(parseWhatsAppText('> q\n- a\n2. b\n{{1}}').map((block: Block) => block.kind)).toEqual([
    'quote',
    'item',
    'item',
    'line',
  ])
  expect(tokensOf('Hi {{first_name}}')).toContainEqual({ kind: 'variable', key: 'first_name' })
})

test('any text is read, and no letter of it is lost', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'é', ' ', '*', '_', '~', '`', '\n', '.', '-', '>') }),
      (text) => {
        const letters = (all: string) => all.replace(/[^aé]/g, '')
        expect(letters(parseWhatsAppText(text).map(blockText).join(''))).toBe(letters(text))
      },
    ),
  )
})

test('a line of half a million marks is read to its end', () => {
  // Whoever looked back from each of them would not come to an end here.
  const text = '*a '.repeat(500_000)
  expect(parseWhatsAppText(text).map(blockText).join('')).toHaveLength(text.length)
})

function blockText(block: Block): string {
  return block.kind === 'mono' ? block.text : block.tokens.map(tokenText).join('')
}

function tokenText(token: Token): string {
  if ('inner' in token) return token.inner.map(tokenText).join('')
  return 'text' in token ? token.text : token.key
}
