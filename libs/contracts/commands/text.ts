import { fullFormats } from 'ajv-formats/dist/formats.js';

/** The pattern of a text, for class-validator, for JSON Schema, and in words for error messages. */
export interface TextForm {
  readonly schema: { readonly format: string } | { readonly anyOf: readonly { readonly format: string }[] };
  readonly accepts: (text: string) => boolean;
  readonly code: string;
  readonly detail: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const { date, 'date-time': dateTime } = fullFormats as unknown as Record<
  'date' | 'date-time',
  { validate(text: string): boolean }
>;

/** To the nanosecond at most; a leap second is well-formed, but cannot be represented and is refused. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const isMoment = (text: string) =>
  MOMENT.test(text) && dateTime.validate(text) && !Number.isNaN(Date.parse(text));

/** Ids have one spelling each, because they name streams. */
const uuid: TextForm = {
  schema: { format: 'uuid' },
  accepts: (text) => UUID.test(text),
  code: 'not-a-uuid',
  detail: 'must be a UUID in lower case',
};

const day: TextForm = {
  schema: { format: 'date' },
  accepts: (text) => date.validate(text),
  code: 'not-a-date',
  detail: 'must be a date (YYYY-MM-DD)',
};

const moment: TextForm = {
  schema: { format: 'date-time' },
  accepts: isMoment,
  code: 'not-a-moment',
  detail: 'must be a date and time in UTC (ISO 8601, ending in Z)',
};

const dayOrMoment: TextForm = {
  schema: { anyOf: [day.schema as { format: string }, moment.schema as { format: string }] },
  accepts: (text) => day.accepts(text) || moment.accepts(text),
  code: 'not-a-date-or-moment',
  detail: 'must be a date (YYYY-MM-DD), or a date and time in UTC (ISO 8601, ending in Z)',
};

const webAddress: TextForm = {
  schema: { format: 'uri' },
  accepts: (text) => /^https?:\/\/\S+$/.test(text) && URL.canParse(text),
  code: 'not-a-url',
  detail: 'must be an http or https URL',
};

export const textForms = { uuid, day, moment, dayOrMoment, webAddress } as const;
export type TextFormName = keyof typeof textForms;

/** Clients read the pattern: the published schema has it unchanged. */
export interface TextPattern {
  readonly pattern: RegExp;
  readonly code: string;
  readonly detail: string;
}

/** No control characters and no unpaired surrogates: neither can be displayed, and the latter cannot be stored. */
export const textPatterns = {
  line: {
    pattern: /^(?!\s+$)[^\p{Cc}\p{Cs}]*$/u,
    code: 'not-a-line',
    detail: 'must be a single line of text that is not blank',
  },
  prose: {
    pattern: /^(?!\s+$)(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u,
    code: 'not-a-text',
    detail: 'must be text that is not blank and has no control characters',
  },
  sha256: {
    pattern: /^[0-9a-f]{64}$/u,
    code: 'not-a-sha256',
    detail: 'must be a SHA-256 digest of 64 hexadecimal digits in lower case',
  },
  mediaType: {
    pattern: /^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+-]+(?:; ?[A-Za-z0-9_-]+=[A-Za-z0-9_."-]+)*$/u,
    code: 'not-a-media-type',
    detail: 'must be a media type, such as application/pdf',
  },
} as const satisfies Record<string, TextPattern>;
export type TextPatternName = keyof typeof textPatterns;
