import { byId, element } from './element.js'

/** Shows the rows of a list message; the one chosen goes to `reply`. */
export function openList(message, reply) {
  const dialog = byId('list')
  const choose = (row) => {
    dialog.close()
    const { id: reply_id, title, description } = row
    return reply({ type: 'list_reply', reply_id, title, description, context_message_id: message.wamid })
  }
  const sections = (message.list.sections ?? []).map((section) =>
    element(
      'section',
      {},
      section.title === undefined ? '' : element('h3', {}, section.title),
      ...(section.rows ?? []).map((row) =>
        element(
          'button',
          { type: 'button', onclick: () => choose(row) },
          row.title,
          row.description === undefined ? '' : element('small', {}, row.description),
        ),
      ),
    ),
  )
  byId('list-title').textContent = message.list.button ?? 'Options'
  byId('list-rows').replaceChildren(...sections)
  dialog.showModal()
}
