// The event store the tests use, in a process of its own: what it costs is not counted to what is measured.
import { EventStoreDb } from '../../servers/eventstoredb/index.ts';

const { url } = await EventStoreDb.start();
process.send?.({ url });
