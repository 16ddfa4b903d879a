import { type Fault, fault } from '../faults/faults.ts'
import { type Json, objectIn, objectsIn, textIn } from '../json.ts'

const tooLong = (path: string, max: number): Fault =>
  fault(131009, `Parameter value is not valid: ${path} length is invalid. Min length: 1, Max length: ${max}.`)

const missing = (path: string): Fault =>
  fault(131008, `Required parameter is missing: interactive['${path}'].`)

/** The limits of Meta's interactive pages, as of 2025. */
export function checkInteractive(part: Json): Fault | undefined {
  const type = textIn(part, 'type')
  if (type === undefined) return missing('type')
  const check = CHECKS[type]
  if (check === undefined) return fault(131009, `Parameter value is not valid: interactive type ${type}.`)
  return checkTexts(part, type) ?? check(objectIn(part, 'action') ?? {})
}

const BODY_OPTIONAL = new Set(['product', 'call_permission_request'])

function checkTexts(part: Json, type: string): Fault | undefined {
  const body = textIn(objectIn(part, 'body'), 'text')
  if (body === undefined || body === '') {
    if (!BODY_OPTIONAL.has(type)) return missing("body']['text")
  } else if (body.length > (type === 'list' ? 4096 : 1024)) {
    return tooLong('body text', type === 'list' ? 4096 : 1024)
  }
  const footer = textIn(objectIn(part, 'footer'), 'text')
  if (footer !== undefined && footer.length > 60) return tooLong('footer text', 60)
  const header = objectIn(part, 'header')
  const headerText = textIn(header, 'text')
  if (headerText !== undefined && headerText.length > 60) return tooLong('header text', 60)
  if (type === 'list' && header !== undefined && textIn(header, 'type') !== 'text') {
    return fault(131009, 'Parameter value is not valid: a list takes a text header only.')
  }
  return undefined
}

const CHECKS: Readonly<Record<string, (action: Json) => Fault | undefined>> = {
  button: checkButtons,
  list: checkList,
  cta_url: checkLinkButton,
  product: (action) => requireText(action, 'catalog_id') ?? requireText(action, 'product_retailer_id'),
  product_list: (action) => requireText(action, 'catalog_id'),
  catalog_message: (action) => requireText(action, 'name'),
  flow: (action) => requireText(action, 'name'),
  location_request_message: (action) => requireText(action, 'name'),
  address_message: (action) => requireText(action, 'name'),
  call_permission_request: (action) => requireText(action, 'name'),
  voice_call: (action) => requireText(action, 'name'),
  carousel: checkCards,
  order_details: (action) => requireText(action, 'name'),
  order_status: (action) => requireText(action, 'name'),
  request_contact_info: (action) => requireText(action, 'name'),
}

function requireText(action: Json, key: string): Fault | undefined {
  return textIn(action, key) === undefined ? missing(`action']['${key}`) : undefined
}

function checkButtons(action: Json): Fault | undefined {
  const buttons = objectsIn(action, 'buttons')
  if (buttons.length < 1 || buttons.length > 3) {
    return fault(131009, 'Parameter value is not valid: buttons count must be between 1 and 3.')
  }
  const seen = new Set<string>()
  for (const button of buttons) {
    const reply = objectIn(button, 'reply')
    const id = textIn(reply, 'id') ?? ''
    const title = textIn(reply, 'title') ?? ''
    if (id === '' || id.length > 256) return tooLong('button id', 256)
    if (title === '' || title.length > 20) return tooLong('button title', 20)
    if (seen.has(id)) return fault(131009, `Parameter value is not valid: duplicated button id ${id}.`)
    seen.add(id)
  }
  return undefined
}

function checkList(action: Json): Fault | undefined {
  const label = textIn(action, 'button') ?? ''
  if (label === '' || label.length > 20) return tooLong('list button', 20)
  const sections = objectsIn(action, 'sections')
  if (sections.length < 1 || sections.length > 10) {
    return fault(131009, 'Parameter value is not valid: sections count must be between 1 and 10.')
  }
  const rows = sections.flatMap((section) => objectsIn(section, 'rows'))
  if (rows.length < 1 || rows.length > 10) {
    return fault(131009, 'Parameter value is not valid: total row count must be between 1 and 10.')
  }
  if (sections.length > 1 && sections.some((section) => textIn(section, 'title') === undefined)) {
    return missing("action']['sections']['title")
  }
  return checkRows(rows)
}

function checkRows(rows: Json[]): Fault | undefined {
  const seen = new Set<string>()
  for (const row of rows) {
    const id = textIn(row, 'id') ?? ''
    const title = textIn(row, 'title') ?? ''
    if (id === '' || id.length > 200) return tooLong('row id', 200)
    if (title === '' || title.length > 24) return tooLong('row title', 24)
    if ((textIn(row, 'description') ?? '').length > 72) return tooLong('row description', 72)
    if (seen.has(id)) return fault(131009, `Parameter value is not valid: duplicated row id ${id}.`)
    seen.add(id)
  }
  return undefined
}

function checkLinkButton(action: Json): Fault | undefined {
  const parameters = objectIn(action, 'parameters')
  const text = textIn(parameters, 'display_text') ?? ''
  if (text === '' || text.length > 20) return tooLong('display_text', 20)
  return textIn(parameters, 'url') === undefined ? missing("action']['parameters']['url") : undefined
}

function checkCards(action: Json): Fault | undefined {
  const count = objectsIn(action, 'cards').length
  if (count >= 2 && count <= 10) return undefined
  return fault(131009, 'Parameter value is not valid: cards count must be between 2 and 10.')
}
