import { expect, test } from 'vitest'
import { chooseLocale } from './locale.ts'

test('the region of the reader is kept where the language is the page’s', () => {
  expect(chooseLocale(['es-UY', 'en-GB', 'en-US'], 'en')).toBe('en-GB')
  expect(chooseLocale(['es-UY'], 'en')).toBe('en')
  expect(chooseLocale([], 'pt')).toBe('pt')
})

test.each(['en-US@posix', 'en_US', 'en-ab-cd-ef', 'en-', 'en-*'])('%s throws nothing', (tag) => {
  expect(chooseLocale([tag, 'en-AU'], 'en')).toBe('en-AU')
  expect(() => new Intl.NumberFormat(chooseLocale([tag], 'en'))).not.toThrow()
})
