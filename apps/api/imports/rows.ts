import { type CatalogueRowData, catalogueColumns, catalogueRow } from '#contracts/requests';
import type { Address } from '#domain/catalogue';
import type { CatalogueRow, RowError } from '#domain/import';
import type { FileRecord } from './records.ts';

/** A row as it is imported, or everything that is wrong with it. */
export type CheckedRow = { readonly row: CatalogueRow } | { readonly errors: readonly RowError[] };

/** Checks one record by itself. */
export function checkRow({ row, fields, error }: FileRecord): CheckedRow {
  if (error) return { errors: [error] };
  const values = Object.fromEntries(
    Object.entries(fields).flatMap(([column, value]) => {
      const read = fieldValue(column, value);
      return read === undefined ? [] : [[column, read]];
    }),
  );
  const issues = catalogueRow.validate(values) ?? [];
  const errors = issues.map(({ pointer, code, detail }): RowError => {
    const column = pointer.split('/')[1] ?? '';
    return { row, column, code, detail: detail.replace(pointer, column) };
  });
  const data = values as unknown as CatalogueRowData;
  const all = [...errors, ...(errors.length === 0 ? incompleteAddress(row, data) : [])];
  return all.length > 0 ? { errors: all } : { row: toCatalogueRow(row, data) };
}

const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  1: true,
  false: false,
  no: false,
  0: false,
};

/** What a field holds, `undefined` for nothing. A text that is none of what the column holds is left as it is. */
function fieldValue(column: string, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return undefined;
  switch (catalogueColumns.get(column)) {
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
    case 'flag':
      return FLAGS[text.toLowerCase()] ?? text;
    default:
      return text;
  }
}

/** Without an address of its own a customer gets that of its location; half of one is a mistake. */
function incompleteAddress(row: number, data: CatalogueRowData): RowError[] {
  const { customer_street, customer_city, customer_postal_code } = data;
  if ([customer_street, customer_city, customer_postal_code].every((part) => part === undefined)) return [];
  const parts = { customer_street, customer_city };
  return Object.entries(parts)
    .filter(([, part]) => part === undefined)
    .map(([column]) => ({
      row,
      column,
      code: 'required',
      detail: `${column} is required where another part of the customer's address is given.`,
    }));
}

function toCatalogueRow(row: number, data: CatalogueRowData): CatalogueRow {
  const { country, customer_street, customer_city } = data;
  return {
    row,
    customer: given({
      name: data.customer_name,
      vatNumber: data.vat_number,
      customerNumber: data.customer_number,
      address:
        customer_street !== undefined && customer_city !== undefined
          ? addressOf(customer_street, data.customer_postal_code, customer_city, country)
          : undefined,
    }),
    location: {
      name: data.location_name,
      address: addressOf(data.location_street, data.location_postal_code, data.location_city, country),
    },
    ...given({ building: data.building, customerReference: data.customer_reference }),
    reference: data.reference,
    properties: given({
      serialNumber: data.serial_number,
      brand: data.brand,
      model: data.model,
      type: data.type,
      refrigerant: data.refrigerant,
      chargeKg: data.charge_kg,
      capacityKw: data.capacity_kw,
      hermeticallySealed: data.hermetically_sealed,
      commissionedOn: data.commissioned_on,
    }),
  };
}

function addressOf(
  street: string,
  postalCode: string | undefined,
  city: string,
  country: string | undefined,
): Address {
  return given({ street, postalCode, city, country });
}

/** Without the fields that hold nothing: what is stored is what was said. */
function given<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
