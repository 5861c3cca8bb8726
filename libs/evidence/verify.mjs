#!/usr/bin/env node
// Checks an evidence pack of `GET /v1/audit/evidence` without the service and without anything but Node: one file, to
// be read by those who rely on it. What it checks is described in docs/auditors.md.
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FORMAT = 'tessera-evidence/1';

/** The pack is not what it says. */
export class Refused extends Error {
  name = 'Refused';
}

/**
 * Checks a whole pack: its form to the byte, the signature, the proof of every event, that the installation's events
 * are all there up to the last one, and that the statement is what follows from the events.
 * @param {Uint8Array} bytes the file
 * @param {string} [trusted] the key that must have signed, as it was got by another way than the pack
 * @returns the statement, and what it was sealed with
 * @throws Refused
 */
export function verify(bytes, trusted) {
  const pack = read(bytes);
  const keys = pack.keys.map(keyOf);
  if (trusted !== undefined && !pack.keys.includes(trusted)) {
    refuse('It is not sealed with the key that you trust.');
  }
  const checkpoint = openCheckpoint(pack.checkpoint, keys);
  const events = pack.events.map((event) => included(event, checkpoint));
  const statement = derived(pack.statement, events);
  if (canonical(statement) !== canonical(pack.statement)) {
    refuse('The statement is not what follows from the events.');
  }
  return {
    statement,
    events: events.length,
    checkpoint: { origin: checkpoint.origin, size: checkpoint.size },
  };
}

// The file.

function read(bytes) {
  let text;
  let pack;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    pack = JSON.parse(text);
  } catch {
    return refuse('It is not JSON in UTF-8.');
  }
  // No insignificant bytes: they could be altered unnoticed.
  if (JSON.stringify(pack) !== text)
    refuse('It is not in the form in which it was given: formatted, perhaps.');
  has(pack, { format: 'string', statement: 'object', events: 'array', checkpoint: 'string', keys: 'array' });
  if (pack.format !== FORMAT) refuse(`It is not of the format ${FORMAT}.`);
  if (pack.keys.length === 0) refuse('It has no key.');
  for (const key of pack.keys) if (typeof key !== 'string') refuse('A key of it is no text.');
  for (const event of pack.events) {
    has(event, { index: 'number', leaf: 'string', proof: 'array' });
    for (const each of event.proof) if (typeof each !== 'string') refuse('A proof of it is not of hashes.');
  }
  return pack;
}

/** Exactly these members, of these types. */
function has(value, members) {
  if (typeOf(value) !== 'object') refuse('It is not an evidence pack.');
  if (Object.keys(value).sort().join() !== Object.keys(members).sort().join()) {
    refuse('It has members that an evidence pack has not, or lacks some.');
  }
  for (const [name, type] of Object.entries(members)) {
    if (typeOf(value[name]) !== type) refuse(`Its ${name} is not what it is in an evidence pack.`);
  }
}

function typeOf(value) {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

// The signature: a checkpoint (C2SP tlog-checkpoint) in a signed note with Ed25519.

const ED25519 = 1;
/** What comes before the 32 bytes of a key in its DER encoding. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function keyOf(text) {
  const [, name, id, encoded] = /^([!-*,-~]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = encoded === undefined ? undefined : base64(encoded);
  if (bytes?.length !== 33 || bytes[0] !== ED25519)
    refuse('A key is not name+hash+base64 of an Ed25519 key.');
  const computed = sha256(Buffer.from(`${name}\n`), bytes).subarray(0, 4);
  if (computed.toString('hex') !== id) refuse('A key does not belong to its hash.');
  const der = Buffer.concat([SPKI, bytes.subarray(1)]);
  return { name, id: computed, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

/** The checkpoint, if it is signed with each of the keys and with no other. */
function openCheckpoint(note, keys) {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) refuse('The checkpoint is not a signed note.');
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length !== keys.length) refuse('The checkpoint is not signed with just the keys of the pack.');
  for (const [at, { name, id, key }] of keys.entries()) {
    const [, signer, encoded] = /^— ([!-*,-~]+) ([A-Za-z0-9+/=]+)$/.exec(lines[at]) ?? [];
    const bytes = encoded === undefined ? undefined : base64(encoded);
    if (signer !== name || bytes?.length !== 68 || !bytes.subarray(0, 4).equals(id)) {
      refuse('The checkpoint is not signed with just the keys of the pack, in their order.');
    }
    if (!verifySignature(null, Buffer.from(text), key, bytes.subarray(4))) {
      refuse(`The signature of ${name} is wrong.`);
    }
  }
  const [origin, size, encoded] = text.split('\n');
  const root = base64(encoded ?? '');
  if (!/^[1-9]\d{0,15}$/.test(size) || root?.length !== 32) refuse('It is not a checkpoint.');
  if (keys.some(({ name }) => name !== origin)) refuse(`A key is not one of the log ${origin}.`);
  return { origin, size: Number(size), root };
}

