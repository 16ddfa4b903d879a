import { expect, it } from 'vitest'
import { mediaId } from '../../contract/index.ts'
import { repliesOf } from './replies-of.ts'

const id = mediaId.parse(`med_${'0'.repeat(32)}`)
const [photo, voice] = [
  { id, kind: 'image' },
  { id, kind: 'audio' },
] as const

it('a text alone is a message', () => {
  expect(repliesOf('Hello', [], 'wamid.1')).toEqual([
    { reply: { type: 'text', text: { body: 'Hello' }, context: { message_id: 'wamid.1' } }, text: 'Hello' },
  ])
})

it('a text goes with the first file that can have a caption, and the quote with the first message', () => {
  expect(repliesOf('Look', [voice, photo], 'wamid.1').map(({ reply }) => reply)).toEqual([
    { type: 'audio', audio: { media_id: id }, context: { message_id: 'wamid.1' } },
    { type: 'image', image: { media_id: id, caption: 'Look' } },
  ])
})

it('a text without such a file, or too long for it, follows by itself', () => {
  expect(repliesOf('Listen', [voice], null).map(({ reply }) => reply.type)).toEqual(['audio', 'text'])
  expect(repliesOf('x'.repeat(1025), [photo], null).map(({ reply }) => reply.type)).toEqual(['image', 'text'])
})

it('nothing makes no message', () => {
  expect(repliesOf('', [], null)).toEqual([])
})
