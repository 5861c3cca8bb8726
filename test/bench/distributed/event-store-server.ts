// The event store test server in a process of its own, so that its CPU time is not part of the measurement.
import { EventStoreDb } from '../../servers/eventstoredb/index.ts';

const { url } = await EventStoreDb.start();
process.send?.({ url });
