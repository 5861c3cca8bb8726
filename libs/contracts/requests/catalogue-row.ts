import type { InstallationType } from '#domain/installation';
import { type BodyShape, compile } from '../commands/compile.ts';
import { day, flag, line, number, Optional, oneOf, Required } from '../commands/declare.ts';
import { type ObjectSchema, schemaOf } from '../commands/schema.ts';

/** One row of a catalogue file, by its columns: an installation with its place. */
export class CatalogueRowData {
  @Optional(line(100)) readonly customer_number?: string;
  @Required(line(200)) readonly customer_name!: string;
  @Optional(line(50)) readonly vat_number?: string;
  @Optional(line(200)) readonly customer_street?: string;
  @Optional(line(50)) readonly customer_postal_code?: string;
  @Optional(line(200)) readonly customer_city?: string;
  @Optional(line(100)) readonly country?: string;
  @Required(line(200)) readonly location_name!: string;
  @Required(line(200)) readonly location_street!: string;
  @Optional(line(50)) readonly location_postal_code?: string;
  @Required(line(200)) readonly location_city!: string;
  @Optional(line(200)) readonly building?: string;
  @Required(line(200)) readonly reference!: string;
  @Optional(line(200)) readonly customer_reference?: string;
  @Optional(line(100)) readonly serial_number?: string;
  @Optional(line(100)) readonly brand?: string;
  @Optional(line(100)) readonly model?: string;
  @Optional(oneOf<InstallationType>(['air-conditioning', 'refrigeration', 'heat-pump', 'other']))
  readonly type?: InstallationType;
  @Optional(line(50)) readonly refrigerant?: string;
  @Optional(number(0, 1e9)) readonly charge_kg?: number;
  @Optional(number(0, 1e9)) readonly capacity_kw?: number;
  @Optional(flag) readonly hermetically_sealed?: boolean;
  @Optional(day) readonly commissioned_on?: string;
}

const schema: ObjectSchema = schemaOf(CatalogueRowData);

export const catalogueRow: BodyShape<CatalogueRowData> = { schema, validate: compile(schema) };

/** Every column, with its allowed values. */
export const catalogueColumns: ReadonlyMap<string, 'text' | 'number' | 'flag'> = new Map(
  Object.entries(schema.properties).map(([name, { type }]) => [
    name,
    type === 'number' ? 'number' : type === 'boolean' ? 'flag' : 'text',
  ]),
);

/** The columns a file must have. */
export const requiredColumns: readonly string[] = schema.required ?? [];

/** The column of a file of failed rows that gives the reasons; ignored when the file is sent again. */
export const REASON_COLUMN = 'error';