// The proofs: RFC 9162, 2.1.3.2.

/** The event, once its proof leads from its leaf to the root of the checkpoint. */
function included({ index, leaf, proof }, { size, root }) {
  let event;
  try {
    event = JSON.parse(leaf);
  } catch {
    return refuse('An event is not JSON.');
  }
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    refuse(`The checkpoint is of ${size} events, and has none at ${index}.`);
  }
  let node = index;
  let last = size - 1;
  let reached = sha256(Buffer.of(0), Buffer.from(leaf));
  for (const encoded of proof) {
    const beside = base64(encoded);
    if (beside?.length !== 32 || last === 0) refuse(`The proof of the event at ${index} is none.`);
    if (node % 2 === 1 || node === last) {
      reached = sha256(Buffer.of(1), beside, reached);
      while (node % 2 === 0 && node > 0) [node, last] = [half(node), half(last)];
    } else {
      reached = sha256(Buffer.of(1), reached, beside);
    }
    [node, last] = [half(node), half(last)];
  }
  if (last !== 0 || !reached.equals(root))
    refuse(`The event at ${index} is not in the sealed log as it is here.`);
  // A later version of what is stored of an event has its number behind the type: InstallationAccessGranted.v2.
  const [type, version = '1'] = String(event?.type).split('.v');
  return { ...event, type, version: Number(version), index };
}

const half = (count) => Math.floor(count / 2);

// The statement, from the events alone.

/** The events of an installation that do not affect access. */
const BESIDE_ACCESS = [
  'InstallationPropertiesChanged',
  'InstallationMoved',
  'InstallationArchived',
  'InstallationRestored',
  'ActivityAdded',
  'ActivityChanged',
  'ActivityRemoved',
  'InstallationAccessExtended',
  'InstallationAccessBlocked',
  'CommandHadNoEffect',
];

/** The versions of the others that are known here, from 1 on. */
const KNOWN_VERSIONS = {
  InstallationRegistered: 1,
  InstallationAccessGranted: 2,
  InstallationAccessWithdrawn: 1,
  ShareApproved: 1,
  AccountRegistered: 1,
  CatalogueImportStarted: 2,
};

/** What it is made of, beside the history: each used event is the first of its type in its stream. */
class Sources {
  #events = new Map();
  #unused = new Set();

