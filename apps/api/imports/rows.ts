import { type CatalogueRowData, catalogueColumns, catalogueRow } from '#contracts/requests';
import type { Address } from '#domain/catalogue';
import type { CatalogueRow, FileLayout, RowError } from '#domain/import';
import type { FileRecord } from './records.ts';

/** A row as it is imported, or everything that is wrong with it. */
export type CheckedRow = { readonly row: CatalogueRow } | { readonly errors: readonly RowError[] };

/** Checks one record by itself. */
export function checkRow({ row, fields, decimalComma = false, error }: FileRecord): CheckedRow {
  if (error) return { errors: [error] };
  const values = Object.fromEntries(
    Object.entries(fields).flatMap(([column, value]) => {
      const read = fieldValue(column, value, decimalComma);
      return read === undefined ? [] : [[column, read]];
    }),
  );
  const issues = catalogueRow.validate(values) ?? [];
  const errors = issues.map(({ pointer, code, detail }): RowError => {
    const column = pointer.split('/')[1] ?? '';
    const explained =
      code === 'wrong-type' && DECIMAL_COMMA.test(String(values[column]))
        ? `${detail} ${POINT_EXPECTED}`
        : detail;
    return { row, column, code, detail: explained.replace(pointer, column) };
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

/** No grouping of digits: 1.500 may mean 1.5 or 1500. */
const DECIMAL_POINT = /^-?\d+(?:\.\d+)?$/;
const DECIMAL_COMMA = /^-?\d+,\d+$/;
const POINT_EXPECTED =
  'Write a decimal point: a decimal comma is accepted only in files whose fields are separated by semicolons.';

/** The value of a field; `undefined` for an empty one. Text that does not fit the column is left for validation. */
function fieldValue(column: string, value: unknown, decimalComma: boolean): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return undefined;
  switch (catalogueColumns.get(column)) {
    case 'number':
      if (decimalComma && DECIMAL_COMMA.test(text)) return Number(text.replace(',', '.'));
      return DECIMAL_POINT.test(text) ? Number(text) : text;
    case 'flag':
      return FLAGS[text.toLowerCase()] ?? text;
    default:
      return text;
  }
}

/** A customer without an address gets that of its location; a partial address is an error. */
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
      detail: `${column} is required when another part of the customer's address is given.`,
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

/** The row as cells, in the order of its file's columns. */
export function cellsOf(row: CatalogueRow, { columns, separator }: FileLayout): readonly string[] {
  const { customer, location, building, reference, customerReference, properties } = row;
  const number = (value: number | undefined) =>
    separator === ';' ? value?.toString().replace('.', ',') : value?.toString();
  const cells: Readonly<Record<keyof CatalogueRowData, string | undefined>> = {
    customer_number: customer.customerNumber,
    customer_name: customer.name,
    vat_number: customer.vatNumber,
    customer_street: customer.address?.street,
    customer_postal_code: customer.address?.postalCode,
    customer_city: customer.address?.city,
    country: location.address.country,
    location_name: location.name,
    location_street: location.address.street,
    location_postal_code: location.address.postalCode,
    location_city: location.address.city,
    building,
    reference,
    customer_reference: customerReference,
    serial_number: properties.serialNumber,
    brand: properties.brand,
    model: properties.model,
    type: properties.type,
    refrigerant: properties.refrigerant,
    charge_kg: number(properties.chargeKg),
    capacity_kw: number(properties.capacityKw),
    hermetically_sealed: properties.hermeticallySealed?.toString(),
    commissioned_on: properties.commissionedOn,
  };
  return columns.map((column) => cells[column as keyof CatalogueRowData] ?? '');
}

function addressOf(
  street: string,
  postalCode: string | undefined,
  city: string,
  country: string | undefined,
): Address {
  return given({ street, postalCode, city, country });
}

/** Without undefined fields: what is stored is what was given. */
function given<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
