import { element } from './element.js'

const EMOJI = ['👍', '❤️', '😂', '😮', '🙏']
const ARRIVED = new Set(['delivered', 'read', 'played'])

/** Draws a whole thread: days, bubbles, reactions on what they react to. */
export function drawThread(messages, acts) {
  const reactions = reactionsOf(messages)
  const byWamid = new Map(messages.map((message) => [message.wamid, message]))
  const drawn = []
  let day = ''
  for (const message of messages) {
    if (message.type === 'reaction') continue
    const today = new Date(message.at).toLocaleDateString(undefined, { dateStyle: 'medium' })
    if (today !== day) drawn.push(element('p', { class: 'day' }, today))
    day = today
    drawn.push(bubble(message, byWamid.get(message.quoted), reactions.get(message.wamid), acts))
    if (message.from === 'business' && ARRIVED.has(message.state)) drawn.push(actsOn(message, acts))
  }
  return drawn
}

function reactionsOf(messages) {
  const reactions = new Map()
  for (const { reaction, from } of messages) {
    if (reaction === undefined) continue
    const onMessage = reactions.get(reaction.message_id) ?? {}
    reactions.set(reaction.message_id, { ...onMessage, [from]: reaction.emoji })
  }
  return reactions
}

function bubble(message, quoted, reactions, acts) {
  const isAbsent = message.from === 'business' && !ARRIVED.has(message.state)
  const emoji = Object.values(reactions ?? {}).join('')
  const names = ['message', message.from, isAbsent ? 'absent' : '', emoji === '' ? '' : 'reacted']
  return element(
    'article',
    { class: names.join(' ').trim(), lang: message.language?.replace('_', '-') },
    element('span', { class: 'unseen' }, message.from === 'business' ? 'Business:' : 'You:'),
    quoted === undefined ? '' : element('div', { class: 'quote', dir: 'auto' }, summaryOf(quoted)),
    message.header === undefined ? '' : element('div', { class: 'head', dir: 'auto' }, message.header),
    ...mediaOf(message),
    element(
      'div',
      { class: 'body', dir: 'auto' },
      message.text === '' ? placeholderOf(message) : message.text,
    ),
    message.footer === undefined ? '' : element('div', { class: 'foot', dir: 'auto' }, message.footer),
    isAbsent ? element('div', { class: 'why' }, whyAbsent(message)) : '',
    metaOf(message),
    isAbsent ? '' : buttonsOf(message, acts),
    emoji === '' ? '' : element('span', { class: 'reactions' }, emoji),
  )
}

export function summaryOf(message) {
  return message.text === '' ? message.type : message.text.slice(0, 90)
}

function placeholderOf(message) {
  if (message.media !== undefined) return ''
  return message.type === 'text' || message.type === 'template' ? '(no longer kept)' : `(${message.type})`
}

function whyAbsent(message) {
  if (message.state === 'failed') return `Never arrived: error ${message.error_code ?? 'unknown'}`
  return 'On its way, not on this phone yet'
}

function mediaOf(message) {
  const { media } = message
  if (media === undefined) return []
  const kind = media.kind ?? message.type
  const address = media.id === undefined ? media.link : `/_control/media/${media.id}`
  if (kind === 'image' || kind === 'sticker') {
    return [element('img', { src: address, alt: message.text === '' ? `A ${kind}` : message.text })]
  }
  const name = media.filename ?? kind
  const link = element('a', { href: address, target: '_blank', rel: 'noopener' }, name)
  return [element('div', { class: 'file' }, element('span', { 'aria-hidden': 'true' }, '📎'), link)]
}

function metaOf(message) {
  const time = new Date(message.at).toLocaleTimeString(undefined, { timeStyle: 'short' })
  if (message.from === 'business') return element('div', { class: 'meta' }, element('time', {}, time))
  const isRead = message.read_by_business === true
  const ticks = element('span', { class: isRead ? 'ticks read' : 'ticks', 'aria-hidden': 'true' }, '✓✓')
  const words = element('span', { class: 'unseen' }, isRead ? 'Read' : 'Delivered')
  return element('div', { class: 'meta' }, element('time', {}, time), ticks, words)
}

function buttonsOf(message, acts) {
  const buttons = (message.buttons ?? []).map((button) => {
    if (button.kind === 'url') {
      return element('a', { href: button.id, target: '_blank', rel: 'noopener noreferrer' }, button.text)
    }
    return element('button', { type: 'button', onclick: () => acts.tap(message, button) }, button.text)
  })
  if (message.list !== undefined) {
    const open = () => acts.openList(message)
    buttons.push(element('button', { type: 'button', onclick: open }, message.list.button ?? 'Options'))
  }
  return buttons.length === 0 ? '' : element('div', { class: 'buttons' }, ...buttons)
}

function actsOn(message, acts) {
  const strip = element('div', { class: 'acts' })
  const about = summaryOf(message).slice(0, 40)
  const react = (emoji) => () => acts.react(message, emoji)
  const offerEmoji = () => {
    const choices = EMOJI.map((emoji) =>
      element(
        'button',
        { type: 'button', 'aria-label': `React with ${emoji}`, onclick: react(emoji) },
        emoji,
      ),
    )
    const takeBack = element('button', { type: 'button', onclick: react(undefined) }, 'Take back')
    strip.replaceChildren(...choices, takeBack)
    choices[0]?.focus()
  }
  strip.append(
    element('button', { type: 'button', 'aria-label': `React to: ${about}`, onclick: offerEmoji }, '☺'),
    element(
      'button',
      { type: 'button', 'aria-label': `Quote: ${about}`, onclick: () => acts.quote(message) },
      '↩',
    ),
  )
  return strip
}