  constructor(events) {
    for (const event of events) {
      const id = `${event.type} ${event.stream}`;
      if (this.#events.has(id)) refuse('An event is there twice.');
      this.#events.set(id, event);
      this.#unused.add(id);
    }
  }

  find(type, stream) {
    const id = `${type} ${stream}`;
    this.#unused.delete(id);
    const event = this.#events.get(id);
    return event && known(event);
  }

  need(type, stream) {
    return this.find(type, stream) ?? refuse(`${type} of ${stream} is missing.`);
  }

  allUsed() {
    if (this.#unused.size > 0) refuse('It has events that the statement does not rest on.');
  }
}

function derived(asked, events) {
  try {
    return statementOf(asked, events);
  } catch (error) {
    if (error instanceof TypeError) return refuse('Its events are not those of an evidence pack.');
    throw error;
  }
}

function statementOf({ account, installation }, events) {
  const stream = `installation-${installation}`;
  const history = events.filter((event) => event.stream === stream);
  const sources = new Sources(events.filter((event) => event.stream !== stream));
  for (const [revision, event] of history.entries()) {
    if (event.revision !== revision) refuse(`The installation's event ${revision} is missing.`);
    if (revision > 0 && event.index <= history[revision - 1].index)
      refuse('The events are not in their order.');
  }
  const { registration, grants } = grantsIn(history);
  const named = (id) => {
    const name = id === '' ? undefined : sources.find('AccountRegistered', `account-${id}`)?.data.name;
    return name === undefined ? { id } : { id, name };
  };
  const step = (grant) => ({
    grantId: grant.grantId,
    shareId: grant.shareId,
    type: grant.accessType,
    giver: named(grant.giver),
    holder: named(grant.holder),
    from: grant.grantedAt,
    ...until(grant),
    authorisedBy: authoriser(sources.need('ShareApproved', `share-${grant.shareId}`), named),
  });
  const held = grants.filter(({ holder }) => holder === account?.id);
  const access = held.map((grant) => ({
    type: grant.accessType,
    from: grant.grantedAt,
    ...until(grant),
    grants: pathTo(grant, grants).map(step),
  }));
  if (registration.data.account === account?.id) {
    const imported = registration.metadata.actor.role === 'system';
    const decided = imported
      ? sources.need('CatalogueImportStarted', `import-${registration.metadata.$correlationId}`)
      : registration;
    access.unshift({
      type: 'root',
      from: registration.metadata.at,
      grants: [],
      authorisedBy: authoriser(decided, named),
    });
  }
  const last = history.at(-1);
  const facts = {
    account: named(account?.id),
    installation,
    revision: last.revision,
    at: last.metadata.at,
    access,
  };
  sources.allUsed();
  return { words: wordsOf(facts), ...facts };
}

/** Every grant there ever was, with its end. */
function grantsIn([registration, ...later]) {
  if (registration?.type !== 'InstallationRegistered') refuse("The installation's registration is missing.");
  known(registration);
  const grants = [];
  for (const event of later) {
    if (BESIDE_ACCESS.includes(event.type)) continue;
    known(event);
    if (event.type === 'InstallationAccessGranted') grants.push(grantIn(event));
    else if (event.type === 'InstallationAccessWithdrawn') {
      const ended = grants.find(({ grantId }) => grantId === event.data.grantId);
      if (ended === undefined) refuse('A grant ends that was never given.');
      ended.withdrawnAt = event.data.withdrawnAt;
    } else refuse(`${event.type} is no event of an installation.`);
  }
  return { registration, grants };
}

/** In the first version a grant began with the second in which it was given. */
function grantIn({ version, data: { grant } }) {
  const grantedAt = version === 1 ? grant.grantedAt.replace(/\.\d{3}Z$/, '.000Z') : grant.grantedAt;
  return { ...grant, grantedAt };
}

function until({ withdrawnAt }) {
  return withdrawnAt === undefined ? {} : { until: withdrawnAt };
}

/** The grants that lead from the account that registered the installation to this one, which comes last. */
function pathTo(grant, grants) {
  const path = [grant];
  while (path[0].parent !== undefined) {
    const parent = grants.find(({ grantId }) => grantId === path[0].parent);
    if (parent === undefined || path.includes(parent)) refuse('A grant on the way is missing.');
    path.unshift(parent);
  }
  return path;
}

function authoriser({ metadata: { actor, at, commandId } }, named) {
  const { account, user, role, service } = actor;
  // A sealed name is left out.
  const person = typeof user === 'string' ? { user } : {};
  return { account: named(account), ...person, role, ...(service && { service }), at, command: commandId };
}

function wordsOf({ account, installation, revision, at, access }) {
  const asOf = `event ${revision} of it, of ${at}`;
  if (access.length === 0) {
    return `${called(account)} never had access to the installation ${installation}, up to ${asOf}.`;
  }
  return access
    .flatMap((period) => [
      `${called(account)} had access of the type ${period.type} to the installation ${installation} ` +
        `from ${period.from} ${period.until ? `to ${period.until}` : `on, not ended up to ${asOf}`}.`,
      ...(period.authorisedBy ? [`It registered the installation: ${decided(period.authorisedBy)}.`] : []),
      ...period.grants.map(
        (grant) =>
          `${called(grant.giver)} gave ${called(grant.holder)} ${grant.type} from ${grant.from} ` +
          `${grant.until ? `to ${grant.until}` : 'on'} by the share ${grant.shareId}: ${decided(grant.authorisedBy)}.`,
      ),
    ])
    .join(' ');
}

function called({ id, name }) {
  return name === undefined ? id : `${name} (${id})`;
}

function decided({ account, user, role, service, at }) {
  const through = service ? ` through ${service}` : '';
  const who = user === undefined ? `a person with the role ${role}` : `${user} (${role})`;
  return `authorised at ${at} by ${who}${through} of ${account.id === '' ? 'the platform' : called(account)}`;
}

/** The event, where its version is known here. */
function known(event) {
  const { type, version } = event;
  if (!(version >= 1 && version <= KNOWN_VERSIONS[type])) {
    refuse(`It has a ${type} of version ${version}, which this verifier does not know: get a newer one.`);
  }
  return event;
}

// What all of it needs.

function refuse(reason) {
  throw new Refused(reason);
}

function sha256(...parts) {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

/** The bytes, where the text is exactly how they are written. */
function base64(text) {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** As JSON with members in the order of their names. */
function canonical(value) {
  return JSON.stringify(value, (_, each) =>
    typeOf(each) === 'object' ? Object.fromEntries(Object.entries(each).sort(byName)) : each,
  );
}

const byName = ([one], [other]) => (one < other ? -1 : 1);

// node verify.mjs <file> [--key <key>]

function main([file, option, key, ...more]) {
  if (file === undefined || more.length > 0 || (option !== undefined && (option !== '--key' || !key))) {
    console.error('Usage: node verify.mjs <evidence.json> [--key <key>]');
    return 2;
  }
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    console.error(`It cannot be read: ${error.message}`);
    return 2;
  }
  try {
    const { statement, events, checkpoint } = verify(bytes, key);
    console.log(statement.words);
    console.log(
      `Verified: ${events} events of the log ${checkpoint.origin} as it was sealed with ${checkpoint.size}.`,
    );
    if (key === undefined)
      console.log('By the key in the file: compare it with the one you got by another way.');
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(`Refused: ${error.message}`);
    return 1;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
