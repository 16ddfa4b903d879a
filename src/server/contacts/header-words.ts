/** What people call a phone column, folded: the clearest words first. */
const phoneWords = [
  'phone',
  'phonenumber',
  'whatsapp',
  'whatsappnumber',
  'mobile',
  'mobilephone',
  'mobilenumber',
  'cellphone',
  'cell',
  'msisdn',
  'waid',
  'telephone',
  'tel',
  'telefono',
  'celular',
  'movil',
  'numerodetelefono',
  'numerocelular',
  'telefone',
  'fone',
  'numerodetelefone',
  'handy',
  'handynummer',
  'telefon',
  'telefonnummer',
  'mobiltelefon',
  'mobilnummer',
  'portable',
  'gsm',
  'telefoonnummer',
  'cellulare',
  'الهاتف',
  'هاتف',
  'رقمالهاتف',
  'جوال',
  'رقمالجوال',
  'موبايل',
  'واتساب',
  'телефон',
  '电话',
  '手机',
  '手机号',
  '電話番号',
  'contactnumber',
  'numero',
  'number',
  'destination',
  'recipient',
  'to',
  'رقم',
]

/** "Número de Teléfono" → "numerodetelefono". */
export function foldHeader(header: string): string {
  return header
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** Lower is clearer; null: the header says nothing about phones. */
export function rankPhoneHeader(header: string): number | null {
  const folded = foldHeader(header)
  const exact = phoneWords.indexOf(folded)
  if (exact >= 0) return exact
  const within = phoneWords.findIndex((word) => word.length > 4 && folded.includes(word))
  return within >= 0 ? phoneWords.length + within : null
}

const userWords = new Set([
  'userid',
  'bsuid',
  'whatsappuserid',
  'wauserid',
  'whatsappid',
  'fromuserid',
  'recipientuserid',
  'businessscopeduserid',
])

/** Whether a column is called as if WhatsApp's user ids stood in it. */
export function isUserHeader(header: string): boolean {
  return userWords.has(foldHeader(header))
}
