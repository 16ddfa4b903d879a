import type { TemplateComponent } from '../../../contract/index.ts'
import { fillTemplate } from '../fill-template.ts'

/** A template with a variable in every place that can have one. */
export const order: TemplateComponent[] = [
  { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['A-17'] } },
  {
    type: 'BODY',
    text: 'Hi {{1}}, your order {{2}} left. Thanks, {{1}}!',
    example: { body_text: [['Ana', 'A-17']] },
  },
  { type: 'FOOTER', text: 'Corner Shop' },
  {
    type: 'BUTTONS',
    buttons: [
      { type: 'QUICK_REPLY', text: 'Stop' },
      {
        type: 'URL',
        text: 'Track',
        url: 'https://shop.example/t/{{1}}',
        example: ['https://shop.example/t/A-17'],
      },
      { type: 'COPY_CODE', text: 'Copy', example: 'SAVE10' },
    ],
  },
]
export const values = {
  'header.1': 'B-20',
  '1': 'Luis',
  '2': 'B-20',
  'button.1.1': 'B-20',
  'button.2.1': 'WELCOME',
}
export const filled = (components: TemplateComponent[], given: Record<string, string>) =>
  fillTemplate({ name: 'order_update', language: 'en_US', components }, given)
