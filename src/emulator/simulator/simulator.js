import { drawThread, summaryOf } from './bubbles.js'
import { ask, listen } from './control.js'
import { byId, element } from './element.js'
import { openList } from './list-dialog.js'
import { menu } from './menus.js'

const SETTLE_MS = 60

const state = {
  numbers: [],
  numberId: undefined,
  phone: byId('phone').value,
  name: byId('name').value,
  customer: undefined,
  quoted: undefined,
  // Whether the chat stays at its newest message as more arrive.
  staysAtEnd: true,
}

const acts = {
  tap: (message, button) => {
    const quoting = { context_message_id: message.wamid }
    if (button.kind === 'template_button') {
      return send({ type: 'template_button', text: button.text, payload: button.id, ...quoting })
    }
    if (button.kind === 'button_reply') {
      return send({ type: 'button_reply', reply_id: button.id, title: button.text, ...quoting })
    }
    return say(button.kind === 'copy_code' ? `Code: ${button.id}` : `Call ${button.id}`)
  },
  react: (message, emoji) => send({ type: 'reaction', message_id: message.wamid, emoji }),
  quote: (message) => {
    state.quoted = message
    byId('quoted-text').textContent = summaryOf(message)
    byId('quoting').hidden = false
    byId('text').focus()
  },
  openList: (message) => openList(message, send),
}

async function send(message) {
  const quoting = state.quoted === undefined ? {} : { context_message_id: state.quoted.wamid }
  unquote()
  state.staysAtEnd = true
  await attempt(() =>
    ask('POST', `/customers/${state.phone}/messages`, {
      to: state.numberId,
      name: state.name,
      ...quoting,
      ...message,
    }),
  )
}

async function attempt(act) {
  try {
    await act()
    say('')
  } catch (error) {
    say(error.message)
  }
}

function say(words) {
  const notice = byId('notice')
  notice.textContent = words
  notice.hidden = words === ''
}

function unquote() {
  state.quoted = undefined
  byId('quoting').hidden = true
}

async function loadNumbers() {
  state.numbers = (await ask('GET', '/accounts')).data
  const isKnown = state.numbers.some((number) => number.phone_number_id === state.numberId)
  if (!isKnown) state.numberId = state.numbers[0]?.phone_number_id
  const options = state.numbers.map((number) => {
    const label = `${number.verified_name} · ${number.display_phone_number}`
    return element(
      'option',
      { value: number.phone_number_id, selected: number.phone_number_id === state.numberId },
      label,
    )
  })
  const none = element('option', { value: '' }, 'No number yet: connect the sandbox in the hub')
  byId('number').replaceChildren(...(options.length === 0 ? [none] : options))
  showBusiness()
}

function showBusiness() {
  const number = state.numbers.find((each) => each.phone_number_id === state.numberId)
  const name = number?.verified_name ?? 'No number yet'
  byId('title').textContent = name
  byId('face').textContent = name.slice(0, 1)
  byId('subtitle').textContent = number?.display_phone_number ?? ''
  for (const control of document.querySelectorAll('.phone button, #text'))
    control.disabled = number === undefined
}

async function loadThread() {
  if (state.numberId === undefined) return
  const answer = await ask('GET', `/customers/${state.phone}/thread?phone_number_id=${state.numberId}`)
  state.customer = answer.customer
  byId('block').textContent = answer.customer?.blocks ? 'Unblock this business' : 'Block this business'
  byId('marketing').textContent =
    answer.customer?.marketing === 'stop' ? 'Hear its offers again' : 'Stop its offers'
  const chat = byId('chat')
  const empty = element(
    'p',
    { class: 'empty' },
    'No messages yet. Write something: it opens the 24-hour window.',
  )
  chat.replaceChildren(...(answer.data.length === 0 ? [empty] : drawThread(answer.data, acts)))
  keepAtEnd()
}

function keepAtEnd() {
  const chat = byId('chat')
  if (state.staysAtEnd) chat.scrollTop = chat.scrollHeight
}

async function loadPeople() {
  if (state.numberId === undefined) return
  const people = (await ask('GET', `/customers?phone_number_id=${state.numberId}`)).data
  byId('no-people').hidden = people.length > 0
  byId('people').replaceChildren(
    ...people.map((person) =>
      element(
        'li',
        {},
        element(
          'button',
          {
            type: 'button',
            'aria-current': person.phone === state.phone ? 'true' : undefined,
            onclick: () => become(person),
          },
          element('span', {}, person.name),
          element('small', {}, `+${person.phone}`),
        ),
      ),
    ),
  )
}

function become(person) {
  state.phone = person.phone
  state.name = person.name
  byId('phone').value = person.phone
  byId('name').value = person.name
  unquote()
  state.staysAtEnd = true
  return Promise.all([loadThread(), loadPeople()])
}

async function loadOutcomes() {
  const { data } = await ask('GET', '/outcomes')
  const rows = data.flatMap(({ suffix, promise }) => [
    element('dt', {}, `…${suffix}`),
    element('dd', {}, promise),
  ])
  byId('outcomes').replaceChildren(...rows)
}

let isSettling = false

/** Many events at once become one look at the thread. */
function refreshSoon() {
  if (isSettling) return
  isSettling = true
  setTimeout(() => {
    isSettling = false
    attempt(() => Promise.all([loadThread(), loadPeople()]))
  }, SETTLE_MS)
}

let typingTimer

function showTyping() {
  byId('subtitle').textContent = 'typing…'
  clearTimeout(typingTimer)
  typingTimer = setTimeout(showBusiness, 5000)
}

function onEvent(event) {
  if (event.type === 'account') {
    attempt(async () => {
      await loadNumbers()
      refreshSoon()
    })
    return
  }
  if (event.phone_number_id !== state.numberId) return
  if (event.type === 'message') refreshSoon()
  if (event.phone !== state.phone) return
  if (event.status === 'typing') showTyping()
  refreshSoon()
}

byId('composer').addEventListener('submit', (event) => {
  event.preventDefault()
  const text = byId('text').value.trim()
  byId('text').value = ''
  if (text !== '') send({ type: 'text', text })
})
byId('person').addEventListener('submit', (event) => {
  event.preventDefault()
  become({ phone: byId('phone').value.replace(/\D/g, ''), name: byId('name').value })
})
byId('number').addEventListener('change', (event) => {
  state.numberId = event.target.value
  showBusiness()
  refreshSoon()
})
byId('attach').addEventListener('click', (event) => {
  const type = event.target.dataset.send
  if (type !== undefined) send({ type })
})
byId('chat').addEventListener('scroll', () => {
  const { scrollHeight, scrollTop, clientHeight } = byId('chat')
  state.staysAtEnd = scrollHeight - scrollTop - clientHeight < 80
})
// A picture grows its bubble only once it is loaded.
byId('chat').addEventListener('load', keepAtEnd, true)
byId('unquote').addEventListener('click', unquote)
byId('block').addEventListener('click', () => prefer({ blocks: state.customer?.blocks !== true }))
byId('marketing').addEventListener('click', () =>
  prefer({ marketing: state.customer?.marketing === 'stop' ? 'resume' : 'stop' }),
)

function prefer(change) {
  return attempt(async () => {
    await ask('PATCH', `/customers/${state.phone}`, {
      phone_number_id: state.numberId,
      name: state.name,
      ...change,
    })
    await loadThread()
  })
}

menu(byId('menu-button'), byId('menu'))
menu(byId('attach-button'), byId('attach'))
attempt(loadOutcomes)
listen(onEvent)
