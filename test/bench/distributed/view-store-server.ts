// The view store the tests use, in a process of its own.
import { MongoServer } from '../../servers/mongodb/index.ts';

const { url } = await MongoServer.start();
process.send?.({ url });
