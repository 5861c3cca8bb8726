// Stories run against a cluster.
process.env.STORIES = 'distributed';
