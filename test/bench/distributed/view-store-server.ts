// The view store test server in a process of its own.
import { MongoServer } from '../../servers/mongodb/index.ts';

const { url } = await MongoServer.start();
process.send?.({ url });
