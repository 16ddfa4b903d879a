import type { TemplateCategory, TemplateComponent, TemplateStatus } from './templates.ts'

export interface TemplateDraft {
  name: string
  language: string
  category: TemplateCategory
  parameterFormat: 'POSITIONAL' | 'NAMED'
  status: TemplateStatus
  rejectedReason?: string
  components: TemplateComponent[]
}

const quickReplies = (...texts: string[]): TemplateComponent => ({
  type: 'BUTTONS',
  buttons: texts.map((text) => ({ type: 'QUICK_REPLY', text })),
})

const trackButton = (text: string): TemplateComponent => ({
  type: 'BUTTONS',
  buttons: [
    {
      type: 'URL',
      text,
      url: 'https://shop.example/track/{{1}}',
      example: ['https://shop.example/track/Q-1042'],
    },
  ],
})

/** What every new account starts with: each category, several languages, each kind of part, each verdict. */
export const STARTER_TEMPLATES: readonly TemplateDraft[] = [
  {
    name: 'order_confirmation',
    language: 'en_US',
    category: 'UTILITY',
    parameterFormat: 'POSITIONAL',
    status: 'APPROVED',
    components: [
      {
        type: 'BODY',
        text: 'Thank you, {{1}}! Your order {{2}} is confirmed and we are packing it now.',
        example: { body_text: [['Marta', 'Q-1042']] },
      },
      { type: 'FOOTER', text: 'Quiet Harbor Goods' },
      quickReplies('Where is it?', 'Stop updates'),
    ],
  },
  {
    name: 'order_confirmation',
    language: 'es',
    category: 'UTILITY',
    parameterFormat: 'POSITIONAL',
    status: 'APPROVED',
    components: [
      {
        type: 'BODY',
        text: '¡Gracias, {{1}}! Tu pedido {{2}} está confirmado y ya lo estamos preparando.',
        example: { body_text: [['Marta', 'Q-1042']] },
      },
      { type: 'FOOTER', text: 'Quiet Harbor Goods' },
      quickReplies('¿Dónde está?', 'No más avisos'),
    ],
  },
  {
    name: 'order_shipped',
    language: 'en_US',
    category: 'UTILITY',
    parameterFormat: 'POSITIONAL',
    status: 'APPROVED',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['Q-1042'] } },
      {
        type: 'BODY',
        text: 'Good news, {{1}}: your parcel left our warehouse and arrives on {{2}}, before noon.',
        example: { body_text: [['Marta', 'Friday']] },
      },
      trackButton('Track parcel'),
    ],
  },
  {
    name: 'order_shipped',
    language: 'ar',
    category: 'UTILITY',
    parameterFormat: 'POSITIONAL',
    status: 'APPROVED',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'الطلب {{1}}', example: { header_text: ['Q-1042'] } },
      {
        type: 'BODY',
        text: 'مرحبًا {{1}}، غادرت شحنتك مستودعنا وستصل يوم {{2}} قبل الظهر.',
        example: { body_text: [['مريم', 'الجمعة']] },
      },
      trackButton('تتبع الشحنة'),
    ],
  },
  {
    name: 'appointment_reminder',
    language: 'en_US',
    category: 'UTILITY',
    parameterFormat: 'NAMED',
    status: 'APPROVED',
    components: [
      {
        type: 'BODY',
        text: 'Hello {{first_name}}, we look forward to seeing you on {{visit_day}} at the front desk.',
        example: {
          body_text_named_params: [
            { param_name: 'first_name', example: 'Idris' },
            { param_name: 'visit_day', example: '4 March' },
          ],
        },
      },
      quickReplies('Confirm', 'Change the time'),
    ],
  },
  {
    name: 'spring_offer',
    language: 'en_US',
    category: 'MARKETING',
    parameterFormat: 'POSITIONAL',
    status: 'APPROVED',
    components: [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://cdn.example/spring.jpg'] } },
      {
        type: 'BODY',
        text: 'Spring is here, {{1}}! Take a fifth off everything for the garden until Sunday.',
        example: { body_text: [['Marta']] },
      },
      { type: 'FOOTER', text: 'Reply STOP to hear no more offers' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Stop promotions' },
          { type: 'URL', text: 'See the offer', url: 'https://shop.example/spring' },
        ],
      },
    ],
  },
  {
    name: 'welcome',
    language: 'en_US',
    category: 'MARKETING',
    parameterFormat: 'POSITIONAL',
    status: 'APPROVED',
    components: [{ type: 'BODY', text: 'Welcome to Quiet Harbor Goods. Ask us anything, any time.' }],
  },
  {
    name: 'verification_code',
    language: 'en_US',
    category: 'AUTHENTICATION',
    parameterFormat: 'POSITIONAL',
    status: 'APPROVED',
    components: [
      {
        type: 'BODY',
        text: '*{{1}}* is your verification code. For your security, do not share this code.',
        add_security_recommendation: true,
        example: { body_text: [['481920']] },
      },
      { type: 'FOOTER', text: 'This code expires in 10 minutes.', code_expiration_minutes: 10 },
      {
        type: 'BUTTONS',
        buttons: [
          {
            type: 'URL',
            text: 'Copy code',
            url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}',
            example: ['https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp481920'],
          },
        ],
      },
    ],
  },
  {
    name: 'loyalty_invite',
    language: 'en_US',
    category: 'MARKETING',
    parameterFormat: 'POSITIONAL',
    status: 'PENDING',
    components: [
      {
        type: 'BODY',
        text: 'Dear {{1}}, would you like to join our circle of friends of the house?',
        example: { body_text: [['Marta']] },
      },
      quickReplies('Yes, please', 'No, thank you'),
    ],
  },
  {
    name: 'prize_draw',
    language: 'en_US',
    category: 'UTILITY',
    parameterFormat: 'POSITIONAL',
    status: 'REJECTED',
    rejectedReason: 'TAG_CONTENT_MISMATCH',
    components: [
      { type: 'BODY', text: 'You are one of our lucky winners. Come and collect your prize today.' },
    ],
  },
]

/** Plain approved templates, to fill many pages of a list. */
export function numberedTemplates(count: number): TemplateDraft[] {
  return Array.from({ length: count }, (_, position) => ({
    name: `notice_${String(position + 1).padStart(4, '0')}`,
    language: 'en_US',
    category: 'UTILITY',
    parameterFormat: 'POSITIONAL',
    status: 'APPROVED',
    components: [
      {
        type: 'BODY',
        text: `Notice ${position + 1} for {{1}}: your request is being handled.`,
        example: { body_text: [['Marta']] },
      },
    ],
  }))
}
