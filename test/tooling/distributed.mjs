// Stories that are told from here on are told to a cluster.
process.env.STORIES = 'distributed';
